/** Colour scales: signed values from orange over the ground to purple, gates from the ground to their own colour. */
import { html, svg, set, write } from "./dom";
import { fixed, signed } from "./format";
import type { RGB } from "./theme";

/** A scale from `low` to `high`; its stops are names of CSS variables (`--lstm-NAME`), evenly spaced. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly stops: readonly string[];
  /** Whether there are values beyond its ends, which take the colours of the ends. */
  readonly clipped: boolean;
}

/** The scale of values from 0 to 1, in a gate's own colour. */
export function gateScale(symbol: string): Scale {
  return { low: 0, high: 1, stops: ["background", `fill-${symbol}`, symbol], clipped: false };
}

/** The scale of signed values from −limit to limit. */
export function signedScale(limit: number, largest = limit): Scale {
  return { low: -limit, high: limit, stops: ["negative", "zero", "positive"], clipped: largest > limit };
}

const SHADES = 256;

/** The colours of a scale in 256 shades, each as the four bytes (red, green, blue, 255) of a canvas' pixel. */
export function shadesOf(stops: readonly RGB[]): Uint32Array {
  const shades = new Uint8ClampedArray(4 * SHADES);
  for (let k = 0; k < SHADES; k += 1) {
    const place = (k / (SHADES - 1)) * (stops.length - 1);
    const below = Math.min(Math.floor(place), stops.length - 2);
    const [from, to] = [stops[below] as RGB, stops[below + 1] as RGB];
    for (let channel = 0; channel < 3; channel += 1) {
      const start = from[channel] as number;
      shades[4 * k + channel] = Math.round(start + ((to[channel] as number) - start) * (place - below));
    }
    shades[4 * k + 3] = 255;
  }
  return new Uint32Array(shades.buffer);
}

/** Which of the 256 shades a value takes. */
export function shadeAt(value: number, { low, high }: Scale): number {
  const share = (value - low) / (high - low);
  return Math.round(Math.max(0, Math.min(1, share)) * (SHADES - 1));
}

export interface ScaleBar {
  readonly element: HTMLElement;
  setScale(scale: Scale): void;
  /** Points at a value. */
  setValue(value: number): void;
}

/** A scale drawn as a strip with its ends in numbers, and a mark at the value under the cursor. */
export function scaleBar(): ScaleBar {
  const [low, high] = [html("span"), html("span")];
  const mark = svg(
    "svg",
    { class: "lstm-scale-mark", viewBox: "-5 0 10 7", width: 10, height: 7 },
    svg("path", { d: "M-4.5 0H4.5L0 6.5z" }),
  );
  const strip = html("span", { class: "lstm-scale-strip" }, mark);
  let scale: Scale = gateScale("f");
  return {
    element: html("span", { class: "lstm-scale lstm-scale-bar", "aria-hidden": "true" }, low, strip, high),
    setScale(next) {
      scale = next;
      const digits = Number.isInteger(next.high) ? 0 : 1;
      const [below, above] = next.clipped ? ["≤ ", "≥ "] : ["", ""];
      write(low, below + fixed(next.low, digits));
      write(high, above + (next.low < 0 ? signed : fixed)(next.high, digits));
      const colours = next.stops.map((name) => `var(--lstm-${name})`).join(", ");
      set(strip, { style: `background: linear-gradient(to right, ${colours})` });
    },
    setValue(value) {
      const share = (value - scale.low) / (scale.high - scale.low);
      mark.style.setProperty("left", `${(100 * Math.max(0, Math.min(1, share))).toFixed(1)}%`);
    },
  };
}

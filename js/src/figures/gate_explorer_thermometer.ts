/** A thermometer: a number between two ends with nought in its middle, to drag along its tube. */
import { html } from "../shared/dom";
import { draggable } from "../shared/drag";
import { mathHtml } from "../shared/maths";
import { numberChip } from "../shared/number_chip";
import { steer, type Value } from "../shared/steer";

export interface ThermometerOptions {
  readonly symbol: string;
  readonly caption: string;
  readonly tone: string;
  readonly value: Value;
  readonly signal: AbortSignal;
  complain(text: string | null): void;
}

export interface Thermometer {
  readonly element: HTMLElement;
  print(text: string): void;
  /** Fills the tube; called for every frame of a glide. */
  draw(value: number): void;
}

export function thermometer(options: ThermometerOptions): Thermometer {
  const { symbol, caption, tone, value, signal, complain } = options;
  const { least, most } = value;
  const tube = html(
    "div",
    { class: "lstm-tube" },
    html("span", { class: "ends" }),
    html("span", { class: "content" }),
    html("span", { class: "knob" }),
  );
  const tell = steer(tube, { role: "slider", value, signal });
  draggable(tube, {
    signal,
    drag(clientX) {
      const { left, width } = tube.getBoundingClientRect();
      // The knob's centre keeps clear of the ends by its radius.
      const share = (clientX - left - KNOB) / Math.max(1, width - 2 * KNOB);
      value.change(least + Math.max(0, Math.min(1, share)) * (most - least));
    },
  });
  const chip = numberChip({ value, signal, perPixel: most / 100, tone, stop: false, complain });
  const element = html(
    "div",
    { class: "lstm-thermometer", "data-tone": tone },
    html("span", { class: "lstm-math symbol" }, ...mathHtml(symbol)),
    html("span", { class: "lstm-caption" }, caption),
    chip.element,
    tube,
  );
  return {
    element,
    print(text) {
      chip.show(text);
      tell(text);
    },
    draw(now) {
      const at = (now - least) / (most - least);
      tube.style.setProperty("--at", at.toFixed(4));
      tube.style.setProperty("--from", Math.min(at, 0.5).toFixed(4));
      tube.style.setProperty("--size", Math.abs(at - 0.5).toFixed(4));
    },
  };
}

/** Radius of the knob, as in the style sheet. */
const KNOB = 10;

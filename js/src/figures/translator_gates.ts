/** All units of the decoder at one step: a row for each gate and state. */
import { paintCells } from "../shared/canvas_heatmap";
import { gateScale, type Scale, shadeAt, shadesOf, signedScale } from "../shared/colour_scale";
import { html, set, watchWidth } from "../shared/dom";
import { fixed } from "../shared/format";
import { QUANTITIES, type Quantity } from "../shared/run";
import { pageColours, watchTheme } from "../shared/theme";
import { tintLimit } from "../shared/tint";
import type { Translation } from "../translator";

const HEIGHT = 13;

export interface GatesOptions {
  readonly signal: AbortSignal;
  readonly names: Readonly<Record<Quantity, string>>;
  /** What a screen reader hears of the means over all units. */
  describe(means: string): string;
}

export interface Gates {
  readonly element: HTMLElement;
  setTranslation(translation: Translation): void;
  setTime(time: number): void;
}

export function gateRows({ signal, names, describe }: GatesOptions): Gates {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const rows = QUANTITIES.map((quantity) =>
    html("span", { class: "row", "data-tone": quantity }, html("span", { class: "lstm-sign" }, quantity), ` ${names[quantity]}`),
  );
  const field = html("div", { class: "field", role: "img" }, canvas);
  const element = html(
    "div",
    { class: "lstm-translator-gates" },
    html("div", { class: "names", "aria-hidden": "true" }, ...rows),
    field,
  );
  let shown: Translation | null = null;
  let scales: readonly Scale[] = [];
  let shades: readonly Uint32Array[] = [];
  let [time, width] = [0, 0];

  const paint = (): void => {
    if (!shown || width === 0) return;
    const { units } = shown;
    const values = QUANTITIES.map((quantity) => shown?.[quantity] as Float64Array);
    const colourAt = (unit: number, row: number): number => {
      const scale = scales[row] as Scale;
      return shades[row]?.[shadeAt(values[row]?.[time * units + unit] ?? 0, scale)] ?? 0;
    };
    paintCells(canvas, { columns: units, rows: QUANTITIES.length, colourAt }, width, HEIGHT * QUANTITIES.length);
    const means = QUANTITIES.map((quantity, row) => {
      const own = Array.from(values[row]?.subarray(time * units, (time + 1) * units) ?? []);
      return `${quantity} ${fixed(own.reduce((sum, value) => sum + value, 0) / units, 2)}`;
    });
    set(field, { "aria-label": describe(means.join(", ")) });
  };
  const dress = (): void => {
    shades = scales.map(({ stops }) => shadesOf(pageColours(...stops)));
    paint();
  };
  watchWidth(field, signal, (wide) => {
    width = wide;
    paint();
  });
  watchTheme(signal, dress);

  return {
    element,
    setTranslation(translation) {
      shown = translation;
      time = Math.min(time, translation.time - 1);
      scales = QUANTITIES.map((q) => ("ifo".includes(q) ? gateScale(q) : signedScale(q === "c" ? tintLimit(translation.c) : 1)));
      dress();
    },
    setTime(next) {
      time = next;
      paint();
    },
  };
}

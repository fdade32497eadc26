/** All units over the text, folded until a reader asks for it; painted only where it is seen. */
import { type Cells } from "../shared/canvas_heatmap";
import { type Scale, shadeAt, shadesOf } from "../shared/colour_scale";
import { html, write } from "../shared/dom";
import { pageColours, watchTheme } from "../shared/theme";
import { rowScale } from "./gate_heatmap_order";
import { plot } from "./gate_heatmap_plot";

export interface HeatContent {
  /** `(time, units)`. */
  readonly values: Float64Array;
  readonly units: number;
  readonly labels: readonly string[];
  readonly scale: Scale;
  readonly tone: string;
}

export interface Heat {
  readonly element: HTMLElement;
  /** What it would show; asked for where it is seen. */
  setContent(title: string, content: () => HeatContent): void;
  setCursor(time: number, unit: number, spoken: string): void;
}

export function heat(options: { label: string; signal: AbortSignal; choose(time: number, unit: number | null): void }): Heat {
  const { label, signal, choose } = options;
  const summary = html("summary", {});
  const field = plot({ label, signal, choose: (time, unit) => choose(time, unit) });
  const element = html("details", { class: "lstm-fold" }, summary, field.element);
  let contentOf: (() => HeatContent) | null = null;
  /** What is painted now; null where that is out of date. */
  let content: HeatContent | null = null;
  let cursor: Parameters<Heat["setCursor"]> = [0, 0, ""];

  const place = (): void => {
    if (!content || !element.open) return;
    const [time, unit, spoken] = cursor;
    const { values, units, scale } = content;
    const row = Array.from({ length: values.length / units }, (_, t) => values[t * units + unit] ?? 0);
    field.setCursor({ column: time, row: unit, spoken, values: row, scale: rowScale(scale, row), mark: null });
  };
  const paint = (): void => {
    if (!contentOf || !element.open || content) return;
    content = contentOf();
    const { values, units, labels, scale, tone } = content;
    const shades = shadesOf(pageColours(...scale.stops));
    const cells: Cells = {
      columns: values.length / units,
      rows: units,
      colourAt: (column, row) => shades[shadeAt(values[column * units + row] ?? 0, scale)] ?? 0,
    };
    field.setContent({ cells, tone, order: Array.from({ length: units }, (_, unit) => unit), labels });
    place();
  };
  element.addEventListener("toggle", paint, { signal });
  watchTheme(signal, () => {
    content = null;
    paint();
  });
  return {
    element,
    setContent(title, next) {
      contentOf = next;
      content = null;
      write(summary, title);
      paint();
    },
    setCursor(...next) {
      cursor = next;
      place();
    },
  };
}

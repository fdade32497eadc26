/** The cell states of all units over the words, folded until a reader asks for them; painted where they are seen. */
import { type Cells, cellSize, paintCells } from "../shared/canvas_heatmap";
import { scaleBar, shadeAt, shadesOf, signedScale } from "../shared/colour_scale";
import { html, watchWidth, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { pageColours, watchTheme } from "../shared/theme";
import { tintLimit } from "../shared/tint";

/** How high all units are together, at the most and each at least. */
const TALL = 240;
const LEAST = 4;

export interface Heat {
  readonly element: HTMLElement;
  /** What it shows: `(words, units)`. */
  setContent(title: string, values: Float64Array, units: number): void;
  setCursor(time: number, unit: number): void;
}

export function heat(signal: AbortSignal, choose: (time: number, unit: number) => void): Heat {
  const title = html("span");
  const bar = scaleBar();
  const canvas = html("canvas", {});
  const marker = html("span", { class: "lstm-tagger-marker" });
  const field = html("div", { class: "lstm-tagger-heat", "aria-hidden": "true" }, canvas, marker);
  const element = html("details", { class: "lstm-fold" }, html("summary", {}, title), bar.element, field);
  let values: Float64Array = new Float64Array();
  let units = 1;
  let painted = false;
  let cursor = 0;

  const paint = (): void => {
    if (!element.open || painted) return;
    painted = true;
    const scale = signedScale(tintLimit(values));
    const shades = shadesOf(pageColours(...scale.stops));
    bar.setScale(scale);
    bar.setValue(values[cursor] ?? 0);
    const cells: Cells = {
      columns: values.length / units,
      rows: units,
      colourAt: (column, row) => shades[shadeAt(values[column * units + row] ?? 0, scale)] ?? 0,
    };
    const width = field.clientWidth || 600;
    const size = cellSize(cells, width, Math.max(TALL, LEAST * units), { least: 1, density: 1 });
    paintCells(canvas, cells, width, size.height * units);
  };
  const again = (): void => {
    painted = false;
    paint();
  };
  element.addEventListener("toggle", paint, { signal });
  watchTheme(signal, again);
  watchWidth(element, signal, again);
  draggable(field, {
    signal,
    drag(x, y) {
      const box = field.getBoundingClientRect();
      const at = (share: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
      choose(at((x - box.left) / box.width, values.length / units), at((y - box.top) / box.height, units));
    },
  });
  return {
    element,
    setContent(text, next, rows) {
      write(title, text);
      [values, units] = [next, rows];
      again();
    },
    setCursor(time, unit) {
      const columns = values.length / units;
      for (const [name, share] of Object.entries({ x: time / columns, y: unit / units, w: 1 / columns, h: 1 / units }))
        marker.style.setProperty(`--${name}`, `${(100 * share).toFixed(3)}%`);
      cursor = time * units + unit;
      bar.setValue(values[cursor] ?? 0);
    },
  };
}

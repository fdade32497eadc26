/** The attention as a matrix: a row for each token written, a column for each word read; the row under the cursor marked. */
import { paintCells } from "../shared/canvas_heatmap";
import { gateScale, shadeAt, shadesOf } from "../shared/colour_scale";
import { html, set, svg, watchWidth } from "../shared/dom";
import { draggable } from "../shared/drag";
import { pageColours, watchTheme } from "../shared/theme";

export interface MatrixOptions {
  readonly label: string;
  readonly signal: AbortSignal;
  /** The reader chose a row by pointer. */
  choose(row: number): void;
}

export interface Matrix {
  /** A slider to a screen reader; its arrow keys are the figure's own. */
  readonly element: HTMLElement;
  /** `shares` is `(rows, columns)`. */
  show(rows: readonly string[], columns: readonly string[], shares: Float64Array, language: string): void;
  mark(row: number, described: string): void;
}

/** Of a row; many rows are lower. */
const HIGHEST = 19;
const LOWEST = 12;
const ROOM = 420;
const LETTER = 7;
const WIDEST_CELL = 46;
const SCALE = gateScale("x");

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export function attentionMatrix({ label, signal, choose }: MatrixOptions): Matrix {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const names = svg("g");
  const heads = svg("g");
  const marker = svg("rect", { class: "lstm-marker", rx: 1.5 });
  const drawing = svg("svg", { "aria-hidden": "true" }, names, heads, marker);
  const element = html(
    "div",
    {
      class: "lstm-attention",
      role: "slider",
      tabindex: 0,
      "aria-label": label,
      "aria-orientation": "vertical",
      "aria-valuemin": 1,
    },
    canvas,
    drawing,
  );
  let width = 0;
  let shown: readonly [readonly string[], readonly string[], Float64Array] | null = null;
  let top = 0;
  let high = HIGHEST;
  let current = 0;

  const place = (): void => set(marker, { y: top + current * high });
  const lay = (): void => {
    if (!shown || width === 0) return;
    const [rows, columns, shares] = shown;
    high = Math.max(LOWEST, Math.min(HIGHEST, Math.floor(ROOM / rows.length)));
    const left = Math.min(0.3 * width, 12 + 15 * Math.max(...rows.map((name) => short(name, 9).length)));
    const cell = Math.min(WIDEST_CELL, (width - left - 24) / columns.length);
    // The heads lean: the last one needs room to its right, all of them above.
    const tall = Math.min(110, 14 + LETTER * 0.8 * Math.max(...columns.map((name) => short(name, 16).length)));
    top = Math.round(tall);
    const height = top + rows.length * high + 2;
    set(drawing, { viewBox: `0 0 ${width} ${height}`, width, height });
    set(names, { "font-size": Math.min(13, high) });
    names.replaceChildren(
      ...rows.map((name, row) =>
        svg("text", { x: left - 6, y: top + (row + 0.72) * high, "text-anchor": "end" }, short(name, 9)),
      ),
    );
    heads.replaceChildren(
      ...columns.map((name, column) => {
        const x = left + (column + 0.5) * cell;
        return svg("text", { transform: `translate(${x.toFixed(1)} ${top - 5}) rotate(-55)` }, short(name, 16));
      }),
    );
    set(marker, { x: left - 1, width: cell * columns.length + 2, height: high });
    const shades = shadesOf(pageColours(...SCALE.stops));
    const colourAt = (column: number, row: number): number =>
      shades[shadeAt(shares[row * columns.length + column] ?? 0, SCALE)] ?? 0;
    const cells = { columns: columns.length, rows: rows.length, colourAt };
    paintCells(canvas, cells, cell * columns.length, rows.length * high);
    canvas.style.left = `${left}px`;
    canvas.style.top = `${top}px`;
    place();
  };
  watchWidth(element, signal, (wide) => {
    width = wide;
    lay();
  });
  watchTheme(signal, lay);
  draggable(element, {
    signal,
    drag(_, clientY) {
      if (!shown) return;
      const row = Math.floor((clientY - element.getBoundingClientRect().top - top) / high);
      choose(Math.max(0, Math.min(shown[0].length - 1, row)));
    },
  });

  return {
    element,
    show(rows, columns, shares, language) {
      shown = [rows, columns, shares];
      set(names, { lang: language });
      set(element, { "aria-valuemax": rows.length });
      lay();
    },
    mark(row, described) {
      current = row;
      set(element, { "aria-valuenow": row + 1, "aria-valuetext": described });
      place();
    },
  };
}

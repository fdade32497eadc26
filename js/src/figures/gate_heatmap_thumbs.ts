/** The six heatmaps small, each with its letter, its name and its value under the cursor; a press makes one large. */
import { type Cells, paintCells } from "../shared/canvas_heatmap";
import { html, set, svg, watchWidth, write } from "../shared/dom";
import { mathHtml } from "../shared/maths";
import { QUANTITIES, type Quantity } from "../shared/run";

const HEIGHT = 40;

export interface ThumbsOptions {
  readonly label: string;
  readonly names: Readonly<Record<Quantity, string>>;
  readonly signal: AbortSignal;
  choose(quantity: Quantity): void;
}

export interface Thumbs {
  readonly element: HTMLElement;
  setCells(cellsOf: (quantity: Quantity) => Cells): void;
  setChosen(quantity: Quantity): void;
  /** Moves all cursors, each a share of the width and of the height, and writes all values. */
  setCursor(across: number, down: number, valueOf: (quantity: Quantity) => string): void;
}

export function thumbs(options: ThumbsOptions): Thumbs {
  const all = QUANTITIES.map((quantity) => {
    const canvas = html("canvas", { "aria-hidden": "true" });
    const value = html("span", { class: "lstm-thumb-value" });
    const column = svg("line", { y1: "0%", y2: "100%" });
    const row = svg("line", { x1: "0%", x2: "100%" });
    const picture = html("span", { class: "lstm-thumb-picture" }, canvas, svg("svg", { "aria-hidden": "true" }, column, row));
    const button = html(
      "button",
      { type: "button", class: "lstm-thumb", "aria-pressed": "false", "data-tone": quantity },
      html(
        "span",
        { class: "lstm-thumb-head" },
        html("span", { class: "lstm-math" }, ...mathHtml(quantity)),
        html("span", { class: "lstm-thumb-name" }, options.names[quantity]),
      ),
      picture,
      value,
    );
    button.addEventListener("click", () => options.choose(quantity), { signal: options.signal });
    return { quantity, canvas, value, column, row, picture, button };
  });
  const element = html(
    "div",
    { class: "lstm-thumbs", role: "group", "aria-label": options.label },
    ...all.map(({ button }) => button),
  );

  let cellsOf: ((quantity: Quantity) => Cells) | null = null;
  let width = 0;
  const repaint = (): void => {
    if (!cellsOf || width === 0) return;
    for (const { quantity, canvas } of all) paintCells(canvas, cellsOf(quantity), width, HEIGHT, true);
  };
  const [first] = all;
  if (first) {
    watchWidth(
      first.picture,
      options.signal,
      (wide) => {
        width = wide;
        repaint();
      },
      100,
    );
  }

  return {
    element,
    setCells(next) {
      cellsOf = next;
      repaint();
    },
    setChosen(quantity) {
      for (const thumb of all) set(thumb.button, { "aria-pressed": thumb.quantity === quantity ? "true" : "false" });
    },
    setCursor(across, down, valueOf) {
      const [x, y] = [`${(100 * across).toFixed(2)}%`, `${(100 * down).toFixed(2)}%`];
      for (const { quantity, value, column, row } of all) {
        set(column, { x1: x, x2: x });
        set(row, { y1: y, y2: y });
        write(value, valueOf(quantity));
      }
    },
  };
}

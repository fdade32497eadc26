/** The large heatmap: units down, characters across, a cursor to drag over it, and the chosen row enlarged below. */
import { type Cells, type CellSize, cellSize, paintCells } from "../shared/canvas_heatmap";
import { gateScale, type Scale } from "../shared/colour_scale";
import { html, set, svg, watchWidth, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { fixed } from "../shared/format";

/** Room at the left for the units' numbers. */
const GUTTER = 34;
/** A character needs so much room to be read below its column. */
const LEAST = 7;
/** How high the cells stand together, and the bars of the chosen row. */
const TALL = 384;
const BARS = 46;
const ROW = { tallest: 22, least: 1 };
const WIDEST = 64;

export interface PlotOptions {
  readonly label: string;
  readonly signal: AbortSignal;
  /** The reader points at a column, and at a row where the pointer is on one; `from` is the column pressed below the cells. */
  choose(column: number, row: number | null, from: number | null): void;
}

export interface PlotContent {
  readonly cells: Cells;
  /** The colour (`--lstm-NAME`) of the quantity. */
  readonly tone: string;
  /** Row → unit, or what else a row is called. */
  readonly order: readonly (number | string)[];
  /** Below the columns; null for their numbers. */
  readonly labels: readonly string[] | null;
}

export interface PlotCursor {
  readonly column: number;
  readonly row: number;
  /** What a screen reader hears. */
  readonly spoken: string;
  /** The values of the chosen row. */
  readonly values: readonly number[];
  /** The scale of the bars that show them. */
  readonly scale: Scale;
  /** A marked stretch of columns, and the value above or below which a row is on. */
  readonly mark: { readonly start: number; readonly stop: number; readonly threshold: number } | null;
}

export interface Plot {
  readonly element: HTMLElement;
  /** Paints other cells; the cursor is set anew after it. */
  setContent(content: PlotContent): void;
  setCursor(cursor: PlotCursor): void;
}

/** The bars of a row as one path: each from the line of nought to its value, in cells of a width. */
export function barsPath(values: readonly number[], { low, high }: Scale, width: number, height: number): string {
  const down = (value: number): number => height * (1 - (Math.max(low, Math.min(high, value)) - low) / (high - low));
  const nought = down(0);
  const thick = Math.max(1, width - 1);
  return values
    .map(
      (value, at) =>
        `M${(at * width).toFixed(2)} ${nought.toFixed(2)}V${down(value).toFixed(2)}h${thick.toFixed(2)}V${nought.toFixed(2)}z`,
    )
    .join("");
}

export function plot(options: PlotOptions): Plot {
  const canvas = html("canvas", { class: "lstm-heat-cells", "aria-hidden": "true" });
  const rowMark = html("div", { class: "lstm-heat-mark" });
  const columnMark = html("div", { class: "lstm-heat-mark" });
  const stretch = html("div", { class: "lstm-heat-stretch", hidden: true });
  const labels = svg("g", { class: "lstm-ticks" });
  const nowBack = svg("rect", { class: "lstm-heat-now", rx: 2 });
  const bars = svg("path", { class: "lstm-heat-bars" });
  const nought = svg("line", { class: "lstm-heat-nought" });
  const threshold = svg("line", { class: "lstm-heat-threshold" });
  const below = svg("svg", { "aria-hidden": "true" }, nowBack, labels, nought, bars, threshold);
  const field = html(
    "div",
    { class: "lstm-heat-field" },
    html("div", { class: "lstm-heat-stack" }, canvas, rowMark),
    below,
    stretch,
    columnMark,
  );
  const slider = html(
    "div",
    {
      class: "lstm-heat-scroll",
      role: "slider",
      tabindex: 0,
      "aria-label": options.label,
      "aria-orientation": "horizontal",
      "aria-valuemin": 1,
      "aria-valuemax": 1,
      "aria-valuenow": 1,
    },
    field,
  );
  const [top, bottom, now] = [0, 1, 2].map(() => svg("text", { x: GUTTER - 7, "text-anchor": "end" })) as [
    SVGTextElement,
    SVGTextElement,
    SVGTextElement,
  ];
  set(now, { class: "lstm-heat-unit" });
  const [high, low] = [0, 1].map(() => svg("text", { x: GUTTER - 7, "text-anchor": "end" })) as [SVGTextElement, SVGTextElement];
  const gutter = svg(
    "svg",
    { class: "lstm-heat-gutter lstm-axis", width: GUTTER, "aria-hidden": "true" },
    top,
    bottom,
    now,
    high,
    low,
  );
  const element = html("div", { class: "lstm-heat" }, gutter, slider);

  let content: PlotContent | null = null;
  let cursor: PlotCursor = { column: 0, row: 0, spoken: "", values: [], scale: gateScale("f"), mark: null };
  let room = 0;
  let size: CellSize = { width: 1, height: 1 };
  let labelHeight = 16;
  let marked: Element | undefined;
  /** What the labels were last laid for; only another text or another width lays them anew. */
  let laid: { labels: readonly string[] | null; columns: number; width: number } | null = null;

  const heightOf = (): number => size.height * (content?.cells.rows ?? 0);
  const widthOf = (): number => size.width * (content?.cells.columns ?? 0);

  const repaint = (): void => {
    if (content && room > 0) paintCells(canvas, content.cells, widthOf(), heightOf());
  };

  /** Tokens below the columns: upright where there is room, turned where they are longer, else a number here and there. */
  const layLabels = (): void => {
    if (!content) return;
    const tokens = content.labels;
    const { columns } = content.cells;
    if (laid?.labels === tokens && laid.columns === columns && laid.width === size.width) return;
    laid = { labels: tokens, columns, width: size.width };
    const longest = tokens?.reduce((most, token) => Math.max(most, [...token].length), 0) ?? 0;
    const upright = tokens !== null && longest * 6.6 <= Math.max(size.width, LEAST);
    const turned = tokens !== null && !upright && size.width >= 11 && longest <= 16;
    labelHeight = turned ? 8 + 6.8 * longest : 16;
    const every = Math.max(1, Math.ceil(28 / size.width / 5) * 5);
    const texts = Array.from({ length: columns }, (_, at) => {
      const x = ((at + 0.5) * size.width).toFixed(2);
      if (upright) return svg("text", { x, y: 12, "text-anchor": "middle" }, tokens[at] ?? "");
      if (turned)
        return svg("text", { transform: `translate(${x} 5) rotate(-90)`, y: 4, "text-anchor": "end" }, tokens[at] ?? "");
      const shown = at === 0 || (at + 1) % every === 0;
      const isLast = at === columns - 1;
      // The last number ends where the cells end.
      const place = isLast ? { x: widthOf(), "text-anchor": "end" } : { x, "text-anchor": "middle" };
      return svg("text", { ...place, y: 12 }, shown ? String(at + 1) : "");
    });
    labels.replaceChildren(...texts);
    labels.style.setProperty("font-size", upright && size.width >= 9 ? "13px" : "11px");
  };

  const lay = (): void => {
    if (!content || room === 0) return;
    const { columns, rows } = content.cells;
    const tall = Math.max(ROW.least * rows, Math.min(TALL, ROW.tallest * rows));
    const density = Math.max(1, devicePixelRatio);
    size = cellSize(content.cells, Math.min(room - GUTTER, columns * WIDEST), tall, { least: LEAST, density });
    layLabels();
    const height = heightOf();
    const whole = height + labelHeight + BARS + 6;
    field.style.setProperty("width", `${widthOf()}px`);
    set(below, { width: widthOf(), height: labelHeight + BARS + 6 });
    set(gutter, { height: whole });
    rowMark.style.setProperty("height", `${Math.max(size.height, 1)}px`);
    columnMark.style.setProperty("width", `${size.width}px`);
    set(nowBack, { width: Math.max(size.width, 9), height: labelHeight - 1 });
    const y = labelHeight + 2;
    set(bars, { transform: `translate(0 ${y})` });
    const { order } = content;
    write(top, String(order[0] ?? ""));
    write(bottom, rows > 1 ? String(order[rows - 1] ?? "") : "");
    set(top, { y: Math.min(11, height / 2 + 4) });
    set(bottom, { y: height - 2 });
    set(high, { y: height + y + 9 });
    set(low, { y: height + y + BARS });
    repaint();
    place();
  };

  /** Moves the marks; nothing is painted or built. */
  const place = (): void => {
    if (!content || room === 0) return;
    const { column, row, values, scale, spoken, mark } = cursor;
    const left = column * size.width;
    const up = row * size.height;
    rowMark.style.setProperty("transform", `translateY(${up}px)`);
    columnMark.style.setProperty("transform", `translateX(${left}px)`);
    set(nowBack, { x: left + size.width / 2 - Math.max(size.width, 9) / 2 });
    if (marked) set(marked, { "data-now": false });
    marked = labels.children[column];
    if (marked) set(marked, { "data-now": true });
    const middle = up + size.height / 2 + 4;
    write(now, String(content.order[row] ?? ""));
    set(now, { y: Math.max(11, Math.min(heightOf() - 2, middle)) });
    set(top, { hidden: false, visibility: middle < 26 ? "hidden" : null });
    set(bottom, { visibility: middle > heightOf() - 13 ? "hidden" : null });
    set(bars, { d: barsPath(values, scale, size.width, BARS) });
    const rule = (line: Element, value: number): void => {
      const share = (value - scale.low) / (scale.high - scale.low);
      const y = (labelHeight + 2 + BARS * (1 - share)).toFixed(2);
      set(line, { x2: widthOf(), y1: y, y2: y, visibility: share < 0 || share > 1 ? "hidden" : null });
    };
    rule(nought, 0);
    rule(threshold, mark?.threshold ?? 0);
    for (const each of [stretch, threshold]) set(each, { hidden: !mark });
    if (mark) {
      stretch.style.setProperty("transform", `translateX(${mark.start * size.width}px)`);
      stretch.style.setProperty("width", `${(mark.stop - mark.start) * size.width}px`);
    }
    const digits = Number.isInteger(scale.high) ? 0 : 1;
    write(high, fixed(scale.high, digits));
    write(low, fixed(scale.low, digits));
    set(slider, { "aria-valuemax": content.cells.columns, "aria-valuenow": column + 1, "aria-valuetext": spoken });
    // Three columns more than the cursor's own stay in sight.
    const seen = room - GUTTER;
    if (widthOf() <= seen) return;
    const margin = 3 * size.width;
    if (left - margin < slider.scrollLeft) slider.scrollLeft = left - margin;
    else if (left + size.width + margin > slider.scrollLeft + seen) slider.scrollLeft = left + size.width + margin - seen;
  };

  watchWidth(element, options.signal, (width) => {
    room = width;
    lay();
  });

  /** The column and the row under the pointer. */
  const under = (clientX: number, clientY: number): [number, number | null] => {
    const { columns, rows } = content?.cells ?? { columns: 1, rows: 1 };
    const box = canvas.getBoundingClientRect();
    const column = Math.floor((clientX - box.left) / size.width);
    const row = Math.floor((clientY - box.top) / size.height);
    return [Math.max(0, Math.min(columns - 1, column)), clientY > box.bottom + 2 ? null : Math.max(0, Math.min(rows - 1, row))];
  };
  let from: number | null = null;
  field.addEventListener(
    "pointerdown",
    ({ clientX, clientY }) => {
      const [column, row] = under(clientX, clientY);
      from = row === null ? column : null;
    },
    { signal: options.signal },
  );
  draggable(field, { signal: options.signal, drag: (clientX, clientY) => options.choose(...under(clientX, clientY), from) });

  return {
    element,
    setContent(next) {
      content = next;
      set(bars, { "data-tone": next.tone });
      lay();
    },
    setCursor(next) {
      cursor = next;
      place();
    },
  };
}

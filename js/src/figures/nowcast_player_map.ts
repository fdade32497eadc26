/** One map of rain: its colours, the line around what counts as rain, and where that line truly ran. */
import { paintCells } from "../shared/canvas_heatmap";
import { html, set, svg, watchWidth, write } from "../shared/dom";

export interface MapPanel {
  readonly element: HTMLElement;
  readonly stage: HTMLElement;
  draw(content: MapContent): void;
}

export interface MapContent {
  readonly note: string;
  readonly height: number;
  readonly width: number;
  readonly colourAt: (column: number, row: number) => number;
  /** Outlines as paths in pixels of the map. */
  readonly line: string;
  readonly dashed: string;
}

/** The border of all pixels of a map that reach a threshold, along their edges. */
export function outline(map: Float64Array, height: number, width: number, threshold: number): string {
  let path = "";
  const wet = (y: number, x: number): boolean =>
    y >= 0 && x >= 0 && y < height && x < width && (map[y * width + x] as number) >= threshold;
  for (let y = 0; y <= height; y += 1) {
    let from = -1;
    for (let x = 0; x <= width; x += 1) {
      const border = x < width && y > 0 && y < height && wet(y, x) !== wet(y - 1, x);
      if (border && from < 0) from = x;
      if (!border && from >= 0) {
        path += `M${from} ${y}H${x}`;
        from = -1;
      }
    }
  }
  for (let x = 1; x < width; x += 1) {
    let from = -1;
    for (let y = 0; y <= height; y += 1) {
      const border = y < height && wet(y, x) !== wet(y, x - 1);
      if (border && from < 0) from = y;
      if (!border && from >= 0) {
        path += `M${x} ${from}V${y}`;
        from = -1;
      }
    }
  }
  return path;
}

export function mapPanel(name: string, signal: AbortSignal, tone: string | null = null): MapPanel {
  const canvas = html("canvas");
  const [line, dashed] = [svg("path", { class: "line" }), svg("path", { class: "dashed" })];
  const marks = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, dashed, line);
  const stage = html("div", { class: "stage" }, canvas, marks);
  const note = html("span", { class: "lstm-caption" });
  const element = html(
    "div",
    { class: "lstm-nowcast-map", "data-tone": tone },
    html("div", { class: "head" }, html("strong", {}, name), note),
    stage,
  );
  let content: MapContent | null = null;
  let room = 0;
  const paint = (): void => {
    if (!content || room <= 0) return;
    const { height, width, colourAt } = content;
    paintCells(canvas, { columns: width, rows: height, colourAt }, room, (room * height) / width);
  };
  watchWidth(stage, signal, (width) => {
    room = width;
    paint();
  });
  return {
    element,
    stage,
    draw(next) {
      content = next;
      write(note, next.note);
      set(marks, { viewBox: `0 0 ${next.width} ${next.height}` });
      set(line, { d: next.line });
      set(dashed, { d: next.dashed });
      paint();
    },
  };
}

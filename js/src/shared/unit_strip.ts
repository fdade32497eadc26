/** All units as a strip of tinted cells, in as many rows as their number needs; click, drag or arrow to choose one. */
import { html, set, svg, watchWidth } from "./dom";
import { draggable } from "./drag";
import { tintShape } from "./tint";

export interface UnitStripOptions {
  readonly label: string;
  readonly signal: AbortSignal;
  choose(unit: number): void;
  describe(unit: number): string;
}

export interface UnitStrip {
  /** A slider to a screen reader; its arrow keys are the figure's own. */
  readonly element: HTMLElement;
  setUnits(count: number): void;
  /** Tints unit by unit, each −1 to 1. */
  setTints(tintAt: (unit: number) => number): void;
  setUnit(unit: number): void;
}

/** Columns, rows and cell size for `count` units in `width` pixels; no cell narrower than about 7. */
export function unitGrid(count: number, width: number): { columns: number; rows: number; size: number; height: number } {
  const most = Math.max(1, Math.floor(width / 7));
  const rows = Math.max(1, Math.ceil(count / most));
  const columns = Math.max(1, Math.ceil(count / rows));
  const size = Math.min(width / columns, 40);
  return { columns, rows, size, height: rows === 1 ? 26 : rows <= 4 ? 15 : 11 };
}

export function unitStrip(options: UnitStripOptions): UnitStrip {
  const ground = svg("rect", { class: "lstm-nought" });
  const cells = svg("g");
  const marker = svg("rect", { class: "lstm-marker", rx: 1.5 });
  const drawing = svg("svg", { "aria-hidden": "true" }, ground, cells, marker);
  const element = html(
    "div",
    { class: "lstm-units", role: "slider", tabindex: 0, "aria-label": options.label, "aria-valuemin": 0 },
    drawing,
  );
  let count = 0;
  let chosen = 0;
  let width = 0;
  let grid = unitGrid(1, 1);

  const corner = (unit: number): { x: number; y: number } => ({
    x: (unit % grid.columns) * grid.size,
    y: Math.floor(unit / grid.columns) * grid.height + 2,
  });

  const mark = (): void => {
    const { x, y } = corner(chosen);
    const wide = Math.max(grid.size, 7);
    const left = Math.max(1, Math.min(x + (grid.size - wide) / 2, width - wide - 1));
    set(marker, { x: left, y: y - 1, width: wide, height: grid.height + 2 });
  };

  const lay = (): void => {
    if (width === 0 || count === 0) return;
    grid = unitGrid(count, width);
    const height = grid.rows * grid.height + 4;
    set(drawing, { viewBox: `0 0 ${width} ${height}`, width, height });
    const filled = Math.min(width, grid.columns * grid.size);
    set(ground, { x: 0, y: 2, width: filled, height: height - 4 });
    const gap = grid.size > 4 ? 1 : 0.5;
    Array.from(cells.children).forEach((cell, unit) => {
      const { x, y } = corner(unit);
      set(cell, {
        x: x.toFixed(2),
        y,
        width: Math.max(0.5, grid.size - gap).toFixed(2),
        height: grid.height - (grid.rows > 1 ? 1 : 0),
      });
    });
    mark();
  };

  watchWidth(element, options.signal, (wide) => {
    width = wide;
    lay();
  });

  draggable(element, {
    signal: options.signal,
    drag: (clientX, clientY) => {
      const box = element.getBoundingClientRect();
      const column = Math.floor((clientX - box.left) / grid.size);
      const row = Math.floor((clientY - box.top - 2) / grid.height);
      const across = Math.max(0, Math.min(grid.columns - 1, column));
      const down = Math.max(0, Math.min(grid.rows - 1, row));
      const unit = Math.min(count - 1, down * grid.columns + across);
      if (unit !== chosen) options.choose(unit);
    },
  });

  return {
    element,
    setUnits(units) {
      if (units !== count) {
        count = units;
        cells.replaceChildren(...Array.from({ length: units }, () => svg("rect", { class: "lstm-tint" })));
        set(element, { "aria-valuemax": units - 1 });
      }
      lay();
    },
    setTints(tintAt) {
      let unit = 0;
      for (const cell of cells.children) tintShape(cell as SVGElement, tintAt(unit++));
    },
    setUnit(unit) {
      chosen = unit;
      set(element, { "aria-valuenow": unit, "aria-valuetext": options.describe(unit) });
      mark();
    },
  };
}

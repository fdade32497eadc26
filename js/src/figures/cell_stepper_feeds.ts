/** What feeds the gates: for each, the sum W·x + U·h₋₁ + b = z, as numbers and as bars that start where the last one ended. */
import { set, svg, write } from "../shared/dom";
import { signed } from "../shared/format";
import { mathSvg } from "../shared/maths";
import { GATES, type Gate } from "../shared/run";
import type { Layout } from "./cell_stepper_layout";
import type { Moment } from "./cell_stepper_moment";

/** The largest sum on the way to z, in any gate: the longest bar. */
function largestStop(moment: Moment): number {
  const stops = GATES.flatMap((gate) => {
    const sum = moment.sums?.[gate];
    return sum ? [sum.x, sum.x + sum.h, sum.z] : [moment.z[gate]];
  });
  return Math.max(1, ...stops.filter(Number.isFinite).map(Math.abs));
}

/** Rows in the order in which they add up, the sum last. */
const ROWS = ["x", "h", "b", "z"] as const;
type Row = (typeof ROWS)[number];

export interface FeedStrings {
  readonly rows: Readonly<Record<Row, { readonly symbol: string; readonly caption: string }>>;
  /** What z is called where its parts are not known. */
  readonly sumUnknown: string;
}

export interface Feeds {
  /** The lines and their names at the left. */
  readonly buses: SVGGElement;
  /** One group a gate. */
  readonly columns: Readonly<Record<Gate, SVGGElement>>;
  place(layout: Layout): void;
  show(moment: Moment, layout: Layout): void;
}

interface Cell {
  readonly number: SVGTextElement;
  readonly bar: SVGRectElement;
}

export function feeds(strings: FeedStrings): Feeds {
  const buses = svg("g", { class: "buses" });
  const lines = Object.fromEntries(
    ROWS.map((row) => {
      const line = svg("line", { class: "bus" });
      const symbol = mathSvg(strings.rows[row].symbol);
      const caption = svg("text", { class: "caption" }, strings.rows[row].caption);
      const group = svg("g", { "data-row": row }, line, symbol, caption);
      buses.append(group);
      return [row, { group, line, symbol, caption }];
    }),
  ) as Record<Row, { group: SVGGElement; line: SVGLineElement; symbol: SVGTextElement; caption: SVGTextElement }>;

  const cells = {} as Record<Gate, Record<Row, Cell>>;
  const columns = {} as Record<Gate, SVGGElement>;
  const noughts = {} as Record<Gate, SVGLineElement>;
  for (const gate of GATES) {
    noughts[gate] = svg("line", { class: "nought" });
    columns[gate] = svg("g", { class: "feed" }, noughts[gate]);
    cells[gate] = Object.fromEntries(
      ROWS.map((row) => {
        const number = svg("text", { class: row === "z" ? "number strong" : "number", "text-anchor": "middle" });
        const bar = svg("rect", { class: "bar", height: 5, rx: 1, "data-row": row });
        columns[gate].append(bar, number);
        return [row, { number, bar }];
      }),
    ) as Record<Row, Cell>;
  }

  return {
    buses,
    columns,
    place(layout) {
      for (const row of ROWS) {
        const y = layout.rows[row];
        const { line, symbol, caption } = lines[row];
        set(line, { x1: layout.feed.from, x2: layout.column.o + layout.feed.reach, y1: y, y2: y });
        set(symbol, { x: 0, y: y - 7 });
        set(caption, { x: 40, y: y - 7, visibility: layout.column.f - layout.feed.reach < 128 ? "hidden" : null });
        for (const gate of GATES) {
          const { number, bar } = cells[gate][row];
          set(number, { x: layout.column[gate], y: y - 7 });
          set(bar, { y: y - 2.5 });
        }
      }
      for (const gate of GATES) {
        const x = layout.column[gate];
        set(noughts[gate], { x1: x, x2: x, y1: layout.rows.z - 4, y2: layout.rows.x + 4 });
      }
    },
    show(moment, layout) {
      const end = largestStop(moment);
      const { sums } = moment;
      write(lines.z.caption, sums ? strings.rows.z.caption : strings.sumUnknown);
      for (const row of ["x", "h", "b"] as const) set(lines[row].group, { visibility: sums ? null : "hidden" });
      for (const gate of GATES) {
        const sum = sums?.[gate];
        let stop = 0;
        for (const row of ROWS) {
          const { number, bar } = cells[gate][row];
          const value = row === "z" ? moment.z[gate] : (sum?.[row] ?? Number.NaN);
          const shown = !Number.isNaN(value);
          set(number, { visibility: shown ? null : "hidden" });
          set(bar, { visibility: shown ? null : "hidden", "data-sign": value < 0 ? "negative" : "positive" });
          if (!shown) continue;
          write(number, signed(value));
          const from = row === "z" ? 0 : stop;
          stop = from + value;
          const ends = [from, stop].map((at) => Math.max(-1, Math.min(1, at / end)) * layout.feed.reach);
          const low = Math.min(...ends);
          const wide = Math.max(...ends) - low;
          set(bar, { x: (layout.column[gate] + low).toFixed(1), width: Math.max(0.5, wide).toFixed(1) });
        }
        set(noughts[gate], { visibility: sum ? null : "hidden" });
      }
    },
  };
}

/** Where the parts of the cell stand: one layout for the text column and wider, one for a phone. */
import type { Gate } from "../shared/run";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly compact: boolean;
  readonly width: number;
  readonly height: number;
  /** Centre of each gate's column. */
  readonly column: Readonly<Record<Gate, number>>;
  /** The conveyor of the cell state: its height, and where it begins and ends. */
  readonly conveyor: { readonly y: number; readonly from: number; readonly to: number };
  readonly forget: Point;
  readonly add: Point;
  readonly write: Point;
  readonly tanh: Point;
  readonly show: Point;
  readonly vessel: { readonly top: number; readonly width: number; readonly height: number };
  /** Height of the activation under each vessel. */
  readonly squash: number;
  /** Base lines of z and of its parts, from the top: z, b, U·h₋₁, W·x. */
  readonly rows: { readonly z: number; readonly b: number; readonly h: number; readonly x: number };
  /** Where the lines that feed the gates begin, and half the length of the longest bar on them. */
  readonly feed: { readonly from: number; readonly reach: number };
  /** Width of the widest pipe. */
  readonly pipe: number;
  /** Size of the nodes × and +. */
  readonly node: number;
}

/** Narrower than this, names and numbers go under the vessels; cell_stepper.css changes its sizes there too. */
const PHONE = 660;

/** The layout for a width in pixels; `summed` is false where the weights are unknown and only z can be shown. */
export function layoutFor(width: number, summed: boolean): Layout {
  return width < PHONE ? compactLayout(width, summed) : wideLayout(width, summed);
}

function wideLayout(width: number, summed: boolean): Layout {
  const at = (share: number): number => Math.round(width * share);
  const column = { f: at(0.245), i: at(0.45), g: at(0.602), o: at(0.808) };
  const middle = (column.i + column.g) / 2;
  const rows = { z: 330, b: 358, h: 386, x: 414 };
  return {
    compact: false,
    width,
    height: (summed ? rows.x : rows.z) + 12,
    column,
    conveyor: { y: 48, from: 76, to: width - 76 },
    forget: { x: column.f, y: 48 },
    add: { x: middle, y: 48 },
    write: { x: middle, y: 134 },
    tanh: { x: column.o, y: 92 },
    show: { x: column.o, y: 146 },
    vessel: { top: 182, width: 54, height: 88 },
    squash: 293,
    rows,
    feed: { from: 0, reach: Math.min(68, Math.floor((column.g - column.i) / 2) - 5) },
    pipe: 15,
    node: 1,
  };
}

function compactLayout(width: number, summed: boolean): Layout {
  const gutter = 30;
  const wide = (width - gutter - 26) / 4;
  const at = (index: number): number => Math.round(gutter + wide * (index + 0.5));
  const column = { f: at(0), i: at(1), g: at(2), o: at(3) };
  const middle = (column.i + column.g) / 2;
  const rows = { z: 362, b: 390, h: 418, x: 446 };
  return {
    compact: true,
    width,
    height: (summed ? rows.x : rows.z) + 10,
    column,
    conveyor: { y: 60, from: 2, to: width - 4 },
    forget: { x: column.f, y: 60 },
    add: { x: middle, y: 60 },
    write: { x: middle, y: 142 },
    tanh: { x: column.o, y: 104 },
    show: { x: column.o, y: 152 },
    vessel: { top: 192, width: 40, height: 74 },
    squash: 325,
    rows,
    feed: { from: 0, reach: Math.round(wide / 2) - 4 },
    pipe: 12,
    node: 0.85,
  };
}

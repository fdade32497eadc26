/** Every text of the ActivationPlot. */
import type { StringTable } from "../shared/strings";
import type { Name } from "./activation_plot_state";

const english = {
  title: "A function that squashes, and its slope",

  functions: "Function",
  names: { sigmoid: "sigmoid", tanh: "tanh", hard_sigmoid: "hard sigmoid", softsign: "softsign" } as Readonly<
    Record<Name, string>
  >,
  point: "point on the curve",
  pointValue: (z: string, value: string, slope: string): string => `z ${z}, value ${value}, slope ${slope}`,
  places: "Put z at",

  z: "z",
  preActivation: "pre-activation z",
  value: "value y",
  slope: "slope",
  share: "of its greatest",
  axis: "z; in the grey wings the axis is logarithmic",
  naiveIn: (precision: string): string => `naive formula in ${precision}`,

  passes: (slope: string, share: string, most: string): string =>
    `A gradient that comes back through this point is multiplied by ${slope}: ${share} of the most that it can be, ${most}.`,
  rounded: (y: string, paper: string): string =>
    `A gradient that comes back through this point is multiplied by 0: y has been rounded to ${y}, and the slope is computed from y. On paper it is ${paper}.`,
  flat: "The curve is flat here: no gradient comes back at all.",

  table: (z: string): string => `The formulas at z = ${z}, each computed as it is written`,
  rows: ["power", "value y, naive", "value y, stable", "slope, naive", "slope, stable"],
  formula: "formula",
  agree: "Naive and stable agree here. Put z at −100 or −800.",
  differ: (where: string): string =>
    `In ${where} the naive formula fails. The stable one takes e to no power above 0, so nothing can overflow.`,
  and: " and ",
  safe: "No power of e in it: nothing can overflow.",

  keyList: [
    ["← →", "a tenth less, more; in the wings 1, 10, 100"],
    ["Shift + ← →", "a tenth of that"],
    ["Page ↑ ↓", "ten times that"],
    ["Home End", "the least, the most"],
    ["Enter", "on the number z: type it (or double-click it)"],
  ],
  legend:
    "The line is the function, with its tangent at the point; the area under the second line is its slope. The bars below tell where e to the power of z is more than the largest number that fits into 64 or 32 bits.",
};

export type ActivationPlotStrings = typeof english;

export const STRINGS: StringTable<ActivationPlotStrings> = { en: english };

/** Every text of the GateHeatmap. */
import { fixed } from "../shared/format";
import type { Quantity } from "../shared/run";
import type { StringTable } from "../shared/strings";
import type { Sort } from "./gate_heatmap_order";

const english = {
  title: "Gates and states of all units over the text",
  quantities: {
    i: "input gate",
    f: "forget gate",
    g: "candidate",
    o: "output gate",
    c: "cell state",
    h: "hidden state",
  } as Readonly<Record<Quantity, string>>,
  /** Where there is little room, beside the letter. */
  short: {
    i: "input",
    f: "forget",
    g: "candidate",
    o: "output",
    c: "cell",
    h: "hidden",
  } as Readonly<Record<Quantity, string>>,
  choose: "Which gate or state to show large",
  tokens: { space: "space", lineBreak: "line break", tab: "tab", nothing: "nothing" },
  cursor: "Unit and character",
  unit: "unit",
  previousUnit: "Unit above",
  nextUnit: "Unit below",
  character: "character",
  step: "step",
  previousTime: "Previous character",
  nextTime: "Next character",
  place: (time: number, count: number, token: string | null): string =>
    token === null ? `step ${time + 1} of ${count}` : `character ${time + 1} of ${count}, ${token}`,
  spoken: (unit: number, place: string, name: string, value: string): string => `unit ${unit}, ${place}, ${name} ${value}`,
  sort: "sort units by",
  sorts: { index: "index", mean: "mean", "half-life": "half-life", activity: "activity" } as Readonly<Record<Sort, string>>,
  sorted: {
    index: "",
    mean: (top: number, bottom: number, own: number): string =>
      `highest mean on top: ${fixed(top, 2)}, at the bottom ${fixed(bottom, 2)}; this unit ${fixed(own, 2)}`,
    "half-life": (top: number, bottom: number, own: number): string =>
      `longest memory on top: half is left after ${fixed(top, 1)} steps, at the bottom after ${fixed(bottom, 1)}; in this unit after ${fixed(own, 1)}`,
    activity: (top: number, bottom: number, own: number): string =>
      `liveliest on top: standard deviation ${fixed(top, 2)}, at the bottom ${fixed(bottom, 2)}; this unit ${fixed(own, 2)}`,
  } as Readonly<Record<Exclude<Sort, "index">, (top: number, bottom: number, own: number) => string>> & {
    readonly index: string;
  },
  line: (unit: number): string => `bars: unit ${unit} alone`,

  type: "Type your own line",
  original: "Original text",

  copy: "Copy link to this state",
  copied: "Link copied",
  notCopied: "The browser did not let the link be copied. Here it is:",
  reset: "Reset",
  keys: "Keys",
  keyList: [
    ["← →", "previous, next character"],
    ["↑ ↓", "unit above, below"],
    ["Page ↑ ↓", "ten units up, down"],
    ["Home End", "first, last character"],
    ["i f g o c h", "choose a gate or state"],
  ] as readonly (readonly string[])[],
  legend:
    "A row is a unit, a column a character. A gate is drawn from the ground (shut, 0) to its full colour (open, 1); candidate, cell state and hidden state run from orange (negative) over the ground (nought) to purple (positive). The bars below are the chosen row, enlarged.",
};

export type GateHeatmapStrings = typeof english;

export const STRINGS: StringTable<GateHeatmapStrings> = { en: english };

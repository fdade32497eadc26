/** Every text of the GateHeatmap. */
import type { Quantity } from "../shared/run";
import type { StringTable } from "../shared/strings";
import type { Sort } from "./gate_heatmap_order";
import { unitSearchEnglish } from "./unit_search_strings";

const english = {
  search: unitSearchEnglish,
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
  sorts: { index: "index", mean: "mean", "half-life": "half-life", activity: "activity", likeness: "likeness" } as Readonly<
    Record<Sort, string>
  >,
  /** What stands on top, and what the numbers after it are. */
  sorted: {
    index: "",
    mean: "highest mean on top",
    "half-life": "longest memory on top, the steps until half is left",
    activity: "liveliest on top, standard deviation",
    likeness: "most like the marked stretch on top, overlap",
  } as Readonly<Record<Sort, string>>,
  ranked: (what: string, top: string, bottom: string, own: string): string =>
    `${what}: ${top}, at the bottom ${bottom}; this unit ${own}`,
  unmarked: "mark a stretch, and those most like it come on top",
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
    ["Shift + ← →", "mark a stretch, find its units"],
    ["i f g o c h", "choose a gate or state"],
  ] as readonly (readonly string[])[],
  legend:
    "A row is a unit, a column a character. A gate is drawn from the ground (shut, 0) to its full colour (open, 1); candidate, cell state and hidden state run from orange (negative) over the ground (nought) to purple (positive). The bars below are the chosen row, enlarged.",
};

export type GateHeatmapStrings = typeof english;

export const STRINGS: StringTable<GateHeatmapStrings> = { en: english };

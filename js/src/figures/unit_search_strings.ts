/** Every text of the search for units, in the figures that have it. */

export const unitSearchEnglish = {
  find: "Find units",
  marking: "Stretch to mark",
  hint: "Drag over the text to mark a stretch, or press Shift + ← →. A bar shows where the chosen unit is on.",
  onWhere: "on where",
  is: "is",
  directions: ["above", "below"] as readonly string[],
  threshold: "threshold",
  refused: (text: string): string => `“${text}” is not on the scale.`,
  columns: ["unit", "where it is on", "exact", "overlap", "elsewhere"] as readonly string[],
  /** A stretch of tokens, or where there are none of steps. */
  stretch: (start: number, stop: number, text?: string): string =>
    text === undefined ? `steps ${start + 1} to ${stop}` : `“${text}”`,
  found: (stretch: string, count: number, units: number): string =>
    `On at all of ${stretch}, and off just before and just after: ${count} of ${units} units.`,
  none: (stretch: string): string =>
    `No unit fits ${stretch} exactly; these come nearest. Try another threshold, stretch or gate.`,
  /** `side` is 0 for above, 1 for below. */
  nothing: (stretch: string, side: number, threshold: string): string =>
    `No unit is ${side ? "below" : "above"} ${threshold} anywhere in ${stretch}: ${side ? "raise" : "lower"} the threshold.`,
  unitOn: (unit: number, inside: number, marked: number, outside: number, rest: number): string =>
    `Unit ${unit} is on at ${inside} of the ${marked} marked, and at ${outside} of the ${rest} others.`,
  legend:
    "Exact: on throughout the stretch, off just before and after. Overlap: of all that is marked or on, the share that is both.",
};

export type UnitSearchStrings = typeof unitSearchEnglish;

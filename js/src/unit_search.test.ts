import { describe, expect, it } from "vitest";
import type { Run } from "./shared/run";
import { fitMarking, likenessKeys, type Marking, UNMARKED, unitsOn } from "./unit_search";

const marking = (start: number, stop: number, more: Partial<Marking> = {}): Marking => ({
  ...UNMARKED,
  mark_start: start,
  mark_stop: stop,
  ...more,
});

/** Values of units given one a line, a character a step: # is 1, else 0. */
function values(...units: readonly string[]): Float64Array {
  const time = units[0]?.length ?? 0;
  return Float64Array.from({ length: time * units.length }, (_, at) =>
    units[at % units.length]?.[Math.floor(at / units.length)] === "#" ? 1 : 0,
  );
}

describe("units that are on", () => {
  it("are exact where they are on throughout and off just before and after, the purest first", () => {
    const found = unitsOn(values(".####...", "#.###..#", "..###...", "........"), 4, marking(2, 5));
    expect(found.map(({ unit, exact }) => [unit, exact])).toEqual([
      [2, true],
      [1, true],
      [0, false],
      [3, false],
    ]);
    expect(found.map(({ overlap }) => overlap)).toEqual([1, 3 / 5, 3 / 4, 0]);
    expect(found[1]).toMatchObject({ inside: 3, outside: 2 });
    expect(found[1]?.places).toEqual([
      [0, 1],
      [2, 5],
      [7, 8],
    ]);
  });

  it("have no step beside the stretch at the ends of the text", () => {
    expect(unitsOn(values("##..##"), 1, marking(0, 2))[0]).toMatchObject({ exact: true, overlap: 0.5 });
    expect(unitsOn(values("##..##"), 1, marking(4, 6))[0]?.exact).toBe(true);
  });

  it("are above the threshold, or below it; at it they are off", () => {
    expect(unitsOn(values("..##"), 1, marking(2, 4, { threshold: 1 }))[0]?.inside).toBe(0);
    expect(unitsOn(values("..##"), 1, marking(0, 2, { direction: "below" }))[0]?.exact).toBe(true);
    expect(unitsOn(values("..##"), 1, marking(0, 2, { threshold: 0, direction: "below" }))[0]?.inside).toBe(0);
  });

  it("give the rows their order: exact ones above all others", () => {
    const found = unitsOn(values(".####.", "######", "..##.#"), 3, marking(2, 4));
    expect([...likenessKeys(found, 3)]).toEqual([0.5, 1 / 3, 1 + 2 / 3]);
    expect([...likenessKeys(null, 2)]).toEqual([0, 0]);
  });
});

describe("a marking", () => {
  const run = { time: 8 } as Run;

  it("is filled in where an older state has none", () => {
    expect(fitMarking({ time: 3, threshold: undefined } as unknown as Marking, run)).toEqual({ ...UNMARKED, time: 3 });
  });

  it.each([
    [2, 9],
    [5, 5],
    [5, 2],
    [-1, 3],
    [3, -1],
  ])("from %i to %i is taken off, the threshold stays", (start, stop) => {
    const given = marking(start, stop, { threshold: 3 });
    expect(fitMarking(given, run)).toEqual({ ...UNMARKED, threshold: 3 });
  });

  it("within the run stays as it is", () => {
    expect(fitMarking(marking(0, 8), run)).toEqual(marking(0, 8));
  });
});

import { describe, expect, it } from "vitest";
import { atTime, atUnit, clamped, type Position, played, walked } from "./cell_stepper_state";

const EXTENT = { time: 3, units: 4 };
const at = (time: number, step: number, unit = 0): Position => ({ time, unit, step });

describe("moves", () => {
  it("never leave the run", () => {
    expect(atTime(at(2, 0), 3, EXTENT).time).toBe(2);
    expect(atTime(at(0, 0), -1, EXTENT).time).toBe(0);
    expect(atUnit(at(0, 0), 99, EXTENT).unit).toBe(3);
    expect(clamped({ time: 7, unit: -2, step: 9 }, EXTENT)).toEqual({ time: 2, unit: 0, step: 5 });
  });

  it("walk through the five steps and on into the next character", () => {
    const seen: string[] = [];
    let position = at(0, 0);
    for (let move = 0; move < 7; move += 1) {
      position = walked(position, 1, EXTENT);
      seen.push(`${position.time}.${position.step}`);
    }
    expect(seen).toEqual(["0.1", "0.2", "0.3", "0.4", "0.5", "1.1", "1.2"]);
  });

  it("walk back the same way", () => {
    expect(walked(at(1, 1), -1, EXTENT)).toEqual(at(0, 5));
    expect(walked(at(1, 3), -1, EXTENT)).toEqual(at(1, 2));
    expect(walked(at(1, 0), -1, EXTENT)).toEqual(at(1, 5));
  });

  it("stay at the ends of the text", () => {
    expect(walked(at(2, 5), 1, EXTENT)).toEqual(at(2, 5));
    expect(walked(at(0, 1), -1, EXTENT)).toEqual(at(0, 1));
  });
});

describe("play", () => {
  it("goes by characters in the whole cell, and ends with the text", () => {
    expect(played(at(0, 0), EXTENT)).toEqual(at(1, 0));
    expect(played(at(2, 0), EXTENT)).toBeNull();
  });

  it("goes by steps inside a character", () => {
    expect(played(at(0, 2), EXTENT)).toEqual(at(0, 3));
    expect(played(at(0, 5), EXTENT)).toEqual(at(1, 1));
    expect(played(at(2, 5), EXTENT)).toBeNull();
  });
});

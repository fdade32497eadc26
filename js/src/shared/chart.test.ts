// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { chart, linePath } from "./chart";
import { linear, log } from "./scale";

describe("scales", () => {
  it("go to a place and back", () => {
    const scale = linear([-2, 6], [100, 20]);
    expect(scale(-2)).toBe(100);
    expect(scale(6)).toBe(20);
    expect(scale.invert(scale(1.25))).toBeCloseTo(1.25, 12);
    const powers = log([1e-4, 1e4], [0, 80]);
    expect(powers(1)).toBeCloseTo(40, 12);
    expect(powers.invert(70)).toBeCloseTo(1e3, 9);
  });

  it("have round ticks within their domain", () => {
    expect(linear([0, 1], [0, 100]).ticks(5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(log([1e-6, 1], [0, 100]).ticks(4)).toEqual([1e-6, 1e-4, 1e-2, 1]);
    expect(log([1, 1000], [0, 100]).ticks(10)).toEqual([1, 10, 100, 1000]);
  });
});

describe("a line", () => {
  it("is interrupted where a value is no number", () => {
    const points: [number, number][] = [
      [0, 1],
      [1, 2],
      [2, Number.NaN],
      [3, 4],
    ];
    expect(linePath(points)).toBe("M0.0 1.0L1.0 2.0M3.0 4.0");
  });
});

describe("a chart", () => {
  it("draws once it stands, and again on another scale", async () => {
    let drawn = 0;
    const end = new AbortController();
    const own = chart({
      signal: end.signal,
      height: 200,
      x: { domain: [0, 10], title: "step" },
      y: { domain: [0, 1], title: "loss" },
      draw: () => (drawn += 1),
    });
    expect(drawn).toBe(0);
    await Promise.resolve();
    expect(drawn).toBe(1);
    expect(own.x(0)).toBe(40);
    expect(own.x(10)).toBe(708);
    expect(own.y(0)).toBe(166);
    own.rescale({ y: [0, 2] });
    expect(drawn).toBe(2);
    expect(own.y(2)).toBe(22);
    expect(own.valueAt(own.x(5), own.y(1.5))).toEqual({ x: 5, y: 1.5 });
    const texts = Array.from(own.drawing.querySelectorAll("text"), (text) => text.textContent);
    expect(texts).toContain("loss");
    expect(texts).toContain("2.0");
    end.abort();
  });
});

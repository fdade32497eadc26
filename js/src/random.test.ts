import { describe, expect, it } from "vitest";
import { glorotUniform, orthogonal, recurrentWeights, SCHEMES } from "./initializers";
import { random } from "./random";

const many = (draw: () => number, count = 20_000): number[] => Array.from({ length: count }, draw);
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0) / values.length;
const variance = (values: ArrayLike<number>): number => mean(Array.from(values, (value) => value ** 2)) - mean(values) ** 2;

describe("random numbers", () => {
  it("are what the seed decides", () => {
    expect(many(random(3).normal, 50)).toEqual(many(random(3).normal, 50));
    expect(many(random(3).uniform, 5)).not.toEqual(many(random(4).uniform, 5));
  });

  it("have the moments of their distributions", () => {
    const even = many(random(1).uniform);
    expect(Math.min(...even)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...even)).toBeLessThan(1);
    expect(mean(even)).toBeCloseTo(0.5, 2);
    expect(variance(even)).toBeCloseTo(1 / 12, 2);
    const bell = many(random(2).normal);
    expect(Math.abs(mean(bell))).toBeLessThan(0.03);
    expect(Math.abs(variance(bell) - 1)).toBeLessThan(0.05);
    const die = many(() => random(0).integer(6), 1).concat(
      many(
        (
          (from) => () =>
            from.integer(6)
        )(random(9)),
      ),
    );
    expect(new Set(die)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
});

describe("weights", () => {
  it.each([
    [8, 32],
    [32, 8],
    [16, 16],
  ])("are orthonormal at %i × %i", (rows, columns) => {
    const drawn = orthogonal(rows, columns, random(5));
    const wide = rows <= columns;
    const entry = (vector: number, at: number): number => drawn[wide ? vector * columns + at : at * columns + vector] ?? 0;
    const [count, length] = wide ? [rows, columns] : [columns, rows];
    for (let one = 0; one < count; one += 1) {
      for (let other = 0; other <= one; other += 1) {
        const product = Array.from({ length }, (_, at) => entry(one, at) * entry(other, at)).reduce((a, b) => a + b, 0);
        expect(Math.abs(product - (one === other ? 1 : 0))).toBeLessThan(1e-12);
      }
    }
  });

  it("spread as far as Glorot and Bengio let them", () => {
    const limit = Math.sqrt(6 / 96);
    const drawn = glorotUniform(32, 64, random(6));
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(variance(drawn)).toBeCloseTo(limit ** 2 / 3, 2);
  });

  it.each(SCHEMES)("%s: forget bias where it belongs, and only there", (scheme) => {
    const { bias } = recurrentWeights(3, 5, 4, scheme, random(7), 2.5);
    expect(Array.from(bias.subarray(5, 10))).toEqual([2.5, 2.5, 2.5, 2.5, 2.5]);
    expect(bias.subarray(10).includes(2.5)).toBe(false);
    const own = recurrentWeights(3, 5, 4, scheme, random(7)).bias[5] ?? Number.NaN;
    if (scheme === "keras") expect(own).toBe(1);
    else expect(Math.abs(own)).toBeLessThan(2 / Math.sqrt(5));
  });
});

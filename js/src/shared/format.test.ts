import { describe, expect, it } from "vitest";
import { checkable, fixed, niceLimit, probability, rounded, signed, term, ofAnySize } from "./format";

describe("numbers as printed", () => {
  it("has a real minus sign, and none before a nought", () => {
    expect(fixed(-0.58)).toBe("−0.580");
    expect(fixed(-0.0004)).toBe("0.000");
    expect(fixed(-0)).toBe("0.000");
    expect(signed(0.0004)).toBe("0.000");
    expect(signed(0.56)).toBe("+0.560");
    expect(signed(-0.56)).toBe("−0.560");
  });

  it("prints what is beyond all numbers", () => {
    expect(fixed(Number.NEGATIVE_INFINITY)).toBe("−∞");
    expect(signed(Number.POSITIVE_INFINITY)).toBe("+∞");
    expect(fixed(Number.NaN)).toBe("NaN");
  });

  it("puts brackets round a negative term only", () => {
    expect(term(-0.58, 2)).toBe("(−0.58)");
    expect(term(-0.001, 2)).toBe("0.00");
    expect(term(0.34, 2)).toBe("0.34");
  });

  it("does not print a small probability as nought", () => {
    expect(probability(0.004)).toBe("<0.01");
    expect(probability(0)).toBe("0.00");
    expect(probability(0.617)).toBe("0.62");
  });
});

describe("checkable", () => {
  const product = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): number => a * b + c * d;

  it("finds decimals at which the printed terms give the printed result, whatever the numbers", () => {
    let state = 1;
    const random = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    for (let trial = 0; trial < 2000; trial += 1) {
      const terms = [random(), 8 * random() - 4, random(), 2 * random() - 1];
      const digits = checkable(terms, product(terms), product);
      const printed = terms.map((value) => rounded(value, digits.terms));
      expect(rounded(product(printed), digits.result)).toBe(rounded(product(terms), digits.result));
    }
  });

  it("takes no more decimals than it needs", () => {
    expect(checkable([0.5, 0.5, 0, 0], 0.25, product)).toEqual({ result: 3, terms: 4 });
  });

  it("does not search for ever where the terms do not give the result", () => {
    expect(checkable([0.5, 0.5, 0, 0], 0.7, product)).toEqual({ result: 3, terms: 4 });
  });
});

describe("niceLimit", () => {
  it("is a number that can be named, and never below the value", () => {
    expect(niceLimit(1)).toBe(1);
    expect(niceLimit(1.01)).toBe(1.5);
    expect(niceLimit(4.2)).toBe(5);
    expect(niceLimit(21)).toBe(25);
    expect(niceLimit(8.5)).toBe(10);
    expect(niceLimit(120)).toBe(150);
    expect(niceLimit(0)).toBe(1);
  });
});

describe("numbers of any size", () => {
  it.each([
    [0.10499, "0.1050"],
    [0, "0"],
    [-800, "−800"],
    [3.7200759760208356e-44, "3.72·10⁻⁴⁴"],
    [-2.5e12, "−2.50·10¹²"],
    [1 - 2.0611537e-9, "1 − 2.1·10⁻⁹"],
    [-(1 - 2 ** -24), "−1 + 6.0·10⁻⁸"],
    [0.9999, "0.9999"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NaN, "NaN"],
    [5e-324, "4.94·10⁻³²⁴"],
  ])("prints %s as %s", (value, text) => expect(ofAnySize(value)).toBe(text));
});

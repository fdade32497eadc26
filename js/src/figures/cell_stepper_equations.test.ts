// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { GATES, type Quantity, QUANTITIES, type Sum, USUAL_ACTIVATIONS } from "../shared/run";
import { codeOf, equation, formulaOf, printedNumbers, SHOWN_AT } from "./cell_stepper_equations";
import type { Moment } from "./cell_stepper_moment";

let state = 11;
const random = (low: number, high: number): number => {
  state = (state * 48271) % 2147483647;
  return low + ((high - low) * state) / 2147483647;
};
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** A moment that an LSTM could live through. */
function moment(summed = true): Moment {
  const sums = Object.fromEntries(
    GATES.map((gate) => {
      const [x, h, b] = [random(-3, 3), random(-3, 3), random(-1, 1)];
      return [gate, { x, h, b, z: x + h + b } satisfies Sum];
    }),
  ) as Record<(typeof GATES)[number], Sum>;
  const z = { i: sums.i.z, f: sums.f.z, g: sums.g.z, o: sums.o.z };
  const [i, f, g, o] = [sigmoid(z.i), sigmoid(z.f), Math.tanh(z.g), sigmoid(z.o)];
  const cBefore = random(-4, 4);
  const c = f * cBefore + i * g;
  const squashed = Math.tanh(c);
  const sum = summed ? sums : null;
  return {
    i,
    f,
    g,
    o,
    c,
    h: o * squashed,
    cBefore,
    hBefore: 0,
    kept: f * cBefore,
    written: i * g,
    squashed,
    activations: USUAL_ACTIVATIONS,
    z,
    sums: sum,
    carried: false,
  };
}

const read = (text: string): number => Number(text.replace(/[()]/g, "").replace("−", "-"));

describe("printed equations", () => {
  it.each(QUANTITIES)("%s: the numbers as printed give the result as printed", (quantity: Quantity) => {
    for (let trial = 0; trial < 400; trial += 1) {
      const now = moment(trial % 2 === 0);
      const [result = "", ...terms] = printedNumbers(quantity, now);
      const again = formulaOf(quantity, now).evaluate(terms.map(read));
      expect(again.toFixed(3).replace(/^-0\.000$/, "0.000")).toBe(read(result).toFixed(3));
    }
  });

  it("never prints a negative nought", () => {
    const nought: Moment = { ...moment(), f: 0.5, i: 0.5, g: -0.00001, cBefore: -0.00001, c: -0.00001, o: 0.5, h: -0.000005 };
    for (const text of [...printedNumbers("c", nought), ...printedNumbers("h", nought)]) {
      expect(text).not.toMatch(/^\(?−0\.0+\)?$/);
    }
  });

  it("shows symbols over numbers, and reads both out", () => {
    const now = { ...moment(), f: 0.91, cBefore: 0.83, i: 0.34, g: -0.58, c: 0.91 * 0.83 + 0.34 * -0.58 };
    const shown = equation("c", true, now);
    shown.show(now);
    const values = Array.from(shown.element.querySelectorAll(".lstm-value"), (node) => node.textContent);
    expect(values).toEqual(["0.558", "0.9100", "0.8300", "0.3400", "(−0.5800)"]);
    expect(shown.element.getAttribute("aria-label")).toContain("0.9100 · 0.8300 + 0.3400 · (−0.5800)");
  });

  it("has z alone where the weights are unknown", () => {
    const now = moment(false);
    expect(printedNumbers("f", now)).toHaveLength(2);
    expect(printedNumbers("f", moment(true))).toHaveLength(4);
  });

  it("names the activations that there were, in signs and in code, and counts with them", () => {
    const activations = { i: "hard_sigmoid", f: "hard_sigmoid", g: "relu", o: "hard_sigmoid" };
    const now: Moment = { ...moment(false), activations, c: 1.5, o: 0.5, h: 0.75, z: { i: 3, f: 0, g: 2, o: 0 } };
    const signs = (quantity: Quantity): string =>
      formulaOf(quantity, now)
        .columns.map(({ symbol }) => symbol)
        .join(" ");
    expect(signs("f")).toBe("f = hard_σ( z_f )");
    expect(signs("h")).toBe("h = o · relu( c )");
    expect(formulaOf("h", now).evaluate([0.5, 1.5])).toBe(0.75);
    expect(formulaOf("h", now).evaluate([0.5, -1.5])).toBe(0);
    expect(formulaOf("f", now).evaluate([0])).toBe(0.5);
    expect(codeOf("o", activations)).toBe("o = hard_sigmoid(x @ W_o + h @ U_o + b_o)");
    expect(codeOf("h", activations)).toBe("h = o * relu(c)");
    expect(codeOf("g", USUAL_ACTIVATIONS)).toBe("g = tanh(x @ W_g + h @ U_g + b_g)");
  });

  it("covers every quantity in the five steps", () => {
    expect(SHOWN_AT.slice(1).flat().sort()).toEqual(["c", "f", "g", "h", "i", "o"]);
  });
});

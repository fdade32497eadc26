/** The equations of the six quantities, with symbols above and the unit's own numbers below them, and their lines of code. */
import { ACTIVATIONS, functionOf, signOf } from "../activations";
import { html, set, write } from "../shared/dom";
import { checkable, fixed, term } from "../shared/format";
import { mathHtml, mathSpoken } from "../shared/maths";
import type { Gate, Quantity } from "../shared/run";
import type { Moment } from "./cell_stepper_moment";

/** Which equations each step shows; 0 is the whole cell. */
export const SHOWN_AT: readonly (readonly Quantity[])[] = [["c", "h"], ["i", "g"], ["f"], ["c"], ["o"], ["h"]];

/** The line of `lstm_step` that makes a quantity, as it stands in lstm_edu/lstm.py where the activations are the usual ones. */
export function codeOf(quantity: Quantity, activations: Moment["activations"]): string {
  if (quantity === "c") return "c = f * c + i * g";
  if (quantity === "h") return `h = o * ${activations.g}(c)`;
  return `${quantity} = ${activations[quantity]}(x @ W_${quantity} + h @ U_${quantity} + b_${quantity})`;
}

/** A column of an equation: a symbol with the place of its number, or a sign that stands in both lines. */
interface Column {
  readonly symbol: string;
  readonly tone?: string;
  /** Index into the printed numbers; absent for a sign. */
  readonly number?: number;
  /** It opens a bracket or a line, so that a minus sign needs no brackets of its own. */
  readonly leads?: boolean;
}

interface Formula {
  readonly columns: readonly Column[];
  readonly terms: readonly number[];
  readonly result: number;
  evaluate(terms: readonly number[]): number;
}

const sign = (symbol: string): Column => ({ symbol });

function gateFormula(gate: Gate, moment: Moment): Formula {
  const activation = moment.activations[gate];
  const squash = functionOf(ACTIVATIONS, activation);
  const left: Column[] = [{ symbol: gate, tone: gate, number: 0 }, sign("="), sign(`${signOf(activation)}(`)];
  const sum = moment.sums?.[gate];
  if (!sum) {
    const z = { symbol: `z_${gate}`, tone: "x", number: 1, leads: true };
    return { columns: [...left, z, sign(")")], terms: [moment.z[gate]], result: moment[gate], evaluate: ([v = 0]) => squash(v) };
  }
  return {
    columns: [
      ...left,
      { symbol: `W_${gate} x`, tone: "x", number: 1, leads: true },
      sign("+"),
      { symbol: `U_${gate} h_−1`, tone: "h", number: 2 },
      sign("+"),
      { symbol: `b_${gate}`, tone: "x", number: 3 },
      sign(")"),
    ],
    terms: [sum.x, sum.h, sum.b],
    result: moment[gate],
    evaluate: ([x = 0, h = 0, b = 0]) => squash(x + h + b),
  };
}

/** What an equation says at this moment. */
export function formulaOf(quantity: Quantity, moment: Moment): Formula {
  if (quantity === "c") {
    return {
      columns: [
        { symbol: "c", tone: "c", number: 0 },
        sign("="),
        { symbol: "f", tone: "f", number: 1 },
        sign("·"),
        { symbol: "c_−1", tone: "c", number: 2 },
        sign("+"),
        { symbol: "i", tone: "i", number: 3 },
        sign("·"),
        { symbol: "g", tone: "g", number: 4 },
      ],
      terms: [moment.f, moment.cBefore, moment.i, moment.g],
      result: moment.c,
      evaluate: ([f = 0, before = 0, i = 0, g = 0]) => f * before + i * g,
    };
  }
  if (quantity === "h") {
    return {
      columns: [
        { symbol: "h", tone: "h", number: 0 },
        sign("="),
        { symbol: "o", tone: "o", number: 1 },
        sign("·"),
        sign(`${signOf(moment.activations.g)}(`),
        { symbol: "c", tone: "c", number: 2, leads: true },
        sign(")"),
      ],
      terms: [moment.o, moment.c],
      result: moment.h,
      evaluate: ([o = 0, c = 0]) => o * functionOf(ACTIVATIONS, moment.activations.g)(c),
    };
  }
  return gateFormula(quantity, moment);
}

/** What stands for a z that cannot be told from its gate. */
const UNKNOWN = "?";

/** The numbers of an equation as printed: the result, then the terms, so that the terms as printed give the result as printed. */
export function printedNumbers(quantity: Quantity, moment: Moment): string[] {
  const { columns, terms, result, evaluate } = formulaOf(quantity, moment);
  const digits = checkable(terms, result, evaluate);
  const leading = new Set(columns.filter(({ leads }) => leads).map(({ number }) => number));
  const printed = terms.map((value, index) =>
    Number.isNaN(value) ? UNKNOWN : (leading.has(index + 1) ? fixed : term)(value, digits.terms),
  );
  return [fixed(result, digits.result), ...printed];
}

export interface Equation {
  readonly element: HTMLElement;
  show(moment: Moment): void;
}

/** One equation over its numbers; `summed` says whether the gates' sums are known. */
export function equation(quantity: Quantity, summed: boolean, moment: Moment): Equation {
  const known = summed ? moment : { ...moment, sums: null };
  const { columns } = formulaOf(quantity, known);
  const numbers: { node: HTMLElement; index: number }[] = [];
  const parts = columns.map(({ symbol, tone, number }) => {
    if (number === undefined) {
      const kind = symbol === ")" ? "lstm-bracket" : /^[a-zσ]/.test(symbol) ? "lstm-function" : "lstm-operator";
      return html(
        "span",
        { class: `lstm-term ${kind}` },
        html("span", { class: "lstm-upper" }, symbol),
        html("span", { class: "lstm-lower" }, symbol),
      );
    }
    const lower = html("span", { class: "lstm-lower lstm-value" });
    numbers.push({ node: lower, index: number });
    return html(
      "span",
      { class: "lstm-term", "data-tone": tone },
      html("span", { class: "lstm-upper lstm-math" }, ...mathHtml(symbol)),
      lower,
    );
  });
  const element = html("div", { class: "lstm-equation", "data-quantity": quantity }, ...parts);
  return {
    element,
    show(now) {
      const printed = printedNumbers(quantity, summed ? now : { ...now, sums: null });
      for (const { node, index } of numbers) write(node, printed[index] ?? "");
      set(element, { "aria-label": spoken(columns, printed) });
    },
  };
}

function spoken(columns: readonly Column[], printed: readonly string[]): string {
  const upper = columns.map(({ symbol }) => mathSpoken(symbol)).join(" ");
  const lower = columns.map(({ symbol, number }) => (number === undefined ? symbol : (printed[number] ?? ""))).join(" ");
  return `${upper}: ${lower}`;
}

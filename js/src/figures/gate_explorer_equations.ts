/** The step as equations, every number of which that is given can be dragged, steered and typed over. */
import { html, set, write } from "../shared/dom";
import { checkable, fixed, rounded, term } from "../shared/format";
import { mathHtml } from "../shared/maths";
import type { NumberChip } from "../shared/number_chip";
import { GATES, type Gate } from "../shared/run";
import { KEYS, type Key, type Moment, momentOf, type State } from "./gate_explorer_state";
import type { GateExplorerStrings } from "./gate_explorer_strings";

export interface Equations {
  readonly element: HTMLElement;
  show(state: State, moment: Moment, digits: number): void;
}

/**
 * How many decimals the given numbers are printed with: two at least, four where they have as many or more, and more
 * where only so the printed results come from the printed numbers.
 */
export function digitsOf(state: State, moment: Moment): number {
  const results = (m: Moment): string => [...GATES.map((gate) => m[gate]), m.c, m.h].map((value) => fixed(value)).join();
  const wanted = results(moment);
  const given = [2, 3].find((digits) => KEYS.every((key) => rounded(state[key], digits) === state[key])) ?? 4;
  for (let digits = given; digits < 9; digits += 1) {
    const printed = Object.fromEntries(KEYS.map((key) => [key, rounded(state[key], digits)])) as Record<Key, number>;
    // The line of c takes its old state as printed, and the gates as computed.
    const cell = fixed(moment.f * printed.c + moment.written);
    if (cell === fixed(moment.c) && results(momentOf(printed)) === wanted) return digits;
  }
  return 9;
}

/** The computed numbers in the lines of c and h: the results with three decimals, the terms with as many as give them. */
export function printedStep(m: Moment, digits: number): Readonly<Record<"f" | "i" | "g" | "c" | "o" | "cTerm" | "h", string>> {
  const before = rounded(m.before, digits);
  const cell = checkable([m.f, m.i, m.g], m.c, ([f = 0, i = 0, g = 0]) => f * before + i * g);
  const hidden = checkable([m.o, m.c], m.h, ([o = 0, c = 0]) => o * Math.tanh(c));
  return {
    f: fixed(m.f, cell.terms),
    i: fixed(m.i, cell.terms),
    g: term(m.g, cell.terms),
    c: fixed(m.c),
    o: fixed(m.o, hidden.terms),
    cTerm: fixed(m.c, hidden.terms),
    h: fixed(m.h),
  };
}

/** Makes the chip of a number; `stop` where the Tab key comes by. */
export type MakeChip = (key: Key, stop: boolean) => NumberChip;

export function equations(strings: GateExplorerStrings, chip: MakeChip): Equations {
  const chips: { readonly key: Key; readonly chip: NumberChip }[] = [];
  const given = (key: Key): HTMLElement => {
    // x, h and c have had their turn at the thermometers.
    const made = chip(key, key.length > 1);
    chips.push({ key, chip: made });
    return made.element;
  };
  const maths = (symbol: string, tone?: string, more = ""): HTMLElement =>
    html("span", { class: `lstm-math ${more}`.trim(), "data-tone": tone }, ...mathHtml(symbol));
  const sign = (text: string): HTMLElement => html("span", { class: "sign" }, text);
  const result = (tone: string): HTMLElement => html("span", { class: "result", "data-tone": tone });
  const head = (symbol: string, tone: string, column: number): HTMLElement => {
    const node = maths(symbol, tone, "head");
    node.style.gridColumn = String(column);
    return node;
  };

  const values: Record<Gate, HTMLElement> = { i: result("i"), f: result("f"), g: result("g"), o: result("o") };
  const rows = GATES.map((gate) =>
    html(
      "div",
      { class: "row", role: "group", "aria-label": strings.gates[gate] },
      maths(gate, gate),
      sign("="),
      sign(gate === "g" ? "tanh(" : "σ("),
      given(`${gate}_w`),
      sign("·"),
      given("x"),
      sign("+"),
      given(`${gate}_u`),
      sign("·"),
      given("h"),
      sign("+"),
      given(`${gate}_b`),
      sign(")"),
      sign("="),
      values[gate],
    ),
  );
  // One table, so that equal things stand below each other.
  rows.forEach((row, index) => {
    for (const node of row.children) (node as HTMLElement).style.gridRow = String(index + 2);
  });
  const gates = html(
    "div",
    { class: "gates" },
    head("W", "x", 4),
    head("x", "x", 6),
    head("U", "x", 8),
    head("h_−1", "h", 10),
    head("b", "x", 12),
    ...rows,
  );

  const printed = {
    f: result("f"),
    i: result("i"),
    g: result("g"),
    c: result("c"),
    o: result("o"),
    cTerm: result("c"),
    h: result("h"),
  };
  const line = (...parts: HTMLElement[]): HTMLElement => html("div", { class: "line" }, ...parts);
  const pair = (...lines: HTMLElement[]): HTMLElement => html("div", { class: "pair" }, ...lines);
  const states = html(
    "div",
    { class: "states" },
    pair(
      line(
        maths("c", "c"),
        sign("="),
        maths("f", "f"),
        sign("·"),
        maths("c_−1", "c"),
        sign("+"),
        maths("i", "i"),
        sign("·"),
        maths("g", "g"),
      ),
      line(sign("="), printed.f, sign("·"), given("c"), sign("+"), printed.i, sign("·"), printed.g, sign("="), printed.c),
    ),
    pair(
      line(maths("h", "h"), sign("="), maths("o", "o"), sign("·"), sign("tanh("), maths("c", "c"), sign(")")),
      line(sign("="), printed.o, sign("·"), sign("tanh("), printed.cTerm, sign(")"), sign("="), printed.h),
    ),
  );
  for (const node of [printed.c, printed.h]) node.classList.add("final");
  const element = html("div", { class: "lstm-sums", role: "group", "aria-label": strings.equations }, gates, states);

  return {
    element,
    show(state, moment, digits) {
      for (const { key, chip: made } of chips) made.show(fixed(state[key], digits));
      for (const gate of GATES) write(values[gate], fixed(moment[gate]));
      for (const [name, text] of Object.entries(printedStep(moment, digits))) write(printed[name as keyof typeof printed], text);
      set(element, { "data-digits": digits });
    },
  };
}

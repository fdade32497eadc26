/** Each formula computed as it is written, in 64 and in 32 bits: the naive beside the stable one. */
import { html, set, write } from "../shared/dom";
import { ofAnySize } from "../shared/format";
import { FORMULAS, type Name, PRECISIONS, printedZ, results } from "./activation_plot_state";
import type { ActivationPlotStrings } from "./activation_plot_strings";

export interface Formulas {
  readonly element: HTMLElement;
  show(name: Name, z: number): void;
}

/** How much two results may differ and still agree. */
const SAME = 1e-3;
/** In which row the stable formula of the same number stands. */
const RIGHT = [0, 2, 2, 4, 4];

/** `e^{−z}` as HTML: letters in italics, powers raised. */
function written(formula: string): (Node | string)[] {
  return formula.split(/(\^\{.*?\}|\b[eyz]\b)/).map((part) => {
    if (part.startsWith("^")) return html("sup", {}, ...written(part.slice(2, -1)));
    return /^[eyz]$/.test(part) ? html("i", {}, part) : part;
  });
}

export function formulas(strings: ActivationPlotStrings): Formulas {
  const caption = html("caption", { class: "lstm-caption" });
  const body = html("tbody");
  const verdict = html("p", { class: "lstm-caption judged" });
  const head = html("th", { scope: "col" }, html("span", { class: "lstm-unseen" }, strings.formula));
  const columns = PRECISIONS.map(({ name }) => html("th", { scope: "col" }, name));
  const table = html("table", {}, caption, html("thead", {}, html("tr", {}, head, ...columns)), body);
  const element = html("div", { class: "lstm-formulas" }, table, verdict);

  let shown: Name | null = null;
  let rows: HTMLElement[][] = [];
  const lay = (name: Name): void => {
    shown = name;
    const all = FORMULAS[name] ?? [];
    rows = all.map(() => PRECISIONS.map(() => html("td")));
    const lines = all.map((formula, row) => {
      const label = html("span", { class: "lstm-caption" }, strings.rows[row] ?? "");
      const maths = html("span", { class: "lstm-math" }, ...written(formula));
      return html("tr", {}, html("th", { scope: "row" }, label, " ", maths), ...(rows[row] ?? []));
    });
    body.replaceChildren(...lines);
    set(table, { hidden: all.length === 0 });
  };

  return {
    element,
    show(name, z) {
      if (name !== shown) lay(name);
      write(caption, strings.table(printedZ(z)));
      const failing = PRECISIONS.filter(({ round }, column) => {
        const found = results(name, round(z), round);
        const wrong = rows.map((cells, row) => {
          const result = found[row] ?? 0;
          const right = found[RIGHT[row] ?? row] ?? 0;
          const fails = !Number.isFinite(result) || !(Math.abs(result - right) <= SAME * Math.abs(right));
          const cell = cells[column];
          if (cell) {
            write(cell, ofAnySize(result));
            set(cell, { "data-wrong": fails, "data-number": result });
          }
          return fails;
        });
        return wrong.includes(true);
      });
      const where = failing.map((precision) => precision.name).join(strings.and);
      write(verdict, rows.length === 0 ? strings.safe : where === "" ? strings.agree : strings.differ(where));
    },
  };
}

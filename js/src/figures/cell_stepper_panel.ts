/** The steps to choose from, and for the chosen one its equations with the unit's numbers, a sentence, and its code. */
import { choiceRow, iconButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import type { Moment } from "./cell_stepper_moment";
import { codeOf, equation, SHOWN_AT, type Equation } from "./cell_stepper_equations";
import type { CellStepperStrings } from "./cell_stepper_strings";

export interface PanelOptions {
  readonly strings: CellStepperStrings;
  readonly signal: AbortSignal;
  choose(step: number): void;
  walk(): void;
}

export interface Panel {
  readonly steps: HTMLElement;
  readonly element: HTMLElement;
  show(moment: Moment, unit: number): void;
  setStep(step: number): void;
}

const TONES = ["x", "i", "f", "c", "o", "h"];

export function panel(options: PanelOptions): Panel {
  const { strings, signal } = options;
  const row = choiceRow(
    strings.steps,
    strings.stepNames.map((label, step) => ({
      label,
      short: strings.stepShort[step] ?? label,
      sign: String(step),
      tone: TONES[step] ?? "x",
    })),
    options.choose,
    signal,
  );
  const walk = iconButton("walk", strings.walk, { signal, press: options.walk });
  const steps = html("div", { class: "lstm-steps" }, row.element, walk);

  const pages = SHOWN_AT.map((quantities, step) => {
    const equations = html("div", { class: "lstm-equations" });
    const sentence = html("p", { class: "lstm-sentence" });
    const lines = quantities.map((quantity) => html("code", { "data-tone": quantity }));
    const code = html("div", { class: "lstm-code", "aria-label": strings.code, role: "group" }, ...lines);
    const told = html("div", { class: "lstm-told" }, sentence, code);
    const page = html("div", { class: "lstm-page", "data-step": step, hidden: true }, equations, told);
    return { page, equations, sentence, quantities, lines, shown: [] as Equation[] };
  });
  const element = html("div", { class: "lstm-panel" }, ...pages.map(({ page }) => page));

  let step = 0;
  let latest: { moment: Moment; unit: number } | null = null;
  let summed: boolean | null = null;

  const fill = (): void => {
    const page = pages[step];
    if (!page || !latest) return;
    const { moment, unit } = latest;
    for (const each of page.shown) each.show(moment);
    const sentence = moment.carried ? strings.carried : strings.explained[step]?.(moment, unit);
    write(page.sentence, sentence ?? "");
  };

  return {
    steps,
    element,
    show(moment, unit) {
      latest = { moment, unit };
      const known = moment.sums !== null;
      if (known !== summed) {
        summed = known;
        for (const page of pages) {
          page.shown = page.quantities.map((quantity) => equation(quantity, known, moment));
          page.equations.replaceChildren(...page.shown.map(({ element: node }) => node));
          page.quantities.forEach((quantity, at) => {
            const line = page.lines[at];
            if (line) write(line, codeOf(quantity, moment.activations));
          });
        }
      }
      fill();
    },
    setStep(next) {
      step = next;
      row.choose(next);
      for (const [at, { page }] of pages.entries()) set(page, { hidden: at !== next });
      fill();
    },
  };
}

/** What a network expects next: its likeliest tokens as small bars with their probabilities, the real next one marked. */
import { html, set, write } from "./dom";
import { probability } from "./format";
import type { Expectation } from "./run";
import { visibleToken } from "./tokens";

export interface ExpectationsOptions {
  readonly label: string;
  /** How many bars. */
  readonly most?: number;
  /** The line that tells what comes: token, probability and rank (1 = likeliest), or null at the end of the text. */
  outcome(real: { token: string; probability: number; rank: number } | null): string;
}

export interface Expectations {
  readonly element: HTMLElement;
  /** Shows the guesses, likeliest first, and the token that really comes next (null at the end). */
  show(guesses: readonly Expectation[], real: string | null): void;
}

export function expectations(options: ExpectationsOptions): Expectations {
  const slots = Array.from({ length: options.most ?? 5 }, () => {
    const token = html("span", { class: "lstm-guess-token" });
    const number = html("span", { class: "lstm-guess-number" });
    const bar = html("span", { class: "lstm-guess-bar" });
    const slot = html("li", { class: "lstm-guess" }, token, number, html("span", { class: "lstm-guess-track" }, bar));
    return { slot, token, number, bar };
  });
  const outcome = html("span", { class: "lstm-outcome" });
  const element = html(
    "div",
    { class: "lstm-expects" },
    html("span", { class: "lstm-caption" }, options.label),
    html("ol", { class: "lstm-guesses" }, ...slots.map(({ slot }) => slot)),
    outcome,
  );
  return {
    element,
    show(guesses, real) {
      slots.forEach(({ slot, token, number, bar }, index) => {
        const guess = guesses[index];
        set(slot, { hidden: !guess, "data-real": guess?.token === real });
        if (!guess) return;
        write(token, visibleToken(guess.token));
        write(number, probability(guess.probability));
        bar.style.setProperty("--share", guess.probability.toFixed(4));
      });
      const rank = guesses.findIndex(({ token }) => token === real);
      const found = guesses[rank];
      write(outcome, options.outcome(real !== null && found ? { ...found, rank: rank + 1 } : null));
    },
  };
}

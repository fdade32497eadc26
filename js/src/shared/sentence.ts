/** The sentence under a drawing; a complaint about a typed number takes its place, so that nothing moves under the hand. */
import { html, set, write } from "./dom";
import { fixed } from "./format";
import type { Value } from "./steer";

export interface Sentence {
  readonly elements: readonly HTMLElement[];
  readonly text: string;
  tell(text: string): void;
  /** Complains that a text does not fit a value; of null it is silent again. */
  complaintOf(value: Pick<Value, "label" | "least" | "most">): (text: string | null) => void;
}

export function sentence(refused: (label: string, text: string, least: string, most: string) => string): Sentence {
  const told = html("p", { class: "lstm-told-state" });
  const message = html("p", { class: "lstm-message lstm-told-state", role: "alert", hidden: true });
  const digits = (end: number): string => fixed(end, Number.isInteger(end) ? 0 : 2);
  return {
    elements: [told, message],
    get text() {
      return told.textContent;
    },
    tell: (text) => write(told, text),
    complaintOf:
      ({ label, least, most }) =>
      (text) => {
        set(message, { hidden: text === null });
        set(told, { hidden: text !== null });
        write(message, text === null ? "" : refused(label, text, digits(least), digits(most)));
      },
  };
}

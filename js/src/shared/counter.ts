/** A whole number between two buttons: one less, one more. */
import { iconButton, setIdle } from "./buttons";
import { html, write } from "./dom";

export interface CounterOptions {
  readonly label: string;
  readonly fewer: string;
  readonly more: string;
  readonly signal: AbortSignal;
  step(by: 1 | -1): void;
}

export interface Counter {
  readonly element: HTMLElement;
  /** The number, and whether it is the first or the last of those that the buttons step through. */
  show(value: number, isFirst: boolean, isLast: boolean): void;
}

export function counter({ label, fewer, more, signal, step }: CounterOptions): Counter {
  const less = iconButton("minus", fewer, { signal, press: () => step(-1) });
  const plus = iconButton("plus", more, { signal, press: () => step(1) });
  const number = html("output", { class: "lstm-number lstm-strong", "aria-hidden": "true" });
  return {
    element: html("span", { class: "lstm-counter", role: "group", "aria-label": label }, label, less, number, plus),
    show(value, isFirst, isLast) {
      write(number, String(value));
      setIdle(less, isFirst);
      setIdle(plus, isLast);
    },
  };
}

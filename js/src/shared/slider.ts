/** A slider with its number: drag the knob, drag the number, type it, or use the arrow keys. */
import { html, set } from "./dom";
import { listenToKeys } from "./keys";
import { mathHtml } from "./maths";
import { numberChip } from "./number_chip";
import { stepKeys, type Value } from "./steer";

export interface SliderOptions {
  readonly value: Value;
  readonly signal: AbortSignal;
  /** What stands before the slider: words, or with `symbol` also a formula such as "b_f". */
  readonly caption: string;
  readonly symbol?: string;
  /** Name of its colour (`--lstm-NAME`). */
  readonly tone?: string;
  /** As in `NumberChipOptions`. */
  complain(text: string | null): void;
}

export interface Slider {
  readonly element: HTMLElement;
  /** Prints the number, and moves the knob to it. */
  show(text: string): void;
}

export function slider(options: SliderOptions): Slider {
  const { value, signal, caption, symbol, tone, complain } = options;
  const { step = 0.1, fine = step / 10 } = value;
  const range = html("input", {
    type: "range",
    class: "lstm-range",
    "aria-label": value.label,
    step: fine,
  });
  range.addEventListener("input", () => value.change(Number(range.value)), { signal });
  // By the steps of the value, which the browser's own may be too fine for.
  listenToKeys(range, stepKeys(value), signal, true);
  const chip = numberChip({
    value,
    signal,
    get perPixel() {
      return (value.most - value.least) / 250;
    },
    stop: false,
    complain,
    ...(tone ? { tone } : {}),
  });
  const element = html(
    "div",
    { class: "lstm-slider", "data-tone": tone },
    html(
      "span",
      { class: "lstm-slider-name", "aria-hidden": "true" },
      ...(symbol ? [html("span", { class: "lstm-math symbol" }, ...mathHtml(symbol)), " "] : []),
      html("span", { class: "lstm-caption" }, caption),
    ),
    range,
    chip.element,
  );
  return {
    element,
    show(text) {
      const now = value.get();
      const { least, most } = value;
      set(range, { min: least, max: most, "aria-valuetext": text });
      if (Number(range.value) !== now) range.value = String(now);
      range.style.setProperty("--at", `${(100 * (now - least)) / (most - least || 1)}%`);
      chip.show(text);
    },
  };
}

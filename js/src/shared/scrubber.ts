/** A slider with its number: the browser's own range input, labelled, its value written beside it. */
import { html, set, write } from "./dom";

export interface ScrubberOptions {
  readonly label: string;
  readonly signal: AbortSignal;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** The value as it is written beside the slider, such as "22 / 41". */
  format(value: number): string;
  /** The value as a screen reader says it; `format` where absent. */
  describe?(value: number): string;
  input(value: number): void;
}

export interface Scrubber {
  readonly element: HTMLElement;
  readonly range: HTMLInputElement;
  setLimits(min: number, max: number): void;
  setValue(value: number): void;
}

export function scrubber(options: ScrubberOptions): Scrubber {
  const { min = 0, max = 1, step = 1, describe = options.format } = options;
  const range = html("input", { type: "range", class: "lstm-range", "aria-label": options.label, min, max, step });
  const number = html("output", { class: "lstm-number", "aria-hidden": "true" });
  const element = html("span", { class: "lstm-scrubber" }, range, number);
  range.addEventListener("input", () => options.input(Number(range.value)), { signal: options.signal });

  const fill = (): void => {
    const low = Number(range.min);
    const span = Number(range.max) - low;
    range.style.setProperty("--done", `${span > 0 ? (100 * (Number(range.value) - low)) / span : 0}%`);
  };
  return {
    element,
    range,
    setLimits(low, high) {
      set(range, { min: low, max: high });
      // Room for the widest number, so that the slider keeps its length while it moves.
      number.style.setProperty("min-width", `${Math.max(options.format(low).length, options.format(high).length)}ch`);
      fill();
    },
    setValue(value) {
      if (range.value !== String(value)) range.value = String(value);
      write(number, options.format(value));
      set(range, { "aria-valuetext": describe(value) });
      fill();
    },
  };
}

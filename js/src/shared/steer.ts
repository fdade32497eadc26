/** A value that the keyboard moves: arrows by a step, with Shift by a finer one, Page up and down by ten, Home and End to its ends. */
import { set } from "./dom";
import { type KeyMap, listenToKeys } from "./keys";

export interface Value {
  readonly label: string;
  /** Its bounds; they may move. */
  readonly least: number;
  readonly most: number;
  /** What an arrow key moves it by; a tenth if not given. It may change with the value. */
  readonly step?: number;
  /** What an arrow key moves it by with Shift; a tenth of `step` if not given. */
  readonly fine?: number;
  get(): number;
  /** Takes the wish of a hand; bounds and rounding are its own. */
  change(wish: number): void;
  /** Takes a number within the bounds as it is. */
  take(number: number): void;
}

export interface SteerOptions {
  readonly role: "slider" | "spinbutton";
  readonly value: Value;
  readonly signal: AbortSignal;
  /** Whether the Tab key comes by. */
  readonly stop?: boolean;
  /** Further keys. */
  readonly keys?: Readonly<Record<string, () => void>>;
}

/** The keys that move a value. */
export function stepKeys(value: Value): KeyMap {
  const step = (): number => value.step ?? 0.1;
  const fine = (): number => value.fine ?? step() / 10;
  const by = (times: number, size: () => number) => (): void => value.change(value.get() + times * size());
  return {
    ArrowRight: by(1, step),
    ArrowUp: by(1, step),
    ArrowLeft: by(-1, step),
    ArrowDown: by(-1, step),
    "Shift+ArrowRight": by(1, fine),
    "Shift+ArrowUp": by(1, fine),
    "Shift+ArrowLeft": by(-1, fine),
    "Shift+ArrowDown": by(-1, fine),
    PageUp: by(10, step),
    PageDown: by(-10, step),
    Home: () => value.change(value.least),
    End: () => value.change(value.most),
  };
}

/** Makes an element steerable by keys, and tells a screen reader what it is; the result tells where it stands. */
export function steer(node: HTMLElement, options: SteerOptions): (text: string) => void {
  const { role, value, signal, stop = true, keys = {} } = options;
  set(node, {
    role,
    tabindex: stop ? 0 : -1,
    "aria-label": value.label,
  });
  listenToKeys(node, { ...stepKeys(value), ...keys }, signal);
  return (text) =>
    set(node, {
      "aria-valuemin": value.least,
      "aria-valuemax": value.most,
      "aria-valuenow": value.get(),
      "aria-valuetext": text,
    });
}

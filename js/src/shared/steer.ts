/** A value that the keyboard moves: arrows by a step, with Shift by a finer one, Page up and down by ten, Home and End to its ends. */
import { set } from "./dom";
import { listenToKeys } from "./keys";

export interface Value {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  /** What an arrow key moves it by; a tenth if not given. */
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

/** Makes an element steerable by keys, and tells a screen reader what it is; the result tells where it stands. */
export function steer(node: HTMLElement, options: SteerOptions): (text: string) => void {
  const { role, value, signal, stop = true, keys = {} } = options;
  set(node, {
    role,
    tabindex: stop ? 0 : -1,
    "aria-label": value.label,
    "aria-valuemin": value.least,
    "aria-valuemax": value.most,
  });
  const { step = 0.1, fine = step / 10 } = value;
  const by = (change: number) => (): void => value.change(value.get() + change);
  listenToKeys(
    node,
    {
      ArrowRight: by(step),
      ArrowUp: by(step),
      ArrowLeft: by(-step),
      ArrowDown: by(-step),
      "Shift+ArrowRight": by(fine),
      "Shift+ArrowUp": by(fine),
      "Shift+ArrowLeft": by(-fine),
      "Shift+ArrowDown": by(-fine),
      PageUp: by(10 * step),
      PageDown: by(-10 * step),
      Home: () => value.change(value.least),
      End: () => value.change(value.most),
      ...keys,
    },
    signal,
  );
  return (text) => set(node, { "aria-valuenow": value.get(), "aria-valuetext": text });
}

/** A value that the keyboard moves: arrows by a tenth, with Shift by a hundredth, Page up and down by one, Home and End to its ends. */
import { set } from "./dom";
import { listenToKeys } from "./keys";

export interface Value {
  readonly label: string;
  readonly least: number;
  readonly most: number;
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
  const by = (step: number) => (): void => value.change(value.get() + step);
  listenToKeys(
    node,
    {
      ArrowRight: by(0.1),
      ArrowUp: by(0.1),
      ArrowLeft: by(-0.1),
      ArrowDown: by(-0.1),
      "Shift+ArrowRight": by(0.01),
      "Shift+ArrowUp": by(0.01),
      "Shift+ArrowLeft": by(-0.01),
      "Shift+ArrowDown": by(-0.01),
      PageUp: by(1),
      PageDown: by(-1),
      Home: () => value.change(value.least),
      End: () => value.change(value.most),
      ...keys,
    },
    signal,
  );
  return (text) => set(node, { "aria-valuenow": value.get(), "aria-valuetext": text });
}

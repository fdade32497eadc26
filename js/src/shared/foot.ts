/** The foot of every figure: copy a link to this state, reset, and the keys to work it with. */
import { copyText, textButton } from "./buttons";
import { html, set, write } from "./dom";

export interface FootStrings {
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly reset: string;
  readonly keys: string;
  /** Pairs of a key and what it does. */
  readonly keyList: readonly (readonly string[])[];
  /** How the drawing is to be read. */
  readonly legend: string;
}

export interface FootOptions {
  readonly strings: FootStrings;
  readonly signal: AbortSignal;
  /** The address of the figure in its present state. */
  address(): string;
  reset(): void;
}

export function figureFoot({ strings, signal, address, reset }: FootOptions): HTMLElement {
  const told = html("span", { class: "lstm-caption", role: "status" });
  const field = html("input", { class: "lstm-field", type: "text", readonly: true, hidden: true, "aria-label": strings.copy });
  const copy = textButton(strings.copy, {
    signal,
    press: () => {
      const link = address();
      void copyText(link).then((done) => {
        write(told, done ? strings.copied : strings.notCopied);
        set(field, { hidden: done });
        field.value = link;
        if (!done) field.select();
      });
    },
  });
  const rows = strings.keyList.map(([key = "", does = ""]) =>
    html("div", {}, html("dt", {}, html("kbd", {}, key)), html("dd", {}, does)),
  );
  const keys = html(
    "details",
    { class: "lstm-keys" },
    html("summary", {}, strings.keys),
    html("dl", {}, ...rows),
    html("p", {}, strings.legend),
  );
  return html("div", { class: "lstm-foot" }, copy, textButton(strings.reset, { signal, press: reset }), told, field, keys);
}

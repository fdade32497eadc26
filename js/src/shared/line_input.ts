/** "Type your own line": a text field that is read at every key; what cannot be read is said, and the last good line stays. */
import { textButton } from "./buttons";
import { html, set, write } from "./dom";

/** A text field holds no line breaks, so they stand in it as this sign. */
const BREAK = "↵";

export interface LineInputOptions {
  readonly id: string;
  readonly label: string;
  readonly original: string;
  readonly signal: AbortSignal;
  /** How many lines of a longer text are seen; one line if not given. */
  readonly lines?: number;
  /** Takes the text, or throws an `Error` whose message the reader gets to see. */
  typed(text: string): void;
  /** The reader wants the original line back. */
  restore(): void;
}

export interface LineInput {
  readonly element: HTMLElement;
  /** Shows a line that was taken; does not disturb a reader who is typing it. */
  setText(text: string, isOriginal: boolean): void;
  setMessage(message: string): void;
}

export function lineInput(options: LineInputOptions): LineInput {
  const { id, signal } = options;
  const { lines } = options;
  const field = html(lines === undefined ? "input" : "textarea", {
    id: `${id}-line`,
    class: "lstm-field",
    ...(lines === undefined ? { type: "text" } : { rows: lines }),
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-line-message`,
  });
  const message = html("p", { id: `${id}-line-message`, class: "lstm-message", role: "alert", hidden: true });
  const back = textButton(options.original, { signal, press: () => options.restore() });
  const element = html("div", { class: "lstm-type" }, html("label", { for: `${id}-line` }, options.label), field, back, message);

  const setMessage = (text: string): void => {
    write(message, text);
    set(message, { hidden: text === "" });
    set(field, { "aria-invalid": text === "" ? null : "true" });
  };

  field.addEventListener(
    "input",
    () => {
      try {
        options.typed(lines === undefined ? field.value.replaceAll(BREAK, "\n") : field.value);
        setMessage("");
      } catch (error) {
        setMessage(error instanceof Error ? error.message : String(error));
      }
    },
    { signal },
  );

  return {
    element,
    setText(text, isOriginal) {
      const line = lines === undefined ? text.replaceAll("\n", BREAK) : text;
      if (field.value !== line) field.value = line;
      set(back, { hidden: isOriginal });
      setMessage("");
    },
    setMessage,
  };
}

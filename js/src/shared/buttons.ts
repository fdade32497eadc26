/** Buttons: one with a sign, one with words, and a row of which one is chosen. */
import { html, set, write } from "./dom";
import { icon, type IconName } from "./icons";

export interface ButtonOptions {
  readonly signal: AbortSignal;
  press(): void;
}

/** A square button that shows a sign and says `label`. */
export function iconButton(name: IconName, label: string, options: ButtonOptions): HTMLButtonElement {
  const button = html(
    "button",
    { type: "button", class: "lstm-button lstm-square", "aria-label": label, title: label },
    icon(name),
  );
  button.addEventListener("click", () => options.press(), { signal: options.signal });
  return button;
}

/** A button with words on it. */
export function textButton(label: string, options: ButtonOptions): HTMLButtonElement {
  const button = html("button", { type: "button", class: "lstm-button" }, label);
  button.addEventListener("click", () => options.press(), { signal: options.signal });
  return button;
}

/** Marks a button as without effect now; it keeps the focus, which a disabled one would lose. */
export function setIdle(button: HTMLElement, idle: boolean): void {
  set(button, { "aria-disabled": idle ? "true" : null });
}

export interface ChoiceOption {
  readonly label: string;
  /** The label where there is little room. */
  readonly short?: string;
  /** A letter or digit before the label, such as the key that chooses it. */
  readonly sign?: string;
  /** Name of the colour (`--lstm-NAME`) that it takes when chosen. */
  readonly tone?: string;
}

export interface ChoiceRow {
  readonly element: HTMLElement;
  choose(index: number): void;
}

/** A row of buttons of which one is chosen, `chosen` hears of presses. */
export function choiceRow(
  label: string,
  options: readonly ChoiceOption[],
  chosen: (index: number) => void,
  signal: AbortSignal,
): ChoiceRow {
  const buttons = options.map((option, index) => {
    const button = html("button", {
      type: "button",
      class: "lstm-button lstm-choice",
      "aria-pressed": "false",
      "data-tone": option.tone,
    });
    if (option.sign !== undefined) button.append(html("span", { class: "lstm-sign" }, option.sign), " ");
    if (option.short === undefined) button.append(option.label);
    else {
      // Both are there; the width of the figure decides which one is shown, and a screen reader gets the full one.
      set(button, { "aria-label": [option.sign, option.label].filter(Boolean).join(" ") });
      button.append(html("span", { class: "lstm-long" }, option.label), html("span", { class: "lstm-short" }, option.short));
    }
    button.addEventListener("click", () => chosen(index), { signal });
    return button;
  });
  const element = html("div", { class: "lstm-choices", role: "group", "aria-label": label }, ...buttons);
  return {
    element,
    choose(index) {
      for (const [at, button] of buttons.entries()) set(button, { "aria-pressed": at === index ? "true" : "false" });
    },
  };
}

/** Puts text on the clipboard; false where the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = html("textarea", { class: "lstm-unseen", readonly: true });
    write(area, text);
    document.body.append(area);
    area.select();
    const done = typeof document.execCommand === "function" && document.execCommand("copy");
    area.remove();
    return done;
  }
}

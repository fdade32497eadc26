/** A number inside a text or an equation that can be dragged sideways, steered by keys, and typed over. */
import { html, set, write } from "./dom";
import { draggable } from "./drag";
import { MINUS } from "./format";
import { steer, type Value } from "./steer";

export interface NumberChipOptions {
  readonly value: Value;
  readonly signal: AbortSignal;
  /** How much a pixel is worth. */
  readonly perPixel: number;
  readonly tone?: string;
  /** Whether the Tab key comes by; not where the same number has been passed already. */
  readonly stop?: boolean;
  /** Says why a typed text is refused; null once one is accepted or given up. */
  complain(text: string | null): void;
}

export interface NumberChip {
  readonly element: HTMLElement;
  /** Prints the number. */
  show(text: string): void;
}

/** The number that a reader has typed, with either minus sign and either decimal mark; NaN where it is none. */
export function typedNumber(text: string): number {
  const plain = text.trim().replace(MINUS, "-").replace(",", ".");
  return /^[+-]?(\d{1,9}\.?\d{0,15}|\.\d{1,15})$/.test(plain) ? Number(plain) : Number.NaN;
}

export function numberChip(options: NumberChipOptions): NumberChip {
  const { value, signal, complain } = options;
  const printed = html("span", {});
  const element = html("span", { class: "lstm-chip", "data-tone": options.tone }, printed);
  const tell = steer(element, { role: "spinbutton", value, signal, stop: options.stop ?? true, keys: { Enter: () => type() } });

  let start: { readonly x: number; readonly value: number } | null = null;
  element.addEventListener("pointerdown", () => (start = null), { signal });
  draggable(element, {
    signal,
    drag(x) {
      start ??= { x, value: value.get() };
      const moved = Math.round(x - start.x);
      if (moved !== 0 || value.get() !== start.value) value.change(start.value + moved * options.perPixel);
    },
  });

  const type = (): void => {
    if (element.querySelector("input")) return;
    const field = html("input", {
      class: "lstm-chip-field",
      type: "text",
      inputmode: "text",
      autocomplete: "off",
      maxlength: 24,
      "aria-label": value.label,
    });
    field.value = String(value.get());
    let open = true;
    const close = (refocus: boolean): void => {
      open = false;
      complain(null);
      field.remove();
      if (refocus) element.focus();
    };
    const accept = (refocus: boolean): void => {
      const number = typedNumber(field.value);
      if (number >= value.least && number <= value.most) {
        close(refocus);
        value.take(number);
        return;
      }
      set(field, { "aria-invalid": "true" });
      complain(field.value);
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") accept(true);
      if (event.key === "Escape") close(true);
    });
    // A hand that goes elsewhere takes with it what fits, and leaves behind what does not.
    field.addEventListener("blur", () => {
      if (open) accept(false);
      if (open) close(false);
    });
    field.addEventListener("pointerdown", (event) => event.stopPropagation());
    element.append(field);
    field.focus();
    field.select();
  };
  element.addEventListener("dblclick", type, { signal });

  return {
    element,
    show(text) {
      write(printed, text);
      tell(text);
    },
  };
}

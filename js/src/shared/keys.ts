/** Keys that a figure answers to, wherever the focus is inside it, except where a control needs the key for itself. */

/** The attribute by which JupyterLab leaves the keys inside an element alone; it would hear them before the figure. */
export const NO_SHORTCUTS = "data-lm-suppress-shortcuts";

// JupyterLab looks for it from the focused part upwards, and some of its shortcuts are for whatever has the focus: there it
// must stand on the part itself, or a slider would not hear the arrows. (Some tests import this where there is no document.)
globalThis.document?.addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLElement && target.closest(`[${NO_SHORTCUTS}]`)) target.setAttribute(NO_SHORTCUTS, "true");
});

export type KeyMap = Readonly<Record<string, () => void>>;

/** The name of a key press in a `KeyMap`: "ArrowLeft", "Shift+ArrowRight", " ", "3". */
export function keyName(event: KeyboardEvent): string {
  return event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
}

const RANGE_KEYS = /^(Arrow|Home$|End$|Page)/;

/** Whether the focused control needs a key itself: text fields all of them, buttons Space and Enter, sliders the arrows. */
export function keyBelongsTo(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    if (target.type === "range") return RANGE_KEYS.test(key);
    return target.type !== "checkbox" && target.type !== "radio" ? true : key === " ";
  }
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable) return true;
  const pressable = target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement || target.tagName === "SUMMARY";
  return pressable && (key === " " || key === "Enter");
}

/**
 * Listens on a figure's root; a key that is answered goes no further (the page does not scroll, JupyterLab does not act).
 * With `first` it is answered before the control that the key belongs to.
 */
export function listenToKeys(root: HTMLElement, keys: KeyMap, signal: AbortSignal, first = false): void {
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (!first && keyBelongsTo(event.target, event.key)) return;
      const action = keys[keyName(event)];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    },
    { signal },
  );
}

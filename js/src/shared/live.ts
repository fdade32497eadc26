/** A polite live region: one sentence for a screen reader, unseen. */
import { html } from "./dom";

export interface LiveRegion {
  readonly element: HTMLElement;
  /** Says a sentence once the reader's hand has rested a moment, so that a drag is told by its end. */
  say(sentence: string): void;
}

export function liveRegion(signal: AbortSignal, restMs = 250): LiveRegion {
  const element = html("p", { class: "lstm-unseen", role: "status", "aria-live": "polite" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    element,
    say(sentence) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        element.textContent = sentence;
      }, restMs);
    },
  };
}

/** A row of large numbers, each under what it is. */
import { html } from "./dom";

/** Pairs of a caption and the element that its number stands in. */
export function readings(...entries: readonly (readonly [caption: string, number: HTMLElement])[]): HTMLElement {
  return html(
    "div",
    { class: "lstm-readings" },
    ...entries.map(([caption, number]) => html("div", {}, html("span", { class: "lstm-caption" }, caption), number)),
  );
}

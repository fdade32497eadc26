/** The key to the tints: what they show, and a ramp from the negative to the positive end of its scale. */
import { html } from "./dom";
import { signed } from "./format";

export function tintScale(name: string, limit: number): HTMLElement {
  const digits = Number.isInteger(limit) ? 0 : 1;
  const ends = [-limit, limit].map((end) => html("span", {}, signed(end, digits)));
  const [low = "", high = ""] = ends;
  return html("span", { class: "lstm-scale" }, html("span", {}, name), low, html("span", { class: "lstm-ramp" }), high);
}

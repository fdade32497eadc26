/** The diverging tint of signed values: orange below nought, the ground at nought, purple above; CSS mixes the colours. */
import { set } from "./dom";
import { niceLimit } from "./format";

/** Text stays legible (4.5 : 1, light and dark) on a ground tinted up to this share. */
export const MOST_UNDER_TEXT = 55;

/** Where a scale of signed values ends: a round number that all but the outermost fiftieth stay below, 1 at least. */
export function tintLimit(values: ArrayLike<number>): number {
  const sizes = Float64Array.from(values, Math.abs).sort();
  const high = sizes[Math.floor(0.98 * (sizes.length - 1))] ?? 1;
  return niceLimit(Math.max(1, high));
}

/** Share of full colour, −1 to 1, of a value on a scale that ends at ±limit. */
export function tintOf(value: number, limit: number): number {
  return Math.max(-1, Math.min(1, value / limit));
}

/** Tints an HTML element (class `lstm-tint`): its ground becomes up to `most` per cent positive or negative colour. */
export function tintGround(node: HTMLElement, tint: number, most = 100): void {
  const share = `${Math.round(Math.abs(tint) * most)}%`;
  if (node.style.getPropertyValue("--share") !== share) node.style.setProperty("--share", share);
  set(node, { "data-sign": tint < 0 ? "negative" : "positive" });
}

/** Tints an SVG shape (class `lstm-tint`): colour by sign, opacity by size, over a ground of nought. */
export function tintShape(node: SVGElement, tint: number): void {
  set(node, { "fill-opacity": Math.abs(tint).toFixed(2), "data-sign": tint < 0 ? "negative" : "positive" });
}

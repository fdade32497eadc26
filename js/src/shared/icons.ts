/** The few signs on buttons, drawn in the text's colour. */
import { svg } from "./dom";

const PATHS = {
  first: "M5 4v12M15 4.5v11L7 10z",
  previous: "M14 4.5v11L6 10z",
  play: "M6 4v12l10-6z",
  pause: "M6.5 4.5v11M13.5 4.5v11",
  next: "M6 4.5v11l8-5.5z",
  last: "M15 4v12M5 4.5v11l8-5.5z",
  minus: "M5 10h10",
  plus: "M5 10h10M10 5v10",
  walk: "M3 10h11M10 5.5 14.5 10 10 14.5",
} as const;

export type IconName = keyof typeof PATHS;

/** A 20 by 20 sign, hidden from screen readers: the button's label speaks. */
export function icon(name: IconName): SVGSVGElement {
  return svg(
    "svg",
    { class: "lstm-icon", viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}

/** Changes the sign that an icon shows. */
export function setIcon(node: SVGSVGElement, name: IconName): void {
  node.firstElementChild?.setAttribute("d", PATHS[name]);
}

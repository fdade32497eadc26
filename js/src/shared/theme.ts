/** The colours of the page as it stands: what is painted on a canvas must be painted anew when the theme changes. */

export type RGB = readonly [red: number, green: number, blue: number];

const ATTRIBUTES = ["class", "style", "data-theme", "data-mode", "data-jp-theme-light", "data-vscode-theme-id"];

/** Calls `changed` after each switch of the theme, in a page (on `html`) or in a notebook (on `body`). */
export function watchTheme(signal: AbortSignal, changed: () => void): void {
  const observer = new MutationObserver(changed);
  const options = { attributes: true, attributeFilter: ATTRIBUTES };
  observer.observe(document.documentElement, options);
  observer.observe(document.body, options);
  signal.addEventListener("abort", () => observer.disconnect());
}

/** A colour written as #rgb or #rrggbb; grey where it is neither. */
export function parseColour(text: string): RGB {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex === undefined) return [128, 128, 128];
  const wide = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  const at = (start: number): number => Number.parseInt(wide.slice(start, start + 2), 16);
  return [at(0), at(2), at(4)];
}

/** The page's colours by the names of their CSS variables: "zero" is `--lstm-zero`. */
export function pageColours(...names: readonly string[]): RGB[] {
  // They are set on `html` or `body`; a figure may not hang in the page yet when it asks.
  const style = getComputedStyle(document.body);
  return names.map((name) => parseColour(style.getPropertyValue(`--lstm-${name}`)));
}

/** Building and updating elements: a figure builds its nodes once, and afterwards only sets attributes. */

export type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string;

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element with attributes and children: `html("p", { class: "lstm-message" }, "…")`. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

/** An SVG element with attributes and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

/** Sets attributes, and touches only those that change; `null`, `undefined` or `false` removes one, `true` sets it empty. */
export function set(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      if (node.hasAttribute(name)) node.removeAttribute(name);
      continue;
    }
    const text = value === true ? "" : String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/** Writes text (never markup) into a node, if it differs. */
export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Calls `resized(width)` with the content width of an element, now and whenever it changes.
 * Where there is no layout (tests), the width is `otherwise`.
 */
export function watchWidth(node: Element, signal: AbortSignal, resized: (width: number) => void, otherwise = 720): void {
  let last = -1;
  const look = (): void => {
    const width = Math.floor(node.getBoundingClientRect().width) || (last < 0 ? otherwise : last);
    if (width === last) return;
    last = width;
    resized(width);
  };
  look();
  if (typeof ResizeObserver === "undefined") return;
  const observer = new ResizeObserver(look);
  observer.observe(node);
  signal.addEventListener("abort", () => observer.disconnect());
}

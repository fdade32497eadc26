/** A node where lines meet: ×, +, or a function's name in a pill. */
import { set, svg, write } from "../shared/dom";

export interface CellNode {
  readonly element: SVGGElement;
  /** Names the function in it. */
  rename(name: string): void;
  place(at: { x: number; y: number }, scale: number): void;
}

/** A disc with a sign, or without a sign a pill for a name. */
export function node(sign: "×" | "+" | "", radius = 0): CellNode {
  const box = svg("rect", { class: "node", y: -11, height: 22, rx: 11 });
  const label = svg("text", { class: "operator-name", "text-anchor": "middle", y: 4.5 });
  const element = svg("g", {}, ...(sign === "" ? [box, label] : disc(sign, radius)));
  return {
    element,
    rename(name) {
      const half = 7 + 4 * name.length;
      set(box, { x: -half, width: 2 * half });
      write(label, name);
    },
    place: ({ x, y }, scale) => set(element, { transform: `translate(${x} ${y}) scale(${scale})` }),
  };
}

function disc(sign: "×" | "+", radius: number): SVGElement[] {
  const arm = radius * (sign === "×" ? 0.38 : 0.48);
  const strokes =
    sign === "×" ? `M${-arm} ${-arm}L${arm} ${arm}M${arm} ${-arm}L${-arm} ${arm}` : `M${-arm} 0H${arm}M0 ${-arm}V${arm}`;
  return [svg("circle", { class: "node", r: radius }), svg("path", { class: "operator", d: strokes })];
}

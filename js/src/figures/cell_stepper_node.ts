/** A node where lines meet: ×, +, or a function's name in a pill. */
import { set, svg } from "../shared/dom";

export interface CellNode {
  readonly element: SVGGElement;
  place(at: { x: number; y: number }, scale: number): void;
}

export function node(sign: "×" | "+" | "tanh", radius: number): CellNode {
  const element = svg("g", {}, ...(sign === "tanh" ? pill(sign, radius) : disc(sign, radius)));
  return { element, place: ({ x, y }, scale) => set(element, { transform: `translate(${x} ${y}) scale(${scale})` }) };
}

function pill(name: string, half: number): SVGElement[] {
  return [
    svg("rect", { class: "node", x: -half, y: -11, width: 2 * half, height: 22, rx: 11 }),
    svg("text", { class: "operator-name", "text-anchor": "middle", y: 4.5 }, name),
  ];
}

function disc(sign: "×" | "+", radius: number): SVGElement[] {
  const arm = radius * (sign === "×" ? 0.38 : 0.48);
  const strokes =
    sign === "×" ? `M${-arm} ${-arm}L${arm} ${arm}M${arm} ${-arm}L${-arm} ${arm}` : `M${-arm} 0H${arm}M0 ${-arm}V${arm}`;
  return [svg("circle", { class: "node", r: radius }), svg("path", { class: "operator", d: strokes })];
}

/** Small mathematics such as `W_i x + U_i h_−1`: letters in italics, what follows an underscore as a subscript. */
import { html, svg } from "./dom";

interface Letter {
  readonly base: string;
  readonly below: string;
  /** Whether a thin space stands before it. */
  readonly apart: boolean;
}

function letters(symbol: string): Letter[] {
  return symbol.split(" ").map((word, index) => {
    const [base = "", below = ""] = word.split("_");
    return { base, below, apart: index > 0 };
  });
}

const THIN = "\u2009";

/** The symbol as HTML nodes, for an element of class `lstm-math`. */
export function mathHtml(symbol: string): (Node | string)[] {
  return letters(symbol).flatMap(({ base, below, apart }) => {
    const subscript = below === "" ? [] : [html("sub", {}, /[a-z]/.test(below) ? html("i", {}, below) : below)];
    return [...(apart ? [THIN] : []), html("i", {}, base), ...subscript];
  });
}

/** The symbol as an SVG text of class `lstm-symbol`. */
export function mathSvg(symbol: string, attributes: Record<string, string | number> = {}): SVGTextElement {
  const parts = letters(symbol).flatMap(({ base, below, apart }, index, all) => {
    const raised = index > 0 && all[index - 1]?.below ? { dy: "-0.2em" } : {};
    const letter = svg("tspan", raised, (apart ? THIN : "") + base);
    return below === "" ? [letter] : [letter, svg("tspan", { class: "lstm-below", dy: "0.28em" }, below)];
  });
  return svg("text", { class: "lstm-symbol", ...attributes }, ...parts);
}

/** The symbol as it is read out: `W i x`, `h −1`. */
export function mathSpoken(symbol: string): string {
  return symbol.replaceAll("_", " ");
}

/** A text whose letters fade as the gradient that reaches them does. */
import { html, set } from "../shared/dom";
import { mathHtml } from "../shared/maths";
import { visibleToken } from "../shared/tokens";
import { LIMIT } from "./gradient_flow_state";

export interface Letters {
  readonly element: HTMLElement;
  /** Fades them: `hearing` is the logarithm of what arrives, letter by letter; those beyond its end are not read. */
  show(hearing: Float64Array): void;
}

/** How many shades of grey are told apart. */
const SHADES = 24;
/** What is left of a letter that is lost: enough to see that there was one. */
const GHOST = 0.12;

export function letters(name: string, symbol: string, tone: string, tokens: readonly string[]): Letters {
  const wide = tokens.some((token) => token.length > 1);
  const spans = tokens.map((token) => {
    const shown = token === " " ? token : visibleToken(token);
    return html("span", {}, ...(wide ? [...shown, " "].map((letter) => html("span", {}, letter)) : [shown]));
  });
  const shown = new Float64Array(tokens.length).fill(-1);
  const element = html(
    "div",
    { class: "lstm-flow-text", "data-tone": tone },
    html("p", { class: "lstm-caption" }, html("b", {}, name), " ", html("span", { class: "lstm-math" }, ...mathHtml(symbol))),
    html("p", { class: "letters", "aria-hidden": "true" }, ...spans),
  );
  return {
    element,
    show(hearing) {
      for (const [t, span] of spans.entries()) {
        const power = hearing[t];
        // 0: not read; then the shades; one more where it explodes.
        const share = Math.max(0, Math.min(1, 1 + (power ?? 0) / LIMIT));
        const shade = power === undefined ? 0 : power > LIMIT ? SHADES + 2 : 1 + Math.round(SHADES * share);
        if (shade === shown[t]) continue;
        shown[t] = shade;
        set(span, { hidden: shade === 0, "data-loud": shade > SHADES + 1 });
        span.style.opacity = Math.min(1, GHOST + ((1 - GHOST) * (shade - 1)) / SHADES).toFixed(2);
      }
    },
  };
}

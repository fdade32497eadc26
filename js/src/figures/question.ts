/** A quick question: an answer is answered at once, with a reason. */
import type { Model } from "../anywidget";
import { figureOf } from "../figure";
import { setIdle, textButton } from "../shared/buttons";
import { html, set } from "../shared/dom";
import { fixed } from "../shared/format";
import { NO_SHORTCUTS } from "../shared/keys";
import { mathHtml } from "../shared/maths";
import { languageOf, stringsFor } from "../shared/strings";
import { readings, STRINGS } from "./question_answer";

interface Pair<K> {
  readonly key: K;
  readonly said: string;
}

function textOf(model: Model, name: string): string {
  const value = model.get(name);
  return typeof value === "string" ? value : "";
}

/** What options or hints say, by what is said to it. */
function pairsOf<K extends "string" | "number">(
  model: Model,
  name: string,
  kind: K,
): Pair<K extends "string" ? string : number>[] {
  const value = model.get(name) ?? [];
  if (!Array.isArray(value)) throw new Error(`Its ${name} are not a list.`);
  return value.map((pair: unknown) => {
    const [key, said] = (Array.isArray(pair) ? pair : []) as unknown[];
    if (typeof key === kind && typeof said === "string") return { key: key as K extends "string" ? string : number, said };
    throw new Error(`One of its ${name} is not a ${kind} with a text.`);
  });
}

/** A text with its `code` and its $symbols$ set as such; everything else stays text. */
function marked(text: string): (Node | string)[] {
  return text.split(/(`[^`]+`|\$[A-Za-z]+(?:_[A-Za-z0-9−]+)?\$)/).map((part) => {
    if (part.startsWith("`")) return html("code", {}, part.slice(1, -1));
    if (part.startsWith("$") && part.length > 2) return html("span", { class: "lstm-math" }, ...mathHtml(part.slice(1, -1)));
    return part;
  });
}

export default figureOf(
  ({ model, el, signal }) => {
    const strings = stringsFor(STRINGS, languageOf(el));
    const options = pairsOf(model, "options", "string");
    const hints = pairsOf(model, "hints", "number");
    const digits = Number(model.get("digits") ?? 0);
    const answer = model.get("answer");
    if (
      options.length > 0 ? !options.some(({ key }) => key === answer) : typeof answer !== "number" || !Number.isFinite(answer)
    ) {
      throw new Error("Its answer is none that a reader could give.");
    }
    const same = (value: number, wanted: unknown): boolean =>
      Math.abs(value - Number(wanted)) <= (digits > 0 ? 0.5 * 10 ** -digits * (1 + 1e-9) : 0);

    const verdict = html("span", { class: "verdict" });
    const reason = html("span", {});
    const feedback = html("p", { class: "lstm-question-said", role: "status" }, verdict, " ", reason);
    const judge = (given: string, right: boolean | null, said: string): void => {
      model.set("given", given);
      model.save_changes();
      set(feedback, { "data-right": right === null ? null : String(right) });
      verdict.textContent = right === null ? "" : right ? strings.right : strings.wrong;
      reason.replaceChildren(...marked(said));
    };

    const text = html("p", { class: "lstm-question-text" }, ...marked(textOf(model, "text")));
    const parts: HTMLElement[] = [];
    if (options.length > 0) {
      const buttons = options.map(({ key, said }) => {
        const button = html("button", { type: "button", class: "lstm-question-choice", "aria-pressed": "false" }, ...marked(key));
        button.addEventListener(
          "click",
          () => {
            for (const other of buttons) set(other, { "aria-pressed": String(other === button), "data-right": null });
            set(button, { "data-right": String(key === answer) });
            judge(key, key === answer, said);
          },
          { signal },
        );
        return button;
      });
      parts.push(html("div", { class: "lstm-question-row", role: "group", "aria-label": strings.options }, ...buttons));
    } else {
      const field = html("input", {
        type: "text",
        inputmode: "decimal",
        autocomplete: "off",
        maxlength: 24,
        "aria-label": digits > 0 ? strings.numberTo(digits) : strings.number,
      });
      const check = (): void => {
        const values = readings(field.value);
        if (values.length === 0) {
          judge(field.value, null, field.value.trim() === "" ? strings.empty : strings.noNumber(field.value.trim()));
          return;
        }
        const right = values.some((value) => same(value, answer));
        const hint = hints.find(({ key }) => values.some((value) => same(value, key)))?.said;
        judge(field.value, right, right ? textOf(model, "explain") : (hint ?? strings.tryAgain));
      };
      const give = textButton(strings.show, {
        signal,
        press: () => judge("", null, `${fixed(Number(answer), digits)}. ${textOf(model, "explain")}`),
      });
      field.addEventListener(
        "keydown",
        (event) => {
          event.stopPropagation();
          if (event.key === "Enter") check();
        },
        { signal },
      );
      const ask = textButton(strings.check, { signal, press: check });
      field.addEventListener("input", () => setIdle(ask, field.value.trim() === ""), { signal });
      setIdle(ask, true);
      parts.push(html("div", { class: "lstm-question-row lstm-question-number" }, field, ask, give));
    }
    const element = html(
      "div",
      { class: "lstm-ui lstm-question", role: "group", "aria-label": strings.question, [NO_SHORTCUTS]: "true" },
      text,
      ...parts,
      feedback,
    );
    el.replaceChildren(element);
    signal.addEventListener("abort", () => element.remove());
  },
  ["text", "options", "answer", "digits", "hints", "explain"],
);

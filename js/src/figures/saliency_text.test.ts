// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { exportedModel, exportedTrace } from "../test_network";
import { button, query, testLife } from "../test_page";
import saliencyText from "./saliency_text";
import { asked, fit, ranked, type SaliencyRun, saliencySource, strongest } from "./saliency_text_state";

const life = testLife();
const STATE = { model: exportedModel(), text: "ab ba", time: 2, output: "likeliest", measure: "product", name: "sal" };
const runOf = (text: string): SaliencyRun => saliencySource(pageModel({ model: exportedModel() })).runOf(text);

function mounted(traits: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ ...STATE, ...traits });
  saliencyText.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}
const values = (el: Element): number[] => (query(el, ".lstm-saliency").dataset["values"] ?? "").split(" ").map(Number);
const cells = (el: Element): HTMLElement[] => Array.from(el.querySelectorAll<HTMLElement>(".lstm-token"));
const guesses = (el: Element): HTMLElement[] => Array.from(el.querySelectorAll<HTMLElement>(".lstm-guess:not([hidden])"));
const over = (node: Element, type = "pointerover", init: PointerEventInit = {}): boolean =>
  node.dispatchEvent(new PointerEvent(type, { pointerType: "mouse", bubbles: type === "pointerover", ...init }));
const press = (node: Element, key: string): boolean =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const told = (el: Element): string => query(el, ".lstm-told-state").textContent;

describe("what is asked for", () => {
  it("is the likeliest, what really comes, or an output by name", () => {
    const run = runOf("ab");
    const at = (time: number, output: string): number => asked({ time, output, measure: "product" }, run, 2);
    expect([at(0, "likeliest"), at(0, "real"), at(1, "real"), at(0, "a"), at(0, " ")]).toEqual([2, 1, 2, 0, 2]);
    expect(fit({ time: 0, output: "z", measure: "norm" }, run).output).toBe("likeliest");
    expect(fit({ time: 0, output: "b", measure: "norm" }, run).output).toBe("b");
    expect(ranked(Float64Array.of(0.2, 0.5, 0.3))).toEqual([1, 2, 0]);
  });

  it("names the strongest of each sign, and leaves out what hardly counts", () => {
    const found = Float64Array.of(0.5, -1, 0.05, 0.7, -0.2);
    expect([strongest(found, 1, 3), strongest(found, -1, 3), strongest(found, 1, 1)]).toEqual([[3, 0], [1, 4], [3]]);
    expect(strongest(new Float64Array(3), 1, 3)).toEqual([]);
  });
});

describe("SaliencyText", () => {
  it("tints what was read by how it counts, and nothing after it", () => {
    const { el } = mounted();
    const [way] = Array.from(runOf("ab ba").saliency(2, 0));
    const run = runOf("ab ba");
    const likeliest = ranked(run.answer(2))[0] ?? 0;
    const [own] = Array.from(run.saliency(2, likeliest));
    expect(values(el)).toEqual(Array.from(own?.product ?? []));
    expect(way?.product).toHaveLength(3);
    const most = Math.max(...values(el).map(Math.abs));
    cells(el).forEach((cell, at) => {
      const value = values(el)[at] ?? 0;
      expect(Number(cell.style.getPropertyValue("--size"))).toBeCloseTo(Math.abs(value) / most, 3);
      expect(cell.dataset["sign"]).toBe(value < 0 ? "negative" : "positive");
    });
    expect(told(el)).toMatch(/^“.”, [\d.<]+\. (For|Against) /);
  });

  it("shows what a mouse points at, and goes back when it leaves", () => {
    const { el, model } = mounted();
    const before = values(el);
    over(cells(el)[4] as Element);
    expect([values(el).length, model.get("time")]).toEqual([5, 2]);
    over(query(el, ".lstm-tokens"), "pointerleave");
    expect(values(el)).toEqual(before);
    const second = guesses(el)[1] as HTMLElement;
    over(second.firstElementChild as Element);
    expect(second.getAttribute("aria-pressed")).toBe("true");
    expect(values(el)).not.toEqual(before);
    over(query(el, ".lstm-guesses"), "pointerleave");
    expect([values(el), model.get("output")]).toEqual([before, "likeliest"]);
    // A finger does not hover.
    over(cells(el)[4] as Element, "pointerover", { pointerType: "touch" });
    expect(values(el)).toEqual(before);
  });

  it("holds what is clicked or steered by keys", () => {
    const { el, model } = mounted();
    const third = guesses(el)[2] as HTMLElement;
    const name = third.querySelector(".lstm-guess-token")?.textContent;
    third.click();
    expect(model.get("output")).toBe(name === "␣" ? " " : name);
    press(query(el, ".lstm-tokens"), "End");
    expect(model.get("time")).toBe(4);
    press(query(el, ".lstm-tokens"), "ArrowRight");
    press(query(el, ".lstm-tokens"), "ArrowLeft");
    expect(model.get("time")).toBe(3);
    press(query(el, ".lstm-guess"), "b");
    expect(model.get("output")).toBe("b");
    press(query(el, ".lstm-guess"), "z");
    expect(model.get("output")).toBe("b");
    press(query(el, ".lstm-tokens"), "ArrowDown");
    expect(model.get("output")).not.toBe("b");
    press(query(el, ".lstm-tokens"), "ArrowUp");
    expect(model.get("output")).toBe("b");
    button(el, "what really comes").click();
    expect(model.get("output")).toBe("real");
    expect(query(el, '.lstm-guess[aria-pressed="true"]').dataset["real"]).toBe("");
    button(el, "size").click();
    expect(model.get("measure")).toBe("norm");
    expect(Math.min(...values(el))).toBeGreaterThanOrEqual(0);
    expect(told(el)).toContain("It hangs most on");
    button(el, "Reset").click();
    expect([model.get("time"), model.get("output"), model.get("measure")]).toEqual([2, "likeliest", "product"]);
  });

  it("reads a typed line, and says what it cannot read", () => {
    const { el, model } = mounted();
    const field = query(el, ".lstm-field") as HTMLInputElement;
    const type = (text: string): void => {
      field.value = text;
      field.dispatchEvent(new Event("input"));
    };
    type("bb");
    expect([model.get("text"), model.get("time"), cells(el).length]).toEqual(["bb", 1, 2]);
    type("b<i>");
    expect(query(el, "[role=alert]").textContent).toContain("has never seen “<”");
    expect([model.get("text"), el.querySelector("i")]).toEqual(["bb", null]);
    type("a".repeat(401));
    expect(query(el, "[role=alert]").textContent).toContain("401");
  });

  it("follows an address, a trait, and forgets an output that the network does not have", () => {
    location.hash = "#sal?time=3&output=b&measure=norm&text=ba%20a&group=x";
    const { el, model } = mounted();
    expect(["time", "output", "measure", "text"].map((key) => model.get(key))).toEqual([3, "b", "norm", "ba a"]);
    model.set("output", "<b>z</b>");
    expect(query(el, ".lstm-saliency").dataset["output"]).not.toContain("z");
    expect(el.querySelector("b")).toBeNull();
  });

  it("tells a reader why it cannot be shown", () => {
    const failure = (traits: Record<string, unknown>): string => {
      const el = document.createElement("div");
      saliencyText.render({ model: pageModel({ ...STATE, ...traits }), el })();
      return query(el, "[role=alert]").textContent;
    };
    expect(failure({ model: null, trace: exportedTrace(), text: "" })).toContain("without its weights no way leads back");
    expect(failure({ model: { format: "other" } })).toContain("format other");
    expect(failure({ measure: "squared" })).toContain("Its measure is “squared”");
  });

  it("changes attributes only while the pointer moves", () => {
    const { el } = mounted();
    const nodes = Array.from(el.querySelectorAll("*"));
    for (const cell of cells(el)) over(cell);
    for (const guess of guesses(el)) over(guess);
    expect(Array.from(el.querySelectorAll("*"))).toEqual(nodes);
    expect(new XMLSerializer().serializeToString(el)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

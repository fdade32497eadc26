// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Model, pageModel } from "../anywidget";
import type { Run } from "../shared/run";
import { stringsFor } from "../shared/strings";
import { UNMARKED } from "../unit_search";
import { exportedModel, exportedTrace, packed } from "../test_network";
import { button, query } from "../test_page";
import cellStepper from "./cell_stepper";
import { printedNumbers } from "./cell_stepper_equations";
import { momentOf } from "./cell_stepper_moment";
import { STRINGS } from "./cell_stepper_strings";
import { cellStepperView } from "./cell_stepper_view";

let life: AbortController;

beforeEach(() => {
  life = new AbortController();
});
afterEach(() => {
  life.abort();
  vi.useRealTimers();
  document.body.replaceChildren();
});

function mounted(traits: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const state = { name: "stepper", group: "", text: "ab a bb", time: 2, unit: 1, step: 0, model: exportedModel(), trace: null };
  const model = pageModel({ ...state, ...traits });
  cellStepper.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}

const press = (el: Element, key: string, more: KeyboardEventInit = {}): void => {
  query(el, ".lstm-tokens").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
};
const type = (el: Element, text: string): void => {
  const field = query(el, ".lstm-field") as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input"));
};

describe("CellStepper", () => {
  it("moves by keys, and writes what the reader chose into the traits", () => {
    const { el, model } = mounted();
    press(el, "ArrowRight");
    press(el, "ArrowUp");
    press(el, "3");
    expect([model.get("time"), model.get("unit"), model.get("step")]).toEqual([3, 2, 3]);
    press(el, "Home");
    press(el, "ArrowLeft");
    expect(model.get("time")).toBe(0);
    press(el, "End");
    press(el, "0");
    expect([model.get("time"), model.get("step")]).toEqual([6, 0]);
    press(el, "ArrowRight", { shiftKey: true });
    expect(model.get("step")).toBe(1);
  });

  it("moves by buttons", () => {
    const { el, model } = mounted();
    button(el, "Last").click();
    expect(model.get("time")).toBe(6);
    button(el, "Previous").click();
    button(el, "4 output gate").click();
    button(el, "Previous unit").click();
    expect([model.get("time"), model.get("unit"), model.get("step")]).toEqual([5, 0, 4]);
    button(el, "Next step of the algorithm").click();
    button(el, "Next step of the algorithm").click();
    expect([model.get("time"), model.get("step")]).toEqual([6, 1]);
  });

  it("follows its traits", () => {
    const { el, model } = mounted();
    model.set("time", 4);
    model.set("step", 5);
    expect(query(el, ".lstm-tokens").getAttribute("aria-valuetext")).toBe("character 5 of 7, space");
    expect(query(el, ".lstm-page:not([hidden])").dataset["step"]).toBe("5");
  });

  it("marks what was, is and comes in the text", () => {
    const { el } = mounted();
    const when = (): (string | null)[] =>
      Array.from(el.querySelectorAll(".lstm-token"), (token) => token.getAttribute("data-when"));
    expect(when()).toEqual(["past", "past", "now", "future", "future", "future", "future"]);
    press(el, "Home");
    expect(when()).toEqual(["now", ...Array.from({ length: 6 }, () => "future")]);
  });

  it("says in one sentence where the reader's hand has taken it, but not while it plays", () => {
    vi.useFakeTimers();
    const { el, model } = mounted();
    const live = query(el, "p.lstm-unseen");
    press(el, "ArrowRight");
    vi.advanceTimersByTime(300);
    expect(live.textContent).toMatch(/^character 4 of 7, a\. Unit 1 keeps .* It expects (a|b|space) next/);
    const before = live.textContent;
    press(el, " ");
    vi.advanceTimersByTime(1500);
    expect(model.get("time")).toBe(5);
    expect(live.textContent).toBe(before);
    press(el, " ");
    vi.advanceTimersByTime(5000);
    expect(model.get("time")).toBe(5);
  });

  it("marks while units are sought, and walks by the same keys while they are not", () => {
    const { el, model } = mounted();
    const marked = (): unknown[] => ["time", "step", "mark_start", "mark_stop"].map((key) => model.get(key));
    button(el, "Find units").click();
    expect(marked()).toEqual([2, 0, 2, 3]);
    press(el, "ArrowRight", { shiftKey: true });
    expect(marked()).toEqual([3, 0, 2, 4]);
    const frames = Array.from(el.querySelectorAll(".lstm-token"), (token) => token.getAttribute("data-marked"));
    expect(frames.map((frame) => frame !== null)).toEqual([false, false, true, true, false, false, false]);
    button(el, "h").click();
    expect(model.get("of")).toBe("h");
    button(el, "Find units").click();
    press(el, "ArrowRight", { shiftKey: true });
    expect(marked()).toEqual([3, 1, -1, -1]);
  });

  it("stands on a state from before units could be sought", () => {
    const { el, model } = mounted();
    press(el, "ArrowRight");
    expect(["mark_start", "threshold", "direction", "of"].map((key) => model.get(key))).toEqual([-1, 0.5, "above", "c"]);
    expect(el.querySelector("[data-marked]")).toBeNull();
  });

  it("reads a typed line at once, and keeps the last good one where it cannot", () => {
    const { el } = mounted();
    type(el, "abba");
    expect(el.querySelectorAll(".lstm-token")).toHaveLength(4);
    type(el, "abbaé");
    const message = query(el, ".lstm-message");
    expect(message.hidden).toBe(false);
    expect(message.textContent).toContain("é");
    expect(el.querySelectorAll(".lstm-token")).toHaveLength(4);
    button(el, "Original text").click();
    expect((query(el, ".lstm-field") as HTMLInputElement).value).toBe("ab a bb");
    expect(el.querySelectorAll(".lstm-token")).toHaveLength(7);
    expect(message.hidden).toBe(true);
  });

  it("shows markup in a typed line as the characters that it is", () => {
    const { el } = mounted({ model: { ...exportedModel(), vocabulary: ["<b>", "<", " "] }, text: "<" });
    expect(query(el, ".lstm-token").textContent).toBe("<");
    expect(el.querySelector("b")).toBeNull();
  });

  it("goes back to the author's state", () => {
    const { el, model } = mounted({ time: 2, unit: 1, step: 3 });
    type(el, "ba");
    press(el, "5");
    button(el, "Reset").click();
    expect([model.get("time"), model.get("unit"), model.get("step"), model.get("text")]).toEqual([2, 1, 3, "ab a bb"]);
  });

  it("tells what it expects, and what comes", () => {
    const { el } = mounted();
    expect(el.querySelectorAll(".lstm-guess:not([hidden])")).toHaveLength(3);
    expect(el.querySelectorAll(".lstm-guess[data-real]")).toHaveLength(1);
    press(el, "End");
    expect(el.querySelectorAll(".lstm-guess[data-real]")).toHaveLength(0);
    expect(query(el, ".lstm-outcome").textContent).toBe("the text ends here");
  });
});

describe("unusual runs", () => {
  function run(time: number, units: number): Run {
    const all = (value: number): Float64Array => new Float64Array(time * units).fill(value);
    const zero = new Float64Array(units);
    return {
      time,
      units,
      tokens: null,
      i: all(0.5),
      f: all(0.5),
      g: all(0),
      o: all(0.5),
      c: all(0),
      h: all(0),
      h0: zero,
      c0: zero,
    };
  }
  const shown = (data: Run): HTMLElement => {
    const view = cellStepperView({
      strings: stringsFor(STRINGS, "en"),
      signal: life.signal,
      id: "stepper",
      grouped: false,
      moved: () => undefined,
      reset: () => undefined,
      restore: () => undefined,
      address: () => "",
      typed: null,
    });
    view.setRun(data, { ...UNMARKED, time: 0, unit: 0, step: 0, of: "c" });
    return view.element;
  };

  it.each([
    [1, 1],
    [1, 512],
    [400, 1],
    [400, 512],
  ])("%i steps of %i units", (time, units) => {
    const el = shown(run(time, units));
    expect(el.querySelectorAll(".lstm-token")).toHaveLength(time);
    expect(el.querySelectorAll(".lstm-units .lstm-tint")).toHaveLength(units);
    expect(el.innerHTML).not.toMatch(/NaN|undefined|−0\.000/);
  });

  it.each([
    ["NaN", { c: packed(Array(8).fill(Number.NaN))["data"] }, /The trace's c .*not a finite number/],
    ["a wrong length", { f: packed([0])["data"] }, /The trace's f/],
    ["another format", { format: "lstm_edu.trace/9" }, /lstm_edu\.trace\/9/],
  ])("says in the figure's place why it cannot show %s", (_, change, message) => {
    const trace = { ...exportedTrace(), ...change };
    const el = document.createElement("div");
    cellStepper.render({ model: pageModel({ name: "stepper", time: 0, unit: 0, step: 0, model: null, trace }), el });
    expect(query(el, "[role=alert]").textContent).toMatch(message);
  });

  it("numbers the steps where there are no tokens, and neither guesses nor takes a line without a network", () => {
    const el = shown(run(3, 2));
    expect(Array.from(el.querySelectorAll(".lstm-token"), (token) => token.textContent)).toEqual(["1", "2", "3"]);
    expect(query(el, ".lstm-expects").hidden).toBe(true);
    expect(el.querySelector(".lstm-field[type=text]:not([readonly])")).toBeNull();
    expect(query(el, ".lstm-tokens").getAttribute("aria-valuetext")).toBe("time step 1 of 3");
  });

  it("derives z from the gate where the weights are unknown", () => {
    const { z } = momentOf({ ...run(1, 1), f: Float64Array.of(0.91), g: Float64Array.of(-0.58) }, 0, 0);
    expect(1 / (1 + Math.exp(-z.f))).toBeCloseTo(0.91, 12);
    expect(Math.tanh(z.g)).toBeCloseTo(-0.58, 12);
  });

  it("undoes the activation that there was, and shows no z where there is no undoing it", () => {
    const activations = { i: "sigmoid", f: "hard_sigmoid", g: "softsign", o: "toString" };
    const other = { ...run(1, 1), g: Float64Array.of(-0.25), activations };
    const moment = momentOf(other, 0, 0);
    const { z } = moment;
    expect([z.i, z.f, z.g, z.o]).toEqual([0, Number.NaN, -1 / 3, Number.NaN]);
    const el = shown(other);
    expect(el.innerHTML).not.toContain("NaN");
    const pills = Array.from(el.querySelectorAll(".squash, .operator-name"), (pill) => pill.textContent);
    expect(pills.sort()).toEqual(["hard_σ", "softsign", "softsign", "toString", "σ"]);
    expect(query(el, ".lstm-page[data-step='5'] code").textContent).toBe("h = o * softsign(c)");
    expect(momentOf({ ...other, c: Float64Array.of(3) }, 0, 0).squashed).toBe(0.75);
    const strong = Array.from(el.querySelectorAll(".feed .number.strong"), (number) => number.getAttribute("visibility"));
    expect(strong).toEqual([null, "hidden", null, "hidden"]);
    expect(printedNumbers("f", moment)).toEqual(["0.500", "?"]);
    expect(printedNumbers("o", moment)).toEqual(["0.500", "?"]);
    expect(printedNumbers("g", moment)).toEqual(["−0.250", "−0.3333"]);
  });

  it("knows a masked step, and says so", () => {
    const masked = { ...run(2, 1), c: Float64Array.of(0.4, 0.4), h: Float64Array.of(0.1, 0.1) };
    expect(momentOf(masked, 1, 0).carried).toBe(true);
    expect(momentOf(run(2, 1), 1, 0).carried).toBe(false);
  });
});

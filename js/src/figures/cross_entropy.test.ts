// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { button, query, testLife } from "../test_page";
import crossEntropy from "./cross_entropy";
import {
  descended,
  inMode,
  momentOf,
  readList,
  SETTINGS,
  type State,
  total,
  withLogit,
  withProbability,
} from "./cross_entropy_state";
import { allowed } from "../settings";

const life = testLife();
const STATE: State = {
  mode: "probabilities",
  probabilities: "0.1,0.2,0.1,0.5,0.1",
  logits: "0,0.7,0,1.6,0",
  target: 3,
  smoothing: 0,
};

function mounted(traits: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ ...STATE, name: "cross-entropy", ...traits });
  crossEntropy.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}
const labelled = (el: Element, label: string, role = "slider"): HTMLElement =>
  query(el, `[role="${role}"][aria-label="${label}"]`);
const press = (node: Element, key: string, more: KeyboardEventInit = {}): boolean =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
const lossOf = (el: Element): number => Number(query(el, ".lstm-cross-entropy").dataset["loss"]);
const list = (model: Model, name = "probabilities"): number[] => readList(String(model.get(name))) ?? [];

describe("a list", () => {
  it.each([
    "",
    "1",
    "1,0,0,0",
    "1,0,0,0,0,0",
    "1,0,0,0,x",
    "1, 0,0,0,0",
    "0x1,0,0,0,0",
    "1,0,0,0,",
    "NaN,0,0,0,1",
    "1e5,0,0,0,0",
  ])("is not read from “%s”", (text) => expect(readList(text)).toBeNull());

  it("must sum to one, or keep its bounds", () => {
    const fits = (name: "probabilities" | "logits", text: string): boolean => allowed(SETTINGS[name], text) !== undefined;
    expect(fits("probabilities", "0.2,0.2,0.2,0.2,0.2")).toBe(true);
    expect(fits("probabilities", "1e-7,0.2,0.2,0.2,0.4")).toBe(true);
    expect(fits("probabilities", "0.2,0.2,0.2,0.2,0.3")).toBe(false);
    expect(fits("probabilities", "-0.2,0.4,0.2,0.2,0.4")).toBe(false);
    expect(fits("logits", "-1000,1000,0,2.5,0")).toBe(true);
    expect(fits("logits", "-1001,1000,0,2.5,0")).toBe(false);
    expect(fits("logits", `0,0,0,0,${"0".repeat(300)}`)).toBe(false);
  });
});

describe("the loss", () => {
  it("is −ln q of the right class", () => {
    const { loss, terms, entropy } = momentOf(STATE);
    expect([loss, terms, entropy]).toEqual([Math.LN2, [0, 0, 0, Math.LN2, 0], 0]);
  });

  it("has under smoothing a part that no prediction can save", () => {
    const state = { ...STATE, smoothing: 0.5 };
    const p = [0.1, 0.1, 0.1, 0.6, 0.1];
    const expected = total(p.map((part) => -part * Math.log(part)));
    expect(momentOf({ ...state, probabilities: "0.1,0.1,0.1,0.6,0.1" }).divergence).toBeCloseTo(0, 14);
    expect(momentOf(state).entropy).toBeCloseTo(expected, 14);
    expect(momentOf(state).divergence).toBeGreaterThan(0);
  });

  it("is infinite where q is nothing, and only where p is something", () => {
    expect(momentOf({ ...STATE, probabilities: "0.5,0.5,0,0,0" }).loss).toBe(Infinity);
    expect(momentOf({ ...STATE, probabilities: "0,0,0,1,0" }).loss).toBe(0);
  });

  it("is finite on any logits", () => {
    const extreme = momentOf({ ...STATE, mode: "logits", logits: "1000,0,0,-1000,0" });
    expect([extreme.loss, extreme.q[3], extreme.q[0]]).toEqual([2000, 0, 1]);
    const same = momentOf({ ...STATE, mode: "logits", logits: "1000,1000,1000,1000,1000" });
    expect(same.loss).toBeCloseTo(Math.log(5), 14);
  });

  it("falls by a step against its gradient", () => {
    let state: State = { ...STATE, mode: "logits", smoothing: 0.1 };
    for (let step = 0; step < 20; step += 1) {
      const before = momentOf(state).loss;
      state = descended(state);
      expect(momentOf(state).loss).toBeLessThan(before);
    }
  });
});

describe("a change", () => {
  it("keeps the sum and the proportions of the others", () => {
    const q = readList(withProbability([0.1, 0.2, 0.1, 0.5, 0.1], 3, 0)) ?? [];
    expect(q).toEqual([0.2, 0.4, 0.2, 0, 0.2]);
    expect(withProbability([1, 0, 0, 0, 0], 0, 0.2)).toBe("0.2,0.2,0.2,0.2,0.2");
    for (let seed = 1; seed < 400; seed += 1) {
      const [wish, k] = [(seed * 0.618034) % 1, seed % 5];
      const next = withProbability([0.05, 0.3, 1 / 3, 0.25, 1 - 0.6 - 1 / 3], k, wish);
      expect(allowed(SETTINGS.probabilities, next)).toBe(next);
    }
  });

  it("of the mode keeps the prediction", () => {
    const there = inMode("logits", STATE);
    const q = momentOf(there).q;
    for (const [k, value] of [0.1, 0.2, 0.1, 0.5, 0.1].entries()) expect(q[k]).toBeCloseTo(value, 3);
    const back = inMode("probabilities", there);
    expect(momentOf(back).loss).toBeCloseTo(Math.LN2, 2);
    const certain = inMode("logits", { ...STATE, probabilities: "0,0,0,1,0" });
    expect(allowed(SETTINGS.logits, certain.logits)).toBe(certain.logits);
    expect(momentOf(certain).loss).toBeLessThan(1e-6);
    const far = inMode("probabilities", { ...STATE, mode: "logits", logits: "1000,0,0,-1000,0" });
    expect(far.probabilities).toBe("1,0,0,0,0");
  });

  it("of a logit keeps its bounds", () => expect(withLogit([0, 0, 0, 0, 0], 1, -4000)).toBe("0,-1000,0,0,0"));
});

describe("CrossEntropy", () => {
  it("shows the loss, each term, and says it", () => {
    const { el } = mounted();
    expect(lossOf(el)).toBe(Math.LN2);
    expect(Array.from(el.querySelectorAll(".term.lstm-entry"), (node) => node.textContent)).toEqual([
      "0.000",
      "0.000",
      "0.000",
      "0.693",
      "0.000",
    ]);
    expect(query(el, ".lstm-told-state").textContent).toContain("was given 0.500");
  });

  it("moves the bar of a class, and the others with it", () => {
    const { el, model } = mounted();
    const bar = labelled(el, "predicted probability q of o");
    bar.getBoundingClientRect = () => ({ left: 0, width: 218, top: 0, height: 34 }) as DOMRect;
    const at = (type: string, clientX: number): boolean =>
      bar.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX, clientY: 0, bubbles: true }));
    at("pointerdown", 209);
    expect(list(model)).toEqual([0, 0, 0, 1, 0]);
    expect(lossOf(el)).toBe(0);
    // The hand has not let go: the others come back as they were.
    at("pointermove", 109);
    expect(list(model)).toEqual([0.1, 0.2, 0.1, 0.5, 0.1]);
    at("pointermove", 0);
    at("pointerup", 0);
    expect(list(model)[3]).toBe(0);
    expect(lossOf(el)).toBe(Infinity);
    expect(query(el, ".lstm-told-state").textContent).toContain("infinite");
    expect(query(el, "svg").outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("is steered by keys", () => {
    const { el, model } = mounted();
    const bar = labelled(el, "predicted probability q of o");
    press(bar, "ArrowRight");
    expect([list(model)[3], total(list(model))]).toEqual([0.51, 1]);
    press(bar, "ArrowLeft", { shiftKey: true });
    expect(list(model)[3]).toBe(0.509);
    press(bar, "End");
    expect(bar.getAttribute("aria-valuetext")).toBe("1.000");
  });

  it("takes another class as the right one, and smooths it", () => {
    const { el, model } = mounted();
    button(el, "e is right").click();
    expect(lossOf(el)).toBe(-Math.log(0.2));
    press(labelled(el, "label smoothing", "spinbutton"), "End");
    expect(model.get("smoothing")).toBe(0.5);
    expect(lossOf(el)).toBe(momentOf({ ...STATE, target: 1, smoothing: 0.5 }).loss);
    expect(query(el, ".lstm-told-state").textContent).toContain("entropy of the target");
  });

  it("goes over to logits, shows their gradient and steps against it", () => {
    const { el, model } = mounted();
    expect(labelled(el, "logit z of o").hidden).toBe(true);
    button(el, "logits").click();
    expect([labelled(el, "logit z of o").hidden, labelled(el, "predicted probability q of o").hasAttribute("inert")]).toEqual([
      false,
      true,
    ]);
    expect(lossOf(el)).toBeCloseTo(Math.LN2, 2);
    expect(query(el, ".gradient.lstm-entry").textContent).toBe("+0.100");
    const before = lossOf(el);
    button(el, "One step against the gradient").click();
    expect(lossOf(el)).toBeLessThan(before);
    press(labelled(el, "logit z of o"), "Home");
    expect(list(model, "logits")[3]).toBe(-1000);
    expect(lossOf(el)).toBeGreaterThan(1000);
    expect(query(el, ".lstm-told-state").textContent).toContain("0 in 64 bits");
    button(el, "Reset").click();
    expect(Object.keys(STATE).map((name) => model.get(name))).toEqual(Object.values(STATE));
  });

  it("takes an address, its traits and a link; nothing else comes in", () => {
    location.hash = "#cross-entropy?probabilities=0.9,0.1,0,0,0&target=1&smoothing=0.1";
    const { model } = mounted();
    expect([model.get("probabilities"), model.get("target"), model.get("smoothing")]).toEqual(["0.9,0.1,0,0,0", 1, 0.1]);
    location.hash = "#cross-entropy?probabilities=0.9,0.9,0,0,0&target=7&logits=<img>&mode=x&smoothing=2";
    const other = mounted();
    expect(Object.keys(STATE).map((name) => other.model.get(name))).toEqual(Object.values(STATE));
    other.model.set("probabilities", "1,1,1,1,1");
    expect(lossOf(other.el)).toBe(Math.LN2);
    other.model.set("probabilities", "0.2,0.2,0.2,0.2,0.2");
    expect(lossOf(other.el)).toBeCloseTo(Math.log(5), 14);
  });

  it.each([{ probabilities: [1, 0, 0, 0, 0] }, { logits: "1,2" }, { target: 5 }, { mode: undefined }])(
    "tells a reader where a trait is amiss: %s",
    (traits) => {
      const el = document.createElement("div");
      const end = crossEntropy.render({ model: pageModel({ ...STATE, ...traits }), el });
      expect(query(el, "[role=alert]").textContent).toContain(`Its ${Object.keys(traits)[0]} is`);
      end();
    },
  );

  it("changes attributes only while it is dragged", async () => {
    const { el } = mounted();
    await Promise.resolve();
    const nodes = Array.from(el.querySelectorAll("*"));
    const bar = labelled(el, "predicted probability q of o");
    for (const key of ["ArrowRight", "PageDown", "ArrowLeft"]) press(bar, key);
    expect(Array.from(el.querySelectorAll("*"))).toEqual(nodes);
  });
});

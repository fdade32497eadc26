// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { SCHEMES } from "../initializers";
import { button, query, testLife } from "../test_page";
import initExplorer from "./init_explorer";
import { biasFor, drawn, halfLives, histogram, networkOf, quantiles, type State, theory } from "./init_explorer_state";
import { steps } from "./init_explorer_strings";

const STATE: State = { scheme: "keras", gain: 1, forget_bias: 1, units: 16, input_dim: 4, seed: 0 };
const life = testLife();
beforeEach(() => {
  // There is no layout here, so nothing can be scrolled to.
  Element.prototype.scrollIntoView = () => undefined;
});

function mounted(traits: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ ...STATE, name: "init-explorer", ...traits });
  initExplorer.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}
const labelled = (el: Element, label: string): HTMLElement => query(el, `[role="slider"][aria-label="${label}"]`);
const F = "forget bias, by the forget gate's mean";
const HALF = "forget bias, by the half of the memory";
const W = "scale of the weights, by the spread of W";
const press = (node: Element, key: string, more: KeyboardEventInit = {}): boolean =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
/** Presses at a share of the element's width, moves along, and lets go. */
const drag = (node: HTMLElement, ...shares: readonly number[]): void => {
  node.getBoundingClientRect = () => ({ left: 0, right: 100, width: 100, top: 0, bottom: 40, height: 40 }) as DOMRect;
  const at = (type: string, share: number): void => {
    node.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX: 100 * share, clientY: 0, bubbles: true }));
  };
  at("pointerdown", shares[0] ?? 0);
  for (const share of shares.slice(1)) at("pointermove", share);
  at("pointerup", shares.at(-1) ?? 0);
};
const exact = (el: Element, name: string): number => Number(query(el, ".lstm-init-explorer").dataset[name]);
const barsOf = (el: Element, hump: number): string => el.querySelectorAll(".lstm-hump .bars")[hump]?.getAttribute("d") ?? "";

describe("what is computed", () => {
  it.each(SCHEMES)("%s: the weights have the spread and the ends of their theory", (scheme) => {
    for (const recurrent of [false, true]) {
      const state = { ...STATE, scheme, units: 48, input_dim: 30, seed: 3 };
      const { kernel, recurrentKernel } = drawn(state);
      const values = recurrent ? recurrentKernel : kernel;
      const { deviation, reach, density } = theory(scheme, recurrent, state);
      const found = Math.sqrt(values.reduce((total, value) => total + value ** 2, 0) / values.length);
      expect(found / deviation).toBeCloseTo(1, 1);
      expect(values.filter((value) => Math.abs(value) > reach).length / values.length).toBeLessThan(0.001);
      expect([density(0), density(0.5 * deviation) <= 1]).toEqual([1, true]);
    }
  });

  it("adds the forget bias to that of the scheme, in the forget gate alone", () => {
    const weights = drawn({ ...STATE, scheme: "torch" });
    const { bias } = networkOf(weights, 16, 2.5);
    bias.forEach((value, at) => expect(value - (weights.bias[at] ?? 0)).toBeCloseTo(at >= 16 && at < 32 ? 2.5 : 0, 12));
  });

  it("counts every value once, those at the ends too", () => {
    expect(histogram(Float64Array.of(0, 0.2, 0.25, 0.5, 1, 1), 0, 1, 4)).toEqual([2 / 6, 1 / 6, 1 / 6, 2 / 6]);
    expect(histogram(Float64Array.of(-1, 0.6), 0, 1, 2)).toEqual([0, 0.5]);
  });

  it("takes quantiles between two values", () => {
    expect(quantiles(Float64Array.of(3, 1, 2, 0), 0, 0.5, 0.9, 1)).toEqual([0, 1.5, 2.7, 3]);
  });

  it("takes half-lives from the mean of ln f", () => {
    const { all, each } = halfLives(Float64Array.of(0.5, 0.9, 0.5, 0.9), 2);
    expect(each[0]).toBeCloseTo(1, 12);
    expect(each[1]).toBeCloseTo(Math.LN2 / -Math.log(0.9), 12);
    expect(all).toBeCloseTo((2 * Math.LN2) / -Math.log(0.45), 12);
  });

  it("finds the bias that moves f where it is wanted, and stays finite at the ends", () => {
    expect(biasFor(1, 0.5, 0.5)).toBe(1);
    expect(1 / (1 + Math.exp(-biasFor(0, 0.5, 0.8)))).toBeCloseTo(0.8, 12);
    for (const wish of [0, 1]) expect(Number.isFinite(biasFor(0, 0.5, wish))).toBe(true);
  });

  it("writes steps to three digits", () => {
    expect([0.0971, 0.227, 2.046, 14.33, 280.4].map(steps)).toEqual(["0.10", "0.23", "2.05", "14.3", "280"]);
  });
});

describe("InitExplorer", () => {
  it("changing the forget bias moves the gates and the memory, and leaves the weights alone", () => {
    const { el, model } = mounted();
    const [before, weights] = [exact(el, "half"), barsOf(el, 0)];
    const forget = barsOf(el, 2);
    press(labelled(el, F), "PageUp");
    expect(model.get("forget_bias")).toBe(2);
    expect(exact(el, "half")).toBeGreaterThan(2 * before);
    expect([barsOf(el, 0) === weights, barsOf(el, 2) === forget]).toEqual([true, false]);
    expect(model.get("seed")).toBe(0);
  });

  it("drags the hump of f to the pointer", () => {
    const { el, model } = mounted();
    drag(labelled(el, F), 0.4, 0.9, 0.9, 0.9);
    expect(exact(el, "fMean")).toBeCloseTo(0.9, 2);
    drag(labelled(el, F), 1.5);
    expect(model.get("forget_bias")).toBe(6);
    drag(labelled(el, F), -1);
    expect(model.get("forget_bias")).toBe(-3);
  });

  it("drags the half of the memory to the pointer", () => {
    const { el } = mounted();
    const at = Math.log10(10 / 0.1) / Math.log10(500 / 0.1);
    drag(labelled(el, HALF), 0.3, at, at, at);
    expect(exact(el, "half") / 10).toBeCloseTo(1, 1);
    expect(query(el, ".lstm-memory .half .lstm-long").textContent).toMatch(/^half is left after (9\.\d\d|10\.\d) steps$/);
    expect(labelled(el, HALF).getAttribute("aria-valuetext")).toContain("half is left after");
  });

  it("drags the spread of the weights while their axis stays", () => {
    const { el, model } = mounted();
    const ends = (): (string | null)[] => Array.from(el.querySelectorAll(".lstm-hump .high"), (node) => node.textContent);
    const plot = labelled(el, W);
    const { deviation } = theory("keras", false, STATE);
    const end = Number(ends()[0]);
    drag(plot, 0.5 + 0.45, 0.5 + (2 * deviation) / (2 * end));
    expect(model.get("gain")).toBe(2);
    expect(Number(ends()[0])).toBeGreaterThan(end);
    expect(ends()[0]).toBe(ends()[1]);
    // To the left of nought is as far from it as to the right.
    drag(plot, 0.5 - deviation / (2 * Number(ends()[0])));
    expect(model.get("gain")).toBe(1);
  });

  it("a scheme brings its own forget bias", () => {
    const { el, model } = mounted({ forget_bias: 3 });
    button(el, "PyTorch").click();
    expect([model.get("scheme"), model.get("forget_bias")]).toEqual(["torch", 0]);
    button(el, "Keras").click();
    expect([model.get("scheme"), model.get("forget_bias")]).toEqual(["keras", 1]);
    expect(button(el, "Keras").getAttribute("aria-pressed")).toBe("true");
    button(el, "Reset").click();
    expect([model.get("scheme"), model.get("forget_bias")]).toEqual(["keras", 3]);
  });

  it("draws again with the next seed, and the last seed's next is the first", () => {
    const { el, model } = mounted();
    const [half, weights] = [exact(el, "half"), barsOf(el, 0)];
    button(el, "Draw again").click();
    expect(model.get("seed")).toBe(1);
    expect(exact(el, "half")).not.toBe(half);
    model.set("seed", 0);
    expect(exact(el, "half")).toBe(half);
    model.set("seed", 9999);
    button(el, "Draw again").click();
    expect(model.get("seed")).toBe(0);
    expect(weights).not.toBe("");
  });

  it("refuses in words what does not fit, half a unit too", () => {
    const { el, model } = mounted();
    const chip = query(el, '[role="spinbutton"][aria-label="units"]');
    for (const text of ["97", "12.5", "NaN", "<b>8</b>"]) {
      if (!chip.querySelector("input")) press(chip, "Enter");
      const field = query(chip, "input") as HTMLInputElement;
      field.value = text;
      press(field, "Enter");
      expect(query(el, "[role=alert]").textContent).toBe(`“${text}” does not fit the units: type a whole number from 4 to 96.`);
    }
    expect([model.get("units"), el.querySelector("b")]).toEqual([16, null]);
    press(query(chip, "input"), "Escape");
    expect(query(el, "[role=alert]").hidden).toBe(true);
  });

  it("follows an address and a link; nothing else comes in", () => {
    location.hash = "#init-explorer?scheme=torch&forget_bias=9&gain=0&units=8.5&input_dim=1e1&seed=<i>&nothing=1";
    const { el, model } = mounted();
    const stateOf = (): unknown[] => Object.keys(STATE).map((key) => model.get(key));
    expect(stateOf()).toEqual(["torch", 1, 1, 16, 4, 0]);
    model.set("units", 1000);
    expect(exact(el, "half")).toBeGreaterThan(0);
    const link = document.createElement("a");
    link.href = "#init-explorer?forget_bias=3.5&units=8&seed=12";
    document.body.append(link);
    link.click();
    expect(stateOf()).toEqual(["torch", 1, 3.5, 8, 4, 12]);
  });

  it("says what came of it once the hand rests", () => {
    vi.useFakeTimers();
    const { el } = mounted();
    press(labelled(el, F), "ArrowRight");
    expect(query(el, ".lstm-unseen").textContent).toBe("");
    vi.advanceTimersByTime(300);
    expect(query(el, ".lstm-unseen").textContent).toMatch(
      /^With the forget bias at \+1\.10, f begins at 0\.\d{3} on the average/,
    );
    vi.useRealTimers();
  });

  it.each(["he", 3, undefined])("tells a reader where the scheme is none: %s", (scheme) => {
    const el = document.createElement("div");
    const end = initExplorer.render({ model: pageModel({ ...STATE, scheme }), el });
    expect(query(el, "[role=alert]").textContent).toContain("Its scheme is");
    end();
  });

  it("changes attributes only while it is dragged", () => {
    const { el } = mounted({ gain: 4, forget_bias: -3, input_dim: 128, units: 4 });
    const nodes = Array.from(el.querySelectorAll("*"));
    drag(labelled(el, HALF), 0.1, 0.9);
    drag(labelled(el, W), 0.9, 0.5);
    expect(Array.from(el.querySelectorAll("*"))).toEqual(nodes);
    expect(new XMLSerializer().serializeToString(el)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

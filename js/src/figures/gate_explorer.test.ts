// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { fixed } from "../shared/format";
import { GATES } from "../shared/run";
import { button, query } from "../test_page";
import gateExplorer from "./gate_explorer";
import { printedSum } from "./gate_explorer_curve";
import { digitsOf, printedStep } from "./gate_explorer_equations";
import { KEYS, type Key, momentOf, PRESETS, reach, settled, type State, withPreset } from "./gate_explorer_state";

const STATE: State = {
  ...{ x: 1, h: 0.5, c: 0.7 },
  ...{ i_w: 1, i_u: 0.5, i_b: 0, f_w: 0.4, f_u: 0.2, f_b: 1 },
  ...{ g_w: 0.8, g_u: 0.4, g_b: -0.3, o_w: 0.6, o_u: 0.8, o_b: -0.2 },
};
let life: AbortController;

beforeEach(() => {
  life = new AbortController();
  // There is no layout here, so nothing can be scrolled to.
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  life.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  location.hash = "";
});

function mounted(traits: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ ...STATE, name: "gate-explorer", ...traits });
  gateExplorer.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}
const labelled = (el: Element, label: string, role: string): HTMLElement => query(el, `[role="${role}"][aria-label="${label}"]`);
const press = (node: Element, key: string, more: KeyboardEventInit = {}): boolean =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
/** Presses at an x, moves along, and lets go. */
const drag = (node: Element, ...xs: readonly number[]): void => {
  const at = (type: string, clientX: number): void => {
    node.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX, clientY: 0, bubbles: true }));
  };
  at("pointerdown", xs[0] ?? 0);
  for (const x of xs.slice(1)) at("pointermove", x);
  at("pointerup", xs.at(-1) ?? 0);
};
const stateOf = (model: Model): Record<string, unknown> => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
const exact = (el: Element): Record<string, number> => {
  const { dataset } = query(el, ".lstm-gate-explorer");
  return Object.fromEntries(["i", "f", "g", "o", "c", "h"].map((name) => [name, Number(dataset[name])]));
};

/** States all over what the figure can be set to; the same at every run. */
function states(count: number, snap: (key: Key, value: number) => number): State[] {
  let seed = 7;
  const next = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  return Array.from(
    { length: count },
    () => Object.fromEntries(KEYS.map((key) => [key, snap(key, (2 * next() - 1) * reach(key))])) as Record<Key, number>,
  );
}

describe("the step", () => {
  it("is the LSTM's", () => {
    const m = momentOf(STATE);
    const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
    expect(m.sums.i).toEqual({ x: 1, h: 0.25, b: 0, z: 1.25 });
    expect(m.i).toBeCloseTo(sigmoid(1.25), 14);
    expect(m.f).toBeCloseTo(sigmoid(1.5), 14);
    expect(m.g).toBeCloseTo(Math.tanh(0.7), 14);
    expect(m.o).toBeCloseTo(sigmoid(0.8), 14);
    expect(m.c).toBeCloseTo(sigmoid(1.5) * 0.7 + sigmoid(1.25) * Math.tanh(0.7), 14);
    expect(m.h).toBeCloseTo(sigmoid(0.8) * Math.tanh(m.c), 14);
    expect([m.kept + m.written, m.squashed]).toEqual([m.c, Math.tanh(m.c)]);
  });

  it("does under each preset what its name says", () => {
    const under = (name: keyof typeof PRESETS) => momentOf(withPreset(name, STATE, STATE));
    expect(under("remember").c).toBeCloseTo(STATE.c, 1);
    expect(under("overwrite").c).toBeCloseTo(under("overwrite").g, 1);
    expect(under("forget").c).toBeCloseTo(0, 1);
    expect([under("hide").c, under("hide").h].map((value) => Math.abs(value) > 0.05)).toEqual([true, false]);
  });
});

describe("the printed numbers", () => {
  const printed = (text: string): number => Number(text.replace(/[−–]/, "-").replace(/[()]/g, ""));

  it.each([
    ["hundredths", (key: Key, value: number): number => settled(key, value)],
    ["any numbers", (_: Key, value: number): number => value],
  ])("give each other, from %s", (_, snap) => {
    for (const state of states(200, snap)) {
      const m = momentOf(state);
      const digits = digitsOf(state, m);
      const read = Object.fromEntries(KEYS.map((key) => [key, printed(fixed(state[key], digits))])) as Record<Key, number>;
      const again = momentOf(read);
      for (const gate of GATES) {
        expect(fixed(again[gate])).toBe(fixed(m[gate]));
        const [x = 0, h = 0, b = 0, z = 0] = printedSum(m.sums[gate]).map(printed);
        expect(x + h + b).toBeCloseTo(z, 9);
      }
      const terms = printedStep(m, digits);
      const c = printed(terms.f) * read.c + printed(terms.i) * printed(terms.g);
      expect(fixed(c)).toBe(terms.c);
      expect(fixed(printed(terms.o) * Math.tanh(printed(terms.cTerm)))).toBe(terms.h);
    }
  });

  it("have two decimals where the reader's hand has set them", () => {
    for (const state of states(50, settled)) expect(digitsOf(state, momentOf(state))).toBe(2);
  });
});

describe("GateExplorer", () => {
  it("shows the step, exact for programs and rounded for readers", () => {
    const { el } = mounted();
    const { i, f, g, o, c, h } = momentOf(STATE);
    expect(exact(el)).toEqual({ i, f, g, o, c, h });
    expect(query(el, "p.lstm-told-state").textContent).toBe(
      "It keeps 0.818 of its old state +0.700, writes 0.777 of the candidate +0.604, and so holds +1.042; it shows 0.690 of tanh(c): +0.537.",
    );
    expect(query(el, ".lstm-arithmetic").getAttribute("aria-label")).toContain("holds +1.042");
    expect(Array.from(el.querySelectorAll(".lstm-sums .gates .result"), (node) => node.textContent)).toEqual([
      "0.777",
      "0.818",
      "0.604",
      "0.690",
    ]);
  });

  it("moves a number in the equation by dragging it sideways", () => {
    const { el, model } = mounted();
    const chip = labelled(el, "weight W of the forget gate", "spinbutton");
    drag(chip, 100, 110);
    expect(model.get("f_w")).toBe(0.9);
    drag(chip, 100, 100, 96);
    expect(model.get("f_w")).toBe(0.7);
    drag(chip, 100, 900);
    expect([model.get("f_w"), chip.textContent, chip.getAttribute("aria-valuenow")]).toEqual([8, "8.00", "8"]);
    expect(exact(el)["f"]).toBe(momentOf({ ...STATE, f_w: 8 }).f);
  });

  it("moves every place where a number stands", () => {
    const { el, model } = mounted();
    drag(el.querySelectorAll('.gates [aria-label="input x"]')[2] as Element, 0, -10);
    expect(model.get("x")).toBe(0.8);
    const places = Array.from(el.querySelectorAll('[role="spinbutton"][aria-label="input x"]'), (node) => node.textContent);
    expect(places).toEqual(Array.from({ length: 5 }, () => "0.80"));
    expect(labelled(el, "input x", "slider").getAttribute("aria-valuenow")).toBe("0.8");
  });

  it("moves a thermometer and a curve to where the pointer is", () => {
    const { el, model } = mounted();
    const place = (node: Element, width: number): void => {
      node.getBoundingClientRect = () => ({ left: 0, right: width, width, top: 0, bottom: 30, height: 30 }) as DOMRect;
    };
    const tube = labelled(el, "cell state c of the step before", "slider");
    place(tube, 220);
    drag(tube, 110, 60);
    expect(model.get("c")).toBe(-1.5);
    drag(tube, -50);
    expect(model.get("c")).toBe(-3);
    // Without layout a curve is 220 px wide, and its axis runs from 36 to 162.
    const curve = labelled(el, "forget gate, along its curve: its bias", "slider");
    drag(curve, 99);
    expect(momentOf(stateOf(model) as State).f).toBeCloseTo(0.5, 2);
    drag(curve, 99, 500);
    expect(momentOf(stateOf(model) as State).sums.f.z).toBeCloseTo(4, 2);
    expect(curve.getAttribute("aria-valuetext")).toBe("bias +3.50, z +4.000, f 0.982");
  });

  it("moves by keys, and leaves other keys alone", () => {
    const { el, model } = mounted();
    const tube = labelled(el, "input x", "slider");
    press(tube, "ArrowRight");
    press(tube, "ArrowUp", { shiftKey: true });
    expect(model.get("x")).toBe(1.11);
    press(tube, "End");
    press(tube, "ArrowRight");
    expect(model.get("x")).toBe(2);
    press(tube, "PageDown");
    press(tube, "ArrowLeft");
    expect(model.get("x")).toBe(0.9);
    const curve = labelled(el, "output gate, along its curve: its bias", "slider");
    press(curve, "Home");
    expect(model.get("o_b")).toBe(-8);
    expect([press(curve, "a"), press(curve, "ArrowUp")]).toEqual([true, false]);
  });

  it("reaches every number by the Tab key, each once", () => {
    const { el } = mounted();
    const stops = Array.from(el.querySelectorAll('[role="slider"][tabindex="0"], [role="spinbutton"][tabindex="0"]'));
    const labels = stops.map((node) => node.getAttribute("aria-label"));
    expect([labels.length, new Set(labels).size]).toEqual([3 + 4 + 12, labels.length]);
  });

  it("takes a typed number, says why it refuses one, and forgets one that is given up", () => {
    const { el, model } = mounted();
    const chip = labelled(el, "bias b of the input gate", "spinbutton");
    const type = (text: string, key: string): HTMLInputElement => {
      if (!chip.querySelector("input")) press(chip, "Enter");
      const field = query(chip, "input") as HTMLInputElement;
      field.value = text;
      press(field, key);
      return field;
    };
    const message = query(el, ".lstm-message");
    type("−2,125", "Enter");
    expect([model.get("i_b"), chip.textContent]).toEqual([-2.125, "−2.125"]);
    for (const text of ["9", "1e9", "", "NaN", "<b>2</b>", "0x2"]) {
      const field = type(text, "Enter");
      expect([field.getAttribute("aria-invalid"), message.hidden]).toEqual(["true", false]);
      expect(message.textContent).toContain(`“${text}” does not fit the bias b of the input gate`);
    }
    expect(el.querySelector("b")).toBeNull();
    type("3", "Escape");
    expect([model.get("i_b"), message.hidden, chip.querySelector("input")]).toEqual([-2.125, true, null]);
    chip.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    expect((query(chip, "input") as HTMLInputElement).value).toBe("-2.125");
    type("0.5", "Enter");
    expect([model.get("i_b"), document.activeElement]).toEqual([0.5, chip]);
  });

  it("presets set the author's weights with biases of their own, keep the inputs, and are marked", () => {
    const { el, model } = mounted({ f_w: 2 });
    press(labelled(el, "input x", "slider"), "End");
    press(labelled(el, "weight U of the candidate", "spinbutton"), "End");
    button(el, "remember").click();
    expect(stateOf(model)).toEqual({ ...STATE, f_w: 2, x: 2, ...PRESETS.remember });
    const pressed = (): string[] => Array.from(el.querySelectorAll('[aria-pressed="true"]'), (node) => node.textContent);
    expect(pressed()).toEqual(["remember"]);
    press(labelled(el, "cell state c of the step before", "slider"), "Home");
    expect(pressed()).toEqual(["remember"]);
    press(labelled(el, "bias b of the forget gate", "spinbutton"), "ArrowUp");
    expect(pressed()).toEqual([]);
    button(el, "Reset").click();
    expect(stateOf(model)).toEqual({ ...STATE, f_w: 2 });
  });

  it("follows an address, its traits and a link; nothing else comes in", () => {
    location.hash = "#gate-explorer?f_b=6&i_b=-6&x=3&h=abc&c=1e9&o_b=<i>&i_w=&nothing=1";
    const { el, model } = mounted();
    expect(stateOf(model)).toEqual({ ...STATE, ...PRESETS.remember });
    model.set("o_b", -6);
    expect(exact(el)["o"]).toBe(momentOf({ ...STATE, ...PRESETS.remember, o_b: -6 }).o);
    model.set("o_b", Number.NaN);
    expect(exact(el)["o"]).toBe(momentOf({ ...STATE, ...PRESETS.remember, o_b: -6 }).o);
    const link = document.createElement("a");
    link.href = "#gate-explorer?c=-1.25";
    document.body.append(link);
    link.click();
    expect(model.get("c")).toBe(-1.25);
  });

  it("gives its address, from which it comes back", async () => {
    const written: string[] = [];
    vi.stubGlobal("navigator", { clipboard: { writeText: (text: string) => Promise.resolve(written.push(text)) } });
    const { el, model } = mounted();
    press(labelled(el, "hidden state h of the step before", "slider"), "Home");
    button(el, "Copy link to this state").click();
    await Promise.resolve();
    const there = stateOf(model);
    location.hash = new URL(written[0] ?? "").hash;
    expect(stateOf(mounted().model)).toEqual(there);
  });

  it("says what came of it once the hand rests", () => {
    vi.useFakeTimers();
    const { el } = mounted();
    const live = query(el, ".lstm-unseen");
    drag(labelled(el, "weight W of the forget gate", "spinbutton"), 0, 10, 20);
    expect(live.textContent).toBe("");
    vi.advanceTimersByTime(300);
    expect(live.textContent).toMatch(/^It keeps 0\.\d{3} of its old state/);
  });

  it.each([undefined, "1", Number.NaN, 3])("tells a reader where a number is missing or out of bounds: %s", (value) => {
    const el = document.createElement("div");
    const end = gateExplorer.render({ model: pageModel({ ...STATE, x: value }), el });
    expect(query(el, "[role=alert]").textContent).toContain("Its x is");
    end();
  });

  it("changes attributes only while it is dragged", () => {
    const { el } = mounted();
    const nodes = Array.from(el.querySelectorAll("*"));
    drag(labelled(el, "weight W of the candidate", "spinbutton"), 0, 30, -200, 7);
    expect(Array.from(el.querySelectorAll("*"))).toEqual(nodes);
    expect(new XMLSerializer().serializeToString(el)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

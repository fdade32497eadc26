// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { button, query, testLife } from "../test_page";
import gradientFlow from "./gradient_flow";
import { arrange } from "./gradient_flow_labels";
import { fateOf, listener, PRESETS, pulled, settled, type State, TEXT } from "./gradient_flow_state";

const STATE: State = { scale: 1, forget_bias: 1, length: 60, seed: 2 };
const life = testLife();
// There is no layout here, so nothing can be scrolled to.
beforeEach(() => (Element.prototype.scrollIntoView = () => undefined));

async function mounted(traits: Readonly<Record<string, unknown>> = {}): Promise<{ el: HTMLElement; model: Model }> {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ ...STATE, name: "gradient-flow", traces: {}, ...traits });
  gradientFlow.mount({ model, el, signal: life.signal, inPage: true });
  await Promise.resolve();
  return { el, model };
}
const root = (el: Element): HTMLElement => query(el, ".lstm-gradient-flow");
const knob = (el: Element, network: string): HTMLElement => query(el, `.knob[data-network=${network}]`);
const press = (node: Element, key: string, more: KeyboardEventInit = {}): void => {
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
};
const stateOf = (model: Model): unknown => Object.fromEntries(Object.keys(STATE).map((key) => [key, model.get(key)]));
const place = (node: HTMLElement): [number, number] => {
  const [x = Number.NaN, y = Number.NaN] = (node.style.transform.match(/-?[\d.]+/g) ?? []).map(Number);
  return [x, y];
};
const drag = (node: Element, from: readonly [number, number], to: readonly [number, number], pointerType = "mouse"): void => {
  for (const [type, [clientX, clientY]] of [
    ["pointerdown", from],
    ["pointermove", to],
    ["pointerup", to],
  ] as const) {
    node.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX, clientY, bubbles: true, pointerType }));
  }
};

describe("what becomes of a gradient", () => {
  it("is lost, explodes or arrives", () => {
    const fate = (...powers: number[]) => fateOf(Float64Array.from([...powers].reverse()));
    expect(fate(0, -1, -2, -4, -1)).toEqual({ kind: "lost", heard: 2, back: 2.5, power: -3 });
    expect(fate(0, 2, 4, -9)).toEqual({ kind: "explodes", heard: 1, back: 1.5, power: 3 });
    expect(fate(0, -1, -2)).toEqual({ kind: "all", heard: 2, back: 2, power: -2 });
    expect(fate(0, -Infinity)).toEqual({ kind: "lost", heard: 0, back: 0, power: -3 });
  });

  it("is computed anew only where something has changed", () => {
    const listen = listener();
    const first = listen(STATE);
    expect([first.rnn.length, first.lstm.length, first.rnn[59], first.lstm[59]]).toEqual([60, 60, 0, 0]);
    const second = listen({ ...STATE, forget_bias: 2 });
    expect(second.rnn).toBe(first.rnn);
    expect(second.lstm[0]).toBeGreaterThan(first.lstm[0] as number);
    expect(listen({ ...STATE, seed: 3, forget_bias: 2 }).rnn).not.toBe(first.rnn);
  });

  it("shows in the presets what they are called after", () => {
    const listen = listener();
    const at = (name: keyof typeof PRESETS) => listen({ ...STATE, ...PRESETS[name] });
    expect(fateOf(at("vanish").rnn)).toMatchObject({ kind: "lost", heard: 7 });
    expect(fateOf(at("explode").rnn).kind).toBe("explodes");
    expect(fateOf(at("open").lstm).kind).toBe("all");
    // With a forget bias of nought the LSTM hears less than the RNN.
    expect(fateOf(at("shut").lstm).heard).toBeLessThan(fateOf(at("shut").rnn).heard);
  });

  it("is put where a hand pulls it, in a few moves", () => {
    const listen = listener();
    for (const [network, key, back, power] of [
      ["rnn", "scale", 30, -3],
      ["rnn", "scale", 12, -6],
      ["lstm", "forget_bias", 25, -3],
      ["lstm", "forget_bias", 59, -1],
    ] as const) {
      let state = STATE;
      for (let time = 0; time < 8; time += 1) {
        state = { ...state, [key]: pulled(state, network, listen(state)[network], back, power) };
      }
      expect(Math.abs((listen(state)[network][59 - back] as number) - power)).toBeLessThan(0.3);
    }
    expect(pulled({ ...STATE, scale: 0 }, "rnn", listen({ ...STATE, scale: 0 }).rnn, 5, 1)).toBe(3);
    expect(settled("length", 61.4)).toBe(61);
  });
});

describe("labels", () => {
  it("avoid each other, lines and the edge; what finds no room is left out", () => {
    const node = () => document.createElementNS("http://www.w3.org/2000/svg", "text");
    const [a, b, c] = [node(), node(), node()];
    const frame = { left: 0, right: 300, top: 0, bottom: 80 };
    const label = { text: "some label", x: 150, y: 40 };
    arrange(
      [
        { node: a, ...label },
        { node: b, ...label },
      ],
      [],
      frame,
    );
    expect(a.outerHTML).not.toBe(b.outerHTML);
    arrange([{ node: c, ...label, optional: true }], [], { ...frame, right: 40 });
    expect(c.getAttribute("visibility")).toBe("hidden");
    arrange([{ node: c, ...label, x: 4, optional: true }], [], frame);
    expect([c.getAttribute("visibility"), c.getAttribute("text-anchor")]).toEqual([null, "start"]);
  });
});

describe("GradientFlow", () => {
  it("shows what arrives, exact for programs and rounded for readers", async () => {
    const { el } = await mounted();
    const { rnn, lstm, conveyor } = listener()(STATE);
    const { dataset } = root(el);
    expect([dataset["rnn"], dataset["lstm"], dataset["conveyor"]].map(Number)).toEqual([rnn[0], lstm[0], conveyor[0]]);
    expect([dataset["rnnFate"], dataset["lstmFate"]]).toEqual(["lost 20", "lost 41"]);
    expect(query(el, "p.lstm-told-state").textContent).toMatch(/^The RNN hears 20 steps back: of step 1, 2\.4·10⁻¹¹ arrives\./);
    expect(Array.from(el.querySelectorAll(".name"), (name) => name.textContent)).toEqual([
      "forget gates alone",
      "RNN: 20 steps",
      "LSTM: 41 steps",
    ]);
    expect(knob(el, "rnn").getAttribute("aria-valuetext")).toBe("1, hears 20 steps back");
  });

  it("fades the text as the lines fall", async () => {
    const { el } = await mounted({ length: 70 });
    const spans = Array.from(el.querySelectorAll<HTMLElement>(".letters")).map((text) =>
      Array.from(text.querySelectorAll("span")).filter((span) => !span.hidden),
    );
    for (const own of spans) {
      expect(own.map((span) => span.textContent).join("")).toBe(TEXT.slice(0, 70));
      expect(own.at(-1)?.style.opacity).toBe("1");
      expect(own[0]?.style.opacity).toBe("0.12");
    }
    const loud = (await mounted(PRESETS.explode)).el.querySelectorAll("[data-loud]");
    expect(loud.length).toBeGreaterThan(5);
  });

  it("follows a hand that pulls a line by its point, in any direction and by touch", async () => {
    const { el, model } = await mounted();
    const rnn = knob(el, "rnn");
    const [x, y] = place(rnn);
    // There is no layout here but this.
    rnn.getBoundingClientRect = () => ({ left: x, top: y, width: 0, height: 0 }) as DOMRect;
    drag(rnn, [x + 4, y], [x + 5, y + 1]);
    expect(stateOf(model)).toEqual(STATE);
    drag(rnn, [x, y], [x - 150, y]);
    const reached = fateOf(listener()(stateOf(model) as State).rnn).heard;
    expect(model.get("scale")).toBeGreaterThan(1);
    expect(reached).toBeGreaterThan(28);
    const lstm = knob(el, "lstm");
    const [left, top] = place(lstm);
    lstm.getBoundingClientRect = () => ({ left, top, width: 0, height: 0 }) as DOMRect;
    drag(lstm, [left, top], [left, top - 40], "touch");
    expect(model.get("forget_bias")).toBeGreaterThan(1.2);
  });

  it("moves by keys, sliders, typed numbers and presets", async () => {
    const { el, model } = await mounted();
    press(knob(el, "rnn"), "ArrowRight");
    press(knob(el, "lstm"), "ArrowUp", { shiftKey: true });
    expect(stateOf(model)).toEqual({ ...STATE, scale: 1.1, forget_bias: 1.01 });
    const length = query(el, 'input[aria-label^="length"]') as HTMLInputElement;
    length.value = "100";
    length.dispatchEvent(new Event("input"));
    expect(root(el).dataset["rnn"]).toBe(String(listener()(stateOf(model) as State).rnn[0]));
    const chip = query(el, '[role=spinbutton][aria-label^="length"]');
    press(chip, "Enter");
    const field = query(chip, "input") as HTMLInputElement;
    field.value = "201";
    press(field, "Enter");
    expect(query(el, ".lstm-message").textContent).toContain("“201” does not fit the length of the text");
    field.value = "40";
    press(field, "Enter");
    button(el, "forget bias 3").click();
    expect(stateOf(model)).toEqual({ scale: 1, forget_bias: 3, length: 40, seed: 2 });
    expect(button(el, "forget bias 3").getAttribute("aria-pressed")).toBe("true");
    button(el, "New weights").click();
    expect(model.get("seed")).toBe(3);
    button(el, "Reset").click();
    expect(stateOf(model)).toEqual(STATE);
  });

  it("draws what leaves the axis to its edge, and no number that is none", async () => {
    for (const extreme of [
      { scale: 0, forget_bias: -2, length: 200 },
      { scale: 0.01, length: 200 },
      { scale: 3, forget_bias: 6, length: 200 },
      { length: 2 },
    ]) {
      const { el } = await mounted(extreme);
      expect(new XMLSerializer().serializeToString(root(el))).not.toMatch(/NaN|undefined|Infinity[^"]/);
      for (const handle of el.querySelectorAll<HTMLElement>(".knob")) {
        const [x, y] = place(handle);
        expect([x >= 0 && x <= 720, y >= 0 && y <= 352]).toEqual([true, true]);
      }
    }
    const { el } = await mounted({ scale: 0 });
    expect(query(el, "p.lstm-told-state").textContent).toContain("of step 1, nothing arrives");
  });

  it("draws the reader's own networks, and fades what they read", async () => {
    const traces = {
      "my LSTM": { norms: [0.5, 0.1, 1], memory: "c", tokens: ["a", " ", "<b>"] },
      GRU: { norms: [0, 1e-4, 1e-2, 1], memory: "h", tokens: null },
    };
    const { el, model } = await mounted({ traces });
    expect(Array.from(el.querySelectorAll(".name"), (name) => name.textContent).slice(3)).toEqual([
      "my LSTM: all 2",
      "GRU: 1 step",
    ]);
    const texts = Array.from(el.querySelectorAll(".lstm-flow-text"), (text) => text.textContent);
    expect(texts.slice(2)).toEqual([expect.stringMatching(/^my LSTM.*a {3}<b>/)]);
    expect(el.querySelector(".letters b")).toBeNull();
    expect(stateOf(model)).toEqual(STATE);
  });

  it.each([
    [{ own: { norms: [Number.NaN, 1], memory: "c" } }, "norms of “own”"],
    [{ own: { norms: [-1, 1], memory: "c" } }, "norms of “own”"],
    [{ own: { norms: "1,2", memory: "c" } }, "norms of “own”"],
    [{ own: { norms: [1, 1], tokens: ["a"] } }, "tokens of “own”"],
    [{ own: 3 }, "The trace “own” is number"],
    [[], "traces is a list"],
  ])("says what it cannot draw: %o", (traces, message) => {
    const el = document.createElement("div");
    const end = gradientFlow.render({ model: pageModel({ ...STATE, traces }), el });
    expect(query(el, "[role=alert]").textContent).toContain(message);
    end();
  });

  it("follows an address and its traits; nothing else comes in", async () => {
    location.hash = "#gradient-flow?scale=0.5&forget_bias=9&length=2.5&seed=<b>&traces=1";
    const { el, model } = await mounted();
    expect(stateOf(model)).toEqual({ ...STATE, scale: 0.5 });
    model.set("forget_bias", 3);
    expect(root(el).dataset["lstmFate"]).toBe("all 59");
    model.set("length", Number.NaN);
    expect(root(el).dataset["lstmFate"]).toBe("all 59");
  });

  it("is made anew where the traces change", async () => {
    const el = document.createElement("div");
    document.body.append(el);
    const model = pageModel({ ...STATE, name: "gradient-flow", traces: {} });
    const end = gradientFlow.render({ model, el });
    model.set("traces", { own: { norms: [0.1, 1], memory: "c", tokens: null } });
    await Promise.resolve();
    expect(Array.from(el.querySelectorAll(".name")).at(-1)?.textContent).toBe("own: all 1");
    end();
    expect(el.childNodes.length).toBe(0);
  });

  it("says where it stands once the hand rests", async () => {
    vi.useFakeTimers();
    const { el } = await mounted();
    press(knob(el, "lstm"), "End");
    vi.advanceTimersByTime(300);
    expect(query(el, ".lstm-unseen").textContent).toContain("The LSTM hears all 59 steps");
    vi.useRealTimers();
  });
});

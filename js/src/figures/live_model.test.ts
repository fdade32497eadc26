// @vitest-environment jsdom
import { describe, expect, it, vi } from "vitest";
import { pageModel } from "../anywidget";
import { exportedModel, lstmLayer, wave } from "../test_network";
import { button, query, testLife } from "../test_page";
import liveModel from "./live_model";
import { decision, draw, softened, uniformAt } from "./live_model_state";

const life = testLife();

/** A network that says one of two things of a whole text. */
function classifier(): Record<string, unknown> {
  const layers = exportedModel()["layers"] as object[];
  const dense = { type: "Dense", name: "dense", activation: "sigmoid", weights: { kernel: wave(3, 1), bias: wave(1) } };
  const lstm = { ...lstmLayer(2, 3), return_sequences: false };
  return { ...exportedModel(), layers: [layers[0], lstm, dense], labels: ["no", "yes"] };
}

function mounted(traits: Record<string, unknown> = {}): { el: HTMLElement; model: ReturnType<typeof pageModel> } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({
    ...{ name: "live", model: exportedModel(), text: "ab", time: 1, unit: 0, layer: 0, temperature: 1, seed: 1, group: "" },
    ...traits,
  });
  liveModel.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}

const field = (el: HTMLElement): HTMLTextAreaElement => query(el, "textarea") as HTMLTextAreaElement;

function type(el: HTMLElement, text: string): void {
  field(el).value = text;
  field(el).dispatchEvent(new Event("input"));
}

const shownNumbers = (el: HTMLElement): string[] =>
  Array.from(el.querySelectorAll("button.lstm-meter .lstm-meter-number"), ({ textContent }) => textContent);

describe("drawing", () => {
  it("falls on each token as often as it is probable", () => {
    const p = Float64Array.of(0.2, 0, 0.5, 0.3);
    expect([0, 0.19, 0.2, 0.69, 0.71, 0.999999].map((u) => draw(p, u))).toEqual([0, 0, 2, 2, 3, 3]);
    expect(draw(Float64Array.of(0, 0.5, 0), 1 - 2 ** -53)).toBe(1);
  });

  it("divides the logits by the temperature", () => {
    const z = Float64Array.of(1, 2, 4);
    const [a = 0, b = 0] = softened(z, 0.5);
    expect(b / a).toBeCloseTo(Math.exp(2), 12);
  });

  it("depends on the seed and the place alone", () => {
    expect(uniformAt(3, 7)).toBe(uniformAt(3, 7));
    expect(new Set([uniformAt(3, 7), uniformAt(3, 8), uniformAt(4, 7)]).size).toBe(3);
  });
});

describe("a decision", () => {
  it("falls where the last winner begins to win without a break", () => {
    expect([[0], [1, 0, 0], [0, 1, 0], [0, 0]].map(decision)).toEqual([0, 1, 2, 0]);
  });
});

describe("LiveModel", () => {
  it("reads what is typed, and goes to its end", () => {
    const { el, model } = mounted();
    type(el, "ab ba");
    expect([model.get("text"), model.get("time")]).toEqual(["ab ba", 4]);
    expect(el.querySelectorAll(".lstm-tinted-ground span")).toHaveLength(5);
    expect(shownNumbers(el).reduce((sum, share) => sum + Number(share), 0)).toBeCloseTo(1, 1);
  });

  it("keeps what cannot be read in the field, and shows the last text", () => {
    const { el, model } = mounted();
    const before = shownNumbers(el);
    for (const [text, why] of [
      ["ab😀", "“😀”, character 3"],
      ["", "at least one character"],
      ["a".repeat(100_000), "100000 characters"],
      ["<img src=x>", "“<”, character 1"],
    ] as const) {
      type(el, text);
      expect(query(el, "[role=alert]").textContent).toContain(why);
      expect(field(el).value).toBe(text);
      expect(model.get("text")).toBe("ab");
      expect(shownNumbers(el)).toEqual(before);
    }
    type(el, "a");
    expect(query(el, "[role=alert]").hidden).toBe(true);
  });

  it("writes the same for the same seed, by steps or pressed one by one, and takes it back", () => {
    const { el, model } = mounted({ seed: 5 });
    const one = (): void => button(el, "Write one character").click();
    for (let k = 0; k < 6; k += 1) one();
    const written = model.get("text");
    expect(String(written)).toMatch(/^ab[ab ]{6}$/);
    button(el, "Take back").click();
    expect(model.get("text")).toBe("ab");
    for (let k = 0; k < 6; k += 1) one();
    expect(model.get("text")).toBe(written);
    type(el, "b");
    expect(button(el, "Take back").hidden).toBe(true);
  });

  it("writes at once where nothing may move, and no more than it can read", () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    const { el, model } = mounted({ text: "a".repeat(390), time: 389 });
    button(el, "Write on").click();
    expect(String(model.get("text"))).toHaveLength(400);
    expect(query(el, "[role=alert]").textContent).toContain("401 characters");
    expect(field(el).value).toHaveLength(400);
    vi.unstubAllGlobals();
  });

  it("writes the token that is pressed", () => {
    const { el, model } = mounted();
    const first = query(el, "button.lstm-meter");
    const name = query(first, ".lstm-meter-name").textContent.replace("␣", " ");
    first.click();
    expect(model.get("text")).toBe(`ab${name}`);
  });

  it("marks where a classifier makes up its mind", () => {
    const { el } = mounted({ model: classifier(), text: "ab ab ba", time: 0 });
    expect(query(el, ".lstm-live-verdict").textContent).toMatch(/yes|no/);
    expect(el.querySelectorAll("[data-decided]")).toHaveLength(1);
    expect(query(el, ".lstm-writer").hidden).toBe(true);
    const shares = Array.from(el.querySelectorAll("ul:not([hidden]) span.lstm-meter .lstm-meter-number"), (n) =>
      Number(n.textContent),
    );
    expect((shares[0] ?? 0) + (shares[1] ?? 0)).toBeCloseTo(1, 3);
  });

  it("follows its traits, and fits them to its layers", () => {
    const { el, model } = mounted();
    model.set("unit", 99);
    expect(query(el, ".lstm-counter output").textContent).toBe("2");
    model.set("text", "b".repeat(500));
    expect(field(el).value).toBe("ab");
  });

  it("says why it cannot be shown", () => {
    const el = document.createElement("div");
    const numbers = { ...exportedModel(), input: "numbers", features: ["x"] };
    for (const [model, why] of [
      [numbers, "expected LSTM"],
      [{ ...exportedModel(), vocabulary: ["a", "a", " "] }, "names a token twice"],
      [null, "The model is null"],
    ] as const) {
      liveModel.render({ model: pageModel({ name: "live", model, text: "ab" }), el, signal: life.signal });
      expect(el.textContent).toContain(why);
    }
  });
});

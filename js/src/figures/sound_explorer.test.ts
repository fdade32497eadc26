// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { answer, readModel, readNumbers } from "../model";
import { allowedText } from "../settings";
import { lstmLayer, packed, wave } from "../test_network";
import { button, query, testLife } from "../test_page";
import soundExplorer from "./sound_explorer";
import { openListener } from "./sound_explorer_listen";
import { COVERS, edited, type Edits, readCovers, readSounds, scaled, writeCovers } from "./sound_explorer_sounds";

const life = testLife();
beforeAll(() => {
  HTMLCanvasElement.prototype.getContext = () => null;
});
const PLAIN: Edits = { recording: 0, other: 1, share: 0, covers: "none", head: 0, tail: 0, stretch: 100, direction: "forwards" };

/** Two recordings of two features: 5 frames that count up, and 3 frames of 100. */
function recordings(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const values = [4, 0, 3, 10, 2, 20, 3, 30, 5, 40, ...Array<number>(6).fill(100)];
  return { values: packed(values, [8, 2]), lengths: [5, 3], labels: [1, 0], mean: [3, 20], std: [1, 10], ...more };
}

function listener(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const half = (name: string): Record<string, unknown> => ({ ...lstmLayer(2, 3), name, return_sequences: false });
  return {
    ...{ format: "lstm_edu.model/2", name: "small", title: "Small", input: "numbers", features: ["a", "b"] },
    labels: ["no", "yes", "else"],
    layers: [
      { type: "Bidirectional", name: "both", merge_mode: "concat", forward: half("forward"), backward: half("backward") },
      { type: "Dense", name: "says", activation: "softmax", weights: { kernel: wave(6, 3), bias: wave(3) } },
    ],
    ...more,
  };
}

const read = (edits: Partial<Edits>): number[] => [...edited(readSounds(recordings(), 2, 3), { ...PLAIN, ...edits }).read];

describe("edits", () => {
  it("cut, turn, stretch, cover and blend", () => {
    expect(read({ head: 1, tail: 1 })).toEqual([3, 10, 2, 20, 3, 30]);
    expect(read({ head: 2, direction: "backwards" })).toEqual([5, 40, 3, 30, 2, 20]);
    expect(read({ head: 2, stretch: 200 })).toHaveLength(12);
    expect(read({ head: 2, stretch: 167 })).toEqual([2, 20, 2.5, 25, 3, 30, 4, 35, 5, 40]);
    // The quietest frame is the third; covered frames are taken before the cut.
    expect(read({ covers: "0-1;4-4", head: 1 })).toEqual([2, 20, 2, 20, 3, 30, 2, 20]);
    expect(read({ share: 50 })).toEqual([52, 50, 51.5, 55, 51, 60, 51.5, 65, 52.5, 70]);
    expect(read({ share: 100, other: 0, stretch: 50 })).toHaveLength(6);
  });

  it("cover spans that are written in one way only", () => {
    const fits = (text: string): boolean => allowedText(COVERS, text) !== undefined;
    expect(["none", "0-0", "3-7;9-12"].every(fits)).toBe(true);
    const wrong = ["", "3", "7-3", "1-2;3-4", "5-6;1-2", "1-2;", "-1-2", "1-1000", Array(17).fill("1-1").join(";"), "<b>"];
    expect(wrong.filter(fits)).toEqual([]);
    for (const text of ["none", "0-0", "1-2;4-4"]) expect(writeCovers(readCovers(text, 5))).toBe(text);
    expect(writeCovers(readCovers("3-99", 5))).toBe("3-4");
  });

  it.each([
    [{ lengths: [5, 4] }, "do not fit together"],
    [{ lengths: [2, 6] }, "A length is 2; expected a whole number from 3 to 60"],
    [{ labels: [1, 3] }, "A label is 3"],
    [{ labels: [1] }, "do not fit together"],
    [{ std: [1, 0] }, "The std of the recordings"],
    [{ mean: "x" }, "The mean of the recordings are not a list"],
    [{ values: packed([1, Number.NaN], [1, 2]) }, "not a finite number"],
  ])("refuse recordings that do not hold together: %j", (wrong, message) => {
    expect(() => readSounds(recordings(wrong), 2, 3)).toThrow(message);
  });
});

describe("a listener", () => {
  it("answers on the way as if each frame were the last", () => {
    const { sounds, hear } = openListener(listener(), recordings());
    const x = scaled(sounds, edited(sounds, PLAIN).read);
    const heard = hear(x);
    const network = readModel(listener());
    const reading = readNumbers(network, x);
    heard.answers.forEach((found, t) => {
      answer(network, reading, t).forEach((p, at) => expect(found[at]).toBeCloseTo(p, 14));
    });
    // The backward layer in the order of the recording: its last step is the first it reads.
    const back = reading.records[1]?.h ?? new Float64Array(0);
    expect([...heard.of(1, "h").slice(-3)]).toEqual([...back.slice(0, 3)]);
  });

  it("may be a single LSTM, and nothing that answers otherwise", () => {
    const one = listener({
      layers: [
        { ...lstmLayer(2, 3), return_sequences: false },
        { type: "Dense", name: "says", activation: "softmax", weights: { kernel: wave(3, 3), bias: wave(3) } },
      ],
    });
    expect(openListener(one, recordings()).hear(Float64Array.of(1, 2, 3, 4, 5, 6)).answers).toHaveLength(3);
    const stepwise = listener({ layers: [lstmLayer(2, 3), (one["layers"] as unknown[])[1]] });
    expect(() => openListener(stepwise, recordings())).toThrow("is no listener");
    expect(() => openListener(listener(), null)).toThrow("The recordings is undefined; expected an object.");
  });
});

describe("SoundExplorer", () => {
  const mounted = (more: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } => {
    const el = document.createElement("div");
    document.body.append(el);
    const state = { name: "ear", model: listener(), sounds: recordings(), ...PLAIN, gate: "f", time: 4 };
    const model = pageModel({ ...state, ...more });
    soundExplorer.mount({ model, el, signal: life.signal, inPage: true });
    return { el, model };
  };
  const press = (node: HTMLElement, ...keys: string[]): void => {
    for (const key of keys) node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  const labelled = (el: HTMLElement, label: string): HTMLElement => query(el, `[aria-label="${label}"]`);

  it("is worked by keys alone", () => {
    const { el, model } = mounted();
    press(labelled(el, "Frame of the recording; Space covers or uncovers it"), "ArrowRight", " ", "ArrowRight", " ");
    expect(model.get("covers")).toBe("1-2");
    press(labelled(el, "Frames cut off at the beginning"), "ArrowRight");
    press(labelled(el, "Frames cut off at the end"), "ArrowLeft", "ArrowLeft", "ArrowLeft");
    expect([model.get("head"), model.get("tail"), model.get("time")]).toEqual([1, 1, 2]);
    press(labelled(el, "Frame that is read"), "Home");
    press(query(el, ".lstm-sound"), "b", "c", "u");
    expect(["direction", "gate", "covers", "time"].map((name) => model.get(name))).toEqual(["backwards", "c", "none", 0]);
    expect(labelled(el, "Frame that is read").getAttribute("aria-valuetext")).toMatch(/^frame 1 of 3, so far “/);
    button(el, "Reset").click();
    expect(model.get("head")).toBe(0);
  });

  it("begins anew with another recording, and keeps a wish from outside within it", () => {
    const { el, model } = mounted({ head: 1, covers: "0-0" });
    expect(query(el, ".lstm-told-state").textContent).toContain("Said was “yes”; the network hears");
    press(query(el, ".lstm-sound"), ">");
    expect(["recording", "head", "covers", "time"].map((name) => model.get(name))).toEqual([1, 0, "none", 2]);
    location.hash = "#ear?recording=90&head=60&tail=60&time=120&covers=2-99&other=40";
    dispatchEvent(new HashChangeEvent("hashchange"));
    expect(["recording", "head", "tail", "time", "covers", "other"].map((name) => model.get(name))).toEqual([
      1,
      0,
      0,
      2,
      "2-2",
      1,
    ]);
  });
});

// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { exportedModel, packed, wave } from "../test_network";
import { button, query, testLife } from "../test_page";
import trainingReplay from "./training_replay";
import { apart } from "./training_replay_curves";
import { foundAt, readTraining, signalOf } from "./training_replay_state";

const life = testLife();
beforeEach(() => {
  HTMLCanvasElement.prototype.getContext = () => null;
});

type Data = Record<string, unknown>;
const fields = (value: unknown): Data => value as Data;

/** Three snapshots of a network of 3 units, as Python would write them; unit 1's h follows "space" from the second on. */
function training(more: Data = {}): Data {
  const whole = exportedModel();
  const layers = whole["layers"] as Data[];
  const weights = layers.map((layer) => layer["weights"]);
  const bare = layers.map((layer) => Object.fromEntries(Object.entries(layer).filter(([key]) => key !== "weights")));
  const correlation = new Float64Array(6 * 3 * 2 * 3);
  for (const [k, r] of [0.1, -0.8, -0.9].entries()) correlation[(5 * 3 + k) * 6 + 1] = r;
  const snapshot = (step: number, loss: number): Data => ({ step, weights, losses: { validation: loss, training: loss - 0.1 } });
  return {
    format: "lstm_edu.run/1",
    model: { ...whole, layers: bare },
    snapshots: [snapshot(0, 1.1), snapshot(4, 0.9), snapshot(1000, 0.5)],
    baselines: { counting: 0.7 },
    agreement: {
      signals: [
        { name: "space", rule: { in: " " }, chosen: ["h", 1] },
        { name: "place", rule: { since: " " }, chosen: ["c", 2] },
      ],
      correlation: packed(Array.from(correlation), [6, 3, 2, 3]),
    },
    ...more,
  };
}
const without = (data: Data, key: string): Data => Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));

describe("a training", () => {
  it("is read: steps, losses, signals, and the network of each snapshot", () => {
    const read = readTraining(training());
    expect([read.steps, read.validation, read.training]).toEqual([
      [0, 4, 1000],
      [1.1, 0.9, 0.5],
      [1, 0.8, 0.4],
    ]);
    expect(read.signals.map(({ name, best }) => [name, best.gate, best.unit])).toEqual([
      ["space", "h", 1],
      ["place", "c", 2],
    ]);
    expect(read.r("h", 1, 0, 1)).toBe(-0.8);
    expect(read.network(2)).toBe(read.network(2));
  });

  it("tells from when on a unit explains more than half, whether it follows or mirrors", () => {
    const read = readTraining(training());
    expect(foundAt(read, "h", 0, 1)).toBe(1);
    expect(foundAt(read, "h", 0, 0)).toBeNull();
  });

  it("knows its signals over any text", () => {
    const [space, place] = readTraining(training()).signals;
    expect(space && signalOf(space, [..."ab a"])).toEqual([0, 0, 1, 0]);
    expect(place && signalOf(place, [..."ab a"])).toEqual([1, 2, 0, 1]);
  });

  const snapshots = training()["snapshots"] as Data[];
  it.each([
    ["no training", null, /The training is null/],
    ["another format", training({ format: "x" }), /has format x/],
    ["no snapshots", training({ snapshots: [] }), /snapshots of the training are 0; expected 1 to 200/],
    ["too many", training({ snapshots: new Array(201).fill({}) }), /are 201/],
    ["steps that fall", training({ snapshots: [...snapshots].reverse() }), /do not rise/],
    [
      "a loss that is no number",
      training({ snapshots: snapshots.map((each) => ({ ...each, losses: { validation: "1" } })) }),
      /validation loss/,
    ],
    ["weights for fewer layers", training({ snapshots: [{ ...snapshots[0], weights: [{}] }] }), /for 1 layers; the model has 3/],
    ["no layers", training({ model: without(fields(training()["model"]), "layers") }), /layers of the training are no list/],
    ["an unknown rule", training({ agreement: { signals: [{ name: "s", rule: { is: "a" }, chosen: ["h", 0] }] } }), /no rule/],
    ["no such unit", training({ agreement: { signals: [{ name: "s", rule: { in: "a" }, chosen: ["h", 3] }] } }), /no unit/],
    [
      "too few correlations",
      training({ agreement: { ...fields(training()["agreement"]), correlation: wave(6, 3, 2, 2) } }),
      /shape/,
    ],
    ["a baseline below nought", training({ baselines: { counting: -1 } }), /baseline/],
  ])("is refused where it holds %s", (_, data, message) => {
    expect(() => readTraining(data)).toThrow(message);
  });
});

it("keeps labels apart", () => {
  expect(apart([10, 12, 60, 5])).toEqual([18, 31, 60, 5]);
});

describe("TrainingReplay", () => {
  const mounted = (more: Data = {}): { el: HTMLElement; model: Model } => {
    const el = document.createElement("div");
    document.body.append(el);
    const state = { name: "replay", group: "", text: "ab ba", snapshot: 1, time: 2, unit: 1, gate: "h", signal: "space" };
    const model = pageModel({ ...state, training: training(), ...more });
    trainingReplay.mount({ model, el, signal: life.signal, inPage: true });
    return { el, model };
  };
  const press = (el: Element, ...keys: string[]): void => {
    for (const key of keys) el.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  const told = (el: HTMLElement): string => query(el, ".lstm-replay-told").textContent;

  it("says where it stands, and what its unit follows", () => {
    const { el } = mounted();
    expect(query(el, ".lstm-bar output").textContent).toBe("after 4 batches: loss 0.900");
    expect(told(el)).toBe(
      "Unit 1: its h mirrors “space” with r = −0.80 here, r² = 0.64. From batch 4 on it explains more than half.",
    );
    expect(query(el, ".lstm-heat-scroll").getAttribute("aria-valuetext")).toMatch(
      /^unit 1, character 3 of 5, space: hidden state −?0\.\d{3}$/,
    );
  });

  it("is worked by keys: snapshots, and inside the text its characters", () => {
    const { el, model } = mounted();
    const loss = query(el, ".lstm-replay-curves[role=slider]");
    press(loss, "ArrowRight");
    expect([model.get("snapshot"), loss.getAttribute("aria-valuenow")]).toEqual([2, "3"]);
    press(loss, "Home", "ArrowDown", "f");
    press(query(el, ".lstm-heat-scroll"), "ArrowRight", "End");
    expect(["snapshot", "time", "unit", "gate"].map((key) => model.get(key))).toEqual([0, 4, 2, "f"]);
    press(query(el, ".lstm-units"), "Home");
    expect(model.get("unit")).toBe(0);
  });

  it("goes with a signal to the unit that follows it best", () => {
    const { el, model } = mounted();
    const select = query(el, "select") as HTMLSelectElement;
    select.selectedIndex = 1;
    select.dispatchEvent(new Event("change"));
    expect(["signal", "unit", "gate"].map((key) => model.get(key))).toEqual(["place", 2, "c"]);
    expect(told(el)).toMatch(/^Unit 2: its c follows “place” with r = 0\.00/);
  });

  it("plays to the last snapshot, and not by itself", () => {
    vi.useFakeTimers();
    const { el, model } = mounted({ snapshot: 2 });
    vi.advanceTimersByTime(2000);
    expect(model.get("snapshot")).toBe(2);
    button(el, "Play").click();
    expect(model.get("snapshot")).toBe(0);
    vi.advanceTimersByTime(5000);
    expect(model.get("snapshot")).toBe(2);
    expect(button(el, "Play")).toBeTruthy();
    vi.useRealTimers();
  });

  it("takes a typed text at any snapshot, and resets", () => {
    const { el, model } = mounted({ snapshot: 0 });
    const field = query(el, ".lstm-type input") as HTMLInputElement;
    field.value = "bb";
    field.dispatchEvent(new Event("input"));
    expect(["text", "time", "snapshot"].map((key) => model.get(key))).toEqual(["bb", 1, 0]);
    field.value = "bz";
    field.dispatchEvent(new Event("input"));
    expect(query(el, ".lstm-type [role=alert]").textContent).toMatch(/never seen “z”/);
    button(el, "Reset").click();
    expect(["text", "time", "snapshot"].map((key) => model.get(key))).toEqual(["ab ba", 2, 0]);
  });

  it("tells what is wrong with one snapshot, and keeps the last good one", () => {
    const data = training();
    const spoilt = [...(data["snapshots"] as Data[])];
    spoilt[1] = { ...spoilt[1], weights: [{ embeddings: packed(new Array(6).fill(Number.NaN), [3, 2]) }, {}, {}] };
    const { el, model } = mounted({ training: { ...data, snapshots: spoilt }, snapshot: 0 });
    press(query(el, ".lstm-replay-curves[role=slider]"), "ArrowRight");
    expect(query(el, ".lstm-type [role=alert]").textContent).toMatch(/not a finite number/);
    expect(query(el, ".lstm-bar output").textContent).toMatch(/^after 0 batches/);
    expect(model.get("snapshot")).toBe(0);
  });

  it("does without signals", () => {
    const { el } = mounted({ training: without(training(), "agreement"), signal: "none" });
    expect(query(el, "select").closest("[hidden]")).not.toBeNull();
    expect(query(el, ".lstm-replay-letters").children).toHaveLength(6);
    press(query(el, ".lstm-units"), "ArrowRight");
    expect(query(el, ".lstm-units").getAttribute("aria-valuenow")).toBe("2");
  });

  it("stands at a snapshot and a signal that there are, whatever it is told", () => {
    const { el } = mounted({ snapshot: 77, signal: "<b>rhyme</b>" });
    expect(query(el, ".lstm-bar output").textContent).toMatch(/^after 1,000 batches/);
    expect(told(el)).toMatch(/“space”/);
  });
});

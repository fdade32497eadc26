// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { signedScale } from "../shared/colour_scale";
import type { Run } from "../shared/run";
import { exportedModel } from "../test_network";
import gateHeatmap from "./gate_heatmap";
import { halfLives, rowOrder, rowScale, scaleOf, sortKeys } from "./gate_heatmap_order";
import { barsPath } from "./gate_heatmap_plot";

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
  HTMLCanvasElement.prototype.getContext = () => null;
});
afterEach(() => {
  life.abort();
  document.body.replaceChildren();
});

function run(f: readonly number[], units: number): Run {
  const values = Float64Array.from(f);
  const state = new Float64Array(units);
  const same = { i: values, f: values, g: values, o: values, c: values, h: values };
  return { ...same, time: f.length / units, units, tokens: null, h0: state, c0: state };
}

describe("the order of the units", () => {
  const shown = run([0.5, 0.9, 1, 0.5, 0.1, 1], 3);

  it("is by mean, by memory or by activity, the greatest on top", () => {
    expect(rowOrder(sortKeys(shown, "f", "index"), "index")).toEqual([0, 1, 2]);
    expect(rowOrder(sortKeys(shown, "f", "mean"), "mean")).toEqual([2, 0, 1]);
    expect(rowOrder(sortKeys(shown, "f", "half-life"), "half-life")).toEqual([2, 0, 1]);
    expect(rowOrder(sortKeys(shown, "f", "activity"), "activity")).toEqual([1, 0, 2]);
  });

  it("keeps equal units, and units that never forget, in their order", () => {
    expect(rowOrder(Float64Array.of(1, 2, 1, 2), "mean")).toEqual([1, 3, 0, 2]);
    const endless = [Number.POSITIVE_INFINITY, 3, Number.POSITIVE_INFINITY];
    expect(rowOrder(Float64Array.from(endless), "half-life")).toEqual([0, 2, 1]);
  });

  it("knows how long a unit remembers", () => {
    expect([...halfLives(Float64Array.of(0.5, 1, 0, 0.5, 1, 1), 3)]).toEqual([1, Number.POSITIVE_INFINITY, 0]);
    expect(halfLives(Float64Array.of(0.9), 1)[0]).toBeCloseTo(6.58, 2);
  });
});

describe("scales", () => {
  it("run from 0 to 1 for gates, and to both sides for what has a sign", () => {
    expect(scaleOf(run([0.2, 0.4], 1), "f")).toMatchObject({ low: 0, high: 1 });
    expect(scaleOf(run([0.2, 0.4], 1), "c")).toMatchObject({ low: -1, high: 1, clipped: false });
    expect(scaleOf(run([-0.2, 1.4], 1), "f").low).toBeLessThan(0);
  });

  it("tell when values lie beyond their ends", () => {
    const values = Array.from({ length: 200 }, (_, at) => (at === 0 ? 40 : 1));
    expect(scaleOf(run(values, 1), "c")).toMatchObject({ high: 1, clipped: true });
  });

  it("are a row's own in the bars of a signed row", () => {
    expect(rowScale(signedScale(30), [0.1, -0.2])).toMatchObject({ low: -0.2, high: 0.2 });
  });

  it("draw bars from the line of nought", () => {
    expect(barsPath([1, -0.5], signedScale(1), 10, 40)).toBe("M0.00 20.00V0.00h9.00V20.00zM10.00 20.00V30.00h9.00V20.00z");
  });
});

describe("GateHeatmap", () => {
  const mounted = (more: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } => {
    const el = document.createElement("div");
    document.body.append(el);
    const state = { name: "heat", group: "", text: "ab ba", time: 1, unit: 2, gate: "f", sort: "index", model: exportedModel() };
    const model = pageModel({ ...state, trace: null, ...more });
    gateHeatmap.mount({ model, el, signal: life.signal, inPage: true });
    return { el, model };
  };
  const slider = (el: HTMLElement): HTMLElement => el.querySelector<HTMLElement>("[role=slider]") as HTMLElement;
  const press = (el: HTMLElement, ...keys: string[]): void => {
    for (const key of keys) slider(el).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  const button = (el: HTMLElement, words: string): HTMLButtonElement =>
    Array.from(el.querySelectorAll("button")).find((each) =>
      (each.getAttribute("aria-label") ?? each.textContent ?? "").includes(words),
    ) as HTMLButtonElement;

  it("says where its cursor stands, in words and in numbers", () => {
    const { el } = mounted();
    expect(slider(el).getAttribute("aria-valuetext")).toMatch(/^unit 2, character 2 of 5, b, forget gate 0\.\d{3}$/);
    expect(el.querySelector(".lstm-heat-reading")?.textContent).toMatch(/^f = 0\.\d{3}$/);
    expect(el.querySelectorAll(".lstm-thumb-value")).toHaveLength(6);
  });

  it("is worked by keys", () => {
    const { el, model } = mounted();
    press(el, "ArrowRight", "ArrowRight", "ArrowUp", "c");
    expect(["time", "unit", "gate"].map((key) => model.get(key))).toEqual([3, 1, "c"]);
    press(el, "End", "PageDown", "ArrowDown");
    expect([model.get("time"), model.get("unit")]).toEqual([4, 2]);
    press(el, "Home", "PageUp", "ArrowLeft");
    expect([model.get("time"), model.get("unit")]).toEqual([0, 0]);
  });

  it("moves up and down in the order that is seen", () => {
    const { el, model } = mounted({ sort: "mean" });
    const seen: unknown[] = [];
    press(el, "PageUp");
    for (let row = 0; row < 3; row += 1) {
      seen.push(model.get("unit"));
      press(el, "ArrowDown");
    }
    expect([...seen].sort()).toEqual([0, 1, 2]);
    expect(el.querySelector(".lstm-heat-sort p")?.textContent).toMatch(/highest mean on top/);
  });

  it("changes gate and order by its buttons, and resets", () => {
    const { el, model } = mounted();
    button(el, "hidden").click();
    button(el, "half-life").click();
    expect([model.get("gate"), model.get("sort")]).toEqual(["h", "half-life"]);
    expect(button(el, "hidden").getAttribute("aria-pressed")).toBe("true");
    expect(el.querySelector(".lstm-heat-heading")?.textContent).toBe("hhidden state");
    button(el, "Reset").click();
    expect([model.get("gate"), model.get("sort")]).toEqual(["f", "index"]);
  });

  it("takes a typed line where it stands alone, and none in company", () => {
    const { el, model } = mounted();
    const field = el.querySelector<HTMLInputElement>(".lstm-field") as HTMLInputElement;
    field.value = "bbb";
    field.dispatchEvent(new Event("input"));
    expect([model.get("text"), model.get("time")]).toEqual(["bbb", 2]);
    expect(mounted({ group: "hamlet" }).el.querySelector(".lstm-field:not([hidden])")).toBeNull();
  });
});

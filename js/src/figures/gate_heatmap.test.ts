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

  const search = (el: HTMLElement): HTMLElement => el.querySelector<HTMLElement>(".lstm-search") as HTMLElement;
  const rows = (el: HTMLElement): HTMLElement[] => Array.from(el.querySelectorAll<HTMLElement>("button.lstm-search-row"));

  it("marks the word at the cursor where units are to be found, and folds away again", () => {
    const { el, model } = mounted({ gate: "h", threshold: 0 });
    expect(search(el).hidden).toBe(true);
    button(el, "Find units").click();
    expect([model.get("mark_start"), model.get("mark_stop")]).toEqual([0, 2]);
    expect(search(el).hidden).toBe(false);
    expect(button(el, "Find units").getAttribute("aria-expanded")).toBe("true");
    expect(el.querySelectorAll(".lstm-search [data-marked]")).toHaveLength(2);
    expect(search(el).textContent).toContain("“ab”");
    expect(rows(el).filter((row) => !row.hidden)).toHaveLength(3);
    button(el, "Find units").click();
    expect([model.get("mark_start"), model.get("mark_stop")]).toEqual([-1, -1]);
    expect(search(el).hidden).toBe(true);
  });

  it("marks by Shift and the arrows, the cursor being the end that moves", () => {
    const { el, model } = mounted();
    const shift = (key: string): void => {
      slider(el).dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true, bubbles: true, cancelable: true }));
    };
    const marked = (): unknown[] => ["time", "mark_start", "mark_stop"].map((key) => model.get(key));
    shift("ArrowRight");
    shift("ArrowRight");
    expect(marked()).toEqual([3, 1, 4]);
    shift("ArrowLeft");
    expect(marked()).toEqual([2, 1, 3]);
    shift("ArrowLeft");
    shift("ArrowLeft");
    expect(marked()).toEqual([0, 0, 2]);
    shift("ArrowLeft");
    expect(marked()).toEqual([0, 0, 2]);
  });

  it("lists the units that fit, the chosen one marked, and chooses by a press", () => {
    const { el, model } = mounted({ gate: "h", threshold: 0, mark_start: 1, mark_stop: 2 });
    expect(search(el).hidden).toBe(false);
    const numbers = rows(el).map((row) => Number(row.firstElementChild?.lastElementChild?.textContent));
    rows(el)[2]?.click();
    expect(model.get("unit")).toBe(numbers[2]);
    expect(rows(el).map((row) => row.getAttribute("aria-pressed"))).toContain("true");
    expect(search(el).textContent).toContain(`Unit ${numbers[2]} is on at`);
  });

  it("turns to the other side of the scale", () => {
    const { el, model } = mounted({ gate: "f", threshold: 0.8, mark_start: 1, mark_stop: 2 });
    button(search(el), "below").click();
    expect([model.get("threshold"), model.get("direction")]).toEqual([0.2, "below"]);
    press(el, "h");
    button(search(el), "above").click();
    expect([model.get("threshold"), model.get("direction")]).toEqual([-0.2, "above"]);
  });

  it("says so where no unit is on, and what to do", () => {
    const { el } = mounted({ gate: "h", threshold: 1, mark_start: 1, mark_stop: 2 });
    expect(search(el).textContent).toContain("No unit is above 1.00 anywhere in “b”: lower the threshold.");
  });

  it("sorts by likeness, in the order of the list", () => {
    const { el, model } = mounted({ gate: "h", threshold: 0.1 });
    button(el, "likeness").click();
    expect([model.get("sort"), model.get("mark_start"), model.get("mark_stop")]).toEqual(["likeness", 0, 2]);
    const seen: unknown[] = [];
    press(el, "PageUp");
    for (let row = 0; row < 3; row += 1) {
      seen.push(model.get("unit"));
      press(el, "ArrowDown");
    }
    expect(seen).toEqual(
      rows(el)
        .slice(0, 3)
        .map((row) => Number(row.firstElementChild?.lastElementChild?.textContent)),
    );
    model.set("mark_start", -1);
    expect(el.querySelector(".lstm-heat-sort p")?.textContent).toMatch(/^mark a stretch/);
  });

  it("takes the mark off where a new text is too short for it", () => {
    const { el, model } = mounted({ mark_start: 2, mark_stop: 5 });
    const field = el.querySelector<HTMLInputElement>(".lstm-field") as HTMLInputElement;
    field.value = "ab b";
    field.dispatchEvent(new Event("input"));
    expect([model.get("mark_start"), model.get("mark_stop"), search(el).hidden]).toEqual([-1, -1, true]);
  });

  it("shows a mark of its group, and leaves it to the reader to open the search", () => {
    const first = mounted({ group: "g", name: "one" });
    const other = mounted({ group: "g", name: "two", gate: "c" });
    button(first.el, "Find units").click();
    expect([other.model.get("mark_start"), other.model.get("mark_stop")]).toEqual([0, 2]);
    expect(search(other.el).hidden).toBe(true);
    expect(other.el.querySelector<HTMLElement>(".lstm-heat-stretch")?.hidden).toBe(false);
    button(other.el, "Find units").click();
    expect(search(other.el).hidden).toBe(false);
    expect(other.model.get("mark_stop")).toBe(2);
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

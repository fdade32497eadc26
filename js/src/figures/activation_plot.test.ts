// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { powerOfTen } from "../shared/format";
import { button, query, testLife } from "../test_page";
import activationPlot from "./activation_plot";
import { winged } from "./activation_plot_axis";
import { overflows, PRECISIONS, results, settled, slopeAt, slopeOnPaper, stepAt, valueOf } from "./activation_plot_state";

const life = testLife();

function mounted(traits: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ activation: "sigmoid", z: 1, name: "activation-plot", ...traits });
  activationPlot.mount({ model, el, signal: life.signal, inPage: true });
  return { el, model };
}
const press = (node: Element, key: string, more: KeyboardEventInit = {}): boolean =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
const point = (el: Element): HTMLElement => query(el, '[role="slider"]');
/** The results of the table, row by row, first in float64 and then in float32. */
const cells = (el: Element): string[] => Array.from(el.querySelectorAll("td"), (cell) => cell.textContent);
const wrong = (el: Element): number[] =>
  Array.from(el.querySelectorAll("td"), (cell, index) => (cell.hasAttribute("data-wrong") ? index : -1)).filter((at) => at >= 0);

describe("the axis", () => {
  const axis = winged([-10_000, 10_000], [0, 600]);

  it("goes to a place and back, and keeps the order", () => {
    let before = -Infinity;
    for (const z of [-10_000, -800, -6.01, -6, -5.99, -1, 0, 0.01, 3, 6, 88.72, 709.8, 10_000]) {
      expect(axis.invert(axis(z))).toBeCloseTo(z, 8);
      expect(axis(z)).toBeGreaterThan(before);
      before = axis(z);
    }
    expect([axis(-10_000), axis(0), axis(10_000)]).toEqual([0, 300, 600]);
    expect([axis.invert(-50), axis.invert(700)].map(Math.round)).toEqual([-10_000, 10_000]);
  });

  it("is linear within ±6", () => {
    expect(axis(4) - axis(2)).toBeCloseTo(axis(2) - axis(0), 12);
  });
});

describe("the formulas", () => {
  it("have a slope on paper that may be too small to be a number", () =>
    expect(powerOfTen(slopeOnPaper("sigmoid", -800))).toBe("3.7·10⁻³⁴⁸"));

  it("agree where nothing overflows", () => {
    for (const name of ["sigmoid", "tanh"] as const) {
      for (const z of [-20, -3.3, -0.01, 0, 0.5, 7]) {
        for (const { round } of PRECISIONS) {
          const [, naive = 0, stable = 0, steep = 0, safe = 0] = results(name, round(z), round);
          expect(stable).toBeCloseTo(valueOf(name, z), 6);
          expect(naive).toBeCloseTo(stable, 6);
          expect(steep).toBeCloseTo(safe, 6);
        }
      }
    }
  });

  it("overflow where the power of e is no number any more, and only there", () => {
    for (const precision of PRECISIONS) {
      const { overflow, round } = precision;
      for (const [name, side] of [
        ["sigmoid", -1],
        ["tanh", 1],
        ["tanh", -1],
      ] as const) {
        for (const [z, expected] of [
          [0.999 * overflow, false],
          [1.001 * overflow, true],
        ] as const) {
          expect(overflows(name, side * z, precision)).toBe(expected);
          expect(results(name, side * z, round)[0] === Infinity).toBe(expected);
        }
      }
      expect(overflows("sigmoid", 9000, precision)).toBe(false);
    }
  });
});

describe("ActivationPlot", () => {
  it("shows value, slope and what is left of it", () => {
    const { el } = mounted({ z: 0 });
    const numbers = Array.from(el.querySelectorAll(".lstm-readings output"), (node) => node.textContent);
    expect(numbers).toEqual(["0.5000", "0.2500", "100 %"]);
    expect(wrong(el)).toEqual([]);
    expect(query(el, ".judged").textContent).toContain("agree");
  });

  it("shows the naive sigmoid at −800: a value by luck, and no slope", () => {
    const { el } = mounted();
    button(el, "−800").click();
    expect(cells(el)).toEqual(["∞", "∞", "0", "0", "0", "0", "NaN", "NaN", "0", "0"]);
    expect(wrong(el)).toEqual([0, 1, 6, 7]);
    expect(query(el, ".judged").textContent).toContain("In float64 and float32");
    expect(query(el, ".lstm-told-state").textContent).toContain("rounded to 0");
  });

  it("shows at −100 that float32 fails before float64", () => {
    const { el } = mounted();
    button(el, "−100").click();
    expect(cells(el).slice(2, 6)).toEqual(["3.72·10⁻⁴⁴", "0", "3.72·10⁻⁴⁴", "3.78·10⁻⁴⁴"]);
    expect(wrong(el)).toEqual([1, 3, 7]);
  });

  it("shows the naive tanh at 800: not a number", () => {
    const { el } = mounted({ activation: "tanh", z: 800 });
    expect(cells(el)).toEqual(["∞", "∞", "NaN", "NaN", "1", "1", "NaN", "NaN", "0", "0"]);
  });

  it("has no formulas to compare where nothing can overflow", async () => {
    const { el } = mounted({ activation: "hard_sigmoid", z: 4 });
    await Promise.resolve();
    expect(query(el, "table").hidden).toBe(true);
    expect(query(el, ".lstm-told-state").textContent).toContain("flat");
    expect(el.querySelectorAll(".naive:not([hidden])")).toHaveLength(0);
    button(el, "sigmoid").click();
    expect(query(el, "table").hidden).toBe(false);
    expect(el.querySelectorAll(".naive:not([hidden])")).toHaveLength(2);
  });

  it("is steered by keys, in steps as fine as the axis is there", () => {
    const { el, model } = mounted({ z: 5.9 });
    const stop = point(el);
    const after = (key: string, more?: KeyboardEventInit): unknown => {
      press(stop, key, more);
      return model.get("z");
    };
    expect(after("ArrowRight")).toBe(6);
    expect(after("ArrowRight")).toBe(7);
    expect(after("ArrowLeft", { shiftKey: true })).toBe(6.9);
    expect(after("PageUp")).toBe(16.9);
    expect(after("End")).toBe(10_000);
    expect(after("ArrowRight")).toBe(10_000);
    expect(after("Home")).toBe(-10_000);
    expect(stop.getAttribute("aria-valuetext")).toBe("z −10000, value 0, slope 0");
    expect([stepAt(0), stepAt(-50), stepAt(700), settled(3.14159), settled(-88.765), settled(709.4)]).toEqual([
      0.1, 1, 10, 3.14, -88.8, 709,
    ]);
  });

  it("follows the pointer along the axis, into the wings", () => {
    const { el, model } = mounted();
    const at = (type: string, clientX: number): boolean =>
      point(el).dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX, clientY: 0, bubbles: true }));
    return Promise.resolve().then(() => {
      // Without layout it is 720 px wide, of which the axis has 36 to 700.
      at("pointerdown", 368);
      expect(model.get("z")).toBe(0);
      at("pointermove", 700);
      expect(model.get("z")).toBe(10_000);
      at("pointermove", 36);
      at("pointerup", 36);
      expect(model.get("z")).toBe(-10_000);
    });
  });

  it("takes an address, its traits and a link; nothing else comes in", () => {
    location.hash = "#activation-plot?activation=tanh&z=-800";
    const { el, model } = mounted();
    expect([model.get("activation"), model.get("z")]).toEqual(["tanh", -800]);
    location.hash = "#activation-plot?activation=constructor&z=1e9";
    const other = mounted().model;
    expect([other.get("activation"), other.get("z")]).toEqual(["sigmoid", 1]);
    model.set("z", Number.NaN);
    model.set("activation", "__proto__");
    expect(query(el, ".lstm-activation-plot").dataset["value"]).toBe("-1");
  });

  it("says why it refuses a typed number", () => {
    const { el, model } = mounted();
    const chip = query(el, '[role="spinbutton"]');
    press(chip, "Enter");
    const field = query(chip, "input") as HTMLInputElement;
    field.value = "<i>2</i>";
    press(field, "Enter");
    expect(query(el, "[role=alert]").textContent).toBe(
      "“<i>2</i>” does not fit the pre-activation z: type a number from −10000 to 10000.",
    );
    field.value = "−88.75";
    press(field, "Enter");
    expect(model.get("z")).toBe(-88.75);
    expect(Number(query(el, ".lstm-activation-plot").dataset["slope"])).toBe(slopeAt("sigmoid", -88.75));
  });

  it.each([{ z: undefined }, { z: "1" }, { z: 1e6 }, { activation: "relu" }])(
    "tells a reader where a trait is amiss: %s",
    (traits) => {
      const el = document.createElement("div");
      const end = activationPlot.render({ model: pageModel({ activation: "sigmoid", z: 1, ...traits }), el });
      expect(query(el, "[role=alert]").textContent).toContain(`Its ${Object.keys(traits)[0]} is`);
      end();
    },
  );

  it("changes attributes only while it is dragged", async () => {
    const { el } = mounted();
    await Promise.resolve();
    const nodes = Array.from(el.querySelectorAll("*"));
    for (const key of ["ArrowRight", "PageDown", "Home", "ArrowRight"]) press(point(el), key);
    expect(Array.from(el.querySelectorAll("*"))).toEqual(nodes);
    expect(query(el, "svg").outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });
});

// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { allowedText } from "../settings";
import { lstmLayer, packed, wave } from "../test_network";
import { button, query, testLife } from "../test_page";
import forecastPlayground from "./forecast_playground";
import { bell, BENDS, bent, readBends, withBend, writeBends } from "./forecast_playground_bends";
import { meanError, openForecaster, readSeries, seasonal, simple, stretch } from "./forecast_playground_series";

const life = testLife();
const VALUES = Array.from({ length: 40 }, (_, at) => 20 + 5 * Math.sin(at));

function series(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    format: "lstm_edu.series/1",
    values: packed(VALUES, [40, 1]),
    ...{ mean: [20], std: [2], reads: 8, season: 6, differenced: false, start: null, minutes: 60, unit: "GW", title: "Demand" },
    ...more,
  };
}

function forecaster(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    ...{ format: "lstm_edu.model/2", name: "small", title: "Small", input: "numbers", features: ["x"] },
    labels: ["1", "2", "3", "4"],
    layers: [
      lstmLayer(1, 3),
      { type: "Dense", name: "next", activation: "linear", weights: { kernel: wave(3, 4), bias: wave(4) } },
    ],
    ...more,
  };
}

describe("bends", () => {
  it("are written and read", () => {
    const bends = [
      { at: 12, width: 8, height: 3.5 },
      { at: 1, width: 1, height: -2 },
    ];
    expect(writeBends(bends)).toBe("12,8,3.5;1,1,-2");
    expect(readBends("12,8,3.5;1,1,-2")).toEqual(bends);
    expect([writeBends([]), readBends("none")]).toEqual(["none", []]);
  });

  it("are refused where they are anything else", () => {
    const fits = (text: string): boolean => allowedText(BENDS, text) !== undefined;
    expect(["none", "1,1,0", "1,96,-2.5", Array(40).fill("1,8,1").join(";")].every(fits)).toBe(true);
    const wrong = [
      "",
      "1,2",
      "0,8,1",
      "1,0,1",
      "1,97,1",
      "1,8,NaN",
      "1,8,1e3",
      "1,8,1;",
      "<b>",
      Array(41).fill("1,8,1").join(";"),
    ];
    expect(wrong.some(fits)).toBe(false);
  });

  it("are bells that add up, the newest in place of the last where there is no room", () => {
    expect([0, 2, 4, 5].map((step) => bell({ at: 4, width: 4 }, step))).toEqual([0, 0.5, 1, (1 + Math.cos(Math.PI / 4)) / 2]);
    const past = Float64Array.of(0, 0, 0, 0);
    const twice = [
      { at: 1, width: 2, height: 4 },
      { at: 1, width: 1, height: -1 },
    ];
    expect([...bent(past, twice)].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([0, 0, 2, 3]);
    const full = readBends(Array(40).fill("1,8,1").join(";"));
    expect(withBend(full, { at: 2, width: 3, height: 4 })).toHaveLength(40);
  });
});

describe("a series", () => {
  it("is read with what it needs before now", () => {
    expect(readSeries(series()).first).toBe(8);
    expect(readSeries(series({ differenced: true })).first).toBe(14);
    expect(readSeries(series({ start: "2000-08-04T00:00" })).start).toBe(Date.UTC(2000, 7, 4));
    expect([...stretch(readSeries(series()), 38, 44)]).toEqual(VALUES.slice(38));
  });

  it.each([
    [{ values: packed([1, Number.NaN], [2, 1]) }, "not a finite number"],
    [{ values: packed([1, 2], [2]) }, "has shape (2)"],
    [{ std: [0] }, "The std of the series"],
    [{ mean: [1, 2] }, "The mean of the series"],
    [{ reads: 41 }, "expected at least 41"],
    [{ reads: 1e9 }, "whole number from 1 to 1000"],
    [{ season: 0 }, "The season of the series is 0"],
  ])("of other parts says so: %j", (wrong, message) => {
    expect(() => readSeries(series(wrong))).toThrow(message);
  });

  it("may bring a linear forecast in the place of its season", () => {
    const kernel = packed(
      Array.from({ length: 16 }, (_, at) => (at === 14 ? 1 : at === 15 ? -0.5 : 0)),
      [8, 2],
    );
    const read = readSeries(series({ beside: { name: "line", kernel, bias: packed([0, 3], [2]) } }));
    const past = Float64Array.from({ length: 8 }, (_, at) => at);
    expect([...simple(read, 20, past, 2)]).toEqual([7, -0.5]);
    const wrong = { name: "line", kernel: packed([1, 2], [2, 1]), bias: packed([0], [1]) };
    expect(() => readSeries(series({ beside: wrong }))).toThrow("has shape (2, 1)");
    const four = { beside: { name: "line", kernel, bias: packed([0, 3], [2]) } };
    expect(() => openForecaster(forecaster(), series(four))).toThrow("“line” forecasts 2 steps, the network 4");
  });

  it("repeats its season, also where that was bent", () => {
    const read = readSeries(series());
    const past = stretch(read, 12, 20).map((value) => value + 1);
    expect([...seasonal(read, 20, past, 4)]).toEqual(VALUES.slice(14, 18).map((value) => value + 1));
    expect(meanError(Float64Array.of(1, 2, 9), Float64Array.of(2, 4))).toBe(1.5);
  });
});

describe("a forecaster", () => {
  it("answers on the scale of the series, differences from a season before", () => {
    const plain = openForecaster(forecaster(), series());
    const differenced = openForecaster(forecaster(), series({ mean: [0], differenced: true }));
    const past = stretch(plain.series, 12, 20);
    expect(plain.forecast(20, past)).toHaveLength(4);
    // A series that repeats itself differs by nothing, whatever its level.
    const steady = { values: packed(Array<number>(40).fill(7), [40, 1]) };
    const level = openForecaster(forecaster(), series({ ...steady, mean: [0], differenced: true }));
    const none = openForecaster(forecaster(), series({ values: packed(Array<number>(40).fill(0), [40, 1]), mean: [0] }));
    const [found, nought] = [level.forecast(20, new Float64Array(8).fill(7)), none.forecast(20, new Float64Array(8))];
    found.forEach((value, at) => expect(value).toBeCloseTo((nought[at] ?? 0) + 7, 12));
    expect(differenced.forecast(20, past)).not.toEqual(plain.forecast(20, past));
  });

  it("is refused where it is none", () => {
    const text = { input: "tokens", unit: "character", vocabulary: ["a"], features: undefined };
    expect(() => openForecaster(forecaster(text), series())).toThrow();
    const two = series({ values: packed(VALUES, [20, 2]), mean: [0, 0], std: [1, 1] });
    expect(() => openForecaster(forecaster(), two)).toThrow("reads 1 numbers a step, the series has 2");
    expect(() => openForecaster(forecaster(), null)).toThrow("The series is undefined; expected an object.");
    expect(() => openForecaster(forecaster(), series({ season: 2, differenced: true }))).toThrow("which are too many");
  });
});

describe("ForecastPlayground", () => {
  const mounted = (more: Readonly<Record<string, unknown>> = {}): { el: HTMLElement; model: Model } => {
    const el = document.createElement("div");
    document.body.append(el);
    const state = { name: "play", model: forecaster(), series: series(), now: 20, brush: 3, bends: "none", truth: "hidden" };
    const model = pageModel({ ...state, ...more });
    forecastPlayground.mount({ model, el, signal: life.signal, inPage: true });
    return { el, model };
  };
  const press = (el: HTMLElement, ...keys: string[]): void => {
    for (const key of keys) {
      const [name = "", shiftKey] = key.startsWith("Shift+") ? [key.slice(6), true] : [key, false];
      query(el, "[role=slider]").dispatchEvent(
        new KeyboardEvent("keydown", { key: name, shiftKey, bubbles: true, cancelable: true }),
      );
    }
  };
  const numbers = (el: HTMLElement): (string | null)[] =>
    Array.from(el.querySelectorAll(".lstm-readings output"), (each) => each.textContent);

  it("is bent, widened, undone and reset by keys", () => {
    const { el, model } = mounted();
    press(el, "End", "ArrowUp", "ArrowUp");
    const [one] = readBends(String(model.get("bends")));
    expect(one).toMatchObject({ at: 1, width: 3 });
    expect(one?.height).toBeCloseTo(0.4, 1);
    press(el, "]", "ArrowLeft", "Shift+ArrowDown");
    expect(readBends(String(model.get("bends")))).toHaveLength(2);
    expect(query(el, ".lstm-told-state").textContent).toMatch(/0\.\d\d (more|less) than for the past as it was/);
    press(el, "u");
    expect(readBends(String(model.get("bends")))).toEqual([one]);
    button(el, "Undo bend").click();
    expect(model.get("bends")).toBe("none");
    button(el, "Reset").click();
    expect([model.get("bends"), model.get("brush")]).toEqual(["none", 3]);
  });

  it("shows what came when asked, and by how much each was off", () => {
    const { el, model } = mounted();
    expect(numbers(el)).toEqual(["?", "?", "?"]);
    press(el, "r");
    expect(model.get("truth")).toBe("shown");
    expect(numbers(el).every((text) => /^\d+\.\d\d GW$/.test(text ?? ""))).toBe(true);
    button(el, "Hide what came").click();
    expect(numbers(el)).toEqual(["?", "?", "?"]);
  });

  it("goes as far as the series, where nothing is known yet", () => {
    const { el, model } = mounted({ now: 36 });
    button(el, "A day later").click();
    expect(model.get("now")).toBe(40);
    expect(button(el, "Show what came").getAttribute("aria-disabled")).toBe("true");
    expect(el.textContent).toContain("What came after this is not known yet.");
    button(el, "A day later").click();
    expect(model.get("now")).toBe(40);
  });

  it("keeps a wish from outside within what the series has", () => {
    const { model } = mounted({ now: 20 });
    location.hash = "#play?now=39999&brush=90";
    dispatchEvent(new HashChangeEvent("hashchange"));
    expect([model.get("now"), model.get("brush")]).toEqual([40, 4]);
  });

  it("tells trading days by their dates, and the forecast beside by its name", () => {
    const days = Array.from({ length: 40 }, (_, at) => 14_153 + Math.floor(at / 5) * 7 + (at % 5));
    const kernel = packed(Array<number>(32).fill(0.125), [8, 4]);
    const beside = { name: "mean", kernel, bias: packed([0, 0, 0, 0], [4]) };
    const { el } = mounted({ series: series({ days: packed(days, [40]), beside, unit: "" }) });
    expect(query(el, ".lstm-forecast-date").textContent).toMatch(/29 October 2008$/);
    button(el, "4 days later").click();
    expect(query(el, ".lstm-forecast-date").textContent).toMatch(/2 November 2008$/);
    const names = Array.from(el.querySelectorAll("svg text.seasonal"), (each) => each.textContent);
    expect(names).toEqual(["mean"]);
    press(el, "r");
    expect(numbers(el).every((text) => /^\d+\.\d\d$/.test(text ?? ""))).toBe(true);
    expect(el.textContent).toContain("Grey: mean, or nothing changes.");
  });

  it("counts steps where there are no dates", () => {
    const { el } = mounted();
    expect(query(el, "[role=slider]").getAttribute("aria-valuetext")).toMatch(/^step \d+, \d\d\.\d\d GW$/);
    expect(query(el, ".lstm-forecast-date").textContent).toBe("step 21");
    const dated = mounted({ series: series({ start: "2000-08-04T00:00" }) }).el;
    expect(query(dated, ".lstm-forecast-date").textContent).toMatch(/^Friday,? 4 August 2000, 20:00$/);
  });
});

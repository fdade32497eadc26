// @vitest-environment jsdom
import { describe, expect, it, vi } from "vitest";
import { type Model, pageModel } from "./anywidget";
import { defineFigure, type View, type ViewOptions } from "./figure";
import { choice, integer } from "./settings";
import { html } from "./shared/dom";
import { exportedModel, exportedTrace, wave } from "./test_network";
import { testLife } from "./test_page";

interface Place {
  readonly time: number;
  readonly unit: number;
  readonly gate: string;
}

/** A figure that draws nothing, and keeps what it is told. */
function sketch() {
  const told: { options?: ViewOptions<Place, object> } & Record<string, unknown> = {};
  const view: View<Place> = {
    element: html("p"),
    setRun: vi.fn(),
    setPosition: vi.fn(),
    setText: vi.fn(),
    setMessage: vi.fn(),
    announce: vi.fn(),
  };
  const figure = defineFigure<Place, object>({
    settings: { time: integer(0, 99), unit: integer(0, 99), gate: choice("i", "f") },
    strings: { en: {} },
    view(options) {
      told.options = options;
      return view;
    },
  });
  const options = (): ViewOptions<Place, object> => told.options as ViewOptions<Place, object>;
  return { figure, view, options };
}

const STATE = {
  name: "heat",
  group: "",
  text: "ab ba",
  time: 1,
  unit: 2,
  gate: "f",
  model: exportedModel(),
  trace: null,
  layer: 0,
};
const life = testLife();

function mounted(state: Readonly<Record<string, unknown>> = {}, inPage = true) {
  const parts = sketch();
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ ...STATE, ...state });
  const save = vi.spyOn(model, "save_changes");
  parts.figure.mount({ model, el, signal: life.signal, inPage });
  return { ...parts, el, model, save };
}
const at = (model: Model): unknown[] => ["time", "unit", "gate", "text"].map((key) => model.get(key));

describe("a figure", () => {
  it("opens where its traits say", () => {
    const { view, el } = mounted();
    expect(view.setRun).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ time: 5, units: 3 }), {
      time: 1,
      unit: 2,
      gate: "f",
    });
    expect(el.contains(view.element)).toBe(true);
  });

  it("writes what the reader does into its traits, once", () => {
    const { model, options, save, view } = mounted();
    options().moved({ time: 3, unit: 0, gate: "i" });
    expect(at(model)).toEqual([3, 0, "i", "ab ba"]);
    expect(save).toHaveBeenCalledOnce();
    expect(view.setPosition).not.toHaveBeenCalled();
  });

  it("follows its traits, and goes no further than the run", () => {
    const { model, view } = mounted();
    model.set("time", 4);
    expect(view.setPosition).toHaveBeenLastCalledWith({ time: 4, unit: 2, gate: "f" });
    model.set("unit", 98);
    expect(view.setPosition).toHaveBeenLastCalledWith({ time: 4, unit: 2, gate: "f" });
    expect(model.get("unit")).toBe(2);
    model.set("gate", "<b>");
    expect(view.setPosition).toHaveBeenCalledTimes(2);
  });

  it("reads what is typed, and stands at its end", () => {
    const { model, options, view } = mounted();
    options().typed?.("bab");
    expect(at(model)).toEqual([2, 2, "f", "bab"]);
    expect(view.setText).toHaveBeenLastCalledWith("bab", false);
    options().restore();
    expect(at(model)).toEqual([1, 2, "f", "ab ba"]);
    expect(view.setText).toHaveBeenLastCalledWith("ab ba", true);
  });

  it.each([
    ["", /at least one character/],
    ["ab😀", /“😀”, character 3/],
    ["a".repeat(100_000), /100000 characters; the figure reads 400/],
  ])("refuses “%.10s” and keeps the last text", (text, message) => {
    const { model, options, view } = mounted();
    expect(() => options().typed?.(text)).toThrow(message);
    model.set("text", text);
    if (text !== "") expect(view.setMessage).not.toHaveBeenCalledWith("");
    expect(view.setRun).toHaveBeenCalledOnce();
  });

  it("shows a message where a link brings a text that it cannot read", () => {
    history.replaceState(null, "", "#heat?text=aXb&time=2");
    const { model, view } = mounted();
    expect(view.setMessage).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("“X”, character 2"));
    expect(at(model)).toEqual([2, 2, "f", "ab ba"]);
  });

  it("opens where the page's address says, and returns where its author put it", () => {
    history.replaceState(null, "", "#heat?text=bbb&time=2&gate=i");
    const { model, options } = mounted();
    expect(at(model)).toEqual([2, 2, "i", "bbb"]);
    options().reset();
    expect(at(model)).toEqual([1, 2, "f", "ab ba"]);
  });

  it("gives an address that leads back to where it stands", () => {
    const { options } = mounted();
    options().typed?.("b a");
    const address = options().address({ time: 1, unit: 0, gate: "i" });
    history.replaceState(null, "", address.slice(address.indexOf("#")));
    expect(at(mounted().model)).toEqual([1, 0, "i", "b a"]);
  });

  it("shares time, unit and text with its group, nothing else", () => {
    const [first, second] = [mounted({ group: "g" }), mounted({ group: "g", name: "other" })];
    first.options().moved({ time: 4, unit: 0, gate: "i" });
    expect(at(second.model)).toEqual([4, 0, "f", "ab ba"]);
    first.options().typed?.("bb");
    expect(at(second.model)).toEqual([1, 0, "f", "bb"]);
    expect(second.view.setRun).toHaveBeenCalledTimes(2);
    expect(at(mounted({ group: "g", name: "late" }).model)).toEqual([1, 0, "f", "bb"]);
  });

  it("stays silent once it is taken away", () => {
    const { model, view, el } = mounted({ group: "g" });
    life.abort();
    model.set("time", 3);
    expect(view.setPosition).not.toHaveBeenCalled();
    expect(el.childElementCount).toBe(0);
  });
});

describe("a figure of a trace", () => {
  it("has one text only", () => {
    const { options, model } = mounted({ model: null, trace: exportedTrace(), text: "" });
    expect(options().typed).toBeNull();
    expect(model.get("unit")).toBe(2);
    options().moved({ time: 0, unit: 0, gate: "i" });
    expect(model.get("text")).toBe("");
  });
});

describe("render, in a notebook", () => {
  const rendered = (state: Readonly<Record<string, unknown>>) => {
    const parts = sketch();
    const el = document.createElement("div");
    const model = pageModel({ ...STATE, ...state });
    return { ...parts, el, model, end: parts.figure.render({ model, el }) };
  };

  it("says inside the figure why it cannot be shown", () => {
    const broken = exportedModel();
    (broken["layers"] as { weights: Record<string, unknown> }[])[1]!.weights["bias"] = wave(4);
    const { el } = rendered({ model: broken });
    expect(el.querySelector("[role=alert]")?.textContent).toMatch(/cannot be shown\. The bias of layer “lstm” has shape \(4\)/);
    expect(rendered({ model: null }).el.textContent).toMatch(/neither a model nor a trace/);
  });

  it("never takes a text for markup", () => {
    const { el } = rendered({ model: { ...exportedModel(), format: "<img src=x onerror=alert(1)>" } });
    expect(el.querySelector("img")).toBeNull();
    expect(el.textContent).toContain("<img src=x");
  });

  it("begins anew with another model, and ends", () => {
    const { model, view, end, el } = rendered({ model: null });
    model.set("model", exportedModel());
    expect(el.contains(view.element)).toBe(true);
    end();
    expect(el.childElementCount).toBe(0);
    model.set("trace", exportedTrace());
    expect(el.childElementCount).toBe(0);
  });
});

// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Figure } from "./figure";
import { exportedModel, exportedTrace } from "./test_network";

const HEAT = { group: "", text: "", time: 0, unit: 0, gate: "f", sort: "index", layer: 0, model: null, trace: exportedTrace() };

function figure(name: string, kind: string, state: unknown): string {
  const json = typeof state === "string" ? state : JSON.stringify(state).replaceAll("<", "\\u003c");
  return `<div class="lstm-figure" id="${name}" data-figure="${kind}"><script type="application/json">${json}</script><div class="lstm-fallback">picture</div></div>`;
}

const FIGURES: Readonly<Record<string, () => Promise<{ default: Figure }>>> = {
  GateHeatmap: () => import("./figures/gate_heatmap"),
  CellStepper: () => import("./figures/cell_stepper"),
};

/** Answers for the scripts of figures, which nobody loads here. */
const serve = new MutationObserver((changes) => {
  for (const script of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
    if (!(script instanceof HTMLScriptElement)) continue;
    const kind = /figures\/(\w+)\.js$/.exec(script.src)?.[1];
    const load = FIGURES[kind ?? ""];
    if (kind === undefined) continue;
    if (!load) script.dispatchEvent(new Event("error"));
    else {
      const page = window.lstmEdu;
      void load().then((module) => {
        page?.figure(kind, module.default);
        script.dispatchEvent(new Event("load"));
      });
    }
  }
});
serve.observe(document.head, { childList: true });
const scripts = (folder: string): HTMLScriptElement[] =>
  [...document.head.querySelectorAll("script")].filter(({ src }) => src.includes(`/${folder}/`));

/** Opens a page with figures in it, and waits until they stand. */
async function open(...figures: string[]): Promise<void> {
  const page = new DOMParser().parseFromString(figures.join(""), "text/html");
  document.body.replaceChildren(...page.body.childNodes);
  vi.resetModules();
  await import("./page");
  await vi.waitFor(() => expect(document.querySelectorAll(".lstm-live > *")).toHaveLength(figures.length));
}
const root = (name: string): HTMLElement => document.getElementById(name) as HTMLElement;
const message = (name: string): string => root(name).querySelector("[role=alert]")?.textContent ?? "";

beforeEach(() => {
  document.head.replaceChildren();
  HTMLCanvasElement.prototype.getContext = () => null;
});

describe("a page", () => {
  it("brings a figure to life and puts its picture away", async () => {
    await open(figure("heat", "GateHeatmap", HEAT));
    expect(root("heat").classList.contains("lstm-mounted")).toBe(true);
    expect(root("heat").querySelector("[role=slider]")).not.toBeNull();
  });

  it("keeps the picture of a figure that fails, says why, and goes on", async () => {
    const broken = figure("a", "GateHeatmap", { ...HEAT, trace: { ...exportedTrace(), time: 9 } });
    await open(
      broken,
      figure("b", "Unknown<b>", HEAT),
      figure("c", "GateHeatmap", "{not json"),
      figure("d", "GateHeatmap", "null"),
      figure("e", "GateHeatmap", HEAT),
    );
    expect(message("a")).toMatch(/The trace's i holds 64 bytes/);
    expect(message("b")).toMatch(/name of its kind of figure/);
    expect(message("c")).toMatch(/cannot be shown/);
    expect(message("d")).toMatch(/state is missing/);
    for (const name of ["a", "b", "c", "d"]) expect(root(name).classList.contains("lstm-mounted")).toBe(false);
    expect(root("e").classList.contains("lstm-mounted")).toBe(true);
  });

  it("loads a packaged network once, as a script beside its own", async () => {
    const state = { ...HEAT, trace: null, model: { ref: "tiny" }, text: "ab" };
    const opening = open(figure("one", "GateHeatmap", state), figure("two", "CellStepper", { ...state, step: 0 }));
    const [script, ...others] = await vi.waitFor(() => {
      expect(scripts("models").length).toBeGreaterThan(0);
      return scripts("models");
    });
    expect(script?.src).toBe(new URL("models/tiny.js", location.href).href);
    expect(others).toEqual([]);
    window.lstmEdu?.provide("tiny", exportedModel());
    script?.dispatchEvent(new Event("load"));
    await opening;
    await vi.waitFor(() => expect(document.querySelectorAll(".lstm-mounted")).toHaveLength(2));
  });

  it("says that a network is missing", async () => {
    const opening = open(figure("one", "GateHeatmap", { ...HEAT, trace: null, model: { ref: "gone" }, text: "ab" }));
    const [script] = await vi.waitFor(() => {
      expect(scripts("models")).toHaveLength(1);
      return scripts("models");
    });
    script?.dispatchEvent(new Event("error"));
    await opening;
    expect(message("one")).toMatch(/models\/gone\.js is missing/);
  });

  it.each(["../evil", "//host/x", "a.b", "", 7])("loads nothing for the name %s", async (ref) => {
    await open(figure("one", "GateHeatmap", { ...HEAT, trace: null, model: { ref }, text: "ab" }));
    expect(message("one")).toMatch(/cannot be shown/);
    expect(scripts("models")).toEqual([]);
  });
});

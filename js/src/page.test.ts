// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { exportedModel, exportedTrace } from "./test_network";

const HEAT = { group: "", text: "", time: 0, unit: 0, gate: "f", sort: "index", layer: 0, model: null, trace: exportedTrace() };

function figure(name: string, kind: string, state: unknown): string {
  const json = typeof state === "string" ? state : JSON.stringify(state).replaceAll("<", "\\u003c");
  return `<div class="lstm-figure" id="${name}" data-figure="${kind}"><script type="application/json">${json}</script><div class="lstm-fallback">picture</div></div>`;
}

/** Opens a page with figures in it, and waits until they stand. */
async function open(...figures: string[]): Promise<void> {
  const page = new DOMParser().parseFromString(figures.join(""), "text/html");
  document.body.replaceChildren(...page.body.childNodes);
  vi.resetModules();
  await import("./page");
  await vi.waitFor(() => expect(document.querySelector(".lstm-live")?.firstChild).toBeTruthy());
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
    expect(message("b")).toMatch(/no figure of the kind Unknown/);
    expect(message("c")).toMatch(/cannot be shown/);
    expect(message("d")).toMatch(/state is missing/);
    for (const name of ["a", "b", "c", "d"]) expect(root(name).classList.contains("lstm-mounted")).toBe(false);
    expect(root("e").classList.contains("lstm-mounted")).toBe(true);
  });

  it("loads a packaged network once, as a script beside its own", async () => {
    const state = { ...HEAT, trace: null, model: { ref: "tiny" }, text: "ab" };
    const opening = open(figure("one", "GateHeatmap", state), figure("two", "CellStepper", { ...state, step: 0 }));
    const scripts = await vi.waitFor(() => {
      const found = document.head.querySelectorAll("script");
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    expect(Array.from(scripts, ({ src }) => src)).toEqual([new URL("models/tiny.js", location.href).href]);
    window.lstmEdu?.provide("tiny", exportedModel());
    scripts[0]?.dispatchEvent(new Event("load"));
    await opening;
    await vi.waitFor(() => expect(document.querySelectorAll(".lstm-mounted")).toHaveLength(2));
  });

  it("says that a network is missing", async () => {
    const opening = open(figure("one", "GateHeatmap", { ...HEAT, trace: null, model: { ref: "gone" }, text: "ab" }));
    const script = await vi.waitFor(() => {
      const found = document.head.querySelector("script");
      expect(found).not.toBeNull();
      return found;
    });
    script?.dispatchEvent(new Event("error"));
    await opening;
    expect(message("one")).toMatch(/models\/gone\.js is missing/);
  });

  it.each(["../evil", "//host/x", "a.b", "", 7])("loads nothing for the name %s", async (ref) => {
    await open(figure("one", "GateHeatmap", { ...HEAT, trace: null, model: { ref }, text: "ab" }));
    expect(message("one")).toMatch(/cannot be shown/);
    expect(document.head.querySelector("script")).toBeNull();
  });
});

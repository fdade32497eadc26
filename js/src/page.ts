/** Brings the figures of a static page to life: one classic script, which also loads from the file system. */
import { pageModel } from "./anywidget";
import { type Figure, showFailure } from "./figure";
import cellStepper from "./figures/cell_stepper";
import gateExplorer from "./figures/gate_explorer";
import gateHeatmap from "./figures/gate_heatmap";
import question from "./figures/question";
import { clickedAddress, readAddress } from "./link";
import { packagedModels } from "./packaged_models";
import { html } from "./shared/dom";

const FIGURES: Readonly<Record<string, Figure>> = {
  CellStepper: cellStepper,
  GateExplorer: gateExplorer,
  GateHeatmap: gateHeatmap,
  Question: question,
};

/** How near a figure comes to the window before it is made: about two turns of a wheel. */
const NEAR = "600px";

const script = document.currentScript;
const models = packagedModels(script instanceof HTMLScriptElement ? script.src : location.href);

declare global {
  interface Window {
    lstmEdu?: { provide(name: string, model: unknown): void };
  }
}
window.lstmEdu = { provide: models.provide };

function stateOf(root: HTMLElement): Record<string, unknown> {
  const state: unknown = JSON.parse(root.querySelector('script[type="application/json"]')?.textContent ?? "null");
  if (typeof state === "object" && state !== null) return { ...state, name: root.id };
  throw new Error("Its state is missing from the page.");
}

/** Makes the figure; until it stands, and where it cannot, its picture stays. */
async function mount(root: HTMLElement): Promise<void> {
  const el = html("div", { class: "lstm-live" });
  try {
    const type = root.dataset["figure"] ?? "";
    const figure = Object.hasOwn(FIGURES, type) ? FIGURES[type] : undefined;
    if (!figure) throw new Error(`There is no figure of the kind ${type}.`);
    const state = stateOf(root);
    state["model"] = await models.resolve(state["model"]);
    root.append(el);
    figure.mount({ model: pageModel(state), el, signal: new AbortController().signal, inPage: true });
    root.classList.add("lstm-mounted");
  } catch (error) {
    root.append(el);
    showFailure(el, error);
  }
}

function start(): void {
  const waiting = new Set(document.querySelectorAll<HTMLElement>(".lstm-figure"));
  const begin = (root: HTMLElement): void => {
    if (waiting.delete(root)) void mount(root);
  };
  if (typeof IntersectionObserver === "undefined") {
    for (const root of waiting) begin(root);
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        begin(target as HTMLElement);
      }
    },
    { rootMargin: NEAR },
  );
  for (const root of waiting) observer.observe(root);

  /** A link may lead to a figure that is still far away; it finds the address when it is made. */
  const follow = (address: string): void => {
    const root = document.getElementById(readAddress(address)?.name ?? "");
    if (!root || !waiting.has(root)) return;
    begin(root);
    root.scrollIntoView();
  };
  addEventListener("hashchange", () => follow(location.hash));
  document.addEventListener("click", (event) => {
    const address = clickedAddress(event);
    if (address !== null && address === location.hash) follow(address);
  });
  follow(location.hash);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

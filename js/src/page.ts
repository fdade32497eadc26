/** Brings the figures of a static page to life: one classic script, which also loads from the file system. */
import { pageModel } from "./anywidget";
import { beside } from "./beside";
import { type Figure, showFailure } from "./figure";
import { clickedAddress, readAddress } from "./link";
import { html } from "./shared/dom";

/** How near a figure comes to the window before it is made: about two turns of a wheel. */
const NEAR = "600px";

const script = document.currentScript;
const here = script instanceof HTMLScriptElement ? script.src : location.href;
const figures = beside<Figure>(here, "figures", "kind of figure", /^[A-Z][A-Za-z]{0,63}$/);
const models = beside<unknown>(here, "models", "network", /^[a-z][a-z0-9_-]{0,63}$/);

declare global {
  interface Window {
    lstmEdu?: {
      /** Called by the scripts of networks and of recorded trainings. */
      provide(name: string, model: unknown): void;
      /** Called by the scripts of figures. */
      figure(kind: string, figure: Figure): void;
    };
  }
}
window.lstmEdu = { provide: models.provide, figure: figures.provide };

/** A model as it is, or, for `{"ref": "name"}`, the one of that name that lies beside the page. */
async function resolved(model: unknown): Promise<unknown> {
  if (typeof model !== "object" || model === null || !("ref" in model)) return model;
  return models.load(String(model.ref));
}

function stateOf(root: HTMLElement): Record<string, unknown> {
  const state: unknown = JSON.parse(root.querySelector('script[type="application/json"]')?.textContent ?? "null");
  if (typeof state === "object" && state !== null) return { ...state, name: root.id };
  throw new Error("Its state is missing from the page.");
}

/** Makes the figure; until it stands, and where it cannot, its picture stays. */
async function mount(root: HTMLElement): Promise<void> {
  const el = html("div", { class: "lstm-live" });
  try {
    const state = stateOf(root);
    const [figure, model, training] = await Promise.all([
      figures.load(root.dataset["figure"] ?? ""),
      resolved(state["model"]),
      resolved(state["training"]),
    ]);
    root.append(el);
    figure.mount({ model: pageModel({ ...state, model, training }), el, signal: new AbortController().signal, inPage: true });
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
    // With the next frame, which lays the page out anyway.
    requestAnimationFrame(() => root.scrollIntoView());
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

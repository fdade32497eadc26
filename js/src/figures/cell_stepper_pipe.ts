/** A pipe: a line whose width is the size of what flows in it; a negative flow is hollow. */
import { set, svg } from "../shared/dom";
import { prefersStillness } from "../shared/motion";

/** How long a pipe takes to be drawn. */
export const FLOW_MS = 200;

export interface Pipe {
  readonly element: SVGGElement;
  /** Lays the pipe along an SVG path. */
  lay(path: string): void;
  /** Fills it: `share` from −1 to 1 of the widest pipe. Returns its width. */
  fill(share: number, widest: number): number;
  /** Draws it once from its source to its end, beginning after a while. */
  flow(delayMs: number): void;
}

/** `tone` names a colour, or "state" for the two colours of signed states. */
export function pipe(tone: string): Pipe {
  const hull = svg("path", { class: "hull", pathLength: 1 });
  const core = svg("path", { class: "core", pathLength: 1 });
  const element = svg("g", { class: "pipe", "data-tone": tone }, hull, core);
  return {
    element,
    lay(path) {
      set(hull, { d: path });
      set(core, { d: path });
    },
    flow(delay) {
      if (prefersStillness()) return;
      const frames = [{ strokeDasharray: "0 1" }, { strokeDasharray: "1 0" }];
      for (const path of [hull, core])
        path.animate?.(frames, { duration: FLOW_MS, delay, fill: "backwards", easing: "ease-out" });
    },
    fill(share, widest) {
      const width = 1.2 + Math.min(1, Math.abs(share)) * (widest - 1.2);
      const hollow = share < 0 ? Math.max(0, Math.min(width - 4, width * 0.55)) : 0;
      set(hull, { "stroke-width": width.toFixed(2) });
      set(core, { "stroke-width": hollow.toFixed(2) });
      set(element, { "data-sign": share < 0 ? "negative" : "positive" });
      return width;
    },
  };
}

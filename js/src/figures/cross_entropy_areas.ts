/** The terms of the loss as areas: each as high as p and as wide as −ln q, so that the loss is the mean width. */
import { chart } from "../shared/chart";
import { set, svg, write } from "../shared/dom";
import { rounded } from "../shared/format";
import { glide } from "../shared/motion";
import { amount } from "./cross_entropy_row";
import { CLASSES, type Moment } from "./cross_entropy_state";
import type { CrossEntropyStrings } from "./cross_entropy_strings";

export interface Areas {
  readonly element: HTMLElement;
  /** Draws the terms of a distribution; `p` may be on its way to its next value. */
  draw(moment: Moment, p: readonly number[]): void;
}

/** What a term takes up when it is written out. */
const TEXT = 170;
const ROOM = { top: 26, right: 40, bottom: 36, left: 40 };

export function areas(strings: CrossEntropyStrings, signal: AbortSignal): Areas {
  let last: readonly [Moment, readonly number[]] | null = null;
  let end = 0;

  const slabs = Array.from({ length: CLASSES }, () => {
    const [floor, excess, saved] = ["floor", "excess", "saved"].map((name) => svg("rect", { class: name })) as [
      SVGRectElement,
      SVGRectElement,
      SVGRectElement,
    ];
    return { floor, excess, saved, text: svg("text", { class: "product" }) };
  });
  const lines = (["entropy", "loss"] as const).map((name) => ({
    name,
    line: svg("line", { class: `mean ${name}` }),
    text: svg("text", { class: `mean ${name}`, y: ROOM.top - 8 }),
  }));

  const drawn = chart({
    signal,
    height: 236,
    margin: ROOM,
    x: { domain: [0, 2], title: strings.axis },
    y: { domain: [1, 0], title: strings.wanted, room: 80 },
    draw: () => {
      if (last) place(...last);
    },
  });
  const box = (rect: SVGRectElement, from: number, to: number, top: number, height: number): void => {
    const width = Math.max(0, to - from);
    set(rect, { x: from.toFixed(2), y: top.toFixed(2), width: width.toFixed(2), height: height.toFixed(2) });
  };

  const place = (moment: Moment, p: readonly number[]): void => {
    const { x, y } = drawn;
    const [left, right] = x.range;
    // An endless rectangle runs out of the plot.
    const across = (nats: number): number => (nats === Infinity ? right + ROOM.right : x(nats));
    let above = 0;
    slabs.forEach(({ floor, excess, saved, text }, k) => {
      const [part, cost] = [p[k] ?? 0, moment.surprise[k] ?? 0];
      const [top, height] = [y(above), y(part) - y(0)];
      const [reached, least] = [across(cost), across(part > 0 ? -Math.log(part) : 0)];
      box(floor, left, Math.min(reached, least), top, height);
      box(excess, least, reached, top, height);
      box(saved, reached, least, top, height);
      // Inside where there is room, else to the right of all that is drawn.
      const inside = Math.min(reached, right) - left > TEXT;
      const at = inside ? left + 10 : Math.max(reached, across(moment.loss)) + 10;
      write(text, strings.product(strings.classes[k] ?? "", String(rounded(part, 3)), amount(cost), amount(part * cost)));
      set(text, { x: at.toFixed(2), y: (top + height / 2 + 4.5).toFixed(2), hidden: height < 15 });
      for (const rect of [floor, excess, saved]) set(rect, { hidden: part === 0 });
      above += part;
    });
    const { loss, entropy } = moment;
    lines.forEach(({ name, line, text }) => {
      const nats = name === "loss" ? loss : entropy;
      const at = Math.min(across(nats), right + 12);
      set(line, {
        x1: at.toFixed(2),
        x2: at.toFixed(2),
        y1: y.range[1] - 4,
        y2: y.range[0],
        hidden: nats === Infinity || nats === 0,
      });
      write(text, `${name === "loss" ? strings.lossMark : strings.entropyMark} ${amount(nats)}`);
      const far = at > (left + right) / 2;
      // The two names keep out of each other's way: one to the left of its line, one to the right.
      set(text, {
        x: at.toFixed(2),
        "text-anchor": name === "loss" ? (far ? "end" : "start") : "end",
        hidden: name === "entropy" && (entropy < 1e-9 || at - left < 104),
      });
    });
  };
  const axis = glide(([most = 2]) => drawn.rescale({ x: [0, most] }), signal);
  drawn.marks.append(...slabs.flatMap(({ floor, excess, saved }) => [floor, excess, saved]));
  drawn.marks.append(...lines.flatMap(({ line, text }) => [line, text]), ...slabs.map(({ text }) => text));
  drawn.element.classList.add("lstm-areas");

  return {
    element: drawn.element,
    draw(moment, p) {
      last = [moment, p];
      const costs = moment.surprise.filter((cost, k) => (p[k] ?? 0) > 0 && cost < Infinity);
      const needed = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(0.5, ...costs) * 1.05)));
      if (needed !== end) axis.to([(end = needed)]);
      place(moment, p);
    },
  };
}

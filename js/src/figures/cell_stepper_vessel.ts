/** A gate as a vessel filled to its value; the candidate's is filled from the middle, up or down. */
import { set, svg, write } from "../shared/dom";
import { fixed } from "../shared/format";
import { mathSvg } from "../shared/maths";
import type { Gate } from "../shared/run";
import type { Layout } from "./cell_stepper_layout";

export interface Vessel {
  readonly element: SVGGElement;
  /** Names the activation under it; before `place`. */
  setSquash(sign: string): void;
  place(layout: Layout): void;
  /** Writes the number. */
  print(value: number): void;
  /** Fills the vessel; called for every frame of a glide. */
  fill(value: number, layout: Layout): void;
}

/** On which side of its vessel a gate's name and number stand. */
const LEFT: ReadonlySet<Gate> = new Set<Gate>(["i", "f"]);

export function vessel(gate: Gate, name: string): Vessel {
  const ground = svg("rect", { class: "ground", rx: 6 });
  const content = svg("rect", { class: "content" });
  const wall = svg("rect", { class: "wall", rx: 6 });
  const level = svg("line", { class: "level" });
  const letter = mathSvg(gate, { class: "lstm-symbol letter" });
  const number = svg("text", { class: "number strong" });
  const caption = svg("text", { class: "caption" }, name);
  const stem = svg("path", { class: "stem" });
  const pill = svg("rect", { class: "node", rx: 10 });
  const squashed = svg("text", { class: "squash", "text-anchor": "middle" });
  const element = svg(
    "g",
    { class: "vessel", "data-tone": gate },
    ground,
    content,
    level,
    wall,
    letter,
    number,
    caption,
    stem,
    pill,
    squashed,
  );
  const signed = gate === "g";

  return {
    element,
    setSquash: (sign) => write(squashed, sign),
    place(layout) {
      const { top, width, height } = layout.vessel;
      const centre = layout.column[gate];
      const [left, bottom] = [centre - width / 2, top + height];
      for (const rect of [ground, wall]) set(rect, { x: left, y: top, width, height });
      set(content, { x: left + 2.5, width: width - 5, rx: 3.5 });
      const middle = top + height / 2;
      set(level, signed ? { x1: left - 4, x2: left + width + 4, y1: middle, y2: middle } : { visibility: "hidden" });
      if (layout.compact) {
        set(letter, { x: left - 4, y: top + 14, "text-anchor": "end" });
        set(number, { x: centre, y: bottom + 19, "text-anchor": "middle" });
        set(caption, { x: centre, y: bottom + 35, "text-anchor": "middle" });
      } else {
        const toLeft = LEFT.has(gate);
        const x = toLeft ? left - 12 : left + width + 12;
        const anchor = { x, "text-anchor": toLeft ? "end" : "start" };
        set(letter, { ...anchor, y: top + 24 });
        set(number, { ...anchor, y: top + 50 });
        set(caption, { ...anchor, y: top + 69 });
      }
      const half = Math.max(14, 5 + 4 * (squashed.textContent?.length ?? 0));
      const { squash: y } = layout;
      set(pill, { x: centre - half, y: y - 10, width: 2 * half, height: 20 });
      set(squashed, { x: centre, y: y + 5 });
      const upper = layout.compact ? bottom + 41 : bottom + 1;
      set(stem, { d: `M${centre} ${layout.rows.z - 19}V${upper}` });
    },
    print(value) {
      write(number, signed && value > 0 ? `+${fixed(value)}` : fixed(value));
    },
    fill(value, layout) {
      const { top, height } = layout.vessel;
      const room = height - 5;
      const floor = top + height - 2.5;
      const share = Math.max(signed ? -1 : 0, Math.min(1, value));
      const size = Math.abs(share) * (signed ? room / 2 : room);
      const base = signed ? floor - room / 2 : floor;
      set(content, { y: (share < 0 ? base : base - size).toFixed(2), height: size.toFixed(2) });
    },
  };
}

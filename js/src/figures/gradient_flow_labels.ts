/** Labels beside the lines that they name: each where it covers least. */
import { set } from "../shared/dom";

export interface Label {
  readonly node: SVGTextElement;
  readonly text: string;
  /** The point that it names. */
  readonly x: number;
  readonly y: number;
  /** Left out where there is no room for it. */
  readonly optional?: boolean;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels: a letter of 13 px, on the average; a line of text; from the point to the label. */
const LETTER = 7.6;
const HEIGHT = 15;
const ASIDE = 14;

/** Where a label may stand: to the left of the point, in its middle or to the right, and how far below. */
const SIDES = [
  [-1, -10],
  [1, 21],
  [0, -25],
  [1, -10],
  [-1, 21],
  [0, 34],
] as const;

/** Where each label stood last: it goes elsewhere only for a reason, so that it does not jump under a hand. */
const stood = new WeakMap<SVGTextElement, number>();

/** Puts labels one after the other where they are inside `frame` and on top of neither each other nor lines. */
export function arrange(labels: readonly Label[], lines: readonly ((x: number) => number)[], frame: Box): void {
  const boxes: Box[] = [];
  for (const { node, text, x, y, optional } of labels) {
    const width = text.length * LETTER;
    const boxOf = ([side, down]: (typeof SIDES)[number]): Box => {
      const start = x + side * ASIDE + ((side - 1) / 2) * width;
      return { left: start, right: start + width, top: y + down - HEIGHT + 3, bottom: y + down + 3 };
    };
    const cost = (at: number): number => {
      const box = boxOf(SIDES[at] as (typeof SIDES)[number]);
      const outside = Math.max(0, frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
      let total = 100 * outside - (stood.get(node) === at ? 20 : 0);
      for (const other of boxes) {
        const overlaps = box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
        if (overlaps) total += 500;
      }
      for (let across = box.left; across <= box.right; across += 8) {
        for (const line of lines) {
          const height = line(across);
          if (height > box.top - 2 && height < box.bottom + 2) total += 10;
        }
      }
      return total;
    };
    const costs = SIDES.map((_, at) => cost(at));
    const best = costs.indexOf(Math.min(...costs));
    const side = SIDES[best] as (typeof SIDES)[number];
    const crowded = optional && (costs[best] as number) > 60;
    set(node, { visibility: crowded ? "hidden" : null });
    if (crowded) continue;
    stood.set(node, best);
    boxes.push(boxOf(side));
    set(node, {
      x: (x + side[0] * ASIDE).toFixed(1),
      y: (y + side[1]).toFixed(1),
      "text-anchor": (["end", "middle", "start"] as const)[side[0] + 1],
    });
  }
}

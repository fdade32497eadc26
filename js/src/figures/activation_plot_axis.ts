/** An axis that reaches from hundredths to thousands: linear around nought, its two wings logarithmic. */
import type { Range, Scale } from "../shared/scale";

/** Where the wings begin, and which share of the axis lies between them. */
export const EDGE = 6;
const SHARE = 0.56;

const TICKS = [-1000, -100, -10, -4, -2, 0, 2, 4, 10, 100, 1000];

/** Along `domain`, which reaches as far to the left of nought as to its right. */
export function winged(domain: Range, range: Range): Scale {
  const [begin, end] = range;
  const [middle, half] = [(begin + end) / 2, (end - begin) / 2];
  const span = Math.log(domain[1] / EDGE);
  const share = (size: number): number =>
    size < EDGE ? (SHARE * size) / EDGE : SHARE + ((1 - SHARE) * Math.log(size / EDGE)) / span;
  const size = (at: number): number => (at < SHARE ? (EDGE * at) / SHARE : EDGE * Math.exp(((at - SHARE) / (1 - SHARE)) * span));
  const scale = (value: number): number => middle + half * Math.sign(value) * share(Math.abs(value));
  return Object.assign(scale, {
    invert: (place: number): number => {
      const at = Math.max(-1, Math.min(1, (place - middle) / half));
      return Math.sign(at) * size(Math.abs(at));
    },
    ticks: (count: number) => (count < 7 ? TICKS.filter((tick) => ![2, 100].includes(Math.abs(tick))) : TICKS),
    domain,
    range,
  });
}

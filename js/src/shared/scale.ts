/** Scales: from a value to a place in pixels and back. (d3-scale would do it too, at a third of what a page may load.) */
import { ticks as niceTicks } from "d3-array";

export type Range = readonly [number, number];

export interface Scale {
  (value: number): number;
  /** The value at a place. */
  invert(place: number): number;
  /** About so many round values within the domain. */
  ticks(count: number): readonly number[];
  readonly domain: Range;
  readonly range: Range;
}

function scaleOf(domain: Range, range: Range, share: (value: number) => number, at: (share: number) => number): Scale {
  const [begin, end] = range;
  const place = (value: number): number => begin + share(value) * (end - begin);
  const invert = (where: number): number => at((where - begin) / (end - begin || 1));
  return Object.assign(place, { invert, domain, range, ticks: (count: number) => niceTicks(...domain, count) });
}

export function linear(domain: Range, range: Range): Scale {
  const [low, high] = domain;
  const span = high - low || 1;
  return scaleOf(
    domain,
    range,
    (value) => (value - low) / span,
    (share) => low + share * span,
  );
}

/** For values above 0; its ticks are powers of ten. */
export function log(domain: Range, range: Range): Scale {
  const [low, high] = [Math.log10(domain[0]), Math.log10(domain[1])];
  const span = high - low || 1;
  const scale = scaleOf(
    domain,
    range,
    (value) => (Math.log10(value) - low) / span,
    (share) => 10 ** (low + share * span),
  );
  const powers = (count: number): number[] => {
    const [first, last] = [Math.ceil(Math.min(low, high) - 1e-9), Math.floor(Math.max(low, high) + 1e-9)];
    const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, count)));
    const start = Math.ceil(first / stride) * stride;
    return Array.from({ length: Math.max(0, Math.floor((last - start) / stride) + 1) }, (_, at) => 10 ** (start + at * stride));
  };
  return Object.assign(scale, { ticks: powers });
}

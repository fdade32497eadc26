// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { clock, glide } from "./motion";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("glide", () => {
  it("draws the first values at once, then glides, and ends exactly on the target", () => {
    vi.useFakeTimers();
    const drawn: number[] = [];
    const motion = glide(([value = 0]) => drawn.push(value), new AbortController().signal, 100);
    motion.to([1]);
    expect(drawn).toEqual([1]);
    motion.to([2]);
    vi.advanceTimersByTime(50);
    expect(drawn.at(-1)).toBeGreaterThan(1);
    expect(drawn.at(-1)).toBeLessThan(2);
    vi.advanceTimersByTime(200);
    expect(drawn.at(-1)).toBe(2);
  });

  it("stands still where the reader asks for it", () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    const drawn: number[] = [];
    const motion = glide(([value = 0]) => drawn.push(value), new AbortController().signal);
    motion.to([1]);
    motion.to([2]);
    expect(drawn).toEqual([1, 2]);
  });
});

describe("clock", () => {
  it("ticks until told to stop, and says when it starts and stops", () => {
    vi.useFakeTimers();
    const told: boolean[] = [];
    let left = 3;
    const beat = clock(
      () => --left > 0,
      (running) => told.push(running),
      new AbortController().signal,
    );
    beat.start(10);
    expect(beat.running).toBe(true);
    vi.advanceTimersByTime(100);
    expect(left).toBe(0);
    expect(beat.running).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it("stops with the figure", () => {
    vi.useFakeTimers();
    const life = new AbortController();
    const tick = vi.fn(() => true);
    clock(tick, () => undefined, life.signal).start(10);
    life.abort();
    vi.advanceTimersByTime(100);
    expect(tick).not.toHaveBeenCalled();
  });
});

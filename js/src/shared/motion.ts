/** Motion that explains: values that glide to their next value, and a clock for play; both still where the reader asks for it. */

/** True where the reader has asked for reduced motion. */
export function prefersStillness(): boolean {
  return typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export interface Glide {
  /** Moves the drawn values to `target`, from wherever they are now. */
  to(target: readonly number[]): void;
  /** Draws `target` at once. */
  jump(target: readonly number[]): void;
}

/** Tweens a list of numbers and draws every frame; the first value, and a list of another length, is drawn at once. */
export function glide(draw: (values: readonly number[]) => void, signal: AbortSignal, ms = 200): Glide {
  let shown: number[] = [];
  let frame = 0;
  const stop = (): void => cancelAnimationFrame(frame);
  signal.addEventListener("abort", stop);

  const jump = (target: readonly number[]): void => {
    stop();
    shown = [...target];
    draw(shown);
  };

  const to = (target: readonly number[]): void => {
    const still = prefersStillness() || typeof requestAnimationFrame !== "function";
    if (still || signal.aborted || shown.length !== target.length) {
      jump(target);
      return;
    }
    stop();
    const from = shown;
    const begin = performance.now();
    const move = (now: number): void => {
      const part = Math.min(1, Math.max(0, (now - begin) / ms));
      const eased = 1 - (1 - part) ** 3;
      shown = target.map((value, index) => {
        const start = from[index] ?? value;
        return part === 1 ? value : start + (value - start) * eased;
      });
      draw(shown);
      if (part < 1) frame = requestAnimationFrame(move);
    };
    frame = requestAnimationFrame(move);
  };

  return { to, jump };
}

export interface Clock {
  readonly running: boolean;
  start(everyMs: number): void;
  stop(): void;
}

/** Calls `tick` again and again until it returns false or `stop` is called; `changed` hears of starts and stops. */
export function clock(tick: () => boolean, changed: (running: boolean) => void, signal: AbortSignal): Clock {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    changed(false);
  };
  signal.addEventListener("abort", () => clearInterval(timer));
  return {
    get running() {
      return timer !== undefined;
    },
    start(everyMs) {
      if (timer !== undefined || signal.aborted) return;
      timer = setInterval(() => {
        if (!tick()) stop();
      }, everyMs);
      changed(true);
    },
    stop,
  };
}

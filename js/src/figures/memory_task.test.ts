// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Model, pageModel } from "../anywidget";
import { LANES, learner, WINDOW } from "../learner";
import { TASKS } from "../tasks";
import { button, query, testLife } from "../test_page";
import memoryTask from "./memory_task";
import type { Report, Request } from "./memory_task_race";

const STATE = { task: "latch", lag: 5, seed: 0 };
const life = testLife();

/** A worker that learns where it is, and answers when the test lets it. */
class Near extends EventTarget {
  static all: Near[] = [];
  #own: ReturnType<typeof learner> | null = null;
  #batches = 0;
  ended = false;
  waiting: Request | null = null;
  constructor() {
    super();
    Near.all.push(this);
  }
  postMessage(request: Request): void {
    this.waiting = request;
  }
  terminate(): void {
    this.ended = true;
  }
  answer(): void {
    if (!this.waiting || this.ended) return;
    const { task, lag, lane, seed, until, x } = this.waiting;
    this.waiting = null;
    this.#own ??= learner(task, lag, lane, seed);
    const means: number[] = [];
    let solved = false;
    while (this.#batches < until && !solved) {
      means.push(this.#own.train());
      this.#batches += 1;
      solved = this.#batches >= WINDOW && (means.at(-1) ?? 1) <= TASKS[task].ignorance / 10;
    }
    const data: Report = { means, solved, answer: this.#own.answer(x) };
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
}

beforeEach(() => {
  Near.all = [];
  vi.useFakeTimers();
  vi.stubGlobal("Worker", Near);
  vi.stubGlobal("MEMORY_TASK_WORKER", "function(){}");
  URL.createObjectURL = () => "blob:worker";
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function mounted(traits: Readonly<Record<string, unknown>> = {}): Promise<{ el: HTMLElement; model: Model }> {
  const el = document.createElement("div");
  document.body.append(el);
  const model = pageModel({ ...STATE, name: "memory-task", ...traits });
  memoryTask.mount({ model, el, signal: life.signal, inPage: true });
  // A chart is drawn once its maker has it in hand.
  await Promise.resolve();
  return { el, model };
}
/** Lets so many messages go to and fro. */
function play(rounds: number): void {
  for (let round = 0; round < rounds; round += 1) {
    vi.advanceTimersByTime(60);
    for (const worker of Near.all) worker.answer();
  }
  vi.advanceTimersByTime(60);
}
const stateOf = (el: Element): string | undefined => query(el, ".lstm-memory-task").dataset["state"];
const lane = (el: Element, name: string): DOMStringMap => query(el, `[data-lane=${name}]`).dataset;
const batches = (el: Element): number[] => LANES.map((name) => Number(lane(el, name)["batches"]));
const curves = (el: Element): (string | null)[] => Array.from(el.querySelectorAll(".curve"), (path) => path.getAttribute("d"));

describe("the race", () => {
  it("waits for its reader, and starts no worker before", async () => {
    const { el } = await mounted();
    play(3);
    expect(stateOf(el)).toBe("idle");
    expect(Near.all).toHaveLength(0);
    expect(batches(el)).toEqual([0, 0, 0]);
  });

  it("is run by one worker a lane, none far ahead of the last", async () => {
    const { el } = await mounted({ lag: 20 });
    button(el, "Start").click();
    expect(stateOf(el)).toBe("running");
    for (let round = 0; round < 12; round += 1) {
      vi.advanceTimersByTime(60);
      // The last lane answers every third time only.
      Near.all.forEach((worker, index) => (index < 2 || round % 3 === 2) && worker.answer());
      const [first = 0, second = 0, last = 0] = batches(el);
      expect(Math.max(first, second) - last).toBeLessThanOrEqual(4 + 4);
    }
    expect(Near.all).toHaveLength(3);
    expect(batches(el)[2]).toBeGreaterThan(0);
  });

  it("stands still while it is paused, and goes on where it was", async () => {
    const { el } = await mounted({ lag: 20 });
    button(el, "Start").click();
    play(3);
    button(el, "Pause").click();
    play(1);
    const [then, drawn] = [batches(el), curves(el)];
    play(10);
    expect([batches(el), curves(el), stateOf(el)]).toEqual([then, drawn, "paused"]);
    button(el, "Go on").click();
    play(3);
    batches(el).forEach((count, index) => expect(count).toBeGreaterThan(then[index] ?? 0));
  });

  it("ends when all have solved it, and enters that in the table", async () => {
    const { el } = await mounted();
    button(el, "Start").click();
    play(40);
    expect(stateOf(el)).toBe("over");
    for (const name of LANES) {
      expect(lane(el, name)["solved"]).toBe("");
      expect(Number(lane(el, name)["loss"])).toBeLessThan(Math.log(2) / 10);
    }
    const cells = Array.from(el.querySelectorAll("tbody tr > *"), (cell) => cell.textContent);
    expect(cells).toEqual(["Latch", "5", "0", ...batches(el).map((count) => String(16 * count))]);
    button(el, "Clear the table").click();
    expect(query(el, ".lstm-board").hidden).toBe(true);
  });

  it("draws the same curves from the same seed, however the workers keep time", async () => {
    const { el } = await mounted();
    button(el, "Start").click();
    play(40);
    const first = curves(el);
    expect(first.map((path) => path?.slice(0, 1))).toEqual(["M", "M", "M"]);
    button(el, "Start over").click();
    expect([stateOf(el), ...curves(el)]).toEqual(["idle", "", "", ""]);
    expect(Near.all.every(({ ended }) => ended)).toBe(true);
    button(el, "Start").click();
    for (let round = 0; round < 120; round += 1) {
      vi.advanceTimersByTime(20);
      Near.all.forEach((worker, index) => (round + index) % 3 === 0 && worker.answer());
    }
    play(20);
    expect(curves(el)).toEqual(first);
    expect(el.querySelectorAll("tbody tr")).toHaveLength(1);
  });

  it("pauses where nobody sees it", async () => {
    const { el } = await mounted();
    button(el, "Start").click();
    play(1);
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    hidden.mockRestore();
    expect(stateOf(el)).toBe("paused");
    expect(el.textContent).toContain("out of sight");
  });

  it("pauses some time after it has been scrolled away, and not where it comes back at once", async () => {
    let seen = (isIntersecting: boolean): void => void isIntersecting;
    class Observer {
      constructor(hear: (entries: { isIntersecting: boolean }[]) => void) {
        seen = (isIntersecting) => hear([{ isIntersecting }]);
      }
      observe(): void {}
      disconnect(): void {}
    }
    vi.stubGlobal("IntersectionObserver", Observer);
    const { el } = await mounted({ lag: 100 });
    button(el, "Start").click();
    seen(false);
    vi.advanceTimersByTime(9000);
    seen(true);
    vi.advanceTimersByTime(9000);
    expect(stateOf(el)).toBe("running");
    seen(false);
    vi.advanceTimersByTime(10_000);
    expect(stateOf(el)).toBe("paused");
    expect(el.textContent).toContain("out of sight");
  });

  it("ends its workers with the figure", async () => {
    const { el } = await mounted();
    button(el, "Start").click();
    play(1);
    life.abort();
    expect(Near.all.map(({ ended }) => ended)).toEqual([true, true, true]);
  });

  it("says so where no worker can start, and where one gives up", async () => {
    const { el } = await mounted();
    button(el, "Start").click();
    Near.all[1]?.dispatchEvent(Object.assign(new Event("error"), { message: "no memory" }));
    expect(query(el, "[role=alert]:not([hidden])").textContent).toMatch(/cannot learn here.*no memory/);
    expect(stateOf(el)).toBe("idle");
    vi.stubGlobal("Worker", undefined);
    button(el, "Start").click();
    expect(query(el, "[role=alert]:not([hidden])").textContent).toMatch(/need a Web Worker/);
    expect(stateOf(el)).toBe("idle");
  });
});

describe("the row", () => {
  it("is another one when asked for, and each lane answers it", async () => {
    const { el } = await mounted({ task: "adding" });
    const told = (): string | null => query(el, ".lstm-told-state:not([role])").textContent;
    const first = told();
    expect(first).toMatch(/: 0\.\d{3,} \+ 0\.\d{3,} = [01]\.\d\d$/);
    button(el, "Start").click();
    play(2);
    button(el, "Pause").click();
    play(1);
    const [then, said] = [batches(el), lane(el, "rnn")["answer"]];
    button(el, "Another row").click();
    play(1);
    expect(told()).not.toBe(first);
    expect(lane(el, "rnn")["answer"]).not.toBe(said);
    expect(batches(el)).toEqual(then);
  });
});

describe("its settings", () => {
  it("clear the race when they change, and reach the model", async () => {
    const { el, model } = await mounted();
    button(el, "Start").click();
    play(2);
    button(el, "Adding").click();
    expect([model.get("task"), stateOf(el), ...batches(el)]).toEqual(["adding", "idle", 0, 0, 0]);
    model.set("lag", 60);
    expect(query(el, ".lstm-slider [role=spinbutton]").textContent).toBe("60");
    button(el, "Reset").click();
    expect(["task", "lag", "seed"].map((key) => model.get(key))).toEqual(["latch", 5, 0]);
  });

  it("take what an address may hold, and nothing else", async () => {
    location.hash = "#memory-task?task=adding&lag=400&seed=<b>&__proto__=1";
    const { model } = await mounted();
    expect(["task", "lag", "seed"].map((key) => model.get(key))).toEqual(["adding", 5, 0]);
  });

  it("are refused from Python where they do not fit", async () => {
    await expect(mounted({ lag: 4 })).rejects.toThrow(/lag is 4/);
  });
});

/** "Write on": draws tokens from the network's own expectation, one at a time or in a run. */
import { iconButton, setIdle, textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { icon, setIcon } from "../shared/icons";
import { clock, prefersStillness } from "../shared/motion";
import { slider } from "../shared/slider";
import { numberChip } from "../shared/number_chip";
import type { Value } from "../shared/steer";
import { fixed } from "../shared/format";
import { type LivePosition, SEEDS, TEMPERATURE } from "./live_model_state";
import type { LiveModelStrings } from "./live_model_strings";

/** How long a character and a word are looked at, and how many are drawn at once where nothing may move. */
const BEAT_MS = { character: 70, word: 240 };
const AT_ONCE = 40;

export interface WriterOptions {
  readonly strings: LiveModelStrings;
  readonly unit: "character" | "word";
  readonly signal: AbortSignal;
  /** The text as it is. */
  text(): string;
  /** Writes one token behind the text; false where no more can be written. */
  writeOne(): boolean;
  /** Puts a text in the place of the one that is shown. */
  put(text: string): void;
  position(): LivePosition;
  /** The reader sets temperature or seed. */
  moved(changes: Partial<LivePosition>): void;
  complain(text: string | null, value: Value): void;
}

export interface Writer {
  readonly element: HTMLElement;
  show(position: LivePosition): void;
  /** Writes no further; what was written can still be taken back. */
  pause(): void;
  /** Another text than the written one is shown. */
  stop(): void;
}

export function writer(options: WriterOptions): Writer {
  const { strings, signal, unit } = options;
  /** The text before anything was drawn; and the last one that the writer wrote. */
  let before: string | null = null;
  let own = "";

  const once = (): boolean => {
    if (before === null || own !== options.text()) before = options.text();
    const wrote = options.writeOne();
    own = options.text();
    showButtons();
    return wrote;
  };
  const beat = clock(once, () => showButtons(), signal);
  const start = (): void => {
    if (!prefersStillness()) {
      if (once()) beat.start(BEAT_MS[unit]);
      return;
    }
    for (let k = 0; k < AT_ONCE && once(); k += 1);
  };
  const takeBack = (): void => {
    beat.stop();
    const text = before;
    before = null;
    if (text !== null) options.put(text);
    showButtons();
  };

  const label = html("span", {}, strings.writeOn);
  const sign = icon("play");
  const run = html("button", { type: "button", class: "lstm-button lstm-write-on" }, sign, label);
  run.addEventListener("click", () => (beat.running ? beat.stop() : start()), { signal });
  const one = iconButton("next", strings.writeOne(unit), { signal, press: () => once() });
  const back = textButton(strings.takeBack, { signal, press: takeBack });
  const other = textButton(strings.another, {
    signal,
    press: () => {
      takeBack();
      options.moved({ seed: (options.position().seed + 1) % (SEEDS + 1) });
      start();
    },
  });
  const showButtons = (): void => {
    write(label, beat.running ? strings.stop : strings.writeOn);
    setIcon(sign, beat.running ? "pause" : "play");
    for (const button of [back, other]) set(button, { hidden: before === null });
    setIdle(one, beat.running);
  };

  const temperature: Value = {
    label: strings.temperature,
    ...TEMPERATURE,
    step: 0.1,
    get: () => options.position().temperature,
    change: (wish) => temperature.take(Math.max(TEMPERATURE.least, Math.min(TEMPERATURE.most, Math.round(100 * wish) / 100))),
    take: (value) => options.moved({ temperature: value }),
  };
  const seed: Value = {
    label: strings.seed,
    least: 0,
    most: SEEDS,
    step: 1,
    fine: 1,
    get: () => options.position().seed,
    change: (wish) => seed.take(Math.max(0, Math.min(SEEDS, Math.round(wish)))),
    take: (value) => options.moved({ seed: Math.round(value) }),
  };
  const knob = slider({
    value: temperature,
    signal,
    caption: strings.temperature,
    complain: (text) => options.complain(text, temperature),
  });
  const chip = numberChip({ value: seed, signal, perPixel: 0.2, complain: (text) => options.complain(text, seed) });
  const element = html(
    "div",
    { class: "lstm-writer", role: "group", "aria-label": strings.writing },
    html("span", { class: "lstm-write-buttons" }, run, one, other, back),
    knob.element,
    html(
      "span",
      { class: "lstm-write-seed" },
      html("span", { class: "lstm-caption", "aria-hidden": "true" }, strings.seed),
      chip.element,
    ),
  );
  showButtons();
  return {
    element,
    show(position) {
      knob.show(fixed(position.temperature, 2));
      chip.show(String(position.seed));
    },
    pause: () => beat.stop(),
    stop() {
      beat.stop();
      before = null;
      showButtons();
    },
  };
}

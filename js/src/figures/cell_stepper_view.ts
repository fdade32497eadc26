/** The CellStepper as a reader sees and works it; what drives it (a notebook or a page) is no concern of this file. */
import type { View, ViewOptions } from "../figure";
import { choiceRow } from "../shared/buttons";
import { counter } from "../shared/counter";
import type { Scale } from "../shared/colour_scale";
import { html, set, watchWidth, write } from "../shared/dom";
import { expectations } from "../shared/expectations";
import { figureFoot } from "../shared/foot";
import { niceLimit } from "../shared/format";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { lineCursor } from "../shared/line_cursor";
import { lineInput } from "../shared/line_input";
import { liveRegion } from "../shared/live";
import { clock } from "../shared/motion";
import { valueAt, type Run } from "../shared/run";
import { scrubber } from "../shared/scrubber";
import { tintScale } from "../shared/tint_scale";
import { tokenStrip } from "../shared/token_strip";
import { spokenToken, visibleToken } from "../shared/tokens";
import { transport } from "../shared/transport";
import { unitStrip } from "../shared/unit_strip";
import { UNMARKED } from "../unit_search";
import { anatomy } from "./cell_stepper_anatomy";
import { momentOf } from "./cell_stepper_moment";
import { panel } from "./cell_stepper_panel";
import { atStep, atTime, atUnit, clamped, played, STATES, walked, type Extent, type Search } from "./cell_stepper_state";
import type { CellStepperStrings } from "./cell_stepper_strings";
import { scaleOf } from "./gate_heatmap_order";
import { unitSearch } from "./unit_search_panel";

/** How long play rests on a character, and on a step inside one. */
const BEAT_MS = 700;
const STEP_BEAT_MS = 1400;

export function cellStepperView(options: ViewOptions<Search, CellStepperStrings>): View<Search> {
  const { strings, signal, id } = options;
  let run: Run | null = null;
  let extent: Extent = { time: 1, units: 1 };
  let position: Search = { ...UNMARKED, time: 0, unit: 0, step: 0, of: "c" };
  /** Whether every token is a single character. */
  let characters = false;
  /** Where the scale of the chosen unit's state ends. */
  let stateEnd = 1;
  /** The scale of the state that units are searched by, once they are. */
  let scale: Scale | null = null;

  const describe = (time: number): string => {
    const token = run?.tokens?.[time];
    if (token === undefined) return strings.timeStep(time, extent.time);
    const kind = characters ? strings.character : strings.token;
    return kind(time, extent.time, spokenToken(token, strings.tokens));
  };

  const live = liveRegion(signal);
  const say = (): void => {
    if (!run) return;
    const { time, unit, step } = position;
    const moment = momentOf(run, time, unit);
    const told = moment.carried ? strings.carried : strings.explained[step]?.(moment, unit);
    const where = step === 0 ? "" : `${strings.unit(unit)}, ${strings.stepNames[step]}: `;
    const guess = run.expects?.(time)[0];
    const expected = guess ? strings.expected(spokenToken(guess.token, strings.tokens), guess.probability) : "";
    live.say(`${describe(time)}. ${where}${told} ${expected}`.trim());
  };

  /** A move by the reader's hand: play stops, and the new state is spoken. */
  const go = (next: Search): void => {
    beat.stop();
    move(next);
    say();
  };
  const move = (next: Search): void => {
    if (Object.entries(next).every(([key, at]) => at === position[key as keyof Search])) return;
    show(next);
    options.moved(position);
  };

  const beat = clock(
    () => {
      const next = played(position, extent);
      if (!next) return false;
      move(next);
      return played(position, extent) !== null;
    },
    () => showTransport(),
    signal,
  );
  const playOrPause = (): void => {
    if (beat.running) {
      beat.stop();
      return;
    }
    // From the end, play begins again.
    if (!played(position, extent)) move({ ...position, time: 0, step: Math.min(position.step, 1) });
    beat.start(position.step === 0 ? BEAT_MS : STEP_BEAT_MS);
  };

  const toTime = (time: number): void => go(atTime(position, time, extent));
  const toUnit = (unit: number): void => go(atUnit(position, unit, extent));
  const toStep = (step: number): void => go(atStep(position, step, extent));

  const buttons = transport({
    strings,
    signal,
    first: () => toTime(0),
    previous: () => toTime(position.time - 1),
    playOrPause,
    next: () => toTime(position.time + 1),
    last: () => toTime(extent.time - 1),
  });
  const showTransport = (): void =>
    buttons.show({ atFirst: position.time === 0, atLast: position.time === extent.time - 1, playing: beat.running });
  const scrub = scrubber({
    label: strings.position,
    signal,
    format: (time) => strings.ofCount(time, extent.time),
    describe,
    input: toTime,
  });

  const strip = tokenStrip({
    label: strings.text,
    signal,
    choose: (time, from) => (search.open ? search.mark(from, time) : toTime(time)),
    describe,
  });
  const textCaption = html("span", { class: "lstm-caption" });
  const guesses = expectations({
    label: strings.expects,
    outcome: (real) => strings.outcome(real && { ...real, token: visibleToken(real.token) }),
  });
  const drawing = anatomy({ strings, signal, choose: toStep });
  const stage = html("div", { class: "lstm-stage" }, drawing.element);
  watchWidth(stage, signal, (width) => drawing.resize(width));
  const steps = panel({ strings, signal, choose: toStep, walk: () => go(walked(position, 1, extent)) });

  const unitCounter = counter({
    label: strings.units,
    fewer: strings.fewer,
    more: strings.more,
    signal,
    step: (by) => toUnit(position.unit + by),
  });
  const unitsCaption = html("span", { class: "lstm-caption" });
  const tints = tintScale(strings.tint, 1);
  const units = unitStrip({
    label: strings.units,
    signal,
    choose: toUnit,
    describe: (unit) => strings.unitValue(unit, run ? valueAt(run, "c", position.time, unit) : 0),
  });
  const line = lineCursor({ label: strings.line, signal, choose: toTime, describe });
  const lineCaption = html("span", { class: "lstm-caption" });

  const states = choiceRow(
    strings.state,
    STATES.map((label) => ({ label, tone: label })),
    (index) => ask({ of: STATES[index] ?? "c" }),
    signal,
  );
  const ask = (changes: Partial<Search>): void => {
    beat.stop();
    move({ ...position, ...changes });
  };
  const search = unitSearch({
    strings: strings.search,
    signal,
    id,
    grouped: options.grouped,
    above: [],
    quantities: states.element,
    go: ask,
    say: live.say,
  });

  const typing = options.typed
    ? lineInput({ id, label: strings.type, original: strings.original, signal, typed: options.typed, restore: options.restore })
    : null;

  const foot = figureFoot({
    strings,
    signal,
    address: () => options.address(position),
    reset: () => {
      beat.stop();
      options.reset();
      say();
    },
  });

  const element = html(
    "div",
    { class: "lstm-ui lstm-cell-stepper", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    ...(typing ? [typing.element] : []),
    html("div", { class: "lstm-bar" }, buttons.element, scrub.element),
    html("div", { class: "lstm-head" }, textCaption, search.button),
    strip.element,
    search.element,
    guesses.element,
    stage,
    steps.steps,
    steps.element,
    html("div", { class: "lstm-head" }, unitCounter.element, unitsCaption, tints),
    units.element,
    html("div", { class: "lstm-head" }, lineCaption),
    line.element,
    foot,
    live.element,
  );

  const onUnits = (): boolean => document.activeElement === units.element;
  const stepKeys = Object.fromEntries(strings.stepNames.map((_, step) => [String(step), () => toStep(step)]));
  listenToKeys(
    element,
    {
      ArrowLeft: () => (onUnits() ? toUnit(position.unit - 1) : toTime(position.time - 1)),
      ArrowRight: () => (onUnits() ? toUnit(position.unit + 1) : toTime(position.time + 1)),
      ArrowUp: () => toUnit(position.unit + 1),
      ArrowDown: () => toUnit(position.unit - 1),
      Home: () => (onUnits() ? toUnit(0) : toTime(0)),
      End: () => (onUnits() ? toUnit(extent.units - 1) : toTime(extent.time - 1)),
      PageUp: () => toUnit(position.unit + 10),
      PageDown: () => toUnit(position.unit - 10),
      "Shift+ArrowRight": () => (search.open ? search.extend(1) : go(walked(position, 1, extent))),
      "Shift+ArrowLeft": () => (search.open ? search.extend(-1) : go(walked(position, -1, extent))),
      " ": playOrPause,
      ...stepKeys,
    },
    signal,
  );

  /** Shows a position; `all` where the run itself is new. */
  const show = (next: Search, all = false): void => {
    if (!run) return;
    const shown: Run = run;
    const before = position;
    position = next;
    const { time, unit, step } = next;
    const newTime = all || time !== before.time;
    const newUnit = all || unit !== before.unit;
    if (newUnit) showUnit(shown, unit);
    if (newTime) showTime(shown, time);
    if (newTime || newUnit) {
      const moment = momentOf(shown, time, unit);
      const told = strings.explained[0]?.(moment, unit) ?? "";
      drawing.show({ moment, stateEnd, label: told });
      steps.show(moment, unit);
      units.setUnit(unit);
    }
    if (all || step !== before.step) {
      drawing.setStep(step);
      steps.setStep(step);
    }
    const newFound = search.search(shown, next.of, next);
    if (all || next.of !== before.of) states.choose(STATES.indexOf(next.of));
    if (all || next.of !== before.of || (newFound && !scale)) scale = search.found && scaleOf(shown, next.of);
    if (scale) search.show(scale);
    if (newFound || newUnit) strip.setMarks(next.mark_start, next.mark_stop, search.places);
  };

  const showUnit = (shown: Run, unit: number): void => {
    const states = Array.from({ length: shown.time }, (_, time) => valueAt(shown, "c", time, unit));
    const outputs = Array.from({ length: shown.time }, (_, time) => valueAt(shown, "h", time, unit));
    stateEnd = niceLimit(Math.max(1, ...states.map(Math.abs), Math.abs(shown.c0[unit] ?? 0)));
    strip.setTints((time) => Math.tanh(states[time] ?? 0));
    const ticks = shown.tokens?.map(visibleToken) ?? null;
    const series = [
      { name: "h", values: outputs },
      { name: "c", values: states, main: true },
    ];
    line.setSeries(series, characters ? ticks : null);
    line.setTime(position.time);
    write(textCaption, strings.textCaption(unit));
    write(lineCaption, strings.lineCaption(unit));
    unitCounter.show(unit, unit === 0, unit === shown.units - 1);
  };

  const showTime = (shown: Run, time: number): void => {
    strip.setTime(time);
    scrub.setValue(time);
    line.setTime(time);
    units.setTints((unit) => Math.tanh(valueAt(shown, "c", time, unit)));
    if (shown.expects) guesses.show(shown.expects(time), shown.tokens?.[time + 1] ?? null);
    showTransport();
  };

  return {
    element,
    setRun(next, wish) {
      beat.stop();
      run = next;
      extent = { time: next.time, units: next.units };
      characters = next.tokens?.every((token) => [...token].length === 1) ?? false;
      strip.setTokens(next.tokens, next.time);
      scrub.setLimits(0, next.time - 1);
      units.setUnits(next.units);
      set(guesses.element, { hidden: !next.expects });
      write(unitsCaption, strings.unitsCaption(next.units));
      show(clamped(wish, extent), true);
    },
    setPosition(wish) {
      if (run) show(clamped(wish, extent));
    },
    setText(text, isOriginal) {
      typing?.setText(text, isOriginal);
    },
    setMessage(message) {
      typing?.setMessage(message);
    },
    announce() {
      if (search.found) search.reveal();
      say();
    },
  };
}

/** The TrainingReplay as a reader sees and works it. */
import type { View, ViewOptions } from "../figure";
import { gateScale, type Scale, shadeAt, shadesOf, signedScale } from "../shared/colour_scale";
import { html, set, write } from "../shared/dom";
import { expectations } from "../shared/expectations";
import { figureFoot } from "../shared/foot";
import { niceLimit } from "../shared/format";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { lineInput } from "../shared/line_input";
import { liveRegion } from "../shared/live";
import { clock } from "../shared/motion";
import { QUANTITIES, type Quantity, type Run, valueAt } from "../shared/run";
import { pageColours, watchTheme } from "../shared/theme";
import { spokenToken, visibleToken } from "../shared/tokens";
import { transport } from "../shared/transport";
import { unitStrip } from "../shared/unit_strip";
import { plot } from "./gate_heatmap_plot";
import { curves } from "./training_replay_curves";
import { foundAt, type Replay, signalOf } from "./training_replay_state";
import type { TrainingReplayStrings } from "./training_replay_strings";

export interface ReplayPosition {
  readonly snapshot: number;
  readonly time: number;
  readonly unit: number;
  readonly gate: Quantity;
  /** The name of the signal that units are compared with; none where there is none. */
  readonly signal: string;
}

interface Row {
  readonly name: string;
  readonly values: readonly number[];
  readonly scale: Scale;
}

const BEAT_MS = 450;
/** How much it writes on, and how long a hand must have rested before it does: it would be in the way of a drag. */
const WRITES = 72;
const REST_MS = 120;

export function trainingReplayView(options: ViewOptions<ReplayPosition, TrainingReplayStrings>): View<ReplayPosition, Replay> {
  const { strings, signal: life, id } = options;
  let replay: Replay | null = null;
  let run: Run | null = null;
  let position: ReplayPosition = { snapshot: 0, time: 0, unit: 0, gate: "h", signal: "" };
  let rows: readonly Row[] = [];
  let labels: readonly string[] = [];
  let writing: ReturnType<typeof setTimeout> | undefined;
  life.addEventListener("abort", () => clearTimeout(writing));

  const within = (at: number, of: number | undefined): number => Math.max(0, Math.min((of ?? 1) - 1, at));
  const last = (): number => (replay?.training.steps.length ?? 1) - 1;
  const stepOf = (k: number): number => replay?.training.steps[k] ?? 0;
  const signalAt = (): number => replay?.training.signals.findIndex(({ name }) => name === position.signal) ?? -1;
  const where = (): string => strings.at(stepOf(position.snapshot), replay?.training.validation[position.snapshot] ?? 0);
  const live = liveRegion(life);
  const say = (): void => live.say(`${where()}. ${told.textContent}`);

  /** A move by the reader's hand. */
  const go = (changes: Partial<ReplayPosition>): void => {
    const next = { ...position, ...changes };
    if (Object.entries(next).every(([key, at]) => at === position[key as keyof ReplayPosition])) return;
    show(next);
    options.moved(position);
    say();
  };
  const toSnapshot = (snapshot: number): void => {
    beat.stop();
    go({ snapshot: within(snapshot, last() + 1) });
  };
  const toUnit = (unit: number): void => go({ unit: within(unit, replay?.units) });
  const toTime = (time: number): void => go({ time: within(time, replay?.time) });

  const beat = clock(
    () => {
      go({ snapshot: within(position.snapshot + 1, last() + 1) });
      return position.snapshot < last();
    },
    () => showTransport(),
    life,
  );
  const play = (): void => {
    if (beat.running) return beat.stop();
    if (position.snapshot === last()) go({ snapshot: 0 });
    beat.start(BEAT_MS);
  };
  const buttons = transport({
    strings,
    signal: life,
    first: () => toSnapshot(0),
    previous: () => toSnapshot(position.snapshot - 1),
    playOrPause: play,
    next: () => toSnapshot(position.snapshot + 1),
    last: () => toSnapshot(last()),
  });
  const showTransport = (): void =>
    buttons.show({ atFirst: position.snapshot === 0, atLast: position.snapshot === last(), playing: beat.running });
  const stands = html("output", { class: "lstm-strong", "aria-hidden": "true" });

  const plots = curves({ strings, signal: life, choose: toSnapshot });
  const choices = html("select", { class: "lstm-field lstm-signal", id: `${id}-signal` });
  choices.addEventListener(
    "change",
    () => {
      // With a signal comes the unit that follows it best.
      const chosen = replay?.training.signals[choices.selectedIndex];
      if (chosen) go({ signal: chosen.name, ...chosen.best });
    },
    { signal: life },
  );
  const told = html("p", { class: "lstm-replay-told" });
  const tried = html("p", { class: "lstm-caption" });
  const follows = [
    html("div", { class: "lstm-head" }, html("label", { for: `${id}-signal` }, strings.signal), choices),
    plots.agreement,
    told,
    tried,
  ];
  const unitCaption = html("span", { class: "lstm-caption" });
  const units = unitStrip({ label: strings.unit, signal: life, choose: toUnit, describe: (unit) => `${strings.unit} ${unit}` });
  const band = plot({
    label: strings.text,
    signal: life,
    choose(time, row) {
      const gate = QUANTITIES.find((each) => row !== null && each === rows[row]?.name);
      go({ time, ...(gate ? { gate } : {}) });
    },
  });
  const letters = html("div", { class: "lstm-replay-letters", "aria-hidden": "true" });
  const read = html("p", { class: "lstm-caption lstm-replay-read" });
  const guesses = expectations({ label: strings.expects, outcome: strings.outcome });
  const written = html("span", { class: "lstm-replay-writes" });
  const typing = options.typed
    ? lineInput({
        id,
        label: strings.type,
        original: strings.original,
        signal: life,
        typed: options.typed,
        restore: options.restore,
      })
    : null;

  const element = html(
    "div",
    { class: "lstm-ui lstm-training-replay", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html("div", { class: "lstm-bar" }, buttons.element, stands),
    plots.loss,
    ...follows,
    html("div", { class: "lstm-head" }, unitCaption),
    units.element,
    read,
    html("div", { class: "lstm-replay-band" }, band.element, letters),
    guesses.element,
    html("p", { class: "lstm-replay-sample" }, html("span", { class: "lstm-caption" }, strings.writes), " ", written),
    ...(typing ? [typing.element] : []),
    figureFoot({
      strings,
      signal: life,
      address: () => options.address(position),
      reset() {
        beat.stop();
        options.reset();
      },
    }),
    live.element,
  );

  const along = (at: () => number, to: (at: number) => void): Record<string, () => void> => ({
    ArrowLeft: () => to(at() - 1),
    ArrowRight: () => to(at() + 1),
    Home: () => to(0),
    End: () => to(Infinity),
  });
  // The inner ones answer first.
  listenToKeys(
    band.element,
    along(() => position.time, toTime),
    life,
  );
  listenToKeys(
    units.element,
    along(() => position.unit, toUnit),
    life,
  );
  listenToKeys(
    element,
    {
      ...along(() => position.snapshot, toSnapshot),
      ArrowUp: () => toUnit(position.unit - 1),
      ArrowDown: () => toUnit(position.unit + 1),
      " ": play,
      ...Object.fromEntries(QUANTITIES.map((gate) => [gate, () => go({ gate })])),
    },
    life,
  );

  /** The signal and the six quantities of the unit over the text, on scales that hold for the whole training. */
  const rowsOf = (shown: Run, { at, tokens, training }: Replay, unit: number): Row[] => {
    const end = at(last());
    const steps = Array.from({ length: shown.time }, (_, time) => time);
    const quantities = QUANTITIES.map((name): Row => {
      const values = steps.map((time) => valueAt(shown, name, time, unit));
      const size = name === "c" ? Math.max(1, ...steps.map((time) => Math.abs(valueAt(end, name, time, unit)))) : 1;
      return { name, values, scale: "ifo".includes(name) ? gateScale(name) : signedScale(niceLimit(size)) };
    });
    const told = training.signals[signalAt()];
    if (!told) return quantities;
    const values = signalOf(told, tokens);
    const scale = { low: 0, high: Math.max(1, ...values), stops: ["background", "muted"], clipped: false };
    return [{ name: strings.row, values, scale }, ...quantities];
  };
  const paintRows = (gate: Quantity): void => {
    const shades = rows.map(({ scale }) => shadesOf(pageColours(...scale.stops)));
    band.setContent({
      cells: {
        columns: labels.length,
        rows: rows.length,
        colourAt(column, row) {
          const painted = rows[row];
          return painted ? (shades[row]?.[shadeAt(painted.values[column] ?? 0, painted.scale)] ?? 0) : 0;
        },
      },
      tone: gate,
      order: rows.map(({ name }) => name),
      labels,
    });
  };

  const showAgreement = ({ training }: Replay, { gate, unit, snapshot }: ReplayPosition, anew: boolean): void => {
    const at = signalAt();
    for (const part of follows) set(part, { hidden: at < 0 });
    write(unitCaption, strings.units(at < 0 ? null : gate));
    if (at < 0) return units.setTints((each) => (run ? valueAt(run, "h", position.time, each) : 0));
    if (anew) plots.setAgreement(gate, at, unit);
    choices.selectedIndex = at;
    const found = foundAt(training, gate, at, unit);
    const r = training.r(gate, snapshot, at, unit);
    write(told, strings.follows(unit, gate, r, position.signal) + strings.lasts(found === null ? null : stepOf(found)));
    units.setTints((each) => training.r(gate, snapshot, at, each));
  };

  const show = (next: ReplayPosition, renewed = false): void => {
    if (!replay) return;
    const before = position;
    try {
      run = replay.at(next.snapshot);
    } catch (error) {
      // What is wrong with one snapshot is told; the last good one stays.
      beat.stop();
      typing?.setMessage(error instanceof Error ? error.message : String(error));
      return;
    }
    position = next;
    const { snapshot, time, unit, gate } = next;
    const moved = renewed || snapshot !== before.snapshot;
    const chosen = renewed || unit !== before.unit || gate !== before.gate || next.signal !== before.signal;
    showTransport();
    write(stands, where());
    plots.setSnapshot(snapshot, where());
    showAgreement(replay, next, chosen);
    units.setUnit(unit);
    if (moved || chosen) {
      rows = rowsOf(run, replay, unit);
      paintRows(gate);
    }
    const row = rows.findIndex(({ name }) => name === gate);
    const token = run.tokens?.[time] ?? "";
    const value = valueAt(run, gate, time, unit);
    const spoken = strings.character(unit, time, run.time, spokenToken(token, strings.tokens), strings.quantities[gate], value);
    write(read, spoken);
    const { values = [], scale = gateScale("f") } = rows[row] ?? {};
    band.setCursor({ column: time, row, spoken, values, scale, mark: null });
    guesses.show(run.expects?.(time) ?? [], run.tokens?.[time + 1] ?? null);
    // The exact numbers, for whoever reads them by program.
    set(element, { "data-value": value, "data-snapshot": snapshot });
    if (!moved) return;
    clearTimeout(writing);
    writing = setTimeout(
      () => write(written, replay?.goesOn(position.snapshot, WRITES).replaceAll("\n", " ↵ ") ?? ""),
      renewed ? 0 : REST_MS,
    );
  };

  watchTheme(life, () => paintRows(position.gate));

  return {
    element,
    setRun(next, at) {
      const earlier = replay?.training;
      replay = next;
      const { training, tokens } = replay;
      if (training !== earlier) {
        choices.replaceChildren(...training.signals.map(({ name }) => html("option", {}, name)));
        write(tried, strings.tried(QUANTITIES.length * training.units, training.signals.length));
        units.setUnits(training.units);
        plots.setTraining(training);
        const names = [...(training.signals.length > 0 ? [strings.row] : []), ...QUANTITIES];
        letters.replaceChildren(...names.map((name) => html("span", { "data-tone": name }, name)));
      }
      labels = tokens.map(visibleToken);
      show(at, true);
    },
    setPosition: (at) => show(at),
    setText: (text, isOriginal) => typing?.setText(text, isOriginal),
    setMessage: (message) => typing?.setMessage(message),
    announce: say,
  };
}

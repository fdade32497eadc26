/** The LiveModel as a reader sees and works it. */
import type { View, ViewOptions } from "../figure";
import { choiceRow } from "../shared/buttons";
import { scaleBar, signedScale } from "../shared/colour_scale";
import { counter } from "../shared/counter";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed, niceLimit, probability, signed } from "../shared/format";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { mathHtml } from "../shared/maths";
import { tintLimit, tintOf } from "../shared/tint";
import { spokenToken, visibleToken } from "../shared/tokens";
import { written } from "../vocabulary";
import { tintedField } from "./live_model_field";
import { heat } from "./live_model_heat";
import { type Row, rows } from "./live_model_rows";
import {
  answerAt,
  competes,
  decision,
  fit,
  type LivePosition,
  type LiveRun,
  nextShares,
  series,
  sharesOf,
  stateName,
  winnerOf,
  writtenOn,
} from "./live_model_state";
import type { LiveModelStrings } from "./live_model_strings";
import { writer } from "./live_model_writer";

/** How many guesses, and how many classes, have a row. */
const GUESSES = 6;
const CLASSES = 10;
/** How long the answers to the beginnings of a text may hold up a frame. */
const SLICE_MS = 8;
/** What is told of a unit, and which of it lies between 0 and 1. */
const INSIDE = { LSTM: ["i", "f", "g", "o", "c", "h"], GRU: ["update", "reset", "candidate", "h"] };
const GATES = ["i", "f", "o", "update", "reset"];

export function liveModelView(options: ViewOptions<LivePosition, LiveModelStrings>): View<LivePosition, LiveRun> {
  const { strings, signal, id } = options;
  let run: LiveRun | null = null;
  let position: LivePosition = { time: 0, unit: 0, layer: 0, temperature: 1, seed: 0 };
  let values: Float64Array = new Float64Array();
  let limit = 1;
  let guesses: readonly number[] = [];
  let byWriter = false;

  const unitName = (): "character" | "word" => (run?.network.text?.unit === "word" ? "word" : "character");
  const units = (): number => run?.network.cells[position.layer]?.units ?? 1;
  const token = (time: number): string => run?.pieces[time]?.token ?? "";
  const quoted = (text: string): string => `“${visibleToken(text)}”`;
  const stateAt = (time: number): number => values[time * units() + position.unit] ?? 0;
  const state = (): "c" | "h" => (run ? stateName(run, position.layer) : "c");
  const spoken = (): string => {
    const { time, unit } = position;
    const told = spokenToken(token(time), strings.tokens);
    return strings.spoken(told, time + 1, run?.time ?? 1, unit, strings.states[state()] ?? "", signed(stateAt(time)));
  };
  const live = liveRegion(signal);
  const say = (): void => live.say([spoken(), outcome.textContent, verdict.textContent].join(" "));

  /** A move by the reader's hand. */
  const go = (changes: Partial<LivePosition>): void => {
    if (!run) return;
    const next = fit({ ...position, ...changes }, run);
    if (Object.entries(next).every(([key, at]) => at === position[key as keyof LivePosition])) return;
    show(next);
    options.moved(position);
    say();
  };
  const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  const toTime = (time: number): void => go({ time: within(time, run?.time ?? 1) });
  const toUnit = (unit: number): void => go({ unit: within(unit, units()) });

  const typed = (text: string): void => {
    if (options.typed) options.typed(text);
  };
  const field = tintedField({
    id,
    label: strings.type,
    original: strings.original,
    signal,
    typed(text) {
      typed(text);
      say();
    },
    moved: (caret) => toTime((run?.pieces.filter(({ start }) => start < caret).length ?? 1) - 1),
    entered: () => pen.pause(),
    restore: () => options.restore(),
  });
  /** Writes text by the network's hand: what it writes does not stop it. */
  const put = (text: string): boolean => {
    byWriter = true;
    try {
      typed(text);
      return true;
    } catch (error) {
      field.setMessage(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      byWriter = false;
    }
  };
  const pen = writer({
    strings,
    unit: "character",
    signal,
    text: () => run?.text ?? "",
    put: (text) => void put(text),
    writeOne() {
      const next = run && writtenOn(run, position);
      return typeof next === "string" && put(next);
    },
    position: () => position,
    moved: go,
    complain: (text, { label, least, most }) =>
      field.setMessage(text === null ? "" : strings.refused(label, text, String(least), String(most))),
  });

  const caption = html("span", { class: "lstm-caption" });
  const unitCounter = counter({
    label: strings.unit,
    fewer: strings.fewer,
    more: strings.more,
    signal,
    step: (by) => toUnit(position.unit + by),
  });
  const bar = scaleBar();
  const layers = html("div", { class: "lstm-layers" });
  let layerRow: ReturnType<typeof choiceRow> | null = null;

  const nextCaption = html("span", { class: "lstm-caption" });
  const nextRows = rows({
    signal,
    press(index) {
      const { text } = run?.network ?? {};
      const next = run && text ? written(text, run.text, guesses[index] ?? -1) : null;
      if (run && position.time < run.time - 1) toTime(run.time - 1);
      else if (next !== null) put(next);
    },
  });
  const classRows = rows({ signal });
  const outcome = html("p", { class: "lstm-caption lstm-live-outcome" });
  const verdict = html("p", { class: "lstm-live-verdict", hidden: true });
  const insideCaption = html("span", { class: "lstm-caption" });
  const insideRows = rows({
    signal,
    name: (name) => [
      html("span", { class: "lstm-math" }, ...mathHtml(strings.symbols[name] ?? name)),
      html("span", {}, ` ${strings.quantities[name] ?? ""}`),
    ],
  });
  const picture = heat({
    label: strings.cursor,
    signal,
    choose: (time, unit) => go({ time, ...(unit === null ? {} : { unit }) }),
  });
  const feet = html("div", {});

  const element = html(
    "div",
    { class: "lstm-ui lstm-live-model", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    field.element,
    pen.element,
    html("div", { class: "lstm-head" }, caption, unitCounter.element, bar.element),
    layers,
    html(
      "div",
      { class: "lstm-live-columns" },
      html("div", { class: "lstm-live-column" }, nextCaption, nextRows.element, classRows.element, outcome, verdict),
      html("div", { class: "lstm-live-column" }, insideCaption, insideRows.element),
    ),
    picture.element,
    feet,
    live.element,
  );
  listenToKeys(
    element,
    {
      ArrowLeft: () => toTime(position.time - 1),
      ArrowRight: () => toTime(position.time + 1),
      ArrowUp: () => toUnit(position.unit - 1),
      ArrowDown: () => toUnit(position.unit + 1),
      Home: () => toTime(0),
      End: () => toTime((run?.time ?? 1) - 1),
    },
    signal,
  );

  /** What the network is, once it is known: how it is told, and which of its layers can be chosen. */
  const begin = ({ network }: LiveRun): void => {
    const unit = unitName();
    field.setHint(strings.reads(unit));
    const speaks = network.task === "next";
    set(pen.element, { hidden: !speaks });
    set(nextRows.element, { hidden: !speaks });
    set(classRows.element, { hidden: speaks });
    write(nextCaption, speaks ? strings.next(unit) : (strings.classes[network.task] ?? ""));
    const labels = network.names.map(({ name }) => ({ label: name, tone: "h" }));
    layerRow = choiceRow(strings.layers, labels, (layer) => go({ layer }), signal);
    layers.replaceChildren(layerRow.element);
    set(layers, { hidden: labels.length < 2 });
    const legend = strings.legend(network.title, network.padded);
    const reset = (): void => {
      options.reset();
      say();
    };
    feet.replaceChildren(
      figureFoot({ strings: { ...strings, legend }, signal, address: () => options.address(position), reset }),
    );
  };

  const named = (text: string): Pick<Row, "name" | "said"> => {
    const [name, said] = [visibleToken(text), spokenToken(text, strings.tokens)];
    return name === text ? { name } : { name, said };
  };
  const showNext = (shown: LiveRun): void => {
    const { time, temperature } = position;
    const p = answerAt(shown, time);
    const drawn = nextShares(shown, time, temperature);
    const total = drawn.reduce((sum, share) => sum + share, 0);
    const ids = Array.from(p.keys()).sort((a, b) => (p[b] ?? 0) - (p[a] ?? 0));
    guesses = ids.slice(0, GUESSES);
    const atEnd = time === shown.time - 1;
    const real = atEnd ? -1 : (shown.reading.ids[time + 1] ?? -1);
    nextRows.show(
      guesses.map((guess) => ({
        ...named(shown.network.vocabulary[guess] ?? ""),
        bar: [0, p[guess] ?? 0],
        thin: (drawn[guess] ?? 0) / total,
        number: probability(p[guess] ?? 0),
        strong: guess === real,
      })),
    );
    const rank = ids.indexOf(real);
    const said = quoted(token(time + 1));
    write(
      outcome,
      atEnd ? strings.atEnd : rank === 0 ? strings.reallyFirst(said) : strings.really(said, probability(p[real] ?? 0), rank + 1),
    );
  };

  const showClasses = (shown: LiveRun): void => {
    const y = answerAt(shown, position.time);
    const shares = sharesOf(shown, y);
    const wins = shares && competes(shown) ? winnerOf(shares) : -1;
    const all: Row[] = shown.network.labels.map((name, at) => ({
      name,
      bar: shares ? [0, shares[at] ?? 0] : null,
      number: fixed(shares?.[at] ?? y[at] ?? Number.NaN, 3),
      tone: at === wins ? "o" : "x",
      strong: at === wins,
    }));
    // Where there are many, the likeliest.
    if (shares && all.length > CLASSES) all.sort((a, b) => (b.bar?.[1] ?? 0) - (a.bar?.[1] ?? 0));
    classRows.show(all.slice(0, CLASSES));
  };

  const showInside = (shown: LiveRun): void => {
    const { time, unit, layer } = position;
    const kind = shown.network.names[layer]?.kind ?? "LSTM";
    write(insideCaption, strings.inside(unit, quoted(token(time))));
    insideRows.show(
      INSIDE[kind].map((name) => {
        const value = series(shown, layer, name)[time * units() + unit] ?? Number.NaN;
        const gate = GATES.includes(name) && value >= 0 && value <= 1;
        const reach = name === "c" || Math.abs(value) > 1 ? Math.max(limit, Math.abs(value)) : 1;
        const middle = 0.5 + value / (2 * reach);
        return {
          name,
          bar: gate ? [0, value] : [Math.min(0.5, middle), Math.max(0.5, middle)],
          number: (gate ? fixed : signed)(value, 3),
          tone: name.length === 1 ? name : "x",
        };
      }),
    );
  };

  /** The step at which a network made up its mind, once all beginnings of the text have been answered. */
  let decided: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const decide = (shown: LiveRun): void => {
    clearTimeout(timer);
    decided = null;
    const asks = shown.network.task === "text" && competes(shown);
    set(verdict, { hidden: !asks });
    if (!asks) return;
    const until = performance.now() + SLICE_MS;
    for (let t = 0; t < shown.time; t += 1) {
      if (shown.answers[t]) continue;
      if (performance.now() > until) {
        write(verdict, strings.deciding);
        timer = setTimeout(() => decide(shown), 0);
        return;
      }
      answerAt(shown, t);
    }
    const winners = shown.answers.map((y) => winnerOf(sharesOf(shown, y ?? new Float64Array()) ?? []));
    decided = decision(winners);
    const label = shown.network.labels[winners[winners.length - 1] ?? 0] ?? "";
    write(verdict, strings.decided(label, quoted(token(decided)), decided + 1, unitName()));
    field.setMarks(position.time, decided);
  };

  const show = (next: LivePosition, all = false): void => {
    const before = position;
    position = next;
    if (!run) return;
    const shown: LiveRun = run;
    const { time, unit, layer } = next;
    const newLayer = all || layer !== before.layer;
    const newUnit = newLayer || unit !== before.unit;
    const newTime = all || time !== before.time;
    if (newLayer) {
      values = series(shown, layer, state());
      layerRow?.choose(layer);
      const name = strings.states[state()] ?? "";
      picture.setContent(strings.all(units(), name), () => ({
        ...{ values, units: units(), tone: state(), scale: signedScale(tintLimit(values)) },
        labels: shown.pieces.map((piece) => visibleToken(piece.token)),
      }));
      const backward = shown.network.names[layer]?.backward ? ` (${strings.backward})` : "";
      write(caption, `${strings.coloured} ${name}${backward}`);
    }
    if (newUnit) {
      // A unit's own scale: what it does would be lost on that of the largest.
      limit = niceLimit(shown.pieces.reduce((most, _, t) => Math.max(most, Math.abs(stateAt(t))), 0.1));
      bar.setScale(signedScale(limit));
      field.setTints((t) => tintOf(stateAt(t), limit));
      unitCounter.show(unit, unit === 0, unit === units() - 1);
    }
    if (newUnit || newTime) {
      showInside(shown);
      bar.setValue(stateAt(time));
      picture.setCursor(time, unit, spoken());
      field.setMarks(time, decided);
    }
    if (shown.network.task !== "next") {
      if (newTime) showClasses(shown);
    } else if (newTime || next.temperature !== before.temperature) showNext(shown);
    pen.show(next);
  };

  return {
    element,
    setRun(next, at) {
      const first = run === null;
      run = next;
      if (first) begin(next);
      const { text: vocabulary } = next.network;
      const unknown = (index: number): boolean =>
        vocabulary !== null && vocabulary.unknown !== null && next.reading.ids[index] === vocabulary.unknown;
      field.setPieces(next.text, next.pieces, unknown);
      decided = null;
      show(at, true);
      decide(next);
    },
    setPosition: (at) => show(at),
    setText(text, isOriginal) {
      field.setText(text, isOriginal);
      if (!byWriter) pen.stop();
    },
    setMessage: field.setMessage,
    announce: say,
  };
}

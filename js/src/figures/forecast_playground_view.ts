/** The ForecastPlayground as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { iconButton, setIdle, textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { readings } from "../shared/readings";
import { slider } from "../shared/slider";
import { type Bend, bent, NONE, readBends, WIDEST, withBend, writeBends } from "./forecast_playground_bends";
import { type LineName, plot } from "./forecast_playground_plot";
import { meanError, openForecaster, simple, stretch } from "./forecast_playground_series";
import type { ForecastPlaygroundStrings } from "./forecast_playground_strings";

export interface State {
  /** The first step of the forecast. */
  readonly now: number;
  /** How many steps the brush reaches to either side. */
  readonly brush: number;
  readonly bends: string;
  readonly truth: string;
}

const FORECASTS = ["lstm", "seasonal", "same"] as const;
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export function forecastPlaygroundView(options: InstrumentOptions<State, ForecastPlaygroundStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  const { series, horizon, forecast } = openForecaster(options.given("model"), options.given("series"));
  const { reads, first, length } = series;
  const widest = Math.max(1, Math.min(WIDEST, Math.floor(reads / 2)));
  /** A day, where the series has dates, else as far as one forecast goes. */
  const day = series.start !== null && series.minutes < 1440 ? Math.max(1, Math.round(1440 / series.minutes)) : horizon;
  const [backward, forward] = series.dates ? strings.byDays(day) : [strings.earlier, strings.later];
  let state = original;
  let at = Math.min(reads, readBends(original.bends).at(-1)?.at ?? Math.ceil(day / 8));
  let bends: readonly Bend[] = [];

  const nowOf = (wish: number): number => Math.max(first, Math.min(length, wish));
  const live = liveRegion(signal);
  const told = html("p", { class: "lstm-told-state" });
  const move = (changes: Partial<State>): void => {
    show({ ...state, ...changes });
    options.moved(state);
    live.say(told.textContent);
  };

  /** A height is kept to about a thousandth of what the series spans. */
  const all = stretch(series, 0, length);
  const spread =
    all.reduce((most, value) => Math.max(most, value), -Infinity) -
    all.reduce((least, value) => Math.min(least, value), Infinity);
  const fine = 10 ** Math.floor(Math.log10((spread || 1) / 200));
  const digits = Math.max(0, Math.min(6, -Math.round(Math.log10(fine))));
  const bend = (onto: readonly Bend[], height: number): void => {
    const settled = Number((Math.round(height / fine) * fine).toFixed(digits));
    const next = settled === 0 ? onto : withBend(onto, { at, width: state.brush, height: settled });
    const text = writeBends(next);
    if (text !== state.bends) move({ bends: text });
  };
  /** The bends that were there before the hand took hold. */
  let before: readonly Bend[] = [];
  const drawing = plot({
    ...{ strings, series, horizon, signal },
    point(step) {
      at = step;
      show(state);
    },
    press: () => (before = bends),
    pull(step, value) {
      at = step;
      const base = bent(stretch(series, state.now - reads, state.now), before);
      bend(before, value - (base[reads - step] as number));
    },
  });
  /** By keys: more of the last bend where it is here, else one more. */
  const nudge = (share: number) => (): void => {
    const last = bends.at(-1);
    const same = last?.at === at && last.width === state.brush ? last : null;
    bend(same ? bends.slice(0, -1) : bends, (same?.height ?? 0) + share * spread);
  };
  const walk = (by: number) => (): void => {
    at = Math.max(1, Math.min(reads, at - by));
    show(state);
  };
  const undo = (): void => {
    if (bends.length > 0) move({ bends: writeBends(bends.slice(0, -1)) });
  };
  const reveal = (): void => move({ truth: state.truth === "shown" ? "hidden" : "shown" });
  const widen = (wish: number): void => {
    const brush = Math.max(1, Math.min(widest, Math.round(wish)));
    if (brush !== state.brush) move({ brush });
  };
  const travel = (days: number): void => {
    const now = state.now + days * day;
    if (now === nowOf(now)) move({ now });
  };

  const [earlier, later] = [
    iconButton("previous", backward, { signal, press: () => travel(-1) }),
    iconButton("next", forward, { signal, press: () => travel(1) }),
  ];
  const date = html("strong", { class: "lstm-forecast-date" });
  const message = html("p", { class: "lstm-message", role: "alert", hidden: true });
  const brush = slider({
    value: {
      label: strings.widthLabel,
      least: 1,
      most: widest,
      step: 1,
      fine: 1,
      get: () => state.brush,
      change: widen,
      take: widen,
    },
    signal,
    caption: `${strings.width}, ${strings.widthUnit(series)}`,
    complain(text) {
      set(message, { hidden: text === null });
      write(message, text === null ? "" : strings.refused(text, widest));
    },
  });
  const showing = textButton(strings.show, { signal, press: reveal });
  const undoing = textButton(strings.undo, { signal, press: undo });
  const errors = FORECASTS.map((name) => ({ name, number: html("output", { class: name }) }));
  const verdict = html("p", { class: "lstm-caption" });
  const numbers = readings(...errors.map(({ name, number }) => [strings.lines(name, series), number] as const));
  const element = html(
    "div",
    { class: "lstm-ui lstm-forecast", role: "group", "aria-label": series.title || strings.title, [NO_SHORTCUTS]: "true" },
    html(
      "div",
      { class: "lstm-forecast-head" },
      html("span", { class: "lstm-caption" }, series.title),
      html("span", { class: "day" }, earlier, html("span", { class: "when" }, html("span", {}, strings.from), " ", date), later),
    ),
    drawing.element,
    html("div", { class: "lstm-forecast-tools" }, brush.element, undoing, showing),
    message,
    told,
    html("div", { class: "lstm-forecast-errors", role: "group", "aria-label": strings.errors }, verdict, numbers),
    figureFoot({
      strings: { ...strings, legend: strings.legendBeside(series.beside?.name ?? null) },
      signal,
      address: () => options.address(state),
      reset: () => move(original),
    }),
    live.element,
  );
  listenToKeys(
    element,
    {
      ArrowLeft: walk(-1),
      ArrowRight: walk(1),
      PageUp: walk(-day),
      PageDown: walk(day),
      Home: walk(-reads),
      End: walk(reads),
      ArrowUp: nudge(0.02),
      ArrowDown: nudge(-0.02),
      "Shift+ArrowUp": nudge(0.002),
      "Shift+ArrowDown": nudge(-0.002),
      "[": () => widen(state.brush - 1),
      "]": () => widen(state.brush + 1),
      u: undo,
      r: reveal,
    },
    signal,
  );

  /** The network's answer to the past as it was, kept until another day is chosen. */
  let plain: { readonly now: number; readonly forecast: Float64Array } | null = null;
  const show = (wish: State): void => {
    const now = nowOf(wish.now);
    state = { ...wish, now, brush: Math.min(wish.brush, widest) };
    bends = readBends(state.bends);
    const was = stretch(series, now - reads, now);
    const past = bent(was, bends);
    if (plain?.now !== now) plain = { now, forecast: forecast(now, was) };
    const lines = {
      lstm: bends.length > 0 ? forecast(now, past) : plain.forecast,
      seasonal: simple(series, now, past, horizon),
      same: new Float64Array(horizon).fill(past[reads - 1] as number),
    };
    const came = stretch(series, now, now + horizon);
    const known = came.length > 0;
    const shown = state.truth === "shown" && known;
    drawing.draw({
      now,
      past,
      lines: { ...lines, truth: shown ? came : null } satisfies Record<LineName, Float64Array | null>,
      before: bends.length > 0 ? { past: was, forecast: plain.forecast } : null,
      brush: { at, width: state.brush },
    });
    for (const { name, number } of errors)
      write(number, strings.error(shown ? meanError(lines[name], came) : Number.NaN, series));
    const words = bends.length > 0 ? strings.bentErrors : strings.errors;
    write(verdict, known ? (shown ? words : strings.unseen) : strings.unknown);
    write(date, strings.fromStep(series, now));
    brush.show(String(state.brush));
    write(showing, state.truth === "shown" ? strings.hide : strings.show);
    setIdle(showing, !known);
    setIdle(undoing, bends.length === 0);
    setIdle(earlier, now - day < first);
    setIdle(later, now + day > length);
    const more = bends.length > 0 ? mean(lines.lstm) - mean(plain.forecast) : null;
    write(told, strings.told(series, horizon, mean(lines.lstm), more));
    // The exact numbers, for whoever reads them by program.
    set(element, {
      "data-forecast": lines.lstm.join(" "),
      "data-past": past.join(" "),
      "data-bends": state.bends === NONE ? null : state.bends,
    });
  };

  return {
    element,
    show(next) {
      // Where the bends come from elsewhere, the brush goes to the last of them.
      if (next.bends !== state.bends) at = Math.min(reads, readBends(next.bends).at(-1)?.at ?? at);
      show(next);
      if (state.now !== next.now || state.brush !== next.brush) options.moved(state);
    },
    announce: () => live.say(told.textContent),
  };
}

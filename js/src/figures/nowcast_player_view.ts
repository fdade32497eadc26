/** The NowcastPlayer as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { forecast, type Forecast, readNowcasts, THRESHOLD } from "../nowcast";
import { levelOf } from "../rain";
import { choiceRow, iconButton, setIdle, textButton } from "../shared/buttons";
import { type Scale, shadeAt, shadesOf } from "../shared/colour_scale";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { clock } from "../shared/motion";
import { scrubber } from "../shared/scrubber";
import { pageColours, watchTheme } from "../shared/theme";
import { transport } from "../shared/transport";
import { paintable } from "./nowcast_player_field";
import { inside } from "./nowcast_player_inside";
import { type MapPanel, mapPanel, outline } from "./nowcast_player_map";
import {
  type Answer,
  answered,
  type Choice,
  type Job,
  lastSeen,
  MEASURES,
  METHODS,
  type Method,
  NONE,
  OWN,
  type Played,
  played,
  readCells,
  readFrames,
  simple,
  SOURCES,
  windowsOf,
  withCell,
  worker,
  writeCells,
  writeWind,
} from "./nowcast_player_rain";
import { scoreLines } from "./nowcast_player_scores";
import type { MeasureName, NowcastPlayerStrings } from "./nowcast_player_strings";
import { windDial } from "./nowcast_player_wind";

export interface State extends Choice {
  readonly network: string;
  readonly frame: number;
  readonly unit: number;
  readonly measure: string;
}

/** Levels from none to 100 mm/h; the ticks of its strip are in mm/h. */
const SCALE: Scale = { low: 0, high: 1, stops: ["background", "fill-x", "ink"], clipped: true };
const TICKS = [0, 1, 5, 20, 100];
const LAST_SEED = 999;
const EVERY = 450;
const LINE = levelOf(THRESHOLD);

export function nowcastPlayerView(options: InstrumentOptions<State, NowcastPlayerStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  const nowcasts = readNowcasts(options.given("model"));
  const windows = windowsOf(nowcasts);
  let state = original;

  /** What is played now, and all that follows from it; the network's part comes when it is ready. */
  let now: Played = played(nowcasts, { ...original, hour: Math.min(original.hour, windows - 1) });
  let easy = simple(now);
  let answers: Partial<Record<Method, Answer>> = {};
  let running: Forecast | null = null;
  let outlines: { truth: readonly string[]; said: Partial<Record<Method, readonly string[]>> } = { truth: [], said: {} };
  let shades = new Uint32Array(0);

  const live = liveRegion(signal);
  const told = html("p", { class: "lstm-told-state" });
  const move = (changes: Partial<State>): void => {
    show({ ...state, ...changes });
    options.moved(state);
    live.say(told.textContent);
  };
  const isStorm = (): boolean => state.rain === "storm";
  const last = (): number => now.past + now.ahead - 1;
  const go = (frame: number): void => {
    const next = Math.max(0, Math.min(last(), frame));
    if (next !== state.frame) move({ frame: next });
  };
  const ticking = clock(
    () => {
      move({ frame: state.frame >= last() ? 0 : state.frame + 1 });
      return true;
    },
    () => drawTransport(),
    signal,
  );
  const still = (then: () => void) => (): void => {
    ticking.stop();
    then();
  };
  const play = (): void => (ticking.running ? ticking.stop() : ticking.start(EVERY));

  const sources = choiceRow(
    strings.sourceLabel,
    strings.sources.map((label) => ({ label, tone: "h" })),
    (at) => move({ rain: SOURCES[at] ?? "simulated", frame: 0 }),
    signal,
  );
  const networks = choiceRow(
    strings.networkLabel,
    strings.networks.map((label) => ({ label, tone: "h" })),
    (at) => move({ network: SOURCES[at] ?? "simulated" }),
    signal,
  );
  const another = (by: number) => (): void => {
    if (isStorm()) {
      const hour = state.hour + by;
      if (hour >= 0 && hour < windows) move({ hour });
    } else {
      const seed = state.seed + by;
      if (seed >= 0 && seed <= LAST_SEED) move({ seed, wind: OWN, cells: NONE });
    }
  };
  const [before, after] = [
    iconButton("previous", strings.previous, { signal, press: another(-1) }),
    iconButton("next", strings.next, { signal, press: another(1) }),
  ];
  const seed = html("input", { class: "lstm-field", type: "text", inputmode: "numeric", "aria-label": strings.sequenceLabel });
  const message = html("p", { class: "lstm-message", role: "alert", hidden: true });
  seed.addEventListener(
    "change",
    () => {
      const text = seed.value.trim();
      const fits = /^\d{1,3}$/.test(text);
      set(message, { hidden: fits });
      if (!fits) write(message, strings.refused(text.slice(0, 20), LAST_SEED));
      else if (Number(text) !== state.seed) move({ seed: Number(text), wind: OWN, cells: NONE });
    },
    { signal },
  );
  const caption = html("span", { class: "lstm-caption" });

  const dial = windDial(strings, signal, (wind) => {
    const text = writeWind(wind);
    if (text !== state.wind) move({ wind: text });
  });
  const ownWind = textButton(strings.ownWind, { signal, press: () => move({ wind: OWN }) });
  const unpaint = textButton(strings.unpainted, { signal, press: () => move({ cells: NONE }) });

  const truth = mapPanel(strings.names.truth, signal);
  const forecasts = METHODS.map((name) => mapPanel(strings.names[name], signal));
  const field = paintable(truth.stage, {
    ...{ strings, signal },
    now: () => ({ map: now.truth, frame: state.frame, idle: now.wind === null }),
    say: (sentence) => live.say(sentence),
    /** Where a cell stands at the last frame that is read, if it is seen at a place in this one. */
    place([x, y]) {
      if (!now.wind) return;
      const since = state.frame - (now.past - 1);
      const cells = withCell(state.cells, [x - since * now.wind[0], y - since * now.wind[1]]);
      if (cells !== state.cells) move({ cells });
    },
    takeLast() {
      const cells = readCells(state.cells);
      if (cells.length > 0) move({ cells: writeCells(cells.slice(0, -1)) });
    },
  });

  const buttons = transport({
    strings: { ...strings, previous: strings.previousFrame, next: strings.nextFrame },
    signal,
    first: still(() => go(0)),
    previous: still(() => go(state.frame - 1)),
    playOrPause: play,
    next: still(() => go(state.frame + 1)),
    last: still(() => go(last())),
  });
  const slide = scrubber({
    label: strings.frameLabel,
    signal,
    format: (frame) => strings.frames(frame, now.past),
    describe: (frame) => strings.frameSaid(frame, now.past, isStorm()),
    input: (frame) => still(() => go(frame))(),
  });
  const stops = SCALE.stops.map((name) => `var(--lstm-${name})`).join(", ");
  const strip = html("span", { class: "strip", style: `background: linear-gradient(to right, ${stops})` });
  const scale = html(
    "div",
    { class: "lstm-nowcast-scale" },
    html("span", { class: "lstm-caption" }, strings.scale),
    html(
      "span",
      { class: "bar" },
      strip,
      ...TICKS.map((rain) => html("span", { class: "tick", style: `left: ${(100 * levelOf(rain)).toFixed(1)}%` }, String(rain))),
    ),
    html("span", { class: "lstm-caption contour" }, strings.contour(THRESHOLD)),
  );
  const measures = choiceRow(
    strings.measureLabel,
    strings.measures.map((label) => ({ label, tone: "h" })),
    (at) => move({ measure: MEASURES[at] ?? "error" }),
    signal,
  );
  const scores = scoreLines(strings, signal);
  const unit = scrubber({
    label: strings.unitLabel,
    signal,
    format: (value) => `${value}`,
    input: (value) => move({ unit: value }),
  });
  const gates = inside(
    strings,
    signal,
    html("div", { class: "tools" }, html("span", { class: "lstm-caption" }, strings.unit), unit.element),
    () => draw(),
  );

  const element = html(
    "div",
    { class: "lstm-ui lstm-nowcast", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html("div", { class: "lstm-nowcast-head" }, sources.element, html("span", { class: "which" }, before, seed, after), caption),
    html("div", { class: "lstm-nowcast-head" }, networks.element),
    message,
    html("div", { class: "lstm-nowcast-maps four" }, truth.element, ...forecasts.map((map) => map.element)),
    html("div", { class: "lstm-nowcast-time" }, buttons.element, slide.element),
    scale,
    told,
    html(
      "div",
      { class: "lstm-nowcast-below" },
      html(
        "div",
        { class: "lstm-nowcast-blow" },
        html("span", { class: "lstm-caption" }, strings.wind),
        dial.element,
        ownWind,
        unpaint,
      ),
      html("div", { class: "measured" }, measures.element, scores.element),
    ),
    gates.element,
    figureFoot({ strings, signal, address: () => options.address(state), reset: () => move(original) }),
    live.element,
  );
  const blow = element.querySelector<HTMLElement>(".lstm-nowcast-blow");
  listenToKeys(
    element,
    {
      ArrowLeft: still(() => go(state.frame - 1)),
      ArrowRight: still(() => go(state.frame + 1)),
      Home: still(() => go(0)),
      End: still(() => go(last())),
      " ": play,
      "<": another(-1),
      ">": another(1),
      m: () => move({ measure: state.measure === "csi" ? "error" : "csi" }),
    },
    signal,
  );

  const linesOf = (maps: readonly Float64Array[]): string[] =>
    maps.map((map) => outline(map, now.truth.height, now.truth.width, LINE));
  let latest: Job | null = null;
  const work = worker((job, found) => {
    // Of another rain, while the hand was already at this one.
    if (job.of.ahead !== now.ahead || job.of.past !== now.past) return;
    running = found;
    answers = { ...answers, network: answered(job.of, found.maps) };
    outlines.said = { ...outlines.said, network: linesOf(found.maps) };
    tellNumbers(job === latest);
    drawScores();
    draw();
  }, signal);
  const begin = (): void => {
    const network = nowcasts.networks[state.network];
    if (!network) return;
    latest = { of: now, steps: forecast(network, readFrames(now), now.ahead) };
    work(latest);
  };
  /** The exact numbers, for whoever reads them by program. */
  const tellNumbers = (ready: boolean): void => {
    const numbers = METHODS.map((name) => [name, answers[name]?.scores]);
    set(element, { "data-scores": JSON.stringify(Object.fromEntries(numbers)), "data-ready": String(ready) });
  };
  const drawScores = (): void => scores.draw(answers, state.measure as MeasureName, now.ahead, isStorm());

  /** Keeps a wish from outside within what there is. */
  const fit = (wish: State): State => {
    const storm = wish.rain === "storm";
    const frames = storm ? nowcasts.storm.past + nowcasts.storm.ahead : played(nowcasts, wish).truth.maps.length;
    const most = (nowcasts.networks[wish.network]?.filters ?? 1) - 1;
    return {
      ...wish,
      hour: Math.min(wish.hour, windows - 1),
      frame: Math.min(wish.frame, frames - 1),
      unit: Math.min(wish.unit, most),
    };
  };
  let shown = { input: "", network: "", measure: "" };
  const show = (wish: State): void => {
    state = fit(wish);
    const input = JSON.stringify([state.rain, isStorm() ? state.hour : [state.seed, state.wind, state.cells]]);
    const fresh = input !== shown.input;
    if (fresh) {
      now = played(nowcasts, state);
      easy = simple(now);
      const { persistence, advection } = easy;
      const { network } = answers;
      answers = network?.maps.length === now.ahead ? { network, persistence, advection } : { persistence, advection };
      const [still] = linesOf(persistence.maps.slice(0, 1));
      outlines = {
        truth: linesOf(now.truth.maps),
        said: { ...outlines.said, persistence: persistence.maps.map(() => still ?? ""), advection: linesOf(advection.maps) },
      };
    }
    if (fresh || state.network !== shown.network) {
      tellNumbers(false);
      begin();
    }
    if (fresh || state.network !== shown.network || state.measure !== shown.measure) drawScores();
    shown = { input, network: state.network, measure: state.measure };
    drawControls();
    draw();
  };
  const drawTransport = (): void =>
    buttons.show({ atFirst: state.frame === 0, atLast: state.frame === last(), playing: ticking.running });
  const drawControls = (): void => {
    const storm = isStorm();
    sources.choose(SOURCES.indexOf(state.rain as (typeof SOURCES)[number]));
    networks.choose(SOURCES.indexOf(state.network as (typeof SOURCES)[number]));
    measures.choose(MEASURES.indexOf(state.measure as MeasureName));
    set(seed, { hidden: storm });
    seed.value = String(state.seed);
    for (const [node, label] of [
      [before, storm ? strings.earlier : strings.previous],
      [after, storm ? strings.later : strings.next],
    ] as const)
      set(node, { "aria-label": label, title: label });
    setIdle(before, storm ? state.hour === 0 : state.seed === 0);
    setIdle(after, storm ? state.hour === windows - 1 : state.seed === LAST_SEED);
    write(caption, storm ? `${strings.hour(lastSeen(nowcasts, state.hour))}. ${strings.stormy}` : strings.simulated);
    if (blow) set(blow, { hidden: storm });
    if (now.wind) dial.show(now.wind);
    setIdle(ownWind, state.wind === OWN);
    setIdle(unpaint, state.cells === NONE);
    slide.setLimits(0, last());
    unit.setLimits(0, (nowcasts.networks[state.network]?.filters ?? 1) - 1);
    unit.setValue(state.unit);
  };
  const contentOf = (map: Float64Array, note: string, line: string, dashed: string): Parameters<MapPanel["draw"]>[0] => {
    const { height, width } = now.truth;
    const colourAt = (x: number, y: number): number => shades[shadeAt(map[y * width + x] as number, SCALE)] as number;
    return { note, height, width, colourAt, line, dashed };
  };
  const blank = new Float64Array(1 << 12);
  const draw = (): void => {
    if (shades.length === 0) shades = shadesOf(pageColours(...SCALE.stops)) as Uint32Array<ArrayBuffer>;
    const { frame } = state;
    const { past } = now;
    const true_ = now.truth.maps[frame] as Float64Array;
    const line = outlines.truth[frame] ?? "";
    const reading = frame < past;
    truth.draw(contentOf(true_, isStorm() ? "" : strings.hint, line, ""));
    METHODS.forEach((name, at) => {
      const map = reading ? true_ : (answers[name]?.maps[frame - past] ?? blank);
      const said = reading ? line : (outlines.said[name]?.[frame - past] ?? "");
      forecasts[at]?.draw(contentOf(map, reading ? strings.read : "", said, reading ? "" : line));
      set(forecasts[at]?.element as Element, { "data-reading": reading });
    });
    slide.setValue(frame);
    scores.mark(reading ? 0 : frame - past + 1);
    drawTransport();
    tell();
    field();
    const step = running?.steps[frame];
    if (gates.element.open && step) gates.draw(step, state.unit, now.truth.height, now.truth.width, line);
  };
  const tell = (): void => {
    const { frame, measure } = state;
    const when = strings.frameSaid(frame, now.past, isStorm());
    if (frame < now.past) return write(told, strings.toldRead(when));
    const found = METHODS.flatMap((name) => {
      const value = answers[name]?.scores[measure as MeasureName][frame - now.past];
      return value === undefined ? [] : [[strings.names[name], value] as const];
    });
    const best = found.reduce((a, b) => ((measure === "csi" ? b[1] > a[1] : b[1] < a[1]) ? b : a));
    write(told, strings.told(when, measure as MeasureName, found, best[0]));
  };
  watchTheme(signal, () => {
    shades = new Uint32Array(0);
    draw();
  });
  return {
    element,
    show(next) {
      show(next);
      if ((Object.keys(next) as (keyof State)[]).some((name) => state[name] !== next[name])) options.moved(state);
    },
    announce: () => live.say(told.textContent),
  };
}

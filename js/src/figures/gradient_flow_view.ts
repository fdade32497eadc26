/** The GradientFlow as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { choiceRow, textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed } from "../shared/format";
import { NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { glide } from "../shared/motion";
import { slider } from "../shared/slider";
import type { Value } from "../shared/steer";
import { letters } from "./gradient_flow_letters";
import { plot, type Series } from "./gradient_flow_plot";
import {
  BOUNDS,
  fateOf,
  LAST_SEED,
  type Key,
  listener,
  type Network,
  PRESET_NAMES,
  PRESETS,
  pulled,
  settled,
  type State,
  TEXT,
} from "./gradient_flow_state";
import type { GradientFlowStrings } from "./gradient_flow_strings";
import { readTraces } from "./gradient_flow_traces";

const KEYS: readonly Key[] = ["scale", "forget_bias", "length"];
const LOOKS = {
  scale: { symbol: "U", tone: "h" },
  forget_bias: { symbol: "b_f", tone: "f" },
  length: { symbol: "T", tone: "x" },
} as const;
/** Of the lines of the reader's own networks. */
const DASHES = ["9 4", "2 3", "9 3 2 3", "5 3", "12 3", "1 2"];
/** How often a line is moved towards the hand before it is drawn. */
const PULLS = 2;

const printed = (key: Key, value: number): string => (key === "length" ? fixed(value, 0) : fixed(value, 2));

export function gradientFlowView(options: InstrumentOptions<State, GradientFlowStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  const { names } = strings;
  const owned = readTraces(options.given("traces"));
  const listen = listener();
  let state = original;

  const put = (key: Key, value: number): void => {
    if (value !== state[key]) move({ ...state, [key]: value });
  };
  const valueOf = (key: Key, label = strings.labels[key]): Value => ({
    label,
    ...BOUNDS[key],
    get: () => state[key],
    change: (wish) => put(key, settled(key, wish)),
    take: (number) => put(key, key === "length" ? settled(key, number) : number),
  });

  const live = liveRegion(signal);
  const told = html("p", { class: "lstm-told-state" });
  const say = (): void => live.say(told.textContent);
  const move = (next: State, gliding = false): void => {
    show(next, gliding);
    options.moved(next);
    say();
  };

  const message = html("p", { class: "lstm-message lstm-told-state", role: "alert", hidden: true });
  const complaintsOf = (key: Key) => (text: string | null) => {
    set(message, { hidden: text === null });
    set(told, { hidden: text !== null });
    const { least, most } = BOUNDS[key];
    write(message, text === null ? "" : strings.refused(strings.labels[key], text, fixed(least, 0), fixed(most, 0)));
  };

  const presets = choiceRow(
    strings.presets,
    PRESET_NAMES.map((name) => {
      const [label, short] = strings.presetNames[name];
      return { label, tone: "c", ...(short === undefined ? {} : { short }) };
    }),
    (index) => move({ ...state, ...PRESETS[PRESET_NAMES[index] ?? "keras"] }, true),
    signal,
  );
  const another = textButton(strings.another, {
    signal,
    press: () => move({ ...state, seed: (state.seed + 1) % (LAST_SEED + 1) }),
  });
  const series: Series[] = [
    { name: names.conveyor, tone: "f", dash: "2 4" },
    { name: names.rnn, tone: "h", pull: { network: "rnn", value: valueOf("scale", strings.handle.rnn) } },
    { name: names.lstm, tone: "c", pull: { network: "lstm", value: valueOf("forget_bias", strings.handle.lstm) } },
    ...owned.map(({ name, memory }, at) => ({ name, tone: memory, dash: DASHES[at % DASHES.length] ?? "" })),
  ];
  const drawing = plot({
    strings,
    signal,
    series,
    pull(network: Network, back, power) {
      let next = state;
      for (let time = 0; time < PULLS; time += 1) {
        const key = network === "rnn" ? "scale" : "forget_bias";
        next = { ...next, [key]: pulled(next, network, listen(next)[network], back, power) };
      }
      if (KEYS.some((key) => next[key] !== state[key])) move(next);
    },
  });
  const sliders = KEYS.map((key) => ({
    key,
    part: slider({ value: valueOf(key), signal, caption: strings.captions[key], ...LOOKS[key], complain: complaintsOf(key) }),
  }));
  const derivative = (memory: string): string => `∂${memory}_T /∂${memory}_t`;
  const texts = {
    rnn: letters(names.rnn, derivative("h"), "h", [...TEXT]),
    lstm: letters(names.lstm, derivative("c"), "c", [...TEXT]),
  };
  const ownTexts = owned.flatMap(({ name, memory, hearing, tokens }) => {
    if (!tokens) return [];
    const text = letters(name, derivative(memory), memory, tokens);
    text.show(hearing);
    return text.element;
  });
  const foot = figureFoot({ strings, signal, address: () => options.address(state), reset: () => move(original, true) });

  const element = html(
    "div",
    { class: "lstm-ui lstm-gradient-flow", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html(
      "div",
      { class: "lstm-presets" },
      html("span", { class: "lstm-caption", "aria-hidden": "true" }, strings.presets),
      presets.element,
      another,
    ),
    drawing.element,
    html("div", { class: "lstm-flow-sliders" }, ...sliders.map(({ part }) => part.element)),
    html("div", { class: "lstm-flow-texts" }, texts.rnn.element, texts.lstm.element, ...ownTexts),
    told,
    message,
    foot,
    live.element,
  );

  const position = glide(([scale = 0, forget_bias = 0, length = 0]) => {
    const now = { ...state, scale, forget_bias, length: Math.round(length) };
    const { conveyor, rnn, lstm } = listen(now);
    drawing.draw([conveyor, rnn, lstm, ...owned.map(({ hearing }) => hearing)], now.length);
    texts.rnn.show(rnn);
    texts.lstm.show(lstm);
  }, signal);

  const show = (next: State, gliding: boolean): void => {
    const redrawn = next.seed !== state.seed;
    state = next;
    const { rnn, lstm, conveyor } = listen(state);
    const fates = { rnn: fateOf(rnn), lstm: fateOf(lstm) };
    const first = { rnn: rnn[0] ?? 0, lstm: lstm[0] ?? 0, conveyor: conveyor[0] ?? 0 };
    for (const { key, part } of sliders) part.show(printed(key, state[key]));
    drawing.tell(fates);
    write(told, strings.told(fates.rnn, fates.lstm, first));
    const same = (name: keyof typeof PRESETS): boolean =>
      PRESETS[name].scale === state.scale && PRESETS[name].forget_bias === state.forget_bias;
    presets.choose(PRESET_NAMES.findIndex(same));
    // The exact numbers, for whoever reads them by program.
    for (const [name, power] of Object.entries(first)) set(element, { [`data-${name}`]: power });
    for (const name of ["rnn", "lstm"] as const)
      set(element, { [`data-${name}-fate`]: `${fates[name].kind} ${fates[name].heard}` });
    const values = KEYS.map((key) => state[key]);
    if (gliding && !redrawn) position.to(values);
    else position.jump(values);
  };

  return { element, show: (next) => show(next, true), announce: say };
}

/** The InitExplorer as a reader sees and works it. */
import { type Scheme, SCHEMES } from "../initializers";
import type { Instrument, InstrumentOptions } from "../instrument";
import type { LSTMRecord } from "../lstm";
import { choiceRow, textButton } from "../shared/buttons";
import { html, set } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed, MINUS, niceLimit, signed } from "../shared/format";
import { NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { glide } from "../shared/motion";
import type { Gate } from "../shared/run";
import { sentence } from "../shared/sentence";
import { slider } from "../shared/slider";
import type { Value } from "../shared/steer";
import { type Hump, hump, type HumpOptions } from "./init_explorer_hump";
import { memory } from "./init_explorer_memory";
import {
  type Amount,
  biasFor,
  BOUNDS,
  drawn,
  firstRun,
  halfLives,
  histogram,
  networkOf,
  ownForgetBias,
  quantiles,
  scaled,
  settled,
  spread,
  type State,
  theory,
  type Theory,
} from "./init_explorer_state";
import type { InitExplorerStrings } from "./init_explorer_strings";

const SLIDERS = ["forget_bias", "gain", "units", "input_dim"] as const satisfies readonly Amount[];
const STEPS: Readonly<Record<Amount, number>> = { forget_bias: 0.1, gain: 0.1, units: 4, input_dim: 4, seed: 1 };
const MATRICES = ["kernel", "recurrentKernel"] as const;
const GATES: readonly Gate[] = ["f", "i", "g", "o"];
const WEIGHT_BINS = 48;
const GATE_BINS: Readonly<Record<Gate, number>> = { f: 50, i: 25, g: 25, o: 25 };
/** The highest bar, of the plot's height. */
const HIGHEST = 0.94;
const highest = (...heights: readonly number[]): number => Math.max(1e-12, ...heights);
const written = (end: number): string => String(Number(end.toPrecision(3))).replace("-", MINUS);

export function initExplorerView(options: InstrumentOptions<State, InitExplorerStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  let state = original;
  let holding = false;

  const change = (key: Amount, value: number): void => {
    if (value !== state[key]) move({ ...state, [key]: value });
  };
  const put = (key: Amount, wish: number): void => change(key, settled(key, wish));
  const valueOf = (key: Amount, label = strings.amounts[key]): Value => ({
    label,
    least: BOUNDS[key].least,
    most: BOUNDS[key].most,
    step: STEPS[key],
    fine: BOUNDS[key].digits ? 0.01 : 1,
    get: () => state[key],
    change: (wish) => put(key, wish),
    take(number) {
      if (BOUNDS[key].digits || Number.isInteger(number)) change(key, number);
      else told.complaintOf(this)(String(number));
    },
  });
  const live = liveRegion(signal);
  const told = sentence((label, ...rest) => {
    const whole = (["units", "input_dim"] as const).some((key) => strings.amounts[key] === label);
    return (whole ? strings.refusedWhole : strings.refused)(label, ...rest);
  });
  const schemes = choiceRow(
    strings.schemes,
    SCHEMES.map((scheme) => ({ label: strings.schemeNames[scheme], tone: "h" })),
    (index) => {
      const scheme: Scheme = SCHEMES[index] ?? "keras";
      if (scheme !== state.scheme) move({ ...state, scheme, forget_bias: ownForgetBias(scheme) }, true);
    },
    signal,
  );
  const again = textButton(strings.again, {
    signal,
    press: () => move({ ...state, seed: (state.seed + 1) % (BOUNDS.seed.most + 1) }, true),
  });
  const sliders = SLIDERS.map((key) => {
    const value = valueOf(key);
    const toned = key === "forget_bias" ? { tone: "f", symbol: "b_f" } : {};
    return { key, part: slider({ value, signal, caption: strings.amounts[key], ...toned, complain: told.complaintOf(value) }) };
  });

  /** Where the axis of the weights ends, to either side. */
  let end = 1;
  const matrices = MATRICES.map((name) => {
    const recurrent = name === "recurrentKernel";
    const symbol = recurrent ? "U" : "W";
    const handle: HumpOptions["handle"] = {
      value: valueOf("gain", strings.gainBy(symbol)),
      drag: (share) => put("gain", (Math.abs(2 * share - 1) * end) / theory(state.scheme, recurrent, state).deviation),
      held(holds) {
        // While it is held the axis stays, so that the mark stays under the pointer.
        holding = holds;
        if (!holds) show(state, true, true);
      },
    };
    const caption = recurrent ? strings.recurrent : strings.kernel;
    return { name, recurrent, part: hump({ symbol, tone: "x", caption, bins: WEIGHT_BINS, signal, handle }) };
  });
  const gates = GATES.map((gate) => {
    const handle: HumpOptions["handle"] = {
      value: valueOf("forget_bias", strings.biasByGate),
      drag: (share) => put("forget_bias", biasFor(state.forget_bias, means.f, share)),
    };
    const bins = GATE_BINS[gate];
    const caption = strings.gates[gate];
    return { gate, part: hump({ symbol: gate, tone: gate, caption, bins, signal, ...(gate === "f" ? { handle } : {}) }) };
  });
  for (const { gate, part } of gates) {
    if (gate === "g") part.axis("−1", "0", "1");
    else part.axis("0", "0.5", "1");
  }
  const remembered = memory({
    value: valueOf("forget_bias", strings.biasByMemory),
    signal,
    steps: strings.steps,
    // f at which so many steps leave half, against f at which those of now do.
    drag: (steps) => put("forget_bias", biasFor(state.forget_bias, 0.5 ** (1 / half), 0.5 ** (1 / steps))),
  });
  const foot = figureFoot({ strings, signal, address: () => options.address(state), reset: () => move(original, true) });

  const element = html(
    "div",
    { class: "lstm-ui lstm-init-explorer", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html(
      "div",
      { class: "lstm-init-schemes" },
      html("span", { class: "lstm-caption", "aria-hidden": "true" }, strings.schemes),
      schemes.element,
      again,
    ),
    html("div", { class: "lstm-init-sliders" }, ...sliders.map(({ part }) => part.element)),
    html("p", { class: "lstm-caption" }, strings.hint),
    html("div", { class: "lstm-init-weights" }, ...matrices.map(({ part }) => part.element)),
    html("div", { class: "lstm-init-gates" }, ...gates.map(({ part }) => part.element)),
    remembered.element,
    ...told.elements,
    foot,
    live.element,
  );

  /** Every height and place that glides, in one list; `parts` deals it out again. */
  const lengths = [...MATRICES.map(() => WEIGHT_BINS), ...GATES.map((gate) => GATE_BINS[gate])];
  const humps: Hump[] = [...matrices, ...gates].map(({ part }) => part);
  const drawing = glide((values) => {
    let at = 0;
    humps.forEach((part, index) => {
      const length = lengths[index] ?? 0;
      part.draw(values.slice(at, at + length), values[at + length] ?? 0);
      at += length + 1;
    });
    remembered.draw(2 ** (values[at] ?? 0), 2 ** (values[at + 1] ?? 0));
  }, signal);

  let shownState: State | null = null;
  let own = drawn(original);
  let weights = own;
  let means: Readonly<Record<Gate, number>> = { i: 0, f: 0, g: 0, o: 0 };
  let half = 1;
  let bars: number[][] = [[], []];

  /** Bars and density of both matrices. */
  const showWeights = (): void => {
    const theories = matrices.map(({ recurrent }) => theory(state.scheme, recurrent, state));
    if (!holding) end = niceLimit(1.06 * state.gain * Math.max(...theories.map(({ reach }) => reach)));
    bars = matrices.map(({ name, part }, index) => {
      const { deviation, density } = theories[index] as Theory;
      const at = (place: number): number => density(((2 * place - 1) * end) / state.gain);
      const shares = histogram(weights[name], -end, end, WEIGHT_BINS);
      const fine = Array.from({ length: 241 }, (_, step) => at(step / 240));
      // The mean of the density over the axis is what one bar of all holds.
      const whole = fine.reduce((total, value) => total + value, 0) / fine.length;
      const expected = fine.map((value) => value / (whole * WEIGHT_BINS));
      const scale = HIGHEST / highest(...shares, ...expected);
      part.line(expected.map((share) => scale * share));
      part.axis(`${MINUS}${written(end)}`, "0", written(end));
      part.print(
        strings.spread(state.gain * deviation),
        strings.gainValue(fixed(state.gain, 2), fixed(state.gain * deviation, 3)),
      );
      return [...shares.map((share) => scale * share), 0.5 + Math.min(0.5, (state.gain * deviation) / (2 * end))];
    });
  };

  const show = (next: State, gliding: boolean, rescaling = false): void => {
    const before = shownState;
    const same = (...keys: readonly (keyof State)[]): boolean =>
      before !== null && keys.every((key) => before[key] === next[key]);
    state = shownState = next;
    // Only what has changed is drawn or computed anew; the forget bias leaves the weights alone.
    const sameDraw = same("scheme", "units", "input_dim", "seed");
    if (!sameDraw) own = drawn(state);
    if (!sameDraw || !same("gain")) weights = scaled(own, state.gain);
    if (!sameDraw || !same("gain") || rescaling) showWeights();
    const runWith = (forgetBias: number): LSTMRecord => firstRun(networkOf(weights, state.units, forgetBias), weights.x);
    const record = runWith(state.forget_bias);
    const lives = halfLives(record.f, state.units);
    const after = halfLives(runWith(state.forget_bias + 1).f, state.units).all;
    half = lives.all;
    const spreads = { i: spread(record.i), f: spread(record.f), g: spread(record.g), o: spread(record.o) };
    means = { i: spreads.i.mean, f: spreads.f.mean, g: spreads.g.mean, o: spreads.o.mean };
    const [low = 0, middle = 0, high = 0] = quantiles(record.f, 0.1, 0.5, 0.9);

    const shown = gates.map(({ gate }) => {
      const least = gate === "g" ? -1 : 0;
      const shares = histogram(record[gate], least, 1, GATE_BINS[gate]);
      const scale = HIGHEST / highest(...shares);
      return [...shares.map((share) => scale * share), (means[gate] - least) / (1 - least)];
    });
    const target = [...bars.flat(), ...shown.flat(), Math.log2(half), Math.log2(after)];
    if (gliding) drawing.to(target);
    else drawing.jump(target);
    remembered.units(lives.each);

    schemes.choose(SCHEMES.indexOf(state.scheme));
    for (const { key, part } of sliders)
      part.show(key === "forget_bias" ? signed(state[key], 2) : fixed(state[key], BOUNDS[key].digits));
    const spoken = strings.biasValue(signed(state.forget_bias, 2), means.f, half);
    for (const { gate, part } of gates) part.print(strings.mean(means[gate], gate === "g"), spoken);
    remembered.print(strings.half(half), strings.halfShort(half), strings.more(after / half), spoken);
    told.tell(strings.told(state.forget_bias, means.f, low, high, half, after));
    // The exact numbers, for whoever reads them by program.
    for (const gate of GATES)
      set(element, { [`data-${gate}-mean`]: means[gate], [`data-${gate}-deviation`]: spreads[gate].deviation });
    set(element, { "data-f-low": low, "data-f-median": middle, "data-f-high": high, "data-half": half, "data-next": after });
  };

  const say = (): void => live.say(told.text);
  /** The reader has moved something: drawn at once where it was dragged, gliding where all of it changes. */
  const move = (next: State, gliding = false): void => {
    show(next, gliding);
    options.moved(next);
    say();
  };

  return { element, show: (next) => show(next, true), announce: say };
}

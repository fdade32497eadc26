/** The GateExplorer as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { choiceRow } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed } from "../shared/format";
import { NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { glide } from "../shared/motion";
import { numberChip } from "../shared/number_chip";
import { GATES, type Gate } from "../shared/run";
import type { Value } from "../shared/steer";
import { curve } from "./gate_explorer_curve";
import { digitsOf, equations } from "./gate_explorer_equations";
import { extent, picture } from "./gate_explorer_picture";
import {
  INPUTS,
  type Key,
  KEYS,
  momentOf,
  type Part,
  PRESET_NAMES,
  reach,
  sameState,
  settled,
  type State,
  withPreset,
} from "./gate_explorer_state";
import type { GateExplorerStrings } from "./gate_explorer_strings";
import { thermometer } from "./gate_explorer_thermometer";

const SYMBOLS = { x: "x", h: "h_−1", c: "c_−1" } as const;

/** Ends of the axes: the first that holds all there is to draw. */
const Z_ENDS = [4, 8, 16, 32];
const STATE_ENDS = [1.25, 1.5, 2, 3, 4];
const endFor = (ends: readonly number[], size: number): number => ends.find((end) => size <= end) ?? ends.at(-1) ?? 1;

/** How much a pixel of a drag is worth. */
const perPixel = (key: Key): number => (key.length > 1 ? 0.05 : reach(key) / 100);
const toneOf = (key: Key): string => (key.length > 1 ? key.charAt(0) : key);

export function gateExplorerView(options: InstrumentOptions<State, GateExplorerStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  let state = original;
  let holding = false;

  const put = (key: Key, value: number): void => {
    if (value !== state[key]) move({ ...state, [key]: value });
  };
  const labelOf = (key: Key): string => {
    const [gate, part] = key.split("_") as [Gate, Part];
    return key === "x" || key === "h" || key === "c" ? strings.inputs[key] : strings.weight(part, gate);
  };
  const valueOf = (key: Key, label = labelOf(key)): Value => ({
    label,
    least: -reach(key),
    most: reach(key),
    get: () => state[key],
    change: (wish) => put(key, settled(key, wish)),
    take: (number) => put(key, number),
  });

  const live = liveRegion(signal);
  const say = (): void => live.say(strings.explained(momentOf(state)));
  /** The reader has moved something: drawn at once where it was dragged, gliding where all of it changes. */
  const move = (next: State, gliding = false): void => {
    show(next, gliding);
    options.moved(next);
    say();
  };

  const message = html("p", { class: "lstm-message lstm-told-state", role: "alert", hidden: true });
  const complaintsOf = (key: Key) => (text: string | null) => {
    // The complaint takes the sentence's place, so that nothing moves under the hand.
    set(message, { hidden: text === null });
    set(told, { hidden: text !== null });
    const ends = [-reach(key), reach(key)].map((end) => fixed(end, 0));
    write(message, text === null ? "" : strings.refused(labelOf(key), text, ends[0] ?? "", ends[1] ?? ""));
  };

  const presets = choiceRow(
    strings.presets,
    PRESET_NAMES.map((name) => ({ label: strings.presetNames[name], tone: "c" })),
    (index) => {
      const name = PRESET_NAMES[index];
      if (name) move(withPreset(name, state, original), true);
    },
    signal,
  );
  const hint = html("span", { class: "lstm-caption" }, strings.hint);
  const told = html("p", { class: "lstm-told-state" });
  const thermometers = INPUTS.map((key) => ({
    key,
    part: thermometer({
      symbol: SYMBOLS[key],
      caption: strings.captions[key],
      tone: key,
      value: valueOf(key),
      signal,
      complain: complaintsOf(key),
    }),
  }));
  const curves = GATES.map((gate) => ({
    gate,
    part: curve({
      gate,
      name: strings.gates[gate],
      value: valueOf(`${gate}_b`, strings.curve(gate)),
      signal,
      describe: (bias, z, value) => strings.curveValue(gate, bias, z, value),
      held(holds) {
        holding = holds;
        if (!holds) rescale();
      },
    }),
  }));
  const arithmetic = picture(strings, signal);
  const sums = equations(strings, (key, stop) =>
    numberChip({ value: valueOf(key), signal, perPixel: perPixel(key), tone: toneOf(key), stop, complain: complaintsOf(key) }),
  );
  const foot = figureFoot({
    strings,
    signal,
    address: () => options.address(state),
    reset: () => move(original, true),
  });

  const element = html(
    "div",
    { class: "lstm-ui lstm-gate-explorer", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html(
      "div",
      { class: "lstm-presets" },
      html("span", { class: "lstm-caption", "aria-hidden": "true" }, strings.presets),
      presets.element,
      hint,
    ),
    html("div", { class: "lstm-thermometers" }, ...thermometers.map(({ part }) => part.element)),
    html(
      "div",
      { class: "lstm-step" },
      html("div", { class: "lstm-curves" }, ...curves.map(({ part }) => part.element)),
      arithmetic.element,
    ),
    told,
    message,
    sums.element,
    foot,
    live.element,
  );

  /** What is drawn at this frame: the numbers of the state, and the ends of both axes. */
  let drawn: State = original;
  let ends: readonly number[] = [4, 1.25];
  const draw = (): void => {
    const [zEnd = 4, stateEnd = 1.25] = ends;
    const moment = momentOf(drawn);
    for (const { key, part } of thermometers) part.draw(drawn[key]);
    for (const { gate, part } of curves) part.draw(moment[gate], moment.sums[gate], zEnd);
    arithmetic.draw(moment, stateEnd);
  };
  const position = glide((values) => {
    drawn = Object.fromEntries(KEYS.map((key, index) => [key, values[index] ?? 0])) as Record<Key, number>;
    draw();
  }, signal);
  const axes = glide((values) => {
    ends = values;
    draw();
  }, signal);
  let axisEnds: readonly number[] = [];
  /** Fits the axes to what there is to draw; while a point is held they only grow, so that it stays under the pointer. */
  const rescale = (): void => {
    const moment = momentOf(state);
    const sizes = GATES.flatMap((gate) => {
      const { x, h, z } = moment.sums[gate];
      return [x, x + h, z].map(Math.abs);
    });
    const wanted = [endFor(Z_ENDS, Math.max(...sizes)), endFor(STATE_ENDS, extent(moment))];
    const next = holding ? wanted.map((end, index) => Math.max(end, axisEnds[index] ?? 0)) : wanted;
    if (next.every((end, index) => end === axisEnds[index])) return;
    axisEnds = next;
    axes.to(next);
  };

  const show = (next: State, gliding: boolean): void => {
    state = next;
    const moment = momentOf(state);
    const digits = digitsOf(state, moment);
    for (const { key, part } of thermometers) part.print(fixed(state[key], digits));
    for (const { gate, part } of curves) part.print(moment[gate], moment.sums[gate]);
    arithmetic.print(moment);
    sums.show(state, moment, digits);
    write(told, strings.explained(moment));
    presets.choose(PRESET_NAMES.findIndex((name) => sameState(state, withPreset(name, state, original))));
    // The exact numbers, for whoever reads them by program.
    const { i, f, g, o, c, h } = moment;
    for (const [name, value] of Object.entries({ i, f, g, o, c, h })) set(element, { [`data-${name}`]: value });
    rescale();
    const values = KEYS.map((key) => state[key]);
    if (gliding) position.to(values);
    else position.jump(values);
  };

  return {
    element,
    show: (next) => show(next, true),
    announce: say,
  };
}

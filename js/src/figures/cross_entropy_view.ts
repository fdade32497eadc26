/** The CrossEntropy as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { choiceRow, textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed, rounded } from "../shared/format";
import { NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { glide } from "../shared/motion";
import { readings } from "../shared/readings";
import { sentence } from "../shared/sentence";
import { slider } from "../shared/slider";
import type { Value } from "../shared/steer";
import { areas } from "./cross_entropy_areas";
import { amount, chance, classRow } from "./cross_entropy_row";
import {
  CLASSES,
  descended,
  inMode,
  LARGEST_LOGIT,
  MODES,
  MOST_SMOOTHING,
  type Moment,
  momentOf,
  type State,
  withLogit,
  withProbability,
} from "./cross_entropy_state";
import type { CrossEntropyStrings } from "./cross_entropy_strings";

const COLUMNS = ["letter", "z", "zchip", "bars", "q", "gradient", "term"];

export function crossEntropyView(options: InstrumentOptions<State, CrossEntropyStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  let state = original;
  let moment = momentOf(state);
  /** The distribution that the hand took hold of, whose proportions a drag keeps. */
  let grasped: readonly number[] | null = null;
  let wasWhole = true;

  const live = liveRegion(signal);
  const move = (next: State, gliding = false): void => {
    show(next, gliding);
    options.moved(next);
    live.say(told.text);
  };

  const told = sentence(strings.refused);
  const qOf = (k: number): Value => {
    const put = (wish: number): void => move({ ...state, probabilities: withProbability(grasped ?? moment.q, k, wish) });
    return {
      label: strings.q(strings.classes[k] ?? ""),
      ...{ least: 0, most: 1, step: 0.01 },
      get: () => moment.q[k] ?? 0,
      change: (wish) => put(rounded(wish, 3)),
      take: put,
    };
  };
  const logitOf = (k: number): Value => {
    const put = (wish: number): void => move({ ...state, logits: withLogit(moment.logits, k, wish) });
    return {
      label: strings.logit(strings.classes[k] ?? ""),
      ...{ least: -LARGEST_LOGIT, most: LARGEST_LOGIT },
      get: () => moment.logits[k] ?? 0,
      change: (wish) => put(rounded(wish, 2)),
      take: put,
    };
  };
  const smoothing: Value = {
    label: strings.smoothing,
    ...{ least: 0, most: MOST_SMOOTHING, step: 0.05, fine: 0.01 },
    get: () => state.smoothing,
    change: (wish) => move({ ...state, smoothing: Math.max(0, Math.min(MOST_SMOOTHING, rounded(wish, 2))) }),
    take: (wish) => move({ ...state, smoothing: wish }),
  };

  const modes = choiceRow(
    strings.mode,
    MODES.map((mode) => ({ label: strings.modes[mode], tone: "h" })),
    (index) => move(inMode(MODES[index] ?? state.mode, state), true),
    signal,
  );
  const smooth = slider({
    value: smoothing,
    signal,
    caption: strings.smoothing,
    symbol: "ε",
    complain: told.complaintOf(smoothing),
  });
  const step = textButton(strings.step, { signal, press: () => move(descended(state), true) });

  const rows = Array.from({ length: CLASSES }, (_, k) =>
    classRow(k, {
      letter: strings.classes[k] ?? "",
      target: strings.target(strings.classes[k] ?? ""),
      q: qOf(k),
      logit: logitOf(k),
      signal,
      choose: () => move({ ...state, target: k }, true),
      grasp: () => (grasped = moment.q),
      complain: told.complaintOf,
    }),
  );
  for (const type of ["pointerup", "pointercancel", "keydown"])
    addEventListener(type, () => (grasped = null), { signal, capture: true });

  const heads = COLUMNS.map((column, at) => html("span", { class: `lstm-caption head ${column}` }, strings.heads[at] ?? ""));
  heads[COLUMNS.indexOf("bars")]?.append(html("b", {}, strings.predicted), " ", html("i", {}, strings.wanted));
  const table = html("div", { class: "lstm-classes" }, ...heads, ...rows.flatMap(({ cells }) => cells));
  const [loss, bits, entropy, divergence] = [html("output"), html("output"), html("output"), html("output")];
  const picture = areas(strings, signal);

  const element = html(
    "div",
    { class: "lstm-ui lstm-cross-entropy", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html("p", { class: "lstm-caption" }, strings.question),
    html("div", { class: "lstm-bar" }, modes.element, smooth.element, step),
    table,
    readings([strings.loss, loss], [strings.bits, bits], [strings.entropy, entropy], [strings.divergence, divergence]),
    ...told.elements,
    picture.element,
    figureFoot({ strings, signal, address: () => options.address(state), reset: () => move(original, true) }),
    live.element,
  );

  const position = glide((values) => {
    const part = (from: number): readonly number[] => values.slice(from * CLASSES, (from + 1) * CLASSES);
    const [nowQ, nowP, nowZ, surprise] = [0, 1, 2, 3].map(part) as [number[], number[], number[], number[]];
    rows.forEach((row, k) => row.draw(nowQ[k] ?? 0, nowP[k] ?? 0, nowZ[k] ?? 0));
    picture.draw({ ...moment, surprise }, nowP);
  }, signal);

  const explain = ({ q, loss, entropy, divergence, surprise }: Moment): string => {
    const { target } = state;
    const letter = strings.classes[target] ?? "";
    const given = q[target] ?? 0;
    if (loss === Infinity) return strings.infinite(strings.classes[surprise.indexOf(Infinity)] ?? letter);
    if (given === 0) return strings.rounded(letter, amount(loss));
    if (state.smoothing > 0) return strings.soft(amount(loss), amount(entropy), amount(divergence));
    return strings.hard(letter, chance(given), amount(loss), amount(loss / Math.LN2));
  };

  const show = (next: State, gliding: boolean): void => {
    state = next;
    moment = momentOf(state);
    const inLogits = state.mode === "logits";
    set(table, { "data-mode": state.mode });
    set(step, { hidden: !inLogits });
    modes.choose(MODES.indexOf(state.mode));
    smooth.show(fixed(state.smoothing, 2));
    rows.forEach((row, k) => row.print(moment, state.mode, k === state.target));
    write(loss, amount(moment.loss));
    write(bits, amount(moment.loss / Math.LN2));
    write(entropy, amount(moment.entropy));
    write(divergence, amount(moment.divergence));
    told.tell(explain(moment));
    // The exact numbers, for whoever reads them by program.
    set(element, { "data-loss": moment.loss, "data-entropy": moment.entropy, "data-divergence": moment.divergence });
    const values = [...moment.q, ...moment.p, ...moment.logits, ...moment.surprise];
    // There is no way from or to the infinite.
    const whole = values.every(Number.isFinite);
    if (gliding && whole && wasWhole) position.to(values);
    else position.jump(values);
    wasWhole = whole;
  };

  return {
    element,
    show: (next) => show(next, true),
    announce: () => live.say(told.text),
  };
}

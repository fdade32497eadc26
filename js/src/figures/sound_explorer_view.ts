/** The SoundExplorer as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { choiceRow, iconButton, setIdle, textButton } from "../shared/buttons";
import { gateScale, type Scale, shadeAt, shadesOf, signedScale } from "../shared/colour_scale";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { probability } from "../shared/format";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { QUANTITIES, type Quantity } from "../shared/run";
import { slider } from "../shared/slider";
import { pageColours, watchTheme } from "../shared/theme";
import { tintLimit } from "../shared/tint";
import { rows } from "./live_model_rows";
import { type Heard, openListener } from "./sound_explorer_listen";
import { type Panel, panels } from "./sound_explorer_panels";
import {
  type Edited,
  edited,
  type Edits,
  type Frames,
  LEAST_FRAMES,
  NONE,
  readCovers,
  scaled,
  writeCovers,
} from "./sound_explorer_sounds";
import type { SoundExplorerStrings } from "./sound_explorer_strings";
import { strip } from "./sound_explorer_strip";

export interface State extends Edits {
  readonly gate: string;
  readonly time: number;
}

/** Where the colours of what is read end, in standard deviations; as in sound_explorer_picture.py. */
const LIMIT = 3;
const LENGTHS = { least: 50, most: 150 };
const UNCUT = { covers: NONE, head: 0, tail: 0 };

/** The colour of a value of an array of so many a frame. */
function painter(values: Float64Array, width: number, scale: Scale): (frame: number, row: number) => number {
  const shades = shadesOf(pageColours(...scale.stops));
  return (frame, row) => shades[shadeAt(values[frame * width + row] ?? 0, scale)] ?? 0;
}

export function soundExplorerView(options: InstrumentOptions<State, SoundExplorerStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  const listener = openListener(options.given("model"), options.given("sounds"));
  const { sounds, labels, layers } = listener;
  const { features, sequences } = sounds;
  const count = sequences.length;
  const lengthOf = (recording: number): number => (sequences[recording]?.length ?? 0) / features;
  const labelOf = (recording: number): string => labels[sounds.labels[recording] ?? 0] ?? "";
  let state = original;

  const live = liveRegion(signal);
  const told = html("p", { class: "lstm-told-state" });
  const move = (changes: Partial<State>): void => {
    show({ ...state, ...changes });
    options.moved(state);
    live.say(told.textContent);
  };
  const take = (recording: number): void => {
    if (recording >= 0 && recording < count && recording !== state.recording) move({ recording, ...UNCUT });
  };

  const chooser = (label: string, take: (recording: number) => void): HTMLSelectElement => {
    const select = html("select", { class: "lstm-field", "aria-label": label });
    sounds.labels.forEach((_, k) => {
      const before = sounds.labels.slice(0, k).filter((each) => each === sounds.labels[k]).length;
      select.append(html("option", { value: k }, strings.option(labelOf(k), before)));
    });
    select.addEventListener("change", () => take(Number(select.value)), { signal });
    return select;
  };
  const recording = chooser(strings.recordingLabel, take);
  const other = chooser(strings.otherLabel, (next) => move({ other: next, share: state.share || 50 }));
  const [previous, next] = [
    iconButton("previous", strings.previous, { signal, press: () => take(state.recording - 1) }),
    iconButton("next", strings.next, { signal, press: () => take(state.recording + 1) }),
  ];
  const message = html("p", { class: "lstm-message", role: "alert", hidden: true });
  const dial = (
    name: "stretch" | "share",
    caption: string,
    label: string,
    least: number,
    most: number,
  ): ReturnType<typeof slider> => {
    const change = (wish: number): void => {
      const value = Math.max(least, Math.min(most, Math.round(wish)));
      if (value !== state[name]) move({ [name]: value });
    };
    return slider({
      value: { label, least, most, step: 5, fine: 1, get: () => state[name], change, take: change },
      ...{ signal, caption },
      complain(text) {
        set(message, { hidden: text === null });
        write(message, text === null ? "" : strings.refused(text, least, most));
      },
    });
  };
  const stretch = dial("stretch", strings.stretch, strings.stretchLabel, LENGTHS.least, LENGTHS.most);
  const share = dial("share", strings.blend, strings.blendLabel, 0, 100);
  const turn = (): void => move({ direction: state.direction === "backwards" ? "forwards" : "backwards" });
  const uncover = (): void => {
    if (state.covers !== NONE) move({ covers: NONE });
  };
  const [turning, uncovering] = [
    textButton(strings.backwards, { signal, press: turn }),
    textButton(strings.uncover, { signal, press: uncover }),
  ];
  const tape = strip({
    ...{ strings, signal },
    cut(head, tail) {
      if (head !== state.head || tail !== state.tail) move({ head, tail });
    },
    cover(covered) {
      const covers = writeCovers(covered);
      if (covers !== state.covers) move({ covers });
    },
  });
  const bars = rows({ signal });
  const cursorTold = html("span", { class: "lstm-caption" });
  const choose = (index: number): void => move({ gate: QUANTITIES[index] ?? "f" });
  const gates = choiceRow(
    strings.choose,
    QUANTITIES.map((sign) => ({ sign, label: strings.quantities[sign], tone: sign, short: "" })),
    choose,
    signal,
  );
  const time = panels({
    label: strings.timeLabel,
    signal,
    made: [
      { height: 78 },
      { height: 14 * labels.length, names: labels },
      ...layers.map(({ units }) => ({ height: Math.max(64, 3 * units) })),
    ],
    choose: (frame) => move({ time: frame }),
  });
  const element = html(
    "div",
    { class: "lstm-ui lstm-sound", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html(
      "div",
      { class: "lstm-sound-head" },
      html("span", { class: "which" }, html("span", { class: "lstm-caption" }, strings.recording), previous, recording, next),
      html("span", { class: "which" }, turning, uncovering),
    ),
    html("span", { class: "lstm-caption" }, strings.strip),
    tape.element,
    stretch.element,
    html(
      "div",
      { class: "lstm-sound-head" },
      html("span", { class: "which" }, html("span", { class: "lstm-caption" }, strings.blendWith), other),
      share.element,
    ),
    message,
    html("div", { class: "lstm-sound-hears" }, html("span", { class: "lstm-caption" }, strings.hears), bars.element, cursorTold),
    told,
    gates.element,
    time.element,
    figureFoot({ strings, signal, address: () => options.address(state), reset: () => move(original) }),
    live.element,
  );
  const letters = QUANTITIES.map((sign, at) => [sign, () => choose(at)] as const);
  listenToKeys(
    element,
    {
      "<": () => take(state.recording - 1),
      ">": () => take(state.recording + 1),
      b: turn,
      u: uncover,
      ...Object.fromEntries(letters),
    },
    signal,
  );

  /** What was edited and heard last, and for which edits. */
  let heard: { readonly of: string; readonly edit: Edited; readonly x: Frames; readonly heard: Heard } | null = null;
  /** Keeps a wish from outside within what the recording has. */
  const fit = (wish: State): State => {
    const [own, guest] = [Math.min(wish.recording, count - 1), Math.min(wish.other, count - 1)];
    const frames = lengthOf(own);
    const head = Math.min(wish.head, frames - LEAST_FRAMES);
    const covers = writeCovers(readCovers(wish.covers, frames));
    return { ...wish, recording: own, other: guest, head, tail: Math.min(wish.tail, frames - head - LEAST_FRAMES), covers };
  };
  const show = (wish: State): void => {
    const asked = fit(wish);
    const of = JSON.stringify({ ...asked, gate: "", time: 0 });
    const atEnd = heard === null || state.time >= heard.heard.frames - 1;
    const changed = heard?.of !== of;
    if (changed || !heard) {
      const edit = edited(sounds, asked);
      const x = scaled(sounds, edit.read);
      heard = { of, edit, x, heard: listener.hear(x) };
    }
    const { frames, answers, best, decided } = heard.heard;
    // Who stood at the end stays there; who has set a time gets it.
    const last = frames - 1;
    const follows = changed && atEnd && wish.time === state.time;
    state = { ...asked, time: follows ? last : Math.min(asked.time, last) };
    draw();
    const [end, here] = [answers[last], answers[state.time]] as [Float64Array, Float64Array];
    bars.show(
      labels.map((name, at) => ({
        name,
        bar: [0, end[at] ?? 0],
        thin: here[at] ?? 0,
        number: probability(end[at] ?? 0),
        strong: at === best,
      })),
    );
    write(cursorTold, strings.cursor(state.time));
    write(told, strings.told(labelOf(state.recording), labels[best] ?? "", end[best] ?? 0, decided, frames));
    const top = here.reduce((most, p, at) => (p > (here[most] ?? p) ? at : most), 0);
    time.mark(state.time, decided, strings.at(state.time, frames, labels[top] ?? "", here[top] ?? 0));
    recording.value = String(state.recording);
    other.value = String(state.other);
    stretch.show(String(state.stretch));
    share.show(`${state.share} %`);
    set(turning, { "aria-pressed": state.direction === "backwards" ? "true" : "false" });
    gates.choose(QUANTITIES.indexOf(state.gate as Quantity));
    setIdle(uncovering, state.covers === NONE);
    setIdle(previous, state.recording === 0);
    setIdle(next, state.recording === count - 1);
    // The exact numbers, for whoever reads them by program.
    if (changed) set(element, { "data-answers": answers.map((each) => each.join(" ")).join(" "), "data-decided": decided });
  };

  let drawn = "";
  const draw = (): void => {
    if (!heard) return;
    const { edit, x, heard: found, of } = heard;
    const wanted = `${of} ${state.gate}`;
    if (drawn === wanted) return;
    drawn = wanted;
    const frames = lengthOf(state.recording);
    const signed = signedScale(LIMIT);
    tape.draw({
      ...{ frames, features, head: state.head, tail: state.tail },
      covered: readCovers(state.covers, frames),
      colourAt: painter(scaled(sounds, edit.whole), features, signed),
    });
    const quantity = state.gate as Quantity;
    const isGate = "ifo".includes(quantity);
    const flat = Float64Array.from(found.answers.flatMap((each) => Array.from(each)));
    const list: Panel[] = [
      { title: strings.read(found.frames), rows: features, colourAt: painter(x, features, signed) },
      { title: strings.soFar, rows: labels.length, colourAt: painter(flat, labels.length, gateScale("x")) },
      ...layers.map(({ units, backward }, at) => {
        const values = found.of(at, quantity);
        const scale = isGate ? gateScale(quantity) : signedScale(tintLimit(values));
        const title = `${backward ? strings.back : strings.forwards} ${strings.quantities[quantity]}, ${strings.units(units)}`;
        return { title, rows: units, colourAt: painter(values, units, scale) };
      }),
    ];
    time.draw(found.frames, list);
  };
  watchTheme(signal, () => {
    drawn = "";
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

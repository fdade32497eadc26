/** The Translator as a reader sees and works it. */
import type { View, ViewOptions } from "../figure";
import { choiceRow } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { expectations } from "../shared/expectations";
import { figureFoot } from "../shared/foot";
import { fixed } from "../shared/format";
import { listenToKeys } from "../shared/keys";
import { lineInput } from "../shared/line_input";
import { liveRegion } from "../shared/live";
import { clock } from "../shared/motion";
import { MOST_UNDER_TEXT, tintGround } from "../shared/tint";
import { tokenStrip } from "../shared/token_strip";
import { transport } from "../shared/transport";
import { END, largest, type Translation, UNKNOWN } from "../translator";
import { gateRows } from "./translator_gates";
import { attentionMatrix } from "./translator_matrix";
import { type TranslatorPosition, type TranslatorRun, WIDEST } from "./translator_state";
import type { TranslatorStrings } from "./translator_strings";

const PLAY_MS = 650;
const LIKELIEST = 5;

export function translatorView(
  options: ViewOptions<TranslatorPosition, TranslatorStrings>,
): View<TranslatorPosition, TranslatorRun> {
  const { strings, signal, id } = options;
  let run: TranslatorRun | null = null;
  let position: TranslatorPosition = { time: 0, beam: 1 };
  let written: Translation | null = null;
  let names: readonly string[] = [];
  let words: HTMLElement[] = [];
  let laid: Translation | null = null;

  const move = (changes: Partial<TranslatorPosition>): void => {
    if (!run) return;
    const wish = { ...position, ...changes };
    const { time } = run.written(wish.beam);
    const atEnd = written !== null && position.time === written.time - 1;
    // Who stood at the end of one translation stands at the end of the other.
    const follows = changes.time === undefined && atEnd;
    const next = { ...wish, time: follows ? time - 1 : Math.max(0, Math.min(time - 1, wish.time)) };
    if (next.time === position.time && next.beam === position.beam) return;
    position = next;
    show();
    options.moved(position);
    live.say(told.textContent);
  };
  const toTime = (time: number): void => {
    beat.stop();
    move({ time });
  };
  const last = (): number => (written?.time ?? 1) - 1;
  const nameOf = (time: number): string => {
    const name = names[time] ?? "";
    return written?.copied.includes(time) ? strings.copiedToken(strings.quoted(name)) : name;
  };
  const describe = (time: number): string => strings.place(time, written?.time ?? 0, nameOf(time));

  const live = liveRegion(signal);
  const beat = clock(
    () => {
      move({ time: position.time + 1 });
      return position.time < last();
    },
    () => steps(),
    signal,
  );
  const playOrPause = (): void => {
    if (beat.running) {
      beat.stop();
      return;
    }
    if (position.time === last()) move({ time: 0 });
    beat.start(PLAY_MS);
  };
  const jumps = {
    first: () => toTime(0),
    previous: () => toTime(position.time - 1),
    next: () => toTime(position.time + 1),
    last: () => toTime(last()),
  };
  const buttons = transport({ strings, signal, playOrPause, ...jumps });
  const steps = (): void =>
    buttons.show({ atFirst: position.time === 0, atLast: position.time === last(), playing: beat.running });

  const typing = options.typed
    ? lineInput({ id, label: strings.type, original: strings.original, signal, typed: options.typed, restore: options.restore })
    : null;
  const unknown = html("p", { class: "lstm-translator-note", role: "status", hidden: true });
  const beams = choiceRow(
    strings.beam,
    Array.from({ length: WIDEST }, (_, at) => ({ label: strings.beams(at + 1), tone: "h" })),
    (at) => move({ beam: at + 1 }),
    signal,
  );
  const source = html("div", { class: "lstm-translator-source", lang: "en" });
  const caption = html("span", { class: "lstm-caption" });
  const strip = tokenStrip({ label: strings.writtenLabel, signal, choose: toTime, describe });
  const whole = html("p", { class: "lstm-translator-whole" });
  const guesses = expectations({
    label: strings.expects,
    most: LIKELIEST,
    outcome: (real) => (real ? strings.outcome(real.rank) : strings.outcome(0)),
  });
  const told = html("p", { class: "lstm-told-state" });
  const matrix = attentionMatrix({ label: strings.matrixLabel, signal, choose: toTime });
  const gatesCaption = html("span", { class: "lstm-caption" });
  const gates = gateRows({ signal, names: strings.quantities, describe: strings.gatesLabel });
  const element = html(
    "div",
    { class: "lstm-ui lstm-translator", role: "group", "aria-label": strings.title },
    ...(typing ? [typing.element] : []),
    unknown,
    html(
      "div",
      { class: "lstm-translator-row" },
      html(
        "span",
        { class: "which" },
        html("span", { class: "lstm-caption", "aria-hidden": "true" }, strings.beam),
        beams.element,
      ),
      buttons.element,
    ),
    html(
      "div",
      { class: "lstm-translator-lines" },
      html("span", { class: "lstm-caption" }, strings.source),
      source,
      caption,
      strip.element,
    ),
    whole,
    guesses.element,
    told,
    html("span", { class: "lstm-caption" }, strings.matrix),
    matrix.element,
    gatesCaption,
    gates.element,
    figureFoot({ strings, signal, address: () => options.address(position), reset: () => options.reset() }),
    live.element,
  );
  const digits = Array.from({ length: WIDEST }, (_, at) => [String(at + 1), () => move({ beam: at + 1 })] as const);
  listenToKeys(
    element,
    {
      ...{ ArrowLeft: jumps.previous, ArrowRight: jumps.next, Home: jumps.first, End: jumps.last, " ": playOrPause },
      ...{ ArrowUp: jumps.previous, ArrowDown: jumps.next },
      ...Object.fromEntries(digits),
    },
    signal,
  );

  /** Lays what does not change from token to token. */
  const lay = (found: TranslatorRun, translation: Translation): void => {
    laid = translation;
    const code = strings.codes[found.language] ?? "";
    names = translation.ids.map((token, t) => (token === END ? strings.end : (translation.pieces[t] ?? "").trim()));
    words = found.source.pieces.map((piece, s) => {
      const isEnd = s === found.source.pieces.length - 1;
      return html(
        "span",
        { class: "lstm-token lstm-tint", "data-unknown": !isEnd && found.source.ids[s] === UNKNOWN, "data-end": isEnd },
        isEnd ? strings.end : piece,
      );
    });
    source.replaceChildren(...words);
    strip.setTokens(names, names.length);
    set(strip.element, { lang: code });
    [...strip.element.querySelectorAll(".lstm-token")].forEach((cell, t) =>
      set(cell, { "data-copied": translation.copied.includes(t), "data-end": translation.ids[t] === END }),
    );
    const logP = translation.ids.reduce((sum, token, t) => sum + Math.log(chosen(translation, t, token)), 0) / translation.time;
    const [text, ...rest] = strings.whole("\u0000", fixed(logP, 2), translation.time).split("\u0000").reverse();
    whole.replaceChildren(...rest, html("b", { lang: code }, translation.text), text ?? "");
    write(caption, strings.written(strings.languages[found.language] ?? found.language));
    write(gatesCaption, strings.gates(found.units));
    matrix.show(
      names,
      found.source.pieces.map((piece, s) => (s === words.length - 1 ? strings.end : piece)),
      translation.weights,
      code,
    );
    gates.setTranslation(translation);
    write(unknown, found.unknown.length > 0 ? strings.unknown(found.unknown) : "");
    set(unknown, { hidden: found.unknown.length === 0 });
    // The exact numbers, for whoever reads them by program.
    set(element, { "data-ids": translation.ids.join(" "), "data-attention": translation.weights.join(" ") });
  };
  const chosen = ({ p, time }: Translation, t: number, token: number): number => p[(t * p.length) / time + token] ?? 0;

  const show = (): void => {
    if (!run) return;
    written = run.written(position.beam);
    if (laid !== written) lay(run, written);
    const { time } = position;
    const columns = run.source.pieces.length;
    const shares = written.weights.subarray(time * columns, (time + 1) * columns);
    for (const [s, word] of words.entries()) tintGround(word, shares[s] ?? 0, MOST_UNDER_TEXT);
    strip.setTime(time);
    matrix.mark(time, describe(time));
    gates.setTime(time);
    const token = written.ids[time] ?? END;
    const likeliest = run.expects(written, time, LIKELIEST).map(({ id, token: piece, probability }) => ({
      id,
      probability,
      token: id === END ? strings.end : id === UNKNOWN ? strings.copying : piece.trim(),
    }));
    guesses.show(likeliest, likeliest.find(({ id }) => id === token)?.token ?? null);
    const [most = 0] = largest(shares, 1);
    const name = (text: string, isEnd: boolean): string => (isEnd ? strings.end : strings.quoted(text));
    const word = name(run.source.pieces[most] ?? "", most === columns - 1);
    const said = token === UNKNOWN ? nameOf(time) : name(names[time] ?? "", token === END);
    write(told, strings.told(said, chosen(written, time, token), word, shares[most] ?? 0));
    beams.choose(position.beam - 1);
    steps();
  };

  return {
    element,
    setRun(next, at) {
      beat.stop();
      run = next;
      laid = null;
      position = at;
      show();
    },
    setPosition(at) {
      position = at;
      show();
    },
    setText: (text, isOriginal) => typing?.setText(text, isOriginal),
    setMessage: (message) => typing?.setMessage(message),
    announce: () => live.say(told.textContent),
  };
}

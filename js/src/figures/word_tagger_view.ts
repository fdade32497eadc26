/** The WordTagger as a reader sees and works it. */
import type { View, ViewOptions } from "../figure";
import { iconButton, setIdle, textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed, probability } from "../shared/format";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { lineInput } from "../shared/line_input";
import { liveRegion } from "../shared/live";
import { pieces } from "../vocabulary";
import { rows } from "./live_model_rows";
import { inside } from "./word_tagger_inside";
import { keep } from "./word_tagger_keep";
import {
  type Example,
  fit,
  keptOf,
  markedAfter,
  sentencesOf,
  type Span,
  spansOfLabels,
  type Tagged,
  type TaggerPosition,
  type TaggerRun,
  writtenOut,
} from "./word_tagger_state";
import type { WordTaggerStrings } from "./word_tagger_strings";
import { type Bracket, COLOURS, words } from "./word_tagger_words";

/** How many labels have a row, how much of an example is shown, and how many unknown words are named. */
const LABELS = 9;
const SHOWN = 64;
const NAMED = 12;
/** From so many characters on, a text has a field of several lines. */
const LONG = 120;

export function wordTaggerView(options: ViewOptions<TaggerPosition, WordTaggerStrings>): View<TaggerPosition, TaggerRun> {
  const { strings, signal, id } = options;
  let run: TaggerRun | null = null;
  let tagged: Tagged | null = null;
  let position: TaggerPosition = { time: 0, unit: 0, layer: 0, select: "threshold", threshold: 0.5, best: 1 };
  /** The word that a mouse points at. */
  let peek: number | null = null;
  let isOriginal = true;
  /** Where the reader wants to be in a text that is just read. */
  let wish: Partial<TaggerPosition> | null = null;

  const at = (): number => peek ?? position.time;
  const word = (time: number): string => run?.text.slice(run.pieces[time]?.start, run.pieces[time]?.end) ?? "";
  const labelOf = (time: number): number => {
    const shares = tagged?.shares[time] ?? [];
    return shares.indexOf(Math.max(...shares));
  };
  const place = (time: number): string => {
    const shares = tagged?.shares[time] ?? [];
    const label = run?.keeps ? shares.length - 1 : labelOf(time);
    const p = probability(shares[label] ?? 0);
    const name = nameOf(label);
    return strings.place(word(time), time + 1, run?.time ?? 0, time === position.marked, run?.unknown[time] === true, name, p);
  };

  const live = liveRegion(signal);
  const say = (): void => live.say([place(position.time), told.textContent].join(" "));
  /** A move by the reader's hand. */
  const go = (changes: Partial<TaggerPosition>): void => {
    if (!run) return;
    const next = fit({ ...position, ...changes }, run);
    peek = null;
    const moved = Object.entries(next).some(([key, value]) => position[key as keyof TaggerPosition] !== value);
    show(next);
    if (!moved) return;
    options.moved(position);
    say();
  };
  const toWord = (time: number): void => go({ time: Math.max(0, Math.min((run?.time ?? 1) - 1, time)) });
  const mark = (time: number): void => go(position.marked === undefined ? { time } : { time, marked: time });
  /** Reads another text, and goes to where the reader wants to be in it. */
  const reads = (text: string, to: Partial<TaggerPosition>): void => {
    wish = to;
    try {
      options.typed?.(text);
      options.moved(position);
    } finally {
      wish = null;
    }
    say();
  };

  const chooser = html("select", { class: "lstm-field lstm-tagger-examples", "aria-label": strings.examples });
  const own = html("option", { value: "" }, strings.own);
  chooser.addEventListener(
    "change",
    () => {
      const example = run?.examples[Number(chooser.value)];
      if (example && chooser.value !== "") reads(example.text, { time: example.marked ?? 0, marked: example.marked ?? 0 });
    },
    { signal },
  );
  let typing: ReturnType<typeof lineInput> | null = null;
  const field = html("div", {});
  const typed = (text: string): void => {
    const before = run?.pieces ?? [];
    const vocabulary = run?.network.text;
    const after = vocabulary ? pieces(vocabulary, text) : [];
    const caret = field.querySelector<HTMLTextAreaElement>(".lstm-field")?.selectionEnd ?? text.length;
    const time = Math.max(0, after.filter(({ start }) => start < caret).length - 1);
    reads(text, { time, ...(position.marked === undefined ? {} : { marked: markedAfter(before, after, position.marked) }) });
  };

  const strip = words({ role: "slider", tabindex: 0, "aria-label": strings.words, "aria-orientation": "horizontal" });
  strip.element.addEventListener(
    "click",
    ({ target }) => {
      const time = strip.wordAt(target);
      if (time >= 0) mark(time);
    },
    { signal },
  );
  const mouse = ({ pointerType, buttons }: PointerEvent): boolean => pointerType === "mouse" && buttons === 0;
  strip.element.addEventListener(
    "pointerover",
    (event) => {
      const time = mouse(event) ? strip.wordAt(event.target) : -1;
      if (time >= 0 && time !== at()) showAt(time);
    },
    { signal },
  );
  strip.element.addEventListener("pointerleave", (event) => mouse(event) && peek !== null && showAt(null), { signal });
  listenToKeys(strip.element, { Enter: () => mark(position.time), " ": () => mark(position.time) }, signal);

  const hint = html("span", { class: "lstm-caption" });
  const unknown = html("p", { class: "lstm-caption lstm-tagger-unknown", hidden: true });
  const told = html("p", { class: "lstm-unseen" });
  const goldStrip = words({ "aria-hidden": "true", "data-still": "true" });
  const goldCaption = html("span", { class: "lstm-caption" });
  const gold = html("div", { class: "lstm-tagger-gold", hidden: true }, goldCaption, goldStrip.element);
  const keeping = keep({ strings, signal, position: () => position, go });

  const heading = html("span", { class: "lstm-tagger-at" });
  const back = iconButton("previous", strings.before, { signal, press: () => toWord(position.time - 1) });
  const on = iconButton("next", strings.after, { signal, press: () => toWord(position.time + 1) });
  const marker = textButton("", { signal, press: () => mark(at()) });
  const labels = rows({ signal });
  const within = inside({ strings, signal, go });
  const feet = html("div", {});
  const element = html(
    "div",
    { class: "lstm-ui lstm-tagger", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    chooser,
    field,
    html("div", { class: "lstm-tagger-text" }, hint, strip.element, told, unknown),
    gold,
    keeping.element,
    html(
      "div",
      { class: "lstm-tagger-word" },
      html("div", { class: "lstm-tagger-head" }, back, on, heading, marker),
      html("div", { class: "lstm-tagger-parts" }, labels.element, within.panel),
    ),
    within.fold,
    feet,
    live.element,
  );
  listenToKeys(
    element,
    {
      ArrowLeft: () => toWord(position.time - 1),
      ArrowRight: () => toWord(position.time + 1),
      ArrowUp: () => go({ unit: Math.max(0, position.unit - 1) }),
      ArrowDown: () => go({ unit: position.unit + 1 }),
      Home: () => toWord(0),
      End: () => toWord((run?.time ?? 1) - 1),
    },
    signal,
  );

  /** Which colour a label has; null for the quiet one, and for those that none is left for. */
  const colourOf = (label: number): number | null => {
    const place = label - (run && run.quiet >= 0 && label > run.quiet ? 1 : 0);
    return label === run?.quiet || place >= COLOURS ? null : place;
  };
  const toneOf = (label: number): string => {
    if (run?.keeps) return label === run.network.labels.length - 1 ? "tag-1" : "x";
    const colour = colourOf(label);
    return colour === null ? "x" : `tag-${colour}`;
  };
  const nameOf = (label: number): string => (run?.network.labels[label] ?? "").replaceAll("_", " ");
  const bracketsOf = (spans: readonly Span[], numbers: boolean): Bracket[] => {
    const { marked } = position;
    const loud = spans.filter(({ label }) => label !== run?.quiet);
    const found: Bracket[] = loud.map(({ label, first, end, share }) => ({
      ...{ first, end, name: nameOf(label), number: numbers ? fixed(share, 2) : "" },
      colour: colourOf(label) ?? "rare",
    }));
    const free = marked !== undefined && !found.some(({ first, end }) => first <= marked && marked < end);
    if (free) found.push({ first: marked, end: marked + 1, name: strings.marked, number: "", colour: "none" });
    return found.sort((a, b) => a.first - b.first);
  };
  const exampleOf = (shown: TaggerRun): Example | undefined =>
    shown.examples.find(({ text, marked }) => text === shown.text && (marked === undefined || marked === position.marked));

  /** What the network is, once it is known. */
  const begin = (shown: TaggerRun): void => {
    const { network, examples, keeps } = shown;
    const asks = position.marked !== undefined;
    const named = examples.map(({ text, marked }, k) => {
      const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
      const of = network.text && marked !== undefined ? pieces(network.text, text)[marked] : undefined;
      return html("option", { value: k }, of ? `${short} (${text.slice(of.start, of.end)})` : short);
    });
    chooser.replaceChildren(own, ...named);
    set(chooser, { hidden: examples.length === 0 });
    typing = lineInput({
      ...{ id, label: strings.type, original: strings.original, signal, typed, restore: () => options.restore() },
      lines: keeps || examples.some(({ text }) => text.length > LONG) ? 4 : 2,
    });
    field.replaceChildren(typing.element);
    write(hint, asks ? strings.hint.marker : strings.hint.plain);
    set(marker, { hidden: !asks });
    set(keeping.element, { hidden: !keeps });
    set(strip.element, { "data-keeps": keeps });
    const legend = keeps ? strings.legend.keeps(network.title) : strings.legend.labels(network.title, asks);
    const keyList = asks ? [...strings.keyList, strings.markKey] : strings.keyList;
    const reset = (): void => {
      options.reset();
      say();
    };
    feet.replaceChildren(
      figureFoot({ strings: { ...strings, legend, keyList }, signal, address: () => options.address(position), reset }),
    );
  };

  /** What the annotation says, beside what the network says. */
  const showGold = (shown: TaggerRun, found: Tagged, example: Example | undefined): void => {
    const right = example?.gold?.map((name) => shown.network.labels.indexOf(name));
    const fits = right?.length === shown.time;
    set(gold, { hidden: !fits || shown.keeps });
    strip.flag("gold", (time) => fits && shown.keeps && right[time] === shown.network.labels.length - 1);
    keeping.setReference(example?.reference);
    if (!fits || shown.keeps) return;
    const alike = right.filter((label, time) => label === labelOf(time)).length;
    write(goldCaption, `${strings.gold}: ${strings.agree(alike, found.shares.length)}`);
    goldStrip.setContent({
      ...shown,
      unknown: [],
      brackets: bracketsOf(
        spansOfLabels(right, () => 1),
        false,
      ),
    });
    goldStrip.flag("marked", (time) => time === position.marked);
    goldStrip.flag("wrong", (time) => right[time] !== labelOf(time));
  };

  /** What the network says of the whole text. */
  const showTagged = (shown: TaggerRun): void => {
    const found = shown.tagged(position.marked);
    tagged = found;
    strip.setContent({ ...shown, brackets: shown.keeps ? [] : bracketsOf(found.spans, true) });
    strip.flag("marked", (time) => time === position.marked);
    set(strip.element, { "aria-valuemin": 1, "aria-valuemax": shown.time });
    if (shown.keeps) strip.setTints((time) => found.shares[time]?.at(-1) ?? 0);
    const example = exampleOf(shown);
    chooser.value = example ? String(shown.examples.indexOf(example)) : "";
    set(own, { hidden: example !== undefined });
    showGold(shown, found, example);
    const never = [...new Set(shown.pieces.flatMap((_, time) => (shown.unknown[time] ? [word(time)] : [])))];
    set(unknown, { hidden: never.length === 0 });
    write(unknown, strings.unknown(never.length > NAMED ? [...never.slice(0, NAMED), "…"] : never));
    const stretches = found.spans
      .filter(({ label }) => label !== shown.quiet)
      .map(({ label, first, end, share }) => {
        const all = Array.from({ length: end - first }, (_, k) => first + k);
        return strings.stretch(nameOf(label), writtenOut(shown.text, shown.pieces, all), fixed(share, 2));
      });
    write(told, shown.keeps ? "" : strings.told(position.marked === undefined ? null : word(position.marked), stretches));
    within.setTagged(shown, found, position);
    cursor = undefined;
  };

  const showKept = (shown: TaggerRun, found: Tagged): void => {
    if (!shown.keeps) return;
    const groups = sentencesOf(shown.text, shown.pieces);
    const kept = keptOf(
      found.shares.map((shares) => shares.at(-1) ?? 0),
      position,
      groups,
    );
    const chosen = new Set(kept);
    strip.flag("kept", (time) => chosen.has(time));
    const most = position.select === "sentences" ? groups.length : shown.time;
    keeping.show(position, writtenOut(shown.text, shown.pieces, kept), [kept.length, shown.time], most);
    set(element, { "data-kept": kept.join(" ") });
  };

  let cursor: HTMLElement | undefined;
  /** Shows the word that is pointed at; of null, the one at the cursor. */
  const showAt = (pointed: number | null): void => {
    peek = pointed;
    if (!run || !tagged) return;
    const time = at();
    if (cursor) set(cursor, { "data-now": null });
    cursor = strip.cell(time);
    if (cursor) set(cursor, { "data-now": true });
    set(strip.element, { "aria-valuenow": time + 1, "aria-valuetext": place(time) });
    write(heading, strings.at(word(time), time + 1, run.time));
    setIdle(back, position.time === 0);
    setIdle(on, position.time === run.time - 1);
    setIdle(marker, time === position.marked);
    write(marker, time === position.marked ? strings.isMarked : strings.mark(word(time)));
    const shares = tagged.shares[time] ?? [];
    const best = labelOf(time);
    const { labels: names } = run.network;
    const order = Array.from(names.keys());
    if (names.length > LABELS) order.sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
    labels.show(
      order.slice(0, LABELS).map((label) => ({
        ...{ name: nameOf(label), bar: [0, shares[label] ?? 0] as const, number: fixed(shares[label] ?? 0, 3) },
        tone: toneOf(label),
        strong: label === best,
      })),
    );
    within.show(position, time);
    // The exact numbers, for whoever reads them by program.
    set(element, { "data-answer": shares.join(" "), "data-inside": within.numbers.flat().join(" ") });
  };

  const show = (next: TaggerPosition, all = false): void => {
    const before = position;
    position = next;
    if (!run) return;
    const renewed = all || next.marked !== before.marked;
    if (renewed) showTagged(run);
    const keptAnew = renewed || (["select", "threshold", "best"] as const).some((key) => next[key] !== before[key]);
    if (tagged && keptAnew) showKept(run, tagged);
    showAt(peek);
  };

  return {
    element,
    setRun(next, given) {
      const first = run === null;
      run = next;
      peek = null;
      position = fit({ ...given, ...wish }, next);
      if (first) begin(next);
      show(position, true);
      if (first) typing?.setText(next.text, isOriginal);
    },
    setPosition(given) {
      peek = null;
      show(given);
    },
    setText(text, original) {
      isOriginal = original;
      typing?.setText(text, original);
    },
    setMessage: (message) => typing?.setMessage(message),
    announce: say,
  };
}

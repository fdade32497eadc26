/** The SaliencyText as a reader sees and works it. */
import type { View, ViewOptions } from "../figure";
import type { Saliency } from "../saliency";
import { choiceRow } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed, probability, signed } from "../shared/format";
import { listenToKeys } from "../shared/keys";
import { lineInput } from "../shared/line_input";
import { liveRegion } from "../shared/live";
import { spokenToken, visibleToken } from "../shared/tokens";
import { tokenStrip } from "../shared/token_strip";
import { asked, FOLLOWED, MEASURES, ranked, type SaliencyPosition, type SaliencyRun, strongest } from "./saliency_text_state";
import type { SaliencyTextStrings } from "./saliency_text_strings";

/** How many of the likeliest outputs have a bar; the real one and the one asked for have theirs besides. */
const LIKELIEST = 7;
const TOLD = 3;

export function saliencyTextView(
  options: ViewOptions<SaliencyPosition, SaliencyTextStrings>,
): View<SaliencyPosition, SaliencyRun> {
  const { strings, signal, id } = options;
  let run: SaliencyRun | null = null;
  /** What is held; what the reader only points at is shown in its place while the pointer is there. */
  let held: SaliencyPosition = { time: 0, output: "likeliest", measure: "product" };
  let shown: SaliencyPosition = held;
  let cells: HTMLElement[] = [];
  let slots: readonly number[] = [];
  let chosen = 0;
  let frame = 0;
  signal.addEventListener("abort", () => cancelAnimationFrame(frame));

  const hold = (changes: Partial<SaliencyPosition>): void => {
    const next = { ...held, ...changes };
    const moved = Object.entries(next).some(([key, value]) => held[key as keyof SaliencyPosition] !== value);
    held = next;
    show(held);
    if (!moved) return;
    options.moved(held);
    live.say(told.textContent);
  };
  const toTime = (time: number): void => hold({ time: Math.max(0, Math.min((run?.time ?? 1) - 1, time)) });
  const nameOf = (output: number): string => run?.labels[output] ?? "";

  const live = liveRegion(signal);
  const strip = tokenStrip({
    label: strings.text,
    signal,
    choose: toTime,
    describe: (time) =>
      strings.place(time, run?.time ?? 0, spokenToken(run?.tokens[time] ?? "", strings.tokens), run?.unit ?? ""),
  });
  /** Shows what a mouse points at, while it does. */
  const peek = (node: HTMLElement, changesAt: (target: EventTarget | null) => Partial<SaliencyPosition> | null): void => {
    const mouse = ({ pointerType, buttons }: PointerEvent): boolean => pointerType === "mouse" && buttons === 0;
    node.addEventListener(
      "pointerover",
      (event) => {
        const changes = mouse(event) ? changesAt(event.target) : null;
        if (changes) show({ ...held, ...changes });
      },
      { signal },
    );
    node.addEventListener("pointerleave", (event) => mouse(event) && show(held), { signal });
  };
  peek(strip.element, (target) => {
    const time = cells.indexOf(target as HTMLElement);
    return time < 0 ? null : { time };
  });

  const guesses = Array.from({ length: LIKELIEST + 2 }, (_, at) => {
    const [token, number, bar] = ["token", "number", "bar"].map((part) =>
      html("span", { class: `lstm-guess-${part}`, "aria-hidden": "true" }),
    ) as [HTMLElement, HTMLElement, HTMLElement];
    const track = html("span", { class: "lstm-guess-track" }, bar);
    const spoken = html("span", { class: "lstm-unseen" });
    const button = html("button", { type: "button", class: "lstm-guess" }, token, number, track, spoken);
    button.addEventListener("click", () => hold({ output: nameOf(slots[at] ?? 0) }), { signal });
    return { button, token, number, bar, spoken };
  });
  const expected = html("span", { class: "lstm-caption" });
  const bars = html("div", { class: "lstm-guesses", role: "group" }, ...guesses.map(({ button }) => button));
  peek(bars, (target) => {
    const at = guesses.findIndex(({ button }) => button.contains(target as Node));
    return at < 0 ? null : { output: nameOf(slots[at] ?? 0) };
  });
  bars.addEventListener(
    "keydown",
    (event) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
      if (plain && event.key.length === 1 && run?.labels.includes(event.key)) hold({ output: event.key });
    },
    { signal },
  );

  const follow = choiceRow(
    strings.outputs,
    FOLLOWED.map((each) => ({ label: strings.followed[each] ?? each, tone: "h" })),
    (at) => hold({ output: FOLLOWED[at] ?? "likeliest" }),
    signal,
  );
  const measures = choiceRow(
    strings.measures,
    MEASURES.map((each) => ({ label: strings.measureNames[each] ?? each, tone: "h" })),
    (at) => hold({ measure: MEASURES[at] ?? "product" }),
    signal,
  );
  const [low, high] = [html("span"), html("span")];
  const ramp = html("span", { class: "lstm-ramp" });
  const told = html("p", { class: "lstm-told-state" });
  const typing =
    options.typed && !options.grouped
      ? lineInput({ id, label: strings.type, original: strings.original, signal, typed: options.typed, restore: options.restore })
      : null;
  const foot = figureFoot({ strings, signal, address: () => options.address(held), reset: () => options.reset() });
  const element = html(
    "div",
    { class: "lstm-ui lstm-saliency", role: "group", "aria-label": strings.title },
    ...(typing ? [typing.element] : []),
    html(
      "div",
      { class: "lstm-saliency-choices" },
      html("span", { class: "lstm-caption", "aria-hidden": "true" }, strings.outputs),
      follow.element,
      measures.element,
      html("span", { class: "lstm-scale", "aria-hidden": "true" }, low, ramp, high),
    ),
    strip.element,
    html("div", { class: "lstm-expects" }, expected, html("span", { class: "lstm-caption lstm-hint" }, strings.hint), bars),
    told,
    foot,
    live.element,
  );

  const another = (by: 1 | -1) => (): void => {
    const shownSlots = slots.length;
    hold({ output: nameOf(slots[(slots.indexOf(chosen) + by + shownSlots) % shownSlots] ?? 0) });
  };
  listenToKeys(
    element,
    {
      ArrowLeft: () => toTime(held.time - 1),
      ArrowRight: () => toTime(held.time + 1),
      ArrowUp: another(-1),
      ArrowDown: another(1),
      Home: () => toTime(0),
      End: () => toTime((run?.time ?? 1) - 1),
    },
    signal,
  );

  /** Tints the text and tells what is known of it. */
  const paint = (now: SaliencyRun, saliency: Saliency, p: number): void => {
    const { time, measure } = shown;
    const values = saliency[measure];
    const limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    cells.forEach((cell, at) => {
      const value = at <= time ? (values[at] as number) : 0;
      const size = (limit > 0 ? Math.abs(value) / limit : 0).toFixed(3);
      if (cell.style.getPropertyValue("--size") !== size) cell.style.setProperty("--size", size);
      set(cell, { "data-sign": value < 0 ? "negative" : "positive" });
    });
    const sizes = measure === "norm";
    write(low, sizes ? "0" : signed(-limit, 2));
    write(high, sizes ? fixed(limit, 2) : signed(limit, 2));
    set(ramp, { "data-half": sizes });
    const parts = (sign: 1 | -1): [string, number][] =>
      strongest(values, sign, TOLD).map((at) => [visibleToken(now.tokens[at] ?? ""), values[at] as number]);
    const name = visibleToken(nameOf(chosen));
    write(told, sizes ? strings.toldSize(name, p, parts(1)) : strings.told(name, p, parts(1), parts(-1)));
    // The exact numbers, for whoever reads them by program.
    set(element, { "data-values": Array.from(values).join(" "), "data-reached": saliency.reached });
  };

  const show = (next: SaliencyPosition, renewed = false): void => {
    const moved = renewed || next.time !== shown.time || next.output !== shown.output || next.measure !== shown.measure;
    shown = next;
    if (!run || !moved) return;
    const now = run;
    const { time, output, measure } = next;
    const p = now.answer(time);
    const order = ranked(p);
    const real = now.real(time);
    chosen = asked(next, now, order[0] ?? 0);
    const first = order.slice(0, LIKELIEST);
    slots = [...new Set([...first, ...(real < 0 ? [] : [real]), chosen])];
    guesses.forEach(({ button, token, number, bar, spoken }, at) => {
      const own = slots[at];
      set(button, { hidden: own === undefined, "aria-pressed": own === chosen ? "true" : "false", "data-real": own === real });
      if (own === undefined) return;
      const share = p[own] as number;
      write(token, visibleToken(nameOf(own)));
      write(number, probability(share));
      write(spoken, strings.guess(spokenToken(nameOf(own), strings.tokens), share, own === real));
      bar.style.setProperty("--share", share.toFixed(4));
    });
    set(element, { "data-output": nameOf(chosen), "data-p": p[chosen] });
    strip.setTime(time);
    follow.choose(FOLLOWED.findIndex((each) => each === output));
    measures.choose(MEASURES.indexOf(measure));

    cancelAnimationFrame(frame);
    const way = now.saliency(time, chosen);
    const goOn = (): void => {
      const { value } = way.next();
      if (!value) return;
      paint(now, value, p[chosen] as number);
      if (value.reached > 0) frame = requestAnimationFrame(goOn);
    };
    goOn();
  };

  return {
    element,
    setRun(next, at) {
      run = next;
      held = at;
      strip.setTokens(next.tokens, next.time);
      cells = Array.from(strip.element.querySelectorAll<HTMLElement>(".lstm-token"));
      for (const cell of cells) set(cell, { "data-blank": cell.textContent === "␣" });
      set(element, { "data-unit": next.unit });
      write(expected, next.speaks ? strings.expects : strings.says);
      set(bars, { "aria-label": expected.textContent });
      show(at, true);
    },
    setPosition(at) {
      held = at;
      show(at);
    },
    setText: (text, isOriginal) => typing?.setText(text, isOriginal),
    setMessage: (message) => typing?.setMessage(message),
    announce: () => live.say(told.textContent),
  };
}

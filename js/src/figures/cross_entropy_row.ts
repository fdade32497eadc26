/** One class: its letter, its logit, its bar to drag beside the target, and its numbers. */
import { textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { fixed, ofAnySize, signed } from "../shared/format";
import { type NumberChip, numberChip } from "../shared/number_chip";
import { steer, type Value } from "../shared/steer";
import type { Mode, Moment } from "./cross_entropy_state";

export interface RowOptions {
  readonly letter: string;
  readonly target: string;
  readonly q: Value;
  readonly logit: Value;
  readonly signal: AbortSignal;
  choose(): void;
  /** The hand takes hold of the bar. */
  grasp(): void;
  complain(value: Value): (text: string | null) => void;
}

export interface Row {
  /** In the order of the columns. */
  readonly cells: readonly HTMLElement[];
  print(moment: Moment, mode: Mode, chosen: boolean): void;
  /** Draws the bars; called for every frame of a glide. */
  draw(q: number, p: number, logit: number): void;
}

/** Logits within reach of a drag; further ones are typed. */
const REACH = 8;
/** The knob's radius, as in the style sheet. */
const KNOB = 9;

/** A number of nats or bits. */
export const amount = (value: number): string => fixed(value, value < 100 ? 3 : 1);
/** A probability; one that three decimals would make 0 says how small it is. */
export const chance = (value: number): string => (value > 0 && value < 5e-4 ? ofAnySize(value, 3) : fixed(value));

/** A bar from nought, with a knob at its end. */
function track(value: Value, least: number, most: number, signal: AbortSignal, ...marks: HTMLElement[]) {
  const [bar, knob] = [html("span", { class: "bar" }), html("span", { class: "knob" })];
  const element = html("div", { class: "lstm-track" }, ...marks, bar, knob);
  const tell = steer(element, { role: "slider", value, signal });
  draggable(element, {
    signal,
    drag(clientX) {
      const { left, width } = element.getBoundingClientRect();
      const share = (clientX - left - KNOB) / Math.max(1, width - 2 * KNOB);
      value.change(least + Math.max(0, Math.min(1, share)) * (most - least));
    },
  });
  const shareOf = (at: number): number => Math.max(0, Math.min(1, (at - least) / (most - least)));
  return {
    element,
    tell,
    draw(at: number): void {
      lay(bar, shareOf(Math.min(at, 0)), shareOf(Math.max(at, 0)));
      lay(knob, shareOf(at), shareOf(at));
    },
  };
}

/** Lays a mark from one share of a track to another. */
function lay(mark: HTMLElement, from: number, to: number): void {
  mark.style.setProperty("--from", from.toFixed(4));
  mark.style.setProperty("--size", (to - from).toFixed(4));
}

export function classRow(index: number, options: RowOptions): Row {
  const { signal, q, logit } = options;
  const letter = textButton(options.letter, { signal, press: options.choose });
  letter.classList.add("lstm-choice", "lstm-letter");
  set(letter, { "aria-label": options.target, "data-tone": "h" });
  const [wanted, push] = [html("span", { class: "wanted" }), html("span", { class: "push" })];
  const bars = track(q, 0, 1, signal, wanted, push);
  bars.element.addEventListener("pointerdown", options.grasp, { signal, capture: true });
  const logits = track(logit, -REACH, REACH, signal);
  logits.element.classList.add("lstm-logit");
  const chipOf = (value: Value, perPixel: number): NumberChip =>
    numberChip({ value, signal, perPixel, stop: false, tone: "h", complain: options.complain(value) });
  const [qChip, zChip] = [chipOf(q, 0.005), chipOf(logit, 0.05)];
  const output = (name: string): HTMLElement => html("output", { class: `lstm-entry ${name}` });
  const [given, gradient, term] = [output("given"), output("gradient"), output("term")];
  const number = html("span", { class: "lstm-entry" }, qChip.element, given);

  return {
    cells: [letter, logits.element, zChip.element, bars.element, number, gradient, term],
    print(moment, mode, chosen) {
      const at = (values: readonly number[]): number => values[index] ?? 0;
      const [now, slope] = [at(moment.q), at(moment.q) - at(moment.p)];
      const inLogits = mode === "logits";
      set(letter, { "aria-pressed": chosen ? "true" : "false" });
      set(bars.element, { inert: inLogits, "data-chosen": chosen });
      for (const node of [logits.element, zChip.element, gradient, given, push]) set(node, { hidden: !inLogits });
      set(qChip.element, { hidden: inLogits });
      const z = fixed(at(moment.logits), Math.abs(at(moment.logits)) < 100 ? 2 : 0);
      bars.tell(chance(now));
      qChip.show(chance(now));
      logits.tell(z);
      zChip.show(z);
      write(given, chance(now));
      write(gradient, signed(slope));
      write(term, amount(at(moment.terms)));
      for (const node of [gradient, push]) set(node, { "data-sign": slope < 0 ? "negative" : "positive" });
      // The exact numbers, for whoever reads them by program.
      set(letter, { "data-q": now, "data-term": at(moment.terms), "data-gradient": slope });
    },
    draw(nowQ, nowP, nowZ) {
      bars.draw(nowQ);
      logits.draw(nowZ);
      lay(wanted, 0, nowP);
      lay(push, Math.min(nowQ, nowP), Math.max(nowQ, nowP));
    },
  };
}

/** What is kept of a text: how it is chosen, and the words written out. */
import { choiceRow } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { fixed } from "../shared/format";
import { sentence } from "../shared/sentence";
import { slider } from "../shared/slider";
import type { Value } from "../shared/steer";
import { MOST_BEST, SELECTIONS, type TaggerPosition } from "./word_tagger_state";
import type { WordTaggerStrings } from "./word_tagger_strings";

export interface KeepOptions {
  readonly strings: WordTaggerStrings;
  readonly signal: AbortSignal;
  position(): TaggerPosition;
  go(changes: Partial<TaggerPosition>): void;
}

export interface Keep {
  readonly element: HTMLElement;
  /** Shows the setting, and what is kept by it; `most` is how many there are to choose from. */
  show(position: TaggerPosition, kept: string, how: readonly [kept: number, words: number], most: number): void;
  setReference(reference: string | undefined): void;
}

export function keep({ strings, signal, position, go }: KeepOptions): Keep {
  let most = MOST_BEST;
  const within = (wish: number, least: number, end: number): number => Math.max(least, Math.min(end, wish));
  const threshold: Value = {
    ...{ label: strings.threshold, least: 0, most: 1, step: 0.05, fine: 0.01 },
    get: () => position().threshold,
    change: (wish) => threshold.take(within(Math.round(100 * wish) / 100, 0, 1)),
    take: (value) => go({ threshold: value }),
  };
  const best: Value = {
    get label() {
      return strings.best[position().select] ?? "";
    },
    ...{ least: 1, step: 1, fine: 1 },
    get most() {
      return most;
    },
    get: () => Math.min(most, position().best),
    change: (wish) => best.take(within(Math.round(wish), 1, most)),
    take: (value) => go({ best: Math.round(value) }),
  };
  const choice = choiceRow(
    strings.selections,
    SELECTIONS.map((each) => ({ label: strings.selectionNames[each] ?? each, tone: "h" })),
    (at) => go({ select: SELECTIONS[at] ?? "threshold" }),
    signal,
  );
  const { elements, complaintOf } = sentence(strings.refused);
  const sliders = [
    slider({ value: threshold, signal, caption: strings.threshold, complain: complaintOf(threshold) }),
    ...(["words", "sentences"] as const).map((each) =>
      slider({ value: best, signal, caption: strings.best[each] ?? "", complain: complaintOf(best) }),
    ),
  ];
  const count = html("span", { class: "lstm-caption" });
  const kept = html("p", { class: "lstm-tagger-kept" });
  const above = html("span", { class: "lstm-caption" }, strings.reference);
  const reference = html("p", { class: "lstm-tagger-kept" });
  return {
    element: html(
      "div",
      { class: "lstm-tagger-keep" },
      html("div", { class: "lstm-tagger-head" }, choice.element, ...sliders.map(({ element }) => element)),
      ...elements.slice(1),
      html("div", { class: "lstm-tagger-result" }, count, kept, above, reference),
    ),
    show(at, text, [words, all], end) {
      most = Math.max(1, Math.min(MOST_BEST, end));
      const chosen = SELECTIONS.indexOf(at.select);
      choice.choose(chosen);
      sliders.forEach((each, k) => {
        set(each.element, { hidden: k !== chosen });
        if (k === chosen) each.show(k === 0 ? fixed(at.threshold, 2) : String(best.get()));
      });
      write(count, strings.kept(words, all));
      write(kept, words === 0 ? strings.nothing : text);
      set(kept, { "data-empty": words === 0 });
    },
    setReference(text) {
      for (const node of [above, reference]) set(node, { hidden: text === undefined });
      write(reference, text ?? "");
    },
  };
}

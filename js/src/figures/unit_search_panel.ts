/** The search for units: a button that opens it, the rule by which a unit is on, and the units that fit the marked stretch best. */
import { choiceRow, textButton } from "../shared/buttons";
import type { Scale } from "../shared/colour_scale";
import { html, set, svg, write } from "../shared/dom";
import { fixed, rounded } from "../shared/format";
import { mathHtml } from "../shared/maths";
import type { Quantity, Run } from "../shared/run";
import { slider } from "../shared/slider";
import { visibleToken } from "../shared/tokens";
import { DIRECTIONS, type Found, isMarked, type Marking, UNMARKED, unitsOn } from "../unit_search";
import type { UnitSearchStrings } from "./unit_search_strings";

/** So many units are listed, and so much of a stretch is quoted. */
const ROWS = 8;
const QUOTED = 20;

interface Cursor extends Marking {
  readonly time: number;
  readonly unit: number;
}

export interface UnitSearchOptions {
  readonly strings: UnitSearchStrings;
  readonly signal: AbortSignal;
  readonly id: string;
  /** Whether figures of a group may mark too: then only the reader's hand opens this one. */
  readonly grouped: boolean;
  /** Stands above the rule: where a stretch is marked, if nowhere else. */
  readonly above: readonly HTMLElement[];
  /** Stands in the rule for the quantity's symbol, where it can be chosen. */
  readonly quantities?: HTMLElement;
  /** The reader asks for a change. */
  go(changes: Partial<Cursor>): void;
  say(sentence: string): void;
  /** The panel is filled anew. */
  filled?(): void;
}

export interface UnitSearch {
  readonly button: HTMLElement;
  readonly element: HTMLElement;
  /** Whether dragging marks now. */
  readonly open: boolean;
  /** What was found, best first; null where nothing is marked. */
  readonly found: readonly Found[] | null;
  /** Searches, where anything that matters has changed; says whether it has. */
  search(run: Run, quantity: Quantity, cursor: Cursor): boolean;
  show(scale: Scale): void;
  /** Marks from one step to another, the cursor going along. */
  mark(from: number, to: number): void;
  /** Moves the cursor by a step, and with it that end of the mark at which it stands. */
  extend(by: number): void;
  /** Opens; where nothing is marked, the word at the cursor is. */
  reveal(): void;
  /** Where the chosen unit is on. */
  readonly places: Found["places"];
}

export function unitSearch(options: UnitSearchOptions): UnitSearch {
  const { strings, signal } = options;
  let run: Run | null = null;
  let quantity: Quantity | null = null;
  let cursor: Cursor = { ...UNMARKED, time: 0, unit: 0 };
  let found: readonly Found[] | null = null;
  /** Whether the reader wants it open; it is where something is marked too. */
  let wanted = false;
  let ends = { low: 0, high: 1 };

  const go = (changes: Partial<Cursor>): void => {
    options.go(changes);
    options.say(`${told.textContent} ${chosen.textContent}`);
  };
  const mark = (from: number, to: number): void =>
    go({ time: to, mark_start: Math.min(from, to), mark_stop: Math.max(from, to) + 1 });
  /** The word at the cursor, or the one token that is none. */
  const markWord = (): void => {
    const isLetter = (at: number): boolean => /^[\p{L}\p{N}'’]$/u.test(run?.tokens?.[at] ?? "");
    const { time } = cursor;
    let [start, last] = [time, time];
    if (isLetter(time)) {
      while (isLetter(start - 1)) start -= 1;
      while (isLetter(last + 1)) last += 1;
    }
    mark(start, last);
  };
  const unfold = (want: boolean): void => {
    wanted = want && isMarked(cursor);
    set(element, { hidden: !wanted });
    set(button, { "aria-expanded": String(wanted) });
  };

  const button = textButton(strings.find, {
    signal,
    press: () => (wanted ? options.go({ mark_start: -1, mark_stop: -1 }) : reveal()),
  });
  button.classList.add("lstm-find");
  set(button, { "aria-expanded": "false", "aria-controls": `${options.id}-search` });
  const symbol = html("span", { class: "lstm-math" });
  const directions = choiceRow(
    strings.threshold,
    strings.directions.map((label) => ({ label, tone: "h" })),
    (index) => {
      const direction = DIRECTIONS[index] ?? "";
      // The other side of the scale: high values become low ones.
      if (direction !== cursor.direction) take(rounded(ends.low + ends.high - cursor.threshold, 2), direction);
    },
    signal,
  );
  const take = (threshold: number, direction = cursor.direction): void => go({ threshold, direction });
  const threshold = slider({
    value: {
      label: strings.threshold,
      get least() {
        return ends.low;
      },
      get most() {
        return ends.high;
      },
      step: 0.05,
      fine: 0.01,
      get: () => cursor.threshold,
      change: (wish) => take(rounded(Math.max(ends.low, Math.min(ends.high, wish)), 2)),
      take,
    },
    signal,
    caption: "",
    complain(text) {
      fill();
      if (text === null) return;
      write(told, strings.refused(text));
      options.say(strings.refused(text));
    },
  });
  const told = html("p", { class: "lstm-search-told" });
  const names = [...strings.columns];
  const head = names.map((name) => html("span", {}, name));
  names.splice(1, 1);
  const rows = Array.from({ length: ROWS }, () => {
    // Each number behind the name of its column, which stands above the list for the eye.
    const values = names.map(() => html("span"));
    const [first = "", ...others] = values.map((value, at) =>
      html("span", {}, html("span", { class: "lstm-unseen" }, `${names[at] ?? ""} `), value),
    );
    const stretch = svg("rect", { height: 1 });
    const places = svg("path");
    const picture = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, stretch, places);
    const row = html("button", { type: "button", class: "lstm-search-row" }, first, picture, ...others);
    return { values, stretch, places, picture, row };
  });
  rows.forEach(({ row }, at) => row.addEventListener("click", () => go({ unit: found?.[at]?.unit ?? 0 }), { signal }));
  const chosen = html("p", { class: "lstm-caption" });
  const rule = html(
    "div",
    { class: "lstm-search-rule" },
    strings.onWhere,
    options.quantities ?? symbol,
    strings.is,
    directions.element,
    threshold.element,
  );
  const list = html(
    "div",
    { class: "lstm-search-list" },
    html("div", { class: "lstm-search-row lstm-caption", "aria-hidden": "true" }, ...head),
    ...rows.map(({ row }) => row),
  );
  const element = html(
    "div",
    { class: "lstm-search", id: `${options.id}-search`, role: "group", "aria-label": strings.find, hidden: true },
    html("p", { class: "lstm-caption" }, strings.hint),
    ...options.above,
    rule,
    told,
    list,
    chosen,
    html("p", { class: "lstm-caption" }, strings.legend),
  );

  const summary = (all: readonly Found[], side: number): string => {
    const { mark_start: start, mark_stop: stop, threshold: limit } = cursor;
    const text = run?.tokens?.slice(start, stop).map(visibleToken).join("");
    const stretch = strings.stretch(start, stop, text && text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
    const exact = all.filter((each) => each.exact).length;
    if (exact > 0) return strings.found(stretch, exact, all.length);
    return all[0]?.overlap ? strings.none(stretch) : strings.nothing(stretch, side, fixed(limit, 2));
  };

  const fill = (): void => {
    if (!run || !quantity || !found || !wanted) return;
    const { mark_start: start, mark_stop: stop } = cursor;
    const side = DIRECTIONS.indexOf(cursor.direction);
    directions.choose(side);
    for (const each of [rule, list]) set(each, { "data-tone": quantity });
    if (symbol.textContent !== quantity) symbol.replaceChildren(...mathHtml(quantity));
    threshold.show(fixed(cursor.threshold, 2));
    write(told, summary(found, side));
    for (const [at, { row, ...parts }] of rows.entries()) {
      const each = found[at];
      set(row, { hidden: !each });
      if (!each) continue;
      const elsewhere = each.places.filter(([from, to]) => to <= start || from >= stop).length;
      const printed = [String(each.unit), each.exact ? "✓" : "–", fixed(each.overlap, 2), String(elsewhere)];
      parts.values.forEach((value, k) => write(value, printed[k] ?? ""));
      set(parts.picture, { viewBox: `0 0 ${run.time} 1` });
      set(parts.stretch, { x: start, width: stop - start });
      set(parts.places, { d: each.places.map(([from, to]) => `M${from} 0H${to}V1H${from}z`).join("") });
      set(row, { "aria-pressed": String(each.unit === cursor.unit) });
    }
    const unit = own();
    if (unit) write(chosen, strings.unitOn(unit.unit, unit.inside, stop - start, unit.outside, run.time - stop + start));
    options.filled?.();
  };
  const own = (): Found | undefined => found?.find(({ unit }) => unit === cursor.unit);
  const reveal = (): void => {
    wanted = true;
    if (!isMarked(cursor)) markWord();
    unfold(true);
    fill();
  };

  return {
    button,
    element,
    get open() {
      return wanted;
    },
    get found() {
      return found;
    },
    mark,
    extend(by) {
      const { time, mark_start: start, mark_stop: stop } = cursor;
      const other = time === start ? stop - 1 : time === stop - 1 ? start : time;
      wanted = true;
      mark(other, Math.max(0, Math.min((run?.time ?? 1) - 1, time + by)));
    },
    reveal,
    get places() {
      return own()?.places ?? [];
    },
    search(nextRun, nextQuantity, next) {
      const same = Object.keys(UNMARKED).every((key) => next[key as keyof Marking] === cursor[key as keyof Marking]);
      const first = run === null;
      const before = isMarked(cursor);
      cursor = next;
      if (same && nextRun === run && nextQuantity === quantity) return false;
      [run, quantity] = [nextRun, nextQuantity];
      found = isMarked(next) ? unitsOn(run[quantity], run.units, next) : null;
      unfold(wanted || first || (!before && !options.grouped));
      return true;
    },
    show(scale) {
      ends = scale;
      fill();
    },
  };
}

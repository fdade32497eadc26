/** The GateHeatmap as a reader sees and works it. */
import type { View, ViewOptions } from "../figure";
import { choiceRow } from "../shared/buttons";
import { type Cells } from "../shared/canvas_heatmap";
import { gateScale, type Scale, scaleBar, shadeAt, shadesOf } from "../shared/colour_scale";
import { counter } from "../shared/counter";
import { html, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { fixed, signed } from "../shared/format";
import { listenToKeys } from "../shared/keys";
import { lineInput } from "../shared/line_input";
import { liveRegion } from "../shared/live";
import { mathHtml } from "../shared/maths";
import { QUANTITIES, type Quantity, type Run, valueAt } from "../shared/run";
import { pageColours, watchTheme } from "../shared/theme";
import { tokenStrip } from "../shared/token_strip";
import { spokenToken, visibleToken } from "../shared/tokens";
import { isMarked, likenessKeys, type Marking, UNMARKED } from "../unit_search";
import { rowOrder, rowScale, scaleOf, type Sort, SORTS, sortKeys } from "./gate_heatmap_order";
import { plot } from "./gate_heatmap_plot";
import type { GateHeatmapStrings } from "./gate_heatmap_strings";
import { thumbs } from "./gate_heatmap_thumbs";
import { unitSearch } from "./unit_search_panel";

export interface GatePosition extends Marking {
  readonly time: number;
  readonly unit: number;
  readonly gate: Quantity;
  readonly sort: Sort;
}

const ROWS_A_PAGE = 10;

export function gateHeatmapView(options: ViewOptions<GatePosition, GateHeatmapStrings>): View<GatePosition> {
  const { strings, signal, id } = options;
  let run: Run | null = null;
  let position: GatePosition = { ...UNMARKED, time: 0, unit: 0, gate: "f", sort: "index" };
  let keys: Float64Array = new Float64Array();
  let order: readonly number[] = [];
  let labels: readonly string[] | null = null;
  let scales: Readonly<Record<Quantity, Scale>> | null = null;
  /** Which shade each value takes, and the colours of the shades; kept until the run, until the theme is another. */
  let depthsOf: Partial<Record<Quantity, Uint8Array>> = {};
  let coloursOf: Partial<Record<Quantity, Uint32Array>> = {};

  const value = (quantity: Quantity): number => (run ? valueAt(run, quantity, position.time, position.unit) : Number.NaN);
  const printed = (quantity: Quantity, digits: number): string =>
    ((scales?.[quantity].low ?? 0) < 0 ? signed : fixed)(value(quantity), digits);
  const token = (time: number): string | null => run?.tokens?.[time] ?? null;
  const spoken = (): string => {
    const now = token(position.time);
    const place = strings.place(position.time, run?.time ?? 0, now === null ? null : spokenToken(now, strings.tokens));
    return strings.spoken(position.unit, place, strings.quantities[position.gate], printed(position.gate, 3));
  };
  const live = liveRegion(signal);

  /** A move by the reader's hand. */
  const go = (changes: Partial<GatePosition>): void => {
    const next = { ...position, ...changes };
    if (Object.entries(next).every(([key, at]) => at === position[key as keyof GatePosition])) return;
    show(next);
    options.moved(position);
  };
  const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  const toTime = (time: number): void => go({ time: within(time, run?.time ?? 1) });
  const toRow = (row: number): void => go({ unit: order[within(row, order.length)] ?? 0 });
  const row = (): number => order.indexOf(position.unit);

  const pictures = thumbs({ label: strings.choose, names: strings.short, signal, choose: (gate) => go({ gate }) });
  const heat = plot({
    label: strings.cursor,
    signal,
    choose(time, at, from) {
      if (from !== null && search.open) search.mark(from, time);
      else go({ time, ...(at === null ? {} : { unit: order[at] ?? 0 }) });
    },
  });
  const symbol = html("span", { class: "lstm-math" });
  const name = html("span");
  const heading = html("span", { class: "lstm-heat-heading" }, symbol, name);
  const bar = scaleBar();
  const sorting = choiceRow(
    strings.sort,
    SORTS.map((sort) => ({ label: strings.sorts[sort], tone: "h" })),
    (index) => {
      const sort = SORTS[index] ?? "index";
      go({ sort });
      if (sort === "likeness" && !search.open) search.reveal();
    },
    signal,
  );
  const sorted = html("p", { class: "lstm-caption" });
  const units = counter({
    label: strings.unit,
    fewer: strings.previousUnit,
    more: strings.nextUnit,
    signal,
    step: (by) => toRow(row() + by),
  });
  const times = counter({
    label: options.typed ? strings.character : strings.step,
    fewer: strings.previousTime,
    more: strings.nextTime,
    signal,
    step: (by) => toTime(position.time + by),
  });
  const here = html("span", { class: "lstm-heat-token" });
  const readSymbol = html("span", { class: "lstm-math" });
  const readValue = html("span");
  const reading = html("output", { class: "lstm-heat-reading", "aria-hidden": "true" }, readSymbol, readValue);
  const lineCaption = html("span", { class: "lstm-caption" });

  const typing =
    options.typed && !options.grouped
      ? lineInput({ id, label: strings.type, original: strings.original, signal, typed: options.typed, restore: options.restore })
      : null;
  const strip = tokenStrip({
    label: strings.search.marking,
    signal,
    choose: (time, from) => search.mark(from, time),
    describe: (time) => strings.place(time, run?.time ?? 0, token(time)),
  });
  const search = unitSearch({
    strings: strings.search,
    signal,
    id,
    grouped: options.grouped,
    above: [strip.element],
    go,
    say: live.say,
    filled() {
      strip.setTime(position.time);
      strip.setMarks(position.mark_start, position.mark_stop, search.places);
    },
  });
  const foot = figureFoot({
    strings,
    signal,
    address: () => options.address(position),
    reset: () => {
      options.reset();
      live.say(spoken());
    },
  });

  const element = html(
    "div",
    { class: "lstm-ui lstm-gate-heatmap", role: "group", "aria-label": strings.title },
    ...(typing ? [typing.element] : []),
    pictures.element,
    html("div", { class: "lstm-head" }, heading, bar.element),
    heat.element,
    html("div", { class: "lstm-heat-cursor" }, units.element, times.element, here, reading, lineCaption),
    html(
      "div",
      { class: "lstm-heat-sort" },
      html("span", { "aria-hidden": "true" }, strings.sort),
      sorting.element,
      search.button,
      sorted,
    ),
    search.element,
    foot,
    live.element,
  );

  listenToKeys(
    element,
    {
      ArrowLeft: () => toTime(position.time - 1),
      ArrowRight: () => toTime(position.time + 1),
      ArrowUp: () => toRow(row() - 1),
      ArrowDown: () => toRow(row() + 1),
      PageUp: () => toRow(row() - ROWS_A_PAGE),
      PageDown: () => toRow(row() + ROWS_A_PAGE),
      "Shift+ArrowLeft": () => search.extend(-1),
      "Shift+ArrowRight": () => search.extend(1),
      Home: () => toTime(0),
      End: () => toTime((run?.time ?? 1) - 1),
      ...Object.fromEntries(QUANTITIES.map((gate) => [gate, () => go({ gate })])),
    },
    signal,
  );

  /** The cells of a quantity in the present order and in the colours of the page. */
  const cellsOf = (shown: Run, quantity: Quantity): Cells => {
    const scale = scales?.[quantity] ?? gateScale("f");
    const depths = (depthsOf[quantity] ??= Uint8Array.from(shown[quantity], (value) => shadeAt(value, scale)));
    const shades = (coloursOf[quantity] ??= shadesOf(pageColours(...scale.stops)));
    const [{ time: columns, units: rows }, units] = [shown, Uint32Array.from(order)];
    return { columns, rows, colourAt: (column, at) => shades[depths[column * rows + (units[at] as number)] as number] as number };
  };

  const showCells = (shown: Run, gate: Quantity): void => {
    const scale = scales?.[gate] ?? gateScale("f");
    heat.setContent({ cells: cellsOf(shown, gate), tone: gate, order, labels });
    pictures.setChosen(gate);
    for (const letter of [symbol, readSymbol]) letter.replaceChildren(...mathHtml(gate));
    heading.dataset["tone"] = gate;
    reading.dataset["tone"] = gate;
    write(name, strings.quantities[gate]);
    bar.setScale(scale);
  };

  const showOrder = (shown: Run, { gate, sort }: GatePosition): void => {
    keys = sort === "likeness" ? likenessKeys(search.found, shown.units) : sortKeys(shown, gate, sort);
    order = rowOrder(keys, sort);
    sorting.choose(SORTS.indexOf(sort));
  };

  /** What a unit is sorted by, as a reader is told it. */
  const keyOf = (unit = 0): string => {
    const key = keys[unit] ?? 0;
    return fixed(position.sort === "likeness" && key > 1 ? key - 1 : key, position.sort === "half-life" ? 1 : 2);
  };

  const showCursor = (shown: Run, now: GatePosition): void => {
    const { time, unit, gate, sort } = now;
    const at = row();
    const scale = scales?.[gate] ?? gateScale("f");
    const values = Array.from({ length: shown.time }, (_, step) => valueAt(shown, gate, step, unit));
    heat.setCursor({
      column: time,
      row: at,
      spoken: spoken(),
      values,
      scale: rowScale(scale, values),
      mark: isMarked(now) ? { start: now.mark_start, stop: now.mark_stop, threshold: now.threshold } : null,
    });
    search.show(scale);
    pictures.setCursor((time + 0.5) / shown.time, (at + 0.5) / shown.units, (quantity) => printed(quantity, 2));
    units.show(unit, at === 0, at === shown.units - 1);
    times.show(time + 1, time === 0, time === shown.time - 1);
    const shownToken = token(time);
    write(here, shownToken === null ? "" : visibleToken(shownToken));
    write(readValue, ` = ${printed(gate, 3)}`);
    bar.setValue(value(gate));
    write(lineCaption, strings.line(unit));
    const what = strings.sorted[sort];
    const told = what && strings.ranked(what, keyOf(order[0]), keyOf(order[order.length - 1]), keyOf(unit));
    write(sorted, sort === "likeness" && !search.found ? strings.unmarked : told);
  };

  const show = (next: GatePosition, renewed = false): void => {
    const before = position;
    position = next;
    if (!run) return;
    const newGate = renewed || next.gate !== before.gate;
    // Mean and activity are those of the quantity shown; half-life is always that of the forget gate.
    const newFound = search.search(run, next.gate, next);
    const newOrder =
      renewed ||
      next.sort !== before.sort ||
      (newGate && (next.sort === "mean" || next.sort === "activity")) ||
      (newFound && next.sort === "likeness");
    if (newOrder) {
      const shown: Run = run;
      showOrder(shown, next);
      pictures.setCells((quantity) => cellsOf(shown, quantity));
    }
    if (newGate || newOrder) showCells(run, next.gate);
    showCursor(run, next);
  };

  watchTheme(signal, () => {
    coloursOf = {};
    if (!run) return;
    const shown: Run = run;
    pictures.setCells((quantity) => cellsOf(shown, quantity));
    showCells(run, position.gate);
    showCursor(run, position);
  });

  return {
    element,
    setRun(next, at) {
      run = next;
      labels = next.tokens?.map(visibleToken) ?? null;
      strip.setTokens(next.tokens, next.time);
      depthsOf = {};
      coloursOf = {};
      scales = Object.fromEntries(QUANTITIES.map((quantity) => [quantity, scaleOf(next, quantity)])) as Record<Quantity, Scale>;
      show(at, true);
    },
    setPosition: (at) => show(at),
    setText: (text, isOriginal) => typing?.setText(text, isOriginal),
    setMessage: (message) => typing?.setMessage(message),
    announce() {
      if (isMarked(position)) search.reveal();
      live.say(spoken());
    },
  };
}

/** What a unit does at a word, reading forwards and backwards; and all units over the text, folded. */
import { choiceRow } from "../shared/buttons";
import { counter } from "../shared/counter";
import { html, set, write } from "../shared/dom";
import { fixed, niceLimit, signed } from "../shared/format";
import { mathHtml } from "../shared/maths";
import { rows } from "./live_model_rows";
import { heat } from "./word_tagger_heat";
import { series, type Tagged, type TaggerPosition, type TaggerRun, valueAt } from "./word_tagger_state";
import type { WordTaggerStrings } from "./word_tagger_strings";

const QUANTITIES = ["i", "f", "g", "o", "c", "h"];
const GATES = "ifo";

export interface InsideOptions {
  readonly strings: WordTaggerStrings;
  readonly signal: AbortSignal;
  go(changes: Partial<TaggerPosition>): void;
}

export interface Inside {
  readonly panel: HTMLElement;
  readonly fold: HTMLElement;
  /** Another network, or another text or marked word of it. */
  setTagged(run: TaggerRun, tagged: Tagged, position: TaggerPosition): void;
  /** Shows a position at a word, which the reader may only point at. */
  show(position: TaggerPosition, time: number): void;
  /** The six quantities of each direction at the word that is shown. */
  readonly numbers: readonly (readonly number[])[];
}

export function inside({ strings, signal, go }: InsideOptions): Inside {
  let shown: { run: TaggerRun; tagged: Tagged; marked: number | undefined } | null = null;
  /** The cell states over the text, by cell. */
  let states = new Map<number, Float64Array>();
  /** Where the scale of the unit's cell state ends, by direction. */
  let limits: number[] = [];
  let painted: TaggerPosition | null = null;
  let numbers: number[][] = [];
  let units = 1;
  let network: TaggerRun["network"] | null = null;

  const unitCounter = counter({
    ...{ label: strings.unit, fewer: strings.fewer, more: strings.more, signal },
    step: (by) => go({ unit: Math.max(0, Math.min(units - 1, (painted?.unit ?? 0) + by)) }),
  });
  const choices = html("div", { class: "lstm-tagger-ways" });
  let row: ReturnType<typeof choiceRow> | null = null;
  const columns = [0, 1].map(() => {
    const caption = html("span", { class: "lstm-caption" });
    const list = rows({
      signal,
      name: (name) => [
        html("span", { class: "lstm-math" }, ...mathHtml(name)),
        html("span", { class: "lstm-quantity" }, ` ${strings.quantities[name] ?? ""}`),
      ],
    });
    return { caption, list, element: html("div", { class: "lstm-live-column" }, caption, list.element) };
  });
  const picture = heat(signal, (time, unit) => go({ time, unit }));
  const panel = html(
    "div",
    { class: "lstm-tagger-inside" },
    html("div", { class: "lstm-tagger-head" }, unitCounter.element, choices),
    html("div", { class: "lstm-tagger-columns" }, ...columns.map(({ element }) => element)),
  );

  const stateOf = (layer: number): Float64Array => {
    let found = states.get(layer);
    if (!found && shown) states.set(layer, (found = series(shown.run, shown.tagged, layer, "c", shown.marked)));
    return found ?? new Float64Array();
  };
  /** The cells of the recurrent layer that a cell is in: one, or those of both directions. */
  const together = (layer: number): number[] => {
    let first = 0;
    for (const { cells } of network?.recurrent ?? []) {
      if (layer < first + cells.length) return cells.map((_, k) => first + k);
      first += cells.length;
    }
    return [0];
  };
  const wayOf = (layer: number): "forward" | "backward" => (network?.names[layer]?.backward ? "backward" : "forward");

  const begin = (next: TaggerRun["network"]): void => {
    network = next;
    const many = next.recurrent.length > 1;
    const labels = next.names.map(({ name }, layer) => ({
      label: many ? name.replace(/\/.*/, ` ${strings.ways[wayOf(layer)] ?? ""}`) : (strings.ways[wayOf(layer)] ?? name),
      tone: "h",
    }));
    row = choiceRow(strings.layers, labels, (layer) => go({ layer }), signal);
    choices.replaceChildren(row.element);
    set(choices, { hidden: labels.length < 2 });
  };

  return {
    panel,
    fold: picture.element,
    get numbers() {
      return numbers;
    },
    setTagged(run, tagged, { marked }) {
      shown = { run, tagged, marked };
      states = new Map();
      painted = null;
      if (run.network !== network) begin(run.network);
    },
    show(position, time) {
      if (!shown) return;
      const { run, tagged } = shown;
      const { unit, layer } = position;
      units = run.network.cells[layer]?.units ?? 1;
      const pair = together(layer);
      if (layer !== painted?.layer) {
        row?.choose(layer);
        picture.setContent(strings.all(units, strings.ways[wayOf(layer)] ?? ""), stateOf(layer), units);
      }
      if (unit !== painted?.unit || layer !== painted.layer) {
        unitCounter.show(unit, unit === 0, unit === units - 1);
        limits = pair.map((each) => {
          const state = stateOf(each);
          let most = 0.1;
          for (let at = unit; at < state.length; at += units) most = Math.max(most, Math.abs(state[at] as number));
          return niceLimit(most);
        });
      }
      painted = position;
      numbers = pair.map((each) => QUANTITIES.map((name) => valueAt(run, tagged, { ...position, layer: each, time }, name)));
      columns.forEach(({ caption, list, element }, at) => {
        const own = numbers[at];
        set(element, { hidden: !own, "data-chosen": pair[at] === layer });
        if (!own) return;
        const way = wayOf(pair[at] ?? 0);
        write(caption, `${strings.ways[way] ?? ""}, ${strings.read[way] ?? ""}`);
        list.show(
          QUANTITIES.map((name, k) => {
            const value = own[k] as number;
            const gate = GATES.includes(name) && value >= 0 && value <= 1;
            const middle = 0.5 + value / (2 * (name === "c" ? (limits[at] ?? 1) : Math.max(1, Math.abs(value))));
            const bar = gate ? ([0, value] as const) : ([Math.min(0.5, middle), Math.max(0.5, middle)] as const);
            return { name, bar, number: (gate ? fixed : signed)(value, 3), tone: name };
          }),
        );
      });
      picture.setCursor(time, unit);
    },
  };
}

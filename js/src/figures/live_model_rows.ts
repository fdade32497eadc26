/** Rows of a name, a bar and a number: what may come next, classes, gates. */
import { html, set, write } from "../shared/dom";

export interface Row {
  readonly name: string;
  /** How the name is read out, where it is only a sign. */
  readonly said?: string;
  /** Where the bar begins and ends, each a share of the track; null where there is none. */
  readonly bar: readonly [number, number] | null;
  /** A second bar, thin, from the beginning: another share of the same. */
  readonly thin?: number;
  readonly number: string;
  /** Name of its colour (`--lstm-NAME`). */
  readonly tone?: string;
  readonly strong?: boolean;
}

export interface Rows {
  readonly element: HTMLElement;
  show(rows: readonly Row[]): void;
}

export interface RowsOptions {
  readonly signal: AbortSignal;
  /** What a press on a row does, where rows can be pressed. */
  press?(index: number): void;
  /** How names are written, where not as texts. */
  name?(name: string): (Node | string)[];
}

/** Rows are made once, and shown or hidden; a row whose name has changed is another. */
export function rows({ signal, press, name }: RowsOptions): Rows {
  const element = html("ul", { class: "lstm-meters" });
  const made: {
    item: HTMLElement;
    row: HTMLElement;
    name: HTMLElement;
    bar: HTMLElement;
    thin: HTMLElement;
    number: HTMLElement;
  }[] = [];
  const make = (index: number): (typeof made)[number] => {
    const parts = {
      name: html("span", { class: "lstm-meter-name" }),
      bar: html("span", { class: "lstm-meter-bar" }),
      thin: html("span", { class: "lstm-meter-thin" }),
      number: html("span", { class: "lstm-meter-number" }),
    };
    const inside = [parts.name, html("span", { class: "lstm-meter-track" }, parts.bar, parts.thin), parts.number];
    const row = press
      ? html("button", { type: "button", class: "lstm-meter" }, ...inside)
      : html("span", { class: "lstm-meter" }, ...inside);
    if (press) row.addEventListener("click", () => press(index), { signal });
    const item = html("li", {}, row);
    element.append(item);
    return { item, row, ...parts };
  };
  return {
    element,
    show(list) {
      list.forEach((each, index) => {
        const row = (made[index] ??= make(index));
        set(row.item, { hidden: false });
        set(row.row, { "data-tone": each.tone ?? "x", "data-strong": each.strong === true, "data-bare": each.bar === null });
        if (row.name.dataset["name"] !== each.name) {
          row.name.dataset["name"] = each.name;
          const unseen = each.said === undefined ? [] : [html("span", { class: "lstm-unseen" }, each.said)];
          row.name.replaceChildren(...(name?.(each.name) ?? [each.name]), ...unseen);
        }
        const [low, high] = each.bar ?? [0, 0];
        row.bar.style.setProperty("transform", `translateX(${(100 * low).toFixed(2)}%) scaleX(${(high - low).toFixed(4)})`);
        row.thin.style.setProperty("transform", `scaleX(${(each.thin ?? 0).toFixed(4)})`);
        write(row.number, each.number);
      });
      made.forEach(({ item }, index) => set(item, { hidden: index >= list.length }));
    },
  };
}

/** A figure over a run, defined: what it can be set to, its texts, its view. `defineFigure` makes the rest of it. */
import type { Model, RenderContext } from "./anywidget";
import { drive } from "./drive";
import { MESSAGES } from "./figure_strings";
import type { Setting, Value } from "./settings";
import { html } from "./shared/dom";
import type { Run } from "./shared/run";
import { languageOf, type StringTable, stringsFor } from "./shared/strings";
import type { Extent, Source } from "./source";

/** Where a reader stands in a figure: numbers and words, one for each of its settings. */
export type Position<P> = { readonly [K in keyof P]: Value };

export interface ViewOptions<P, S> {
  readonly strings: S;
  readonly signal: AbortSignal;
  /** Unique in the page; ids of fields derive from it. */
  readonly id: string;
  /** Whether other figures share its text and its cursor. */
  readonly grouped: boolean;
  /** The reader moved. */
  moved(position: P): void;
  /** The reader asks for the state that the author set. */
  reset(): void;
  /** The address of this figure in a state. */
  address(position: P): string;
  /** Takes a typed text, or throws an Error for the reader; null where there is no network to read it. */
  readonly typed: ((text: string) => void) | null;
  /** The reader wants the author's text back. */
  restore(): void;
}

export interface View<P, R = Run> {
  readonly element: HTMLElement;
  /** Shows another run, at a position in it. */
  setRun(run: R, position: P): void;
  setPosition(position: P): void;
  setText(text: string, isOriginal: boolean): void;
  setMessage(message: string): void;
  /** Tells a screen reader where the figure stands, after a link has moved it. */
  announce?(): void;
}

export interface Definition<P, S, R extends Extent = Run> {
  /** What readers, links and notebooks can set, besides the text: traits of the Python half. */
  readonly settings: { readonly [K in keyof P]: Setting };
  readonly strings: StringTable<S>;
  /** The longest text that it reads, in characters; `LONGEST_TEXT` if not given. */
  readonly longest?: number;
  /** Where its runs come from; by default a model or a trace, as `openSource` finds them. */
  source?(traits: Model): Source<R>;
  /** A position as this run has it, for settings that are neither time nor unit, or that an older state may lack. */
  fit?(position: P, run: R): P;
  view(options: ViewOptions<P, S>): View<P, R>;
}

export interface Place {
  readonly model: Model;
  readonly el: HTMLElement;
  readonly signal: AbortSignal;
  /** Whether the page's address is the figures' own: so in a page, not in a notebook. */
  readonly inPage: boolean;
}

export interface Figure {
  /** Shows the figure, or throws an Error that tells a reader why it cannot. */
  mount(place: Place): void;
  /** The anywidget protocol: as `mount`, with the error shown in the figure's place. */
  render(context: RenderContext): () => void;
}

/** Writes where the figure would stand why it does not. */
export function showFailure(el: HTMLElement, error: unknown): void {
  const { failed } = stringsFor(MESSAGES, languageOf(el));
  const reason = error instanceof Error ? error.message : String(error);
  el.replaceChildren(
    html("div", { class: "lstm-ui" }, html("p", { class: "lstm-message", role: "alert" }, `${failed} ${reason}`)),
  );
}

/** Traits that a figure over a run stands on. */
const FOUNDATIONS = ["model", "trace", "layer", "training", "examples", "quiet"];

export function defineFigure<P extends Position<P>, S, R extends Extent = Run>(definition: Definition<P, S, R>): Figure {
  return figureOf(
    (place) => drive(definition, place),
    FOUNDATIONS.filter((trait) => !(trait in definition.settings)),
  );
}

/** A figure that `mount` makes, and makes anew in a notebook when one of the traits that it stands on changes. */
export function figureOf(mount: (place: Place) => void, foundations: readonly string[] = []): Figure {
  return {
    mount,
    render({ model, el, signal }) {
      let life = new AbortController();
      const begin = (): void => {
        life.abort();
        life = new AbortController();
        try {
          mount({ model, el, signal: life.signal, inPage: false });
        } catch (error) {
          showFailure(el, error);
        }
      };
      for (const trait of foundations) model.on(`change:${trait}`, begin);
      const end = (): void => {
        for (const trait of foundations) model.off(`change:${trait}`, begin);
        life.abort();
      };
      signal?.addEventListener("abort", end);
      begin();
      return end;
    },
  };
}

/** A figure over no run: its settings are its whole state, and all that it shows follows from them. */
import { COMMON, type CommonStrings } from "./common_strings";
import { bringIntoView } from "./drive";
import { type Figure, figureOf, type Place, type Position } from "./figure";
import { listenToLinks, NAME, settingsIn, writeAddress } from "./link";
import type { Setting, Settings, Value } from "./settings";
import { languageOf, type StringTable, stringsFor } from "./shared/strings";
import { checkTraits, settingTraits } from "./traits";

export interface InstrumentOptions<P, S> {
  readonly strings: CommonStrings & S;
  readonly signal: AbortSignal;
  /** The state that the author set. */
  readonly original: P;
  /** The reader changed something. */
  moved(state: P): void;
  /** The address of this figure in a state. */
  address(state: P): string;
  /** A trait that the figure stands on, unchecked. */
  given(foundation: string): unknown;
}

export interface Instrument<P> {
  readonly element: HTMLElement;
  show(state: P): void;
  /** Tells a screen reader where the figure stands, after a link has moved it. */
  announce?(): void;
}

export interface InstrumentDefinition<P, S> {
  /** What readers, links and notebooks can set: traits of the Python half. */
  readonly settings: { readonly [K in keyof P]: Setting };
  /** Traits that are not set but stood on: where one of them changes, the figure is made anew. */
  readonly foundations?: readonly string[];
  readonly strings: StringTable<S>;
  view(options: InstrumentOptions<P, S>): Instrument<P>;
}

export function defineInstrument<P extends Position<P>, S>(definition: InstrumentDefinition<P, S>): Figure {
  return figureOf((place) => drive(definition, place), definition.foundations);
}

function drive<P extends Position<P>, S>(definition: InstrumentDefinition<P, S>, place: Place): void {
  const { model, el, signal, inPage } = place;
  const schema = definition.settings;
  const given = model.get("name");
  const name = typeof given === "string" && NAME.test(given) ? given : "figure";
  const traits = settingTraits(model, schema, signal, () => {
    state = { ...state, ...traits.read() };
    view.show(state);
  });

  checkTraits(model, schema, true);
  const original = traits.read();
  let state = original as Readonly<Record<string, Value>> as P;
  const language = languageOf(el);
  const view = definition.view({
    strings: { ...stringsFor(COMMON, language), ...stringsFor(definition.strings, language) },
    signal,
    original: state,
    moved(next) {
      state = next;
      traits.store(next);
    },
    address: (at) => location.href.split("#")[0] + writeAddress(name, at),
    given: (foundation) => model.get(foundation),
  });
  view.show(state);
  el.replaceChildren(view.element);
  signal.addEventListener("abort", () => view.element.remove());

  /** Follows a link or an address. */
  const follow = (changes: Settings): void => {
    state = { ...state, ...changes };
    view.show(state);
    traits.store(state);
  };
  listenToLinks(name, schema, {
    signal,
    inPage,
    sent(settings, clicked) {
      follow(settings);
      if (clicked) bringIntoView(el);
      view.announce?.();
    },
  });
  const addressed = inPage ? settingsIn(location.hash, name, schema) : null;
  if (addressed) follow(addressed);
}

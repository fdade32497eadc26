/** A figure over no run: its settings are its whole state, and all that it shows follows from them. */
import { bringIntoView } from "./drive";
import { type Figure, figureOf, type Place, type Position } from "./figure";
import { listenToLinks, NAME, settingsIn, writeAddress } from "./link";
import type { Setting, Settings, Value } from "./settings";
import { languageOf, type StringTable, stringsFor } from "./shared/strings";
import { settingTraits } from "./traits";

export interface InstrumentOptions<P, S> {
  readonly strings: S;
  readonly signal: AbortSignal;
  /** The state that the author set. */
  readonly original: P;
  /** The reader changed something. */
  moved(state: P): void;
  /** The address of this figure in a state. */
  address(state: P): string;
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
  readonly strings: StringTable<S>;
  view(options: InstrumentOptions<P, S>): Instrument<P>;
}

export function defineInstrument<P extends Position<P>, S>(definition: InstrumentDefinition<P, S>): Figure {
  return figureOf((place) => drive(definition, place));
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

  const original = traits.read();
  for (const key of Object.keys(schema)) {
    if (!(key in original)) throw new Error(`Its ${key} is ${String(model.get(key))}, which it cannot be set to.`);
  }
  let state = original as Readonly<Record<string, Value>> as P;
  const view = definition.view({
    strings: stringsFor(definition.strings, languageOf(el)),
    signal,
    original: state,
    moved(next) {
      state = next;
      traits.store(next);
    },
    address: (at) => location.href.split("#")[0] + writeAddress(name, at),
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

/** Keeps a figure's view, its traits, its group and its address in step with each other. */
import type { Definition, Place, Position } from "./figure";
import { MESSAGES } from "./figure_strings";
import { LONGEST_TEXT } from "./limits";
import { joinGroup, listenToLinks, NAME, settingsIn, writeAddress } from "./link";
import { type Schema, type Settings, text, type Value } from "./settings";
import { prefersStillness } from "./shared/motion";
import { languageOf, stringsFor } from "./shared/strings";
import { visibleToken } from "./shared/tokens";
import { type Extent, openSource, type Source } from "./source";
import { checkTraits, settingTraits } from "./traits";
import { UnknownToken } from "./vocabulary";

/** What the figures of a group share. */
const SHARED = ["time", "unit", "text", "mark_start", "mark_stop", "threshold", "direction"];

let figures = 0;

/** Brings an element that is out of sight into it. */
export function bringIntoView(el: HTMLElement): void {
  const { top, bottom } = el.getBoundingClientRect();
  const margin = Math.min(160, innerHeight / 4);
  if (bottom > margin && top < innerHeight - margin) return;
  el.scrollIntoView({ block: "start", behavior: prefersStillness() ? "auto" : "smooth" });
}

export function drive<P extends Position<P>, S, R extends Extent>(definition: Definition<P, S, R>, place: Place): void {
  const { model, el, signal, inPage } = place;
  const language = languageOf(el);
  const messages = stringsFor(MESSAGES, language);
  const source = definition.source?.(model) ?? (openSource(model) as Source<Extent> as Source<R>);

  const { longest = LONGEST_TEXT } = definition;
  const schema: Schema = source.readsText ? { ...definition.settings, text: text(longest) } : definition.settings;
  const sharedSchema = Object.fromEntries(Object.entries(schema).filter(([key]) => SHARED.includes(key)));
  const word = (trait: string): string => {
    const value = model.get(trait);
    return typeof value === "string" ? value : "";
  };
  const name = NAME.test(word("name")) ? word("name") : "figure";

  /** The run over a text, or an Error in the reader's words. */
  const runOf = (line: string): R => {
    const { length } = [...line];
    if (source.readsText && length === 0) throw new Error(messages.empty);
    if (source.readsText && length > longest) throw new Error(messages.tooLong(length, longest));
    try {
      return source.runOf(line);
    } catch (error) {
      if (!(error instanceof UnknownToken)) throw error;
      throw new Error(messages.unknown(visibleToken(error.token), error.position, error.unit), { cause: error });
    }
  };

  let line = source.readsText ? word("text") : "";
  let run = runOf(line);
  /** The position nearest to a wish that this run has. */
  const clamped = (wish: Settings): P => {
    const count: Readonly<Record<string, number>> = { time: run.time, unit: run.units };
    const entries = Object.keys(definition.settings).map((key) => {
      const value = wish[key] as Value;
      return [key, typeof value === "number" ? Math.min(value, (count[key] ?? Number.POSITIVE_INFINITY) - 1) : value];
    });
    const fitted = Object.fromEntries(entries) as P;
    return definition.fit?.(fitted, run) ?? fitted;
  };
  const traits = settingTraits(model, schema, signal, () => {
    const now = state();
    const changes = Object.fromEntries(Object.entries(traits.read()).filter(([key, value]) => value !== now[key]));
    if (Object.keys(changes).length > 0) change(changes, true);
  });
  checkTraits(model, definition.settings, false);
  let position = clamped(traits.read());
  const original = { line, position };
  let touched = false;

  const state = (): Settings => (source.readsText ? { ...position, text: line } : { ...position });
  /** What of the state is not as it was. */
  const since = (before: Settings, schemaOf: Schema): Settings =>
    Object.fromEntries(Object.entries(state()).filter(([key, value]) => key in schemaOf && value !== before[key]));

  /** Makes known what has changed since `before`: to the traits, and to the group where it has not come from there. */
  const publish = (before: Settings, toGroup: boolean): void => {
    touched = true;
    traits.store(state());
    const changes = since(before, sharedSchema);
    if (toGroup && Object.keys(changes).length > 0) group.send(changes);
  };

  /** Takes on another text, or throws an Error in the reader's words and leaves all as it is. */
  const takeText = (next: string): void => {
    run = runOf(next);
    line = next;
  };
  const showRun = (): void => {
    view.setText(line, line === original.line);
    view.setRun(run, position);
  };

  /** Follows a link, a trait or the group. */
  const change = (changes: Settings, toGroup: boolean): void => {
    const before = state();
    const { text: next, ...moves } = changes;
    let renewed = false;
    if (typeof next === "string" && source.readsText && next !== line) {
      try {
        takeText(next);
        renewed = true;
      } catch (error) {
        view.setMessage(error instanceof Error ? error.message : String(error));
      }
    }
    position = clamped({ ...position, ...moves });
    if (renewed) showRun();
    else view.setPosition(position);
    publish(before, toGroup);
  };

  const reader = {
    moved(next: P): void {
      const before = state();
      position = next;
      publish(before, true);
    },
    typed(next: string): void {
      const before = state();
      takeText(next);
      // The reader looks at what the character just typed does.
      position = clamped({ ...position, time: run.time - 1 });
      showRun();
      publish(before, true);
    },
    reset: (): void => change({ ...original.position, ...(source.readsText ? { text: original.line } : {}) }, true),
    restore: (): void => change({ ...(original.position as Settings), text: original.line }, true),
    address(at: P): string {
      const own = line === original.line ? {} : { text: line };
      return location.href.split("#")[0] + writeAddress(name, { ...at, ...own });
    },
  };

  figures += 1;
  const groupName = word("group");
  const view = definition.view({
    ...reader,
    typed: source.readsText ? reader.typed : null,
    strings: stringsFor(definition.strings, language),
    signal,
    id: inPage ? name : `${name}-${figures}`,
    grouped: groupName !== "",
  });
  view.setText(line, true);
  view.setRun(run, position);
  el.replaceChildren(view.element);
  signal.addEventListener("abort", () => view.element.remove());

  const group = joinGroup(groupName, sharedSchema, {
    signal,
    received: (changes) => change(changes, false),
    state: () => (touched ? since({}, sharedSchema) : null),
  });

  listenToLinks(name, schema, {
    signal,
    inPage,
    sent(settings, clicked) {
      change(settings, true);
      if (clicked) bringIntoView(el);
      view.announce?.();
    },
  });
  const addressed = inPage ? settingsIn(location.hash, name, schema) : null;
  if (addressed) change(addressed, true);
}

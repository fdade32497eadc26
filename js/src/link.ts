/** How figures are reached from outside: by figures of the same group, by links in the prose, by the page's address. */
import { type Schema, type Settings, type Value, allowedSettings, allowedText } from "./settings";

/** What a figure may be called: it is its element's id and stands in addresses. */
export const NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** Addresses longer than this are not read. */
const LONGEST = 4000;

/** `#cell-stepper?time=21&unit=57` taken apart; null where an address is none of a figure. */
export function readAddress(hash: string): { name: string; query: URLSearchParams } | null {
  if (hash.length > LONGEST || !hash.startsWith("#")) return null;
  const mark = hash.indexOf("?");
  const name = hash.slice(1, mark);
  return mark > 0 && NAME.test(name) ? { name, query: new URLSearchParams(hash.slice(mark + 1)) } : null;
}

/** The settings that an address holds for a figure; null where it is not meant. */
export function settingsIn(hash: string, name: string, schema: Schema): Record<string, Value> | null {
  const address = readAddress(hash);
  if (address?.name !== name) return null;
  const found: Record<string, Value> = {};
  for (const [key, setting] of Object.entries(schema)) {
    const value = allowedText(setting, address.query.get(key));
    if (value !== undefined) found[key] = value;
  }
  return found;
}

/** The address of a figure in a state, as `readAddress` reads it. */
export function writeAddress(name: string, settings: Settings): string {
  const query = new URLSearchParams(Object.entries(settings).map(([key, value]) => [key, String(value)]));
  return `#${name}?${query}`;
}

/** The address of the nearest link around what was clicked, if it is one into this page. */
export function clickedAddress(event: Event): string | null {
  if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return null;
  const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const href = anchor?.getAttribute("href") ?? "";
  return href.startsWith("#") ? href : null;
}

/**
 * Calls `sent` with the settings of each link to this figure that is clicked, and of each address that the page takes
 * on. Where the address is not the page's own (a notebook), a click leaves it as it is.
 */
export function listenToLinks(
  name: string,
  schema: Schema,
  options: {
    readonly signal: AbortSignal;
    readonly inPage: boolean;
    sent(settings: Record<string, Value>, clicked: boolean): void;
  },
): void {
  const { signal, inPage } = options;
  document.addEventListener(
    "click",
    (event) => {
      const settings = settingsIn(clickedAddress(event) ?? "", name, schema);
      if (!settings) return;
      if (!inPage) event.preventDefault();
      options.sent(settings, true);
    },
    { signal },
  );
  const look = (): void => {
    const settings = settingsIn(location.hash, name, schema);
    if (settings) options.sent(settings, false);
  };
  if (inPage) addEventListener("hashchange", look, { signal });
}

const EVENT = "lstm:link";

export interface Group {
  /** Tells the others in the group. */
  send(changes: Settings): void;
}

/**
 * Joins the figures that share time, unit and text. They hear of each other by events on the document, since in a
 * notebook each figure is a module of its own. Who joins late asks, and whoever has been moved answers.
 */
export function joinGroup(
  group: string,
  schema: Schema,
  options: {
    readonly signal: AbortSignal;
    received(changes: Record<string, Value>): void;
    /** What to tell a newcomer; null while nothing has been moved. */
    state(): Settings | null;
  },
): Group {
  if (group === "") return { send() {} };
  const source = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const send = (detail: object): void => {
    document.dispatchEvent(new CustomEvent(EVENT, { detail: { group, source, ...detail } }));
  };
  document.addEventListener(
    EVENT,
    (event) => {
      const detail: unknown = (event as CustomEvent).detail;
      if (typeof detail !== "object" || detail === null) return;
      const heard = detail as Readonly<Record<string, unknown>>;
      if (heard["group"] !== group || heard["source"] === source) return;
      if (heard["ask"] === true) {
        const changes = options.state();
        if (changes) send({ changes });
        return;
      }
      const changes = allowedSettings(schema, heard["changes"]);
      if (Object.keys(changes).length > 0) options.received(changes);
    },
    { signal: options.signal },
  );
  send({ ask: true });
  return { send: (changes) => send({ changes }) };
}

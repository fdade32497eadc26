/** The part of the anywidget protocol that the figures use: it is the same in a notebook and in a page. */

/** A figure's state; in a notebook, the traits of its Python half. */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  /** Hears of an event: "change:time" comes when the trait `time` changes. */
  on(event: string, heard: () => void): void;
  off(event: string, heard: () => void): void;
}

export interface RenderContext {
  readonly model: Model;
  readonly el: HTMLElement;
  /** Aborted when the figure is taken away; a host without it calls what `render` returned. */
  readonly signal?: AbortSignal;
}

/** A model with no kernel behind it, for a page. */
export function pageModel(state: Readonly<Record<string, unknown>>): Model {
  const values = new Map(Object.entries(state));
  const listeners = new Map<string, Set<() => void>>();
  return {
    get: (name) => values.get(name),
    set(name, value) {
      if (Object.is(values.get(name), value)) return;
      values.set(name, value);
      for (const heard of [...(listeners.get(`change:${name}`) ?? [])]) heard();
    },
    save_changes() {},
    on(event, heard) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(heard));
    },
    off(event, heard) {
      listeners.get(event)?.delete(heard);
    },
  };
}

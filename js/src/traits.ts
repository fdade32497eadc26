/** A figure's settings among the traits of its model: read, written, and heard when another writes them. */
import type { Model } from "./anywidget";
import { allowedSettings, type Schema, type Settings, type Value } from "./settings";

export interface SettingTraits {
  /** Those that the schema allows. */
  read(): Record<string, Value>;
  /** Writes what has changed. */
  store(settings: Settings): void;
}

/** `heard` hears of every trait of the schema that another than `store` changes. */
export function settingTraits(model: Model, schema: Schema, signal: AbortSignal, heard: () => void): SettingTraits {
  let storing = false;
  const changed = (): void => {
    if (!storing) heard();
  };
  for (const key of Object.keys(schema)) {
    model.on(`change:${key}`, changed);
    signal.addEventListener("abort", () => model.off(`change:${key}`, changed));
  }
  return {
    read: () => allowedSettings(schema, Object.fromEntries(Object.keys(schema).map((key) => [key, model.get(key)]))),
    store(settings) {
      const changes = Object.entries(settings).filter(([key, value]) => model.get(key) !== value);
      if (changes.length === 0) return;
      storing = true;
      for (const [key, value] of changes) model.set(key, value);
      storing = false;
      model.save_changes();
    },
  };
}

/** A figure's settings among the traits of its model: read, written, and heard when another writes them. */
import type { Model } from "./anywidget";
import { allowed, allowedSettings, type Schema, type Settings, type Value } from "./settings";

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

const LONGEST = 40;

/** Throws an Error for a reader where a trait is what its setting does not allow; one that is missing, where all are needed. */
export function checkTraits(model: Model, schema: Schema, needed: boolean): void {
  for (const [key, setting] of Object.entries(schema)) {
    const value = model.get(key);
    if (value === undefined && !needed) continue;
    if (value === null && "optional" in setting && setting.optional) continue;
    if (allowed(setting, value) !== undefined) continue;
    const given =
      typeof value === "string" ? `“${value}”` : typeof value === "object" && value !== null ? "an object" : String(value);
    const short = given.length > LONGEST ? `${given.slice(0, LONGEST)}…` : given;
    throw new Error(`Its ${key} is ${short}, which it cannot be set to.`);
  }
}

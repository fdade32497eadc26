/** Settings that a reader, a link or a notebook can give a figure; whatever comes from outside is checked here. */

export type Value = number | string;
export type Settings = Readonly<Record<string, Value>>;

export type Setting =
  | { readonly kind: "integer" | "number"; readonly least: number; readonly most: number; readonly optional?: boolean }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "text"; readonly longest: number; fits?(text: string): boolean };

/** Name → what may be set under it; what is not in a schema cannot be set from outside. */
export type Schema = Readonly<Record<string, Setting>>;

export const integer = (least: number, most: number): Setting => ({ kind: "integer", least, most });
export const number = (least: number, most: number): Setting => ({ kind: "number", least, most });
/** A whole number that some figures of a kind are without: their trait is None. */
export const optional = (least: number, most: number): Setting => ({ kind: "integer", least, most, optional: true });
export const choice = (...of: string[]): Setting => ({ kind: "choice", of });
export const text = (longest: number): Setting => ({ kind: "text", longest });
/** A text that must also pass a check of its own. */
export const fitting = (longest: number, fits: (text: string) => boolean): Setting => ({ kind: "text", longest, fits });

/** The value if the setting allows it, else undefined. */
export function allowed(setting: Setting, value: unknown): Value | undefined {
  switch (setting.kind) {
    case "integer":
    case "number": {
      const ofKind = setting.kind === "integer" ? Number.isInteger(value) : Number.isFinite(value);
      return typeof value === "number" && ofKind && value >= setting.least && value <= setting.most ? value : undefined;
    }
    case "choice":
      return typeof value === "string" && setting.of.includes(value) ? value : undefined;
    case "text":
      if (typeof value !== "string" || value.length === 0 || value.length > setting.longest) return undefined;
      return setting.fits?.(value) === false ? undefined : value;
  }
}

/** How numbers are written in an address. */
const WRITTEN = { integer: /^-?\d{1,9}$/, number: /^-?\d{1,9}(\.\d{1,20})?(e-\d{1,3})?$/ };

/** As `allowed`, for a value written out in an address: digits are a number there. */
export function allowedText(setting: Setting, written: string | null): Value | undefined {
  if (written === null) return undefined;
  if (setting.kind !== "integer" && setting.kind !== "number") return allowed(setting, written);
  return WRITTEN[setting.kind].test(written) ? allowed(setting, Number(written)) : undefined;
}

/** Those of `values` that the schema knows and allows. */
export function allowedSettings(schema: Schema, values: unknown): Record<string, Value> {
  const found: Record<string, Value> = {};
  if (typeof values !== "object" || values === null) return found;
  for (const [name, setting] of Object.entries(schema)) {
    if (!Object.hasOwn(values, name)) continue;
    const value = allowed(setting, (values as Record<string, unknown>)[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

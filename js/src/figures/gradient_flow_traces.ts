/** The reader's own networks: what Python computed of their runs, checked. */
import { fieldsOf } from "../tensor";

export interface Own {
  readonly name: string;
  /** The state that remembers: c of an LSTM, h of others. */
  readonly memory: "c" | "h";
  /** log₁₀ of what arrives from each step. */
  readonly hearing: Float64Array;
  readonly tokens: readonly string[] | null;
}

/** What the trait `traces` holds, or an Error that a reader can act on. */
export function readTraces(value: unknown): Own[] {
  return Object.entries(fieldsOf(value ?? {}, "traces")).map(([name, data]) => {
    const { norms, memory, tokens } = fieldsOf(data, `The trace “${name}”`);
    const size = (norm: unknown): norm is number => typeof norm === "number" && Number.isFinite(norm) && norm >= 0;
    if (!Array.isArray(norms) || norms.length < 2 || !norms.every(size)) {
      throw new Error(`The norms of “${name}” are not a list of finite numbers from 0, one a step.`);
    }
    const named = Array.isArray(tokens) && tokens.length === norms.length && tokens.every((each) => typeof each === "string");
    if (tokens !== null && tokens !== undefined && !named) {
      throw new Error(`The tokens of “${name}” are not texts, one a step.`);
    }
    const hearing = Float64Array.from(norms, Math.log10);
    return { name, memory: memory === "c" ? "c" : "h", hearing, tokens: named ? tokens : null };
  });
}

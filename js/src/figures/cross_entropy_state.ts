/** What a CrossEntropy can be set to, and the loss that follows. */
import { softmax } from "../activations";
import { choice, fitting, integer, number } from "../settings";
import { rounded } from "../shared/format";

export const MODES = ["probabilities", "logits"] as const;
export type Mode = (typeof MODES)[number];

/** The lists are written as texts, "0.1,0.2,0.1,0.5,0.1": one number for each class. */
export interface State extends Readonly<Record<"probabilities" | "logits", string>> {
  readonly mode: Mode;
  readonly target: number;
  readonly smoothing: number;
}

export const CLASSES = 5;
export const MOST_SMOOTHING = 0.5;
export const LARGEST_LOGIT = 1000;

const NUMBER = /^-?\d{1,4}(\.\d{1,20})?(e-\d{1,3})?$/;

/** The numbers of a list; null where it is none of as many numbers as there are classes. */
export function readList(text: string): number[] | null {
  const parts = text.split(",");
  return parts.length === CLASSES && parts.every((part) => NUMBER.test(part)) ? parts.map(Number) : null;
}

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const isDistribution = (text: string): boolean => {
  const values = readList(text);
  return values !== null && values.every((value) => value >= 0) && Math.abs(total(values) - 1) <= 1e-6;
};
const areLogits = (text: string): boolean => readList(text)?.every((value) => Math.abs(value) <= LARGEST_LOGIT) ?? false;

export const SETTINGS = {
  mode: choice(...MODES),
  probabilities: fitting(200, isDistribution),
  logits: fitting(200, areLogits),
  target: integer(0, CLASSES - 1),
  smoothing: number(0, MOST_SMOOTHING),
};

/** All that the figure shows; an entry for each class, and sums. */
export interface Moment {
  readonly logits: readonly number[];
  readonly p: readonly number[];
  readonly q: readonly number[];
  /** −ln q */
  readonly surprise: readonly number[];
  /** −p ln q; nothing where p is nothing, whatever q is. */
  readonly terms: readonly number[];
  readonly loss: number;
  readonly entropy: number;
  readonly divergence: number;
}

export function momentOf({ mode, probabilities, logits: written, target, smoothing }: State): Moment {
  const logits = readList(written) ?? [];
  const p = logits.map((_, k) => smoothing / CLASSES + (k === target ? 1 - smoothing : 0));
  let q = readList(probabilities) ?? [];
  let surprise = q.map((value) => Math.abs(Math.log(value)));
  if (mode === "logits") {
    // −ln softmax(z) = ln Σ e^z − z, which never takes the logarithm of a probability that was rounded to 0.
    const most = Math.max(...logits);
    const sum = Math.log(total(logits.map((z) => Math.exp(z - most))));
    q = Array.from(softmax(Float64Array.from(logits)));
    surprise = logits.map((z) => sum - (z - most));
  }
  const terms = p.map((part, k) => (part === 0 ? 0 : part * (surprise[k] ?? 0)));
  const loss = total(terms);
  const entropy = total(p.map((part) => (part === 0 ? 0 : Math.abs(part * Math.log(part)))));
  return { logits, p, q, surprise, terms, loss, entropy, divergence: loss - entropy };
}

/** With one probability changed; the others share what is left as they did, or equally where they had nothing. */
export function withProbability(q: readonly number[], chosen: number, wish: number): string {
  const value = Math.max(0, Math.min(1, wish));
  const rest = total(q) - (q[chosen] ?? 0);
  const next = q.map((old, k) => {
    if (k === chosen) return value;
    return rounded(rest > 0 ? ((1 - value) * old) / rest : (1 - value) / (CLASSES - 1), 6);
  });
  // What rounding has left over goes to the largest of the others.
  const others = next.map((other, k) => (k === chosen ? -1 : other));
  const largest = others.indexOf(Math.max(...others));
  next[largest] = Math.max(0, rounded((next[largest] ?? 0) + 1 - total(next), 6));
  return next.join();
}

/** With one logit changed. */
export function withLogit(logits: readonly number[], chosen: number, wish: number): string {
  return logits.map((z, k) => (k === chosen ? Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, wish)) : z)).join();
}

/** The same prediction in the other mode: softmax of the logits, or logits whose mean is nought. */
export function inMode(mode: Mode, state: State): State {
  const { q, surprise } = momentOf(state);
  if (mode === state.mode) return state;
  if (mode === "probabilities") return { ...state, mode, probabilities: withProbability(q, 0, rounded(q[0] ?? 0, 6)) };
  // ln 0 has no number; e^−30 is as good as nothing.
  const logs = surprise.map((cost) => -Math.min(cost, 30));
  const mean = total(logs) / CLASSES;
  return { ...state, mode, logits: logs.map((log) => rounded(log - mean, 3)).join() };
}

/** One step of gradient descent on the logits, whose gradient is q − p. */
export function descended(state: State): State {
  const { logits, q, p } = momentOf(state);
  return { ...state, logits: logits.map((z, k) => rounded(z - ((q[k] ?? 0) - (p[k] ?? 0)), 3)).join() };
}

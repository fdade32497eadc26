/** Reads what Python's `Trace.to_dict` writes. */
import { checkRun, type Quantity, type Run } from "./shared/run";
import { decodeNumbers, fieldsOf } from "./tensor";

const FORMAT = "lstm_edu.trace/1";

/** A count of at least one from a field, or an Error that names it. */
function count(value: unknown, what: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw new Error(`${what} is ${String(value)}; expected a whole number above 0.`);
}

function tokensOf(value: unknown): readonly string[] | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.every((token) => typeof token === "string")) return value;
  throw new Error("The trace's tokens are not a list of texts.");
}

/** The name of an activation; `usual` in traces from before they were told. */
function activationOf(value: unknown, usual: string): string {
  if (value === undefined) return usual;
  if (typeof value === "string") return value;
  throw new Error(`The trace's activation is a ${typeof value}; expected a name.`);
}

/** A trace as a run to look at, or an Error that a reader can act on. */
export function readTrace(data: unknown): Run {
  const trace = fieldsOf(data, "The trace");
  if (trace["format"] !== FORMAT) throw new Error(`The trace has format ${String(trace["format"])}; expected ${FORMAT}.`);
  const time = count(trace["time"], "The trace's time");
  const units = count(trace["units"], "The trace's number of units");
  const decode = (name: string, length: number): Float64Array =>
    decodeNumbers(trace[name], trace["dtype"], length, `The trace's ${name}`);
  const all = (name: Quantity): Float64Array => decode(name, time * units);
  const g = activationOf(trace["activation"], "tanh");
  const gate = activationOf(trace["recurrent_activation"], "sigmoid");
  return checkRun({
    time,
    units,
    activations: { i: gate, f: gate, g, o: gate },
    tokens: tokensOf(trace["tokens"]),
    i: all("i"),
    f: all("f"),
    g: all("g"),
    o: all("o"),
    c: all("c"),
    h: all("h"),
    h0: decode("h0", units),
    c0: decode("c0", units),
  });
}

/** What Python's `TrainingRun.to_dict` writes: one architecture, and its weights at some steps of a training. */
import type { Model } from "../anywidget";
import { encode, type Network, plainOf, probabilities, read, type Reading, readModel, runOf } from "../model";
import { nameOf } from "../layers";
import { random } from "../random";
import { QUANTITIES, type Quantity, type Run } from "../shared/run";
import type { Extent, Source } from "../source";
import { type Fields, fieldsOf, readTensor } from "../tensor";
import { draw } from "./live_model_state";

const FORMAT = "lstm_edu.run/1";
const MOST_SNAPSHOTS = 200;
/** A unit has found its job where it explains more than half of a signal's variance; as in lstm_edu/replay.py. */
export const FOUND = 0.5;

/** What units were compared with: where one of the characters stands, or how many characters ago. */
export interface Signal {
  readonly name: string;
  readonly rule: string;
  readonly characters: string;
  /** Which quantity of which unit follows it best in the end, chosen on other texts than r was measured on. */
  readonly best: { readonly gate: Quantity; readonly unit: number };
}

export interface Training {
  /** After how many batches each snapshot was taken. */
  readonly steps: readonly number[];
  /** Nats per character at each; `training` is null where it was not measured. */
  readonly validation: readonly number[];
  readonly training: readonly number[] | null;
  /** What simpler means reach: name and nats per character. */
  readonly baselines: readonly (readonly [string, number])[];
  readonly units: number;
  readonly signals: readonly Signal[];
  /** The correlation of a unit's quantity with a signal at a snapshot. */
  r(gate: Quantity, snapshot: number, signal: number, unit: number): number;
  /** The network at a snapshot; its weights are unpacked when it is first asked for. */
  network(snapshot: number): Network;
}

/** What a text does in the network at each snapshot. */
export interface Replay extends Extent {
  readonly training: Training;
  readonly tokens: readonly string[];
  at(snapshot: number): Run;
  /** What the network of a snapshot would write after the text. */
  goesOn(snapshot: number, length: number): string;
}

const number = (value: unknown, what: string): number => {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${what} is ${String(value)}; expected a number from 0.`);
};

function listOf(value: unknown, what: string, most: number): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0 && value.length <= most) return value;
  throw new Error(`${what} are ${Array.isArray(value) ? value.length : "no list"}; expected 1 to ${most}.`);
}

/** Calls `make` for each number once. */
function kept<T>(make: (k: number) => T): (k: number) => T {
  const found = new Map<number, T>();
  return (k) => {
    const known = found.get(k) ?? make(k);
    found.set(k, known);
    return known;
  };
}

function readSignal(data: unknown, units: number): Signal {
  const told = fieldsOf(data, "A signal");
  const name = nameOf(told["name"], "The name of a signal");
  const [[rule = "", characters] = []] = Object.entries(fieldsOf(told["rule"], `The rule of “${name}”`));
  const [gate, unit] = Array.isArray(told["chosen"]) ? (told["chosen"] as unknown[]) : [];
  const known = (rule === "in" || rule === "since") && typeof characters === "string" && QUANTITIES.includes(gate as Quantity);
  if (known && number(unit, `The unit of “${name}”`) < units) {
    return { name, rule, characters, best: { gate: gate as Quantity, unit: unit as number } };
  }
  throw new Error(`The signal “${name}” has no rule that is known, or no unit that follows it.`);
}

/** A recorded training, or an Error that a reader can act on. */
export function readTraining(data: unknown): Training {
  const run = fieldsOf(data, "The training");
  if (run["format"] !== FORMAT) throw new Error(`The training has format ${String(run["format"])}; expected ${FORMAT}.`);
  const model = fieldsOf(run["model"], "The model of the training");
  const layers = listOf(model["layers"], "The layers of the training", 20);
  const snapshots = listOf(run["snapshots"], "The snapshots of the training", MOST_SNAPSHOTS).map((each, k) =>
    fieldsOf(each, `Snapshot ${k}`),
  );
  const steps = snapshots.map(({ step }, k) => number(step, `The step of snapshot ${k}`));
  if (steps.some((step, k) => k > 0 && step <= (steps[k - 1] ?? 0))) throw new Error("The steps of the training do not rise.");
  const losses = snapshots.map((each, k) => fieldsOf(each["losses"], `The losses of snapshot ${k}`));
  const lossOf = (name: string): number[] => losses.map((all, k) => number(all[name], `The ${name} loss of snapshot ${k}`));

  const network = kept((k) => {
    const weights = snapshots[k]?.["weights"];
    const count = Array.isArray(weights) ? weights.length : 0;
    if (count !== layers.length) {
      throw new Error(`Snapshot ${k} has weights for ${count} layers; the model has ${layers.length}.`);
    }
    const whole = layers.map((layer, at) => ({ ...fieldsOf(layer, "A layer"), weights: (weights as unknown[])[at] }));
    const found = readModel({ ...model, layers: whole });
    plainOf(found);
    if (found.task !== "next") throw new Error("The network of the training does not say which character comes next.");
    return found;
  });
  const units = network(0).cells[0]?.units ?? 0;

  const agreement: Fields = run["agreement"] ? fieldsOf(run["agreement"], "The agreement") : {};
  const told = agreement["signals"];
  const signals = Array.isArray(told) ? told.map((each) => readSignal(each, units)) : [];
  const shape = [QUANTITIES.length, steps.length, signals.length, units];
  const r = signals.length > 0 ? readTensor(agreement["correlation"], shape, "The correlation").values : null;
  return {
    steps,
    validation: lossOf("validation"),
    training: losses[0] && "training" in losses[0] ? lossOf("training") : null,
    baselines: Object.entries(fieldsOf(run["baselines"] ?? {}, "The baselines")).map(
      ([name, nats]) => [name, number(nats, `The baseline “${name}”`)] as const,
    ),
    units,
    signals,
    r: (gate, k, at, unit) => r?.[((QUANTITIES.indexOf(gate) * steps.length + k) * signals.length + at) * units + unit] ?? 0,
    network,
  };
}

/** A signal over a text; as in lstm_edu/agreement.py. */
export function signalOf({ rule, characters }: Signal, tokens: readonly string[]): number[] {
  let last = -1;
  return tokens.map((token, at) => {
    const found = characters.includes(token);
    if (found) last = at;
    return rule === "since" ? at - last : Number(found);
  });
}

/** From which snapshot on r² stays above one half; null where it is not in the last. */
export function foundAt({ steps, r }: Training, gate: Quantity, signal: number, unit: number): number | null {
  let first = steps.length;
  while (first > 0 && r(gate, first - 1, signal, unit) ** 2 > FOUND) first -= 1;
  return first < steps.length ? first : null;
}

/** Writes on: each character is drawn as the network expects it, by the same random numbers at every snapshot. */
export function goOn(network: Network, reading: Reading, length: number): string {
  const { uniform } = random(1);
  let now = reading;
  for (let n = 0; n < length; n += 1) {
    now = read(network, [...now.ids, draw(probabilities(network, now, now.time - 1), uniform())], now);
  }
  return now.ids
    .slice(reading.time)
    .map((id) => network.vocabulary[id] ?? "")
    .join("");
}

/** The source of the figure: its trait `training`. */
export function openTraining(traits: Model): Source<Replay> {
  const training = readTraining(traits.get("training"));
  // Every snapshot is shown on the scales of the last; what lies between is unpacked when a reader comes by.
  training.network(training.steps.length - 1);
  return {
    readsText: true,
    runOf(text) {
      const { network } = training;
      const reading = kept((k) => read(network(k), encode(network(k), text)));
      return {
        time: reading(0).time,
        units: training.units,
        tokens: Array.from(text),
        training,
        at: kept((k) => runOf(network(k), reading(k), 0)),
        goesOn: (k, length) => goOn(network(k), reading(k), length),
      };
    },
  };
}

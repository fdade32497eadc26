/** A series as lstm_edu/series.py writes it, what a network answers to it, and the simple forecasts. */
import { answer, type Network, type Reading, readModel, readNumbers } from "../model";
import { fieldsOf, readTensor } from "../tensor";

const MOST = { reads: 1000, horizon: 336 };

/** A linear forecast in the place of the one by the season before: past · kernel + bias. */
export interface Beside {
  readonly name: string;
  /** `(reads, horizon)`. */
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
}

export interface Series {
  /** `(time, features)`; the first column is what is forecast. */
  readonly values: Float64Array;
  readonly features: number;
  readonly length: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** How many steps before now the network reads. */
  readonly reads: number;
  readonly season: number;
  /** Whether the network reads and answers differences from a season before. */
  readonly differenced: boolean;
  /** When the first step is, in milliseconds; null where steps are counted. */
  readonly start: number | null;
  readonly minutes: number;
  /** The day of each step, in milliseconds, where not every day is one; in the place of `start`. */
  readonly dates: Float64Array | null;
  readonly beside: Beside | null;
  readonly unit: string;
  readonly title: string;
  /** The first step that can be forecast. */
  readonly first: number;
}

function count(value: unknown, what: string, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`The ${what} of the series is ${String(value).slice(0, 40)}; expected a whole number from 1 to ${most}.`);
}

function scales(value: unknown, what: string, features: number): readonly number[] {
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [];
  const fits = (each: unknown): each is number => Number.isFinite(each) && (what === "mean" || Number(each) > 0);
  if (numbers.length === features && numbers.every(fits)) return numbers;
  throw new Error(`The ${what} of the series does not hold ${features} numbers that can scale it.`);
}

const words = (value: unknown): string => (typeof value === "string" ? value.slice(0, 80) : "");

const DAY = 86_400_000;

function readDates(given: unknown, length: number): Float64Array | null {
  if (given === undefined || given === null) return null;
  return readTensor(given, [length], "The days of the series").values.map((day) => day * DAY);
}

function readBeside(given: unknown, reads: number): Beside | null {
  if (given === undefined || given === null) return null;
  const { name, ...tensors } = fieldsOf(given, "The forecast beside the network's");
  const { values: kernel, shape } = readTensor(tensors["kernel"], [reads, null], "The kernel of the forecast beside it");
  const bias = readTensor(tensors["bias"], [shape[1] ?? 0], "The bias of the forecast beside it").values;
  return { name: words(name), kernel, bias };
}

export function readSeries(data: unknown): Series {
  const given = fieldsOf(data, "The series");
  const { values, shape } = readTensor(given["values"], [null, null], "The series");
  const [length = 0, features = 0] = shape;
  const reads = count(given["reads"], "window", MOST.reads);
  const season = count(given["season"], "season", length);
  const differenced = given["differenced"] === true;
  const first = differenced ? season + reads : Math.max(season, reads);
  if (length < first) throw new Error(`The series has ${length} steps; expected at least ${first}.`);
  // A date without a zone would be the reader's own time.
  const begin = Date.parse(`${words(given["start"]).slice(0, 16)}Z`);
  return {
    values,
    features,
    length,
    mean: scales(given["mean"], "mean", features),
    std: scales(given["std"], "std", features),
    reads,
    season,
    differenced,
    start: Number.isFinite(begin) ? begin : null,
    minutes: count(given["minutes"] ?? 60, "minutes", 525_600),
    dates: readDates(given["days"], length),
    beside: readBeside(given["beside"], reads),
    unit: words(given["unit"]),
    title: words(given["title"]),
    first,
  };
}

/** The first column from step `from` up to `to`, as far as it is known. */
export function stretch({ values, features, length }: Series, from: number, to: number): Float64Array {
  const last = Math.min(to, length);
  return Float64Array.from({ length: Math.max(0, last - from) }, (_, at) => values[(from + at) * features] as number);
}

/** All steps of the horizon as they were a season before. */
export function seasonal(series: Series, now: number, past: Float64Array, horizon: number): Float64Array {
  const { season, reads } = series;
  const known = stretch(series, now - season, now);
  const shared = Math.min(season, reads);
  known.set(past.subarray(reads - shared), season - shared);
  return Float64Array.from({ length: horizon }, (_, at) => known[at % season] as number);
}

/** The simple forecast beside the network's. */
export function simple(series: Series, now: number, past: Float64Array, horizon: number): Float64Array {
  const { beside } = series;
  if (!beside) return seasonal(series, now, past, horizon);
  return beside.bias.map((bias, at) =>
    past.reduce((sum, value, step) => sum + value * (beside.kernel[step * horizon + at] as number), bias),
  );
}

export interface Forecaster {
  readonly series: Series;
  readonly horizon: number;
  /** What the network answers, where `past` are the steps before `now`. */
  forecast(now: number, past: Float64Array): Float64Array;
}

/** A network and a series that fit on one another, or an Error that says why they do not. */
export function openForecaster(model: unknown, given: unknown): Forecaster {
  const network: Network = readModel(model);
  const series = readSeries(given ?? fieldsOf(model, "The model")["series"]);
  const { features, reads, season, differenced, mean, std } = series;
  const last = network.head[network.head.length - 1];
  const horizon = last?.bias.length ?? 0;
  if (network.text || last?.activation !== "linear") {
    throw new Error(`“${network.title}” is no forecaster; expected a network that reads numbers and answers with numbers.`);
  }
  if (network.features.length !== features) {
    throw new Error(`The network reads ${network.features.length} numbers a step, the series has ${features}.`);
  }
  if (horizon > (differenced ? season : MOST.horizon))
    throw new Error(`The network forecasts ${horizon} steps, which are too many.`);
  if (series.beside && series.beside.bias.length !== horizon)
    throw new Error(`“${series.beside.name}” forecasts ${series.beside.bias.length} steps, the network ${horizon}.`);

  let earlier: Reading | null = null;
  return {
    series,
    horizon,
    forecast(now, past) {
      const x = series.values.slice((now - reads) * features, now * features);
      const before = differenced ? stretch(series, now - reads - season, now - season) : null;
      if (before && season < reads) before.set(past.subarray(0, reads - season), season);
      for (let at = 0; at < reads; at += 1) {
        x[at * features] = (past[at] as number) - (before?.[at] ?? 0);
        for (let k = at * features; k < (at + 1) * features; k += 1) {
          x[k] = ((x[k] as number) - (mean[k % features] as number)) / (std[k % features] as number);
        }
      }
      earlier = readNumbers(network, x, earlier);
      const base = differenced ? seasonal(series, now, past, horizon) : null;
      return answer(network, earlier, reads - 1).map((y, at) => y * (std[0] as number) + (mean[0] as number) + (base?.[at] ?? 0));
    },
  };
}

/** How far a forecast is off on the average, as far as it is known what came; NaN where nothing is. */
export function meanError(forecast: Float64Array, truth: Float64Array): number {
  return truth.reduce((sum, value, at) => sum + Math.abs(value - (forecast[at] as number)), 0) / truth.length;
}

/** Forecasts of the next frames from those seen, as lstm_edu/nowcast.py has them. */
import { type Convolution, convolved, convStep, type ConvStep, emptyMaps, fill, joined } from "./conv_lstm";
import { fieldsOf, readTensor } from "./tensor";

const FORMAT = "lstm_edu.nowcast/1";
const FARTHEST = 3;
/** Where rain begins to count, in mm/h. */
export const THRESHOLD = 1;

/** Frames of one size: maps `(height, width)` of levels. */
export interface Frames {
  readonly height: number;
  readonly width: number;
  readonly maps: readonly Float64Array[];
}

export interface Nowcaster {
  readonly filters: number;
  /** Of what is read and of h together. */
  readonly layer: Convolution;
  readonly head: Convolution;
}

export interface Storm {
  readonly frames: Frames;
  readonly past: number;
  readonly ahead: number;
  /** The first hour, "2018-09-14 07:00". */
  readonly begins: string;
}

export interface Nowcasts {
  readonly networks: Readonly<Record<string, Nowcaster>>;
  readonly storm: Storm;
}

function readNowcaster(data: unknown, what: string): Nowcaster {
  const given = fieldsOf(data, what);
  const read = (name: string, shape: (number | null)[]): ReturnType<typeof readTensor> =>
    readTensor(given[name], shape, `${name} of ${what}`);
  const { shape, values } = read("recurrent_kernel", [null, null, null, null]);
  const [size = 0, , filters = 0] = shape;
  const outputs = 4 * filters;
  if (size % 2 === 0 || shape[1] !== size || shape[3] !== outputs) throw new Error(`${what} is no ConvLSTM.`);
  const bias = read("bias", [outputs]).values;
  const reads: Convolution = { size, inputs: 1, outputs, kernel: read("kernel", [size, size, 1, outputs]).values, bias };
  return {
    filters,
    layer: joined(reads, { size, inputs: filters, outputs, kernel: values, bias }),
    head: {
      ...{ size, inputs: filters, outputs: 1 },
      kernel: read("head_kernel", [size, size, filters, 1]).values,
      bias: read("head_bias", [1]).values,
    },
  };
}

/** Opens what lstm_edu/models/radar.json holds, or throws an Error that says what is wrong with it. */
export function readNowcasts(data: unknown): Nowcasts {
  const given = fieldsOf(data, "The model");
  if (given["format"] !== FORMAT) throw new Error(`The format of the model is ${String(given["format"])}; expected ${FORMAT}.`);
  const named = Object.entries(fieldsOf(given["networks"], "Its networks"));
  const storm = fieldsOf(given["storm"], "Its storm");
  const { shape, values } = readTensor(storm["frames"], [null, null, null], "Its storm");
  const [time = 0, height = 0, width = 0] = shape;
  const [past, ahead] = [Number(storm["past"]), Number(storm["ahead"])];
  if (!(past >= 2 && ahead >= 1 && past + ahead <= time)) throw new Error(`Its storm has ${time} frames for ${past} + ${ahead}.`);
  const area = height * width;
  const maps = Array.from({ length: time }, (_, t) => values.slice(t * area, (t + 1) * area));
  return {
    networks: Object.fromEntries(named.map(([name, each]) => [name, readNowcaster(each, `the network “${name}”`)])),
    storm: { frames: { height, width, maps }, past, ahead, begins: String(storm["begins"]) },
  };
}

export interface Forecast {
  /** The maps that follow. */
  readonly maps: Float64Array[];
  /** One for each frame that was read, forecasts but the last among them. */
  readonly steps: ConvStep[];
}

/** Forecasts step by step: the result grows with each one that is taken. */
export function* forecast(network: Nowcaster, { height, width, maps }: Frames, ahead: number): Generator<Forecast, Forecast> {
  const { layer, head, filters } = network;
  const edge = (layer.size - 1) / 2;
  const room = emptyMaps(height, width, 1 + filters, edge);
  const above = emptyMaps(height, width, filters, edge);
  const found: Forecast = { maps: [], steps: [] };
  let state = new Float64Array(height * width * filters);
  for (let t = 0; found.maps.length < ahead; t += 1) {
    const frame = (maps[t] ?? found.maps[t - maps.length]) as Float64Array;
    fill(room, frame, 1);
    const step = convStep(layer, room, state);
    found.steps.push(step);
    state = step.c as Float64Array<ArrayBuffer>;
    fill(room, step.h, filters, 1);
    if (t >= maps.length - 1) {
      fill(above, step.h, filters);
      const change = convolved(head, above);
      found.maps.push(frame.map((value, k) => Math.max(0, value + (change[k] as number))));
    }
    yield found;
  }
  return found;
}

function lowest(errors: readonly number[], at: number): number {
  const [before, least, after] = [errors[at - 1], errors[at] as number, errors[at + 1]];
  if (before === undefined || after === undefined) return at;
  const bend = before - 2 * least + after;
  return bend > 0 ? at + (before - after) / (2 * bend) : at;
}

/** How far the rain goes from frame to frame: one shift for the whole map, pixels right and down. */
export function motion({ height, width, maps }: Frames): readonly [right: number, down: number] {
  const reach = Array.from({ length: 2 * FARTHEST + 1 }, (_, k) => k - FARTHEST);
  const errorOf = (right: number, down: number): number => {
    let sum = 0;
    for (const [t, before] of maps.slice(0, -1).entries()) {
      const after = maps[t + 1] as Float64Array;
      for (let y = Math.max(0, down); y < height + Math.min(0, down); y += 1) {
        const [from, to] = [(y - down) * width - right, y * width];
        for (let x = Math.max(0, right); x < width + Math.min(0, right); x += 1) {
          const difference = (after[to + x] as number) - (before[from + x] as number);
          sum += difference * difference;
        }
      }
    }
    return sum / ((maps.length - 1) * (height - Math.abs(down)) * (width - Math.abs(right)));
  };
  const errors = reach.map((down) => reach.map((right) => errorOf(right, down)));
  let [y, x] = [0, 0];
  const at = (row: number, column: number): number => errors[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (const row of reach.keys()) for (const column of reach.keys()) if (at(row, column) < at(y, x)) [y, x] = [row, column];
  const right = lowest(errors[y] ?? [], x) - FARTHEST;
  const column = errors.map((row) => row[x] as number);
  return [right, lowest(column, y) - FARTHEST];
}

/** A map carried along; beyond the edge it goes on as at it. */
export function shifted(map: Float64Array, height: number, width: number, right: number, down: number): Float64Array {
  const found = new Float64Array(map.length);
  const within = (place: number, size: number): number => Math.max(0, Math.min(size - 1, place));
  const [top, left] = [Math.floor(-down), Math.floor(-right)];
  for (let y = 0, k = 0; y < height; y += 1) {
    const low = y + top;
    const part = y - down - low;
    const [above, below] = [within(low, height) * width, within(low + 1, height) * width];
    const row = (x: number): number => (1 - part) * (map[above + x] as number) + part * (map[below + x] as number);
    for (let x = 0; x < width; x += 1, k += 1) {
      const first = x + left;
      const share = x - right - first;
      found[k] = (1 - share) * row(within(first, width)) + share * row(within(first + 1, width));
    }
  }
  return found;
}

/** The last frame carried on by a motion. */
export function advected(
  { height, width, maps }: Frames,
  [right, down]: readonly [number, number],
  ahead: number,
): Float64Array[] {
  const last = maps.at(-1) as Float64Array;
  return Array.from({ length: ahead }, (_, k) => shifted(last, height, width, (k + 1) * right, (k + 1) * down));
}

/** The mean squared error of a map of levels. */
export function meanSquare(found: Float64Array, truth: Float64Array): number {
  return found.reduce((sum, value, k) => sum + (value - (truth[k] as number)) ** 2, 0) / found.length;
}

/** The critical success index: hits / (hits + misses + false alarms); 1 where there are none. */
export function csi(found: Float64Array, truth: Float64Array, threshold: number): number {
  let [both, either] = [0, 0];
  found.forEach((value, k) => {
    const [said, was] = [value >= threshold, (truth[k] as number) >= threshold];
    if (said && was) both += 1;
    if (said || was) either += 1;
  });
  return either > 0 ? both / either : 1;
}

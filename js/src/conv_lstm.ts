/** A ConvLSTM, as lstm_edu/conv_lstm.py has it: an LSTM whose states are maps and whose products are convolutions. */
import { sigmoid } from "./activations";
import { addProduct } from "./products";

/** A convolution over maps of `inputs` channels; `kernel` is `(size, size, inputs, outputs)`. */
export interface Convolution {
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
}

/** Maps of so many channels side by side, `(height, width, channels)`, with an edge of noughts all around. */
export interface Maps {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly edge: number;
  readonly values: Float64Array;
}

/** Gates and states of one step, each `(height, width, filters)`. */
export interface ConvStep {
  readonly i: Float64Array;
  readonly f: Float64Array;
  readonly g: Float64Array;
  readonly o: Float64Array;
  readonly c: Float64Array;
  readonly h: Float64Array;
}

export function emptyMaps(height: number, width: number, channels: number, edge: number): Maps {
  return { height, width, channels, edge, values: new Float64Array((height + 2 * edge) * (width + 2 * edge) * channels) };
}

/** Writes channels, `(height, width, count)`, into maps, from channel `first` on. */
export function fill({ height, width, channels, edge, values }: Maps, source: Float64Array, count: number, first = 0): void {
  for (let y = 0, from = 0; y < height; y += 1) {
    let to = ((y + edge) * (width + 2 * edge) + edge) * channels + first;
    for (let x = 0; x < width; x += 1, to += channels) {
      for (let k = 0; k < count; k += 1, from += 1) values[to + k] = source[from] as number;
    }
  }
}

/** One kernel over the channels of another and then its own: what is read and what is remembered in one convolution. */
export function joined(first: Convolution, second: Convolution): Convolution {
  const { size, outputs, bias } = first;
  const inputs = first.inputs + second.inputs;
  const kernel = new Float64Array(size * size * inputs * outputs);
  for (let tap = 0; tap < size * size; tap += 1) {
    kernel.set(first.kernel.subarray(tap * first.inputs * outputs, (tap + 1) * first.inputs * outputs), tap * inputs * outputs);
    const own = second.kernel.subarray(tap * second.inputs * outputs, (tap + 1) * second.inputs * outputs);
    kernel.set(own, (tap * inputs + first.inputs) * outputs);
  }
  return { size, inputs, outputs, kernel, bias };
}

/** What gives the convolution at a pixel, in `z`. A row of its window lies in one piece, in the maps as in the kernel. */
function convolving(
  { size, inputs, outputs, kernel, bias }: Convolution,
  maps: Maps,
  z: Float64Array,
): (y: number, x: number) => void {
  const across = (maps.width + 2 * maps.edge) * inputs;
  const count = size * inputs;
  const rows = Array.from({ length: size }, (_, k) => kernel.subarray(k * count * outputs, (k + 1) * count * outputs));
  return (y, x) => {
    z.set(bias);
    let at = y * across + x * inputs;
    for (const row of rows) {
      addProduct(z, maps.values.subarray(at, at + count), row);
      at += across;
    }
  };
}

/** A whole convolution, `(height, width, outputs)`. */
export function convolved(convolution: Convolution, maps: Maps): Float64Array {
  const { outputs } = convolution;
  const found = new Float64Array(maps.height * maps.width * outputs);
  const z = new Float64Array(outputs);
  const at = convolving(convolution, maps, z);
  for (let y = 0, k = 0; y < maps.height; y += 1) {
    for (let x = 0; x < maps.width; x += 1, k += outputs) {
      at(y, x);
      found.set(z, k);
    }
  }
  return found;
}

/** One step; `maps` holds what is read and h before it, `c` the cell state before it. */
export function convStep(layer: Convolution, maps: Maps, c: Float64Array): ConvStep {
  const filters = layer.outputs / 4;
  const map = (): Float64Array => new Float64Array(c.length);
  const [i, f, g, o, cell, h] = [map(), map(), map(), map(), map(), map()];
  const z = new Float64Array(layer.outputs);
  const at = convolving(layer, maps, z);
  for (let y = 0, k = 0; y < maps.height; y += 1) {
    for (let x = 0; x < maps.width; x += 1) {
      at(y, x);
      for (let unit = 0; unit < filters; unit += 1, k += 1) {
        const input = (i[k] = sigmoid(z[unit] as number));
        const forget = (f[k] = sigmoid(z[filters + unit] as number));
        const candidate = (g[k] = Math.tanh(z[2 * filters + unit] as number));
        const output = (o[k] = sigmoid(z[3 * filters + unit] as number));
        const state = (cell[k] = forget * (c[k] as number) + input * candidate);
        h[k] = output * Math.tanh(state);
      }
    }
  }
  return { i, f, g, o, c: cell, h };
}

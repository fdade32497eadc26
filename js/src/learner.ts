/** A recurrent network with a Dense layer on its last step, learning one of the tasks, batch by batch. */
import { ACTIVATIONS, sigmoid, softmax } from "./activations";
import { backward, noGradients } from "./backward";
import { recurrentWeights, glorotUniform } from "./initializers";
import { emptyRecord, type LSTM, step } from "./lstm";
import { adam, clipByNorm } from "./optimizer";
import { addBack, addOuter, addProduct } from "./products";
import { random } from "./random";
import { backwardRNN, noGradientsRNN, type RNN, runRNN } from "./rnn";
import { TASKS, type TaskName } from "./tasks";

/** The networks that race: a plain RNN, and LSTMs by their forget bias. */
export const LANES = ["rnn", "lstm0", "lstm1"] as const;
export type Lane = (typeof LANES)[number];

/** A loss counts once it is the mean of so many batches. */
export const WINDOW = 10;

const CLIP = 1;

export interface Learner {
  /** Trains on one more batch; returns the mean loss of the last `WINDOW` batches (of all, while there are fewer). */
  train(): number;
  /** Its answer to a row: the number, or the probability of the second class. */
  answer(x: Float64Array): number;
}

/** What the network's two kinds of recurrent layer have in common here. */
interface Memory {
  readonly weights: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
  /** Reads a row and returns the last h. */
  read(x: Float64Array): Float64Array;
  /** Goes back from the gradient of the last h, and adds to the gradients. */
  back(x: Float64Array, dhLast: Float64Array): void;
}

function rnnMemory(layer: RNN, lag: number): Memory {
  const { units, kernel, recurrentKernel, bias } = layer;
  const h0 = new Float64Array(units);
  const h = new Float64Array(lag * units);
  const dh = new Float64Array(lag * units);
  const gradients = noGradientsRNN(layer, lag);
  return {
    weights: [kernel, recurrentKernel, bias],
    gradients: [gradients.kernel, gradients.recurrentKernel, gradients.bias],
    read: (x) => runRNN(layer, x, h0, h).subarray(-units),
    back(x, dhLast) {
      dh.set(dhLast, (lag - 1) * units);
      backwardRNN(layer, x, h0, h, dh, gradients);
    },
  };
}

function lstmMemory(layer: LSTM, lag: number): Memory {
  const { inputs, units, kernel, recurrentKernel, bias } = layer;
  const zero = new Float64Array(units);
  const record = emptyRecord(lag, units);
  const z = new Float64Array(4 * units);
  const dh = new Float64Array(lag * units);
  const gradients = noGradients(layer, lag);
  return {
    weights: [kernel, recurrentKernel, bias],
    gradients: [gradients.kernel, gradients.recurrentKernel, gradients.bias],
    read(x) {
      for (let t = 0; t < lag; t += 1) step(layer, x.subarray(t * inputs, (t + 1) * inputs), zero, zero, record, t, z);
      return record.h.subarray(-units);
    },
    back(x, dhLast) {
      dh.set(dhLast, (lag - 1) * units);
      backward(layer, x, zero, zero, record, dh, gradients);
    },
  };
}

/** Where the streams of random numbers of one seed begin: weights, examples to learn from, examples to look at. */
export const streams = (seed: number) => [seed, seed + 1e6, seed + 2e6].map(random) as unknown as Streams;
type Streams = readonly [ReturnType<typeof random>, ReturnType<typeof random>, ReturnType<typeof random>];

/** Begins anew. All lanes of a seed learn from the same examples, and both LSTMs begin with the same kernels. */
export function learner(name: TaskName, lag: number, lane: Lane, seed: number): Learner {
  const { inputs, outputs, units, batch, learningRate, draw } = TASKS[name];
  const [begin, examples] = streams(seed);
  const blocks = lane === "rnn" ? 1 : 4;
  const drawn = recurrentWeights(inputs, units, blocks, "keras", begin, lane === "rnn" ? null : Number(lane === "lstm1"));
  const activation = ACTIVATIONS["tanh"] ?? Math.tanh;
  const memory =
    lane === "rnn"
      ? rnnMemory({ inputs, units, ...drawn, activation }, lag)
      : lstmMemory({ inputs, units, ...drawn, activation, recurrentActivation: sigmoid }, lag);
  const dense = { kernel: glorotUniform(units, outputs, begin), bias: new Float64Array(outputs) };
  const denseGradients = { kernel: new Float64Array(units * outputs), bias: new Float64Array(outputs) };
  const gradients = [...memory.gradients, denseGradients.kernel, denseGradients.bias];
  const descend = adam([...memory.weights, dense.kernel, dense.bias], learningRate);

  const y = new Float64Array(outputs);
  const dhLast = new Float64Array(units);
  /** The output for a row; what the network remembers of it, `back` needs. */
  const read = (x: Float64Array): Float64Array => {
    const h = memory.read(x);
    y.set(dense.bias);
    addProduct(y, h, dense.kernel);
    return h;
  };
  /** The loss of y; y becomes its gradient. */
  const judge = (target: number): number => {
    if (outputs === 1) {
      const error = (y[0] as number) - target;
      y[0] = 2 * error;
      return error * error;
    }
    y.set(softmax(y));
    const right = y[target] as number;
    y[target] = right - 1;
    return -Math.log(right);
  };

  const losses: number[] = [];
  return {
    train() {
      for (const gradient of gradients) gradient.fill(0);
      let loss = 0;
      for (let count = 0; count < batch; count += 1) {
        const { x, target } = draw(lag, examples);
        const h = read(x);
        loss += judge(target) / batch;
        for (let k = 0; k < outputs; k += 1) y[k] = (y[k] as number) / batch;
        addOuter(denseGradients.kernel, h, y, 1);
        addProduct(denseGradients.bias, Float64Array.of(1), y);
        addBack(dhLast.fill(0), y, dense.kernel);
        memory.back(x, dhLast);
      }
      const norm = clipByNorm(gradients, CLIP);
      if (!Number.isFinite(loss + norm)) throw new Error("The numbers have grown beyond all bounds.");
      descend(gradients);
      losses.push(loss);
      const last = losses.slice(-WINDOW);
      return last.reduce((sum, value) => sum + value, 0) / last.length;
    },
    answer(x) {
      read(x);
      return (outputs === 1 ? y[0] : softmax(y)[1]) as number;
    },
  };
}

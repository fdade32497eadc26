/** The plain recurrent network (Elman 1990), h = tanh(x·W + h₋₁·U + b), forwards and back; as `RNN` in Python, Keras' layout. */
import { type Activation, slopeOf } from "./activations";
import { stateBefore } from "./lstm";
import { addBack, addOuter, addProduct } from "./products";

export interface RNN {
  readonly inputs: number;
  readonly units: number;
  /** W, `(inputs, units)`. */
  readonly kernel: Float64Array;
  /** U, `(units, units)`. */
  readonly recurrentKernel: Float64Array;
  /** b, `(units)`. */
  readonly bias: Float64Array;
  /** In the place of tanh. */
  readonly activation: Activation;
}

/** The gradient of a loss L with respect to all that a run was given or computed; shapes as in the network. */
export interface RNNGradients {
  readonly kernel: Float64Array;
  readonly recurrentKernel: Float64Array;
  readonly bias: Float64Array;
  /** `(time, inputs)`. */
  readonly x: Float64Array;
  /** `(units)`. */
  readonly h0: Float64Array;
  /** By every way that leads from h_t to the loss, `(time, units)`. */
  readonly h: Float64Array;
  /** Of the pre-activations, `(time, units)`. */
  readonly z: Float64Array;
}

/** One step: the new state, written into `h`, `(time, units)`, at `t`. */
export function stepRNN(layer: RNN, x: Float64Array, h0: Float64Array, h: Float64Array, t: number): void {
  const z = h.subarray(t * layer.units, (t + 1) * layer.units);
  z.set(layer.bias);
  addProduct(z, x, layer.kernel);
  addProduct(z, stateBefore(h, h0, t), layer.recurrentKernel);
  for (let unit = 0; unit < layer.units; unit += 1) z[unit] = layer.activation(z[unit] as number);
}

/** Reads a sequence x, `(time, inputs)`; returns the state after each step, `(time, units)`, in `into` where that is given. */
export function runRNN(layer: RNN, x: Float64Array, h0: Float64Array, into: Float64Array | null = null): Float64Array {
  const { inputs, units } = layer;
  const steps = x.length / inputs;
  const h = into ?? new Float64Array(steps * units);
  for (let t = 0; t < steps; t += 1) stepRNN(layer, x.subarray(t * inputs, (t + 1) * inputs), h0, h, t);
  return h;
}

/** Gradients of nothing yet, for a run of so many steps. */
export function noGradientsRNN({ inputs, units }: RNN, steps: number): RNNGradients {
  const zeros = (length: number): Float64Array => new Float64Array(length);
  return {
    kernel: zeros(inputs * units),
    recurrentKernel: zeros(units * units),
    bias: zeros(units),
    x: zeros(steps * inputs),
    h0: zeros(units),
    h: zeros(steps * units),
    z: zeros(steps * units),
  };
}

/**
 * Goes back through a run whose states were `h`; `dh`, `(time, units)`, is what comes from above at each step. Where
 * `into` is given, the gradients of the weights are added to those in it; the others are written over.
 */
export function backwardRNN(
  layer: RNN,
  x: Float64Array,
  h0: Float64Array,
  h: Float64Array,
  dh: Float64Array,
  into: RNNGradients | null = null,
): RNNGradients {
  const { inputs, units, kernel, recurrentKernel, activation } = layer;
  const steps = x.length / inputs;
  const slope = slopeOf(activation);
  const gradients = into ?? noGradientsRNN(layer, steps);
  gradients.x.fill(0);
  gradients.h0.fill(0);
  gradients.h.set(dh);

  const dzs = gradients.z;
  for (let t = steps - 1; t >= 0; t -= 1) {
    const dz = dzs.subarray(t * units, (t + 1) * units);
    for (let unit = 0; unit < units; unit += 1) {
      const at = t * units + unit;
      dz[unit] = (gradients.h[at] as number) * slope(h[at] as number);
    }
    addBack(gradients.x.subarray(t * inputs, (t + 1) * inputs), dz, kernel);
    addBack(t === 0 ? gradients.h0 : gradients.h.subarray((t - 1) * units, t * units), dz, recurrentKernel);
  }
  addOuter(gradients.kernel, x, dzs, steps);
  addOuter(gradients.recurrentKernel, h0, dzs.subarray(0, units), 1);
  addOuter(gradients.recurrentKernel, h.subarray(0, -units), dzs.subarray(units), steps - 1);
  addOuter(gradients.bias, new Float64Array(steps).fill(1), dzs, steps);
  return gradients;
}

/** Backpropagation through time (Werbos 1990) of one run of an LSTM: the same gradients as `LSTM.backward` in Python. */
import { slopeOf } from "./activations";
import { type LSTM, type LSTMRecord, stateBefore } from "./lstm";
import { addBack, addOuter } from "./products";

/** The gradient of a loss L with respect to all that a run was given or computed. */
export interface LSTMGradients {
  /** dL/dW, `(inputs, 4·units)`. */
  readonly kernel: Float64Array;
  /** dL/dU, `(units, 4·units)`. */
  readonly recurrentKernel: Float64Array;
  /** dL/db, `(4·units)`. */
  readonly bias: Float64Array;
  /** dL/dx, `(time, inputs)`. */
  readonly x: Float64Array;
  /** dL/dh and dL/dc of the states that the run began with, `(units)` each. */
  readonly h0: Float64Array;
  readonly c0: Float64Array;
  /** dL/dh_t and dL/dc_t by every way that leads from there to the loss, `(time, units)` each. */
  readonly h: Float64Array;
  readonly c: Float64Array;
  /** dL/dz of the pre-activations at every step, `(time, 4·units)`. */
  readonly z: Float64Array;
}

/** Gradients of nothing yet, for a run of so many steps; those of the weights only where they are wanted. */
export function noGradients({ inputs, units }: LSTM, steps: number, weights = true): LSTMGradients {
  const zeros = (length: number): Float64Array => new Float64Array(length);
  const width = weights ? 4 * units : 0;
  return {
    kernel: zeros(inputs * width),
    recurrentKernel: zeros(units * width),
    bias: zeros(width),
    x: zeros(steps * inputs),
    h0: zeros(units),
    c0: zeros(units),
    h: zeros(steps * units),
    c: zeros(steps * units),
    z: zeros(steps * 4 * units),
  };
}

/**
 * Goes back through a run, from its last step to its first.
 *
 * `dh` and `dc`, `(time, units)`, are what comes from above at each step: dL/dh_t and dL/dc_t without what comes back
 * through later steps. For a loss on the last output alone, only the last step of `dh` is not zero.
 *
 * Where `into` is given, the gradients of the weights are added to those in it, so that they sum over a batch; the
 * others, which belong to this run, are written over. Without `weights` theirs are left out, which takes half as long.
 */
export function backward(
  layer: LSTM,
  x: Float64Array,
  h0: Float64Array,
  c0: Float64Array,
  record: LSTMRecord,
  dh: Float64Array | null,
  into: LSTMGradients | null = null,
  dc: Float64Array | null = null,
  weights = true,
): LSTMGradients {
  const { inputs, units, kernel, recurrentKernel, activation } = layer;
  const steps = x.length / inputs;
  const gateSlope = slopeOf(layer.recurrentActivation);
  const slope = slopeOf(activation);
  const gradients = into ?? noGradients(layer, steps, weights);
  for (const part of ["x", "h0", "c0", "h", "c"] as const) gradients[part].fill(0);
  if (dh) gradients.h.set(dh);
  if (dc) gradients.c.set(dc);

  const dzs = gradients.z;
  for (let t = steps - 1; t >= 0; t -= 1) {
    const dz = dzs.subarray(t * 4 * units, (t + 1) * 4 * units);
    const cBefore = stateBefore(record.c, c0, t);
    const dhBefore = t === 0 ? gradients.h0 : gradients.h.subarray((t - 1) * units, t * units);
    const dcBefore = t === 0 ? gradients.c0 : gradients.c.subarray((t - 1) * units, t * units);

    for (let unit = 0; unit < units; unit += 1) {
      const at = t * units + unit;
      const i = record.i[at] as number;
      const f = record.f[at] as number;
      const g = record.g[at] as number;
      const o = record.o[at] as number;
      const shown = activation(record.c[at] as number);
      const dhNow = gradients.h[at] as number;

      // h = o·tanh(c): the state hears of the loss through what it showed, and through the next state.
      const dcNow = (gradients.c[at] as number) + dhNow * o * slope(shown);
      gradients.c[at] = dcNow;
      // c = f·c₋₁ + i·g
      dz[unit] = dcNow * g * gateSlope(i);
      dz[units + unit] = dcNow * (cBefore[unit] as number) * gateSlope(f);
      dz[2 * units + unit] = dcNow * i * slope(g);
      dz[3 * units + unit] = dhNow * shown * gateSlope(o);
      dcBefore[unit] = (dcBefore[unit] as number) + dcNow * f;
    }

    // z = x·W + h₋₁·U + b
    addBack(gradients.x.subarray(t * inputs, (t + 1) * inputs), dz, kernel);
    addBack(dhBefore, dz, recurrentKernel);
  }

  if (!weights) return gradients;
  // All steps share the weights, so each weight's gradient is the sum over them.
  addOuter(gradients.kernel, x, dzs, steps);
  addOuter(gradients.recurrentKernel, h0, dzs.subarray(0, 4 * units), 1);
  addOuter(gradients.recurrentKernel, record.h.subarray(0, -units), dzs.subarray(4 * units), steps - 1);
  addOuter(gradients.bias, new Float64Array(steps).fill(1), dzs, steps);
  return gradients;
}

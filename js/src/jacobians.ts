/**
 * How much the last memory of a recurrent network hears of its memory at each step: the spectral norm of ∂c_T/∂c_t of an
 * LSTM and of ∂h_T/∂h_t of an RNN, in total, by every way that leads from there to the end; as `gradient_norms` in Python.
 *
 * The Jacobian is carried back from the last step as a matrix, and its size is kept beside it as a power of two, so that
 * it can vanish or explode for as long as it likes; therefore the answer is the norm's logarithm, to the base ten.
 */
import { slopeOf } from "./activations";
import type { LSTM, LSTMRecord } from "./lstm";
import { addBack } from "./products";
import type { RNN } from "./rnn";
import { spectralNorm } from "./spectral";

/** Beyond this a Jacobian is brought back to about 1: squares of its entries must still be numbers. */
const LARGE = 2 ** 120;

function identity(units: number): Float64Array {
  const matrix = new Float64Array(units * units);
  for (let unit = 0; unit < units; unit += 1) matrix[unit * (units + 1)] = 1;
  return matrix;
}

/** Goes back from the last step: `total` completes a step's Jacobian, the first of the matrices; `before` leads on to the step before. */
function listen(
  steps: number,
  units: number,
  matrices: readonly [Float64Array, ...Float64Array[]],
  before: (t: number) => void,
  total?: (t: number) => void,
): Float64Array {
  const heard = new Float64Array(steps);
  let power = 0;
  for (let t = steps - 1; t >= 0; t -= 1) {
    total?.(t);
    const norm = spectralNorm(matrices[0], units);
    heard[t] = Math.log10(norm) + power * Math.log10(2);
    if (norm > LARGE || (norm < 1 / LARGE && norm > 0)) {
      const shift = Math.round(Math.log2(norm));
      power += shift;
      for (const matrix of matrices) matrix.forEach((value, at) => (matrix[at] = value * 2 ** -shift));
    }
    before(t);
  }
  return heard;
}

/** log₁₀ ‖∂h_T/∂h_t‖ at each step t of a run whose states were `h`, `(time, units)`; 0 at the last, −∞ where nothing arrives. */
export function hearingOfRNN({ units, recurrentKernel, activation }: RNN, h: Float64Array): Float64Array {
  const slope = slopeOf(activation);
  const byH = identity(units);
  return listen(h.length / units, units, [byH], (t) => {
    for (let start = 0; start < byH.length; start += units) {
      const row = byH.subarray(start, start + units);
      const byZ = row.map((value, unit) => value * slope(h[t * units + unit] as number));
      addBack(row.fill(0), byZ, recurrentKernel);
    }
  });
}

/** log₁₀ ‖∂c_T/∂c_t‖ at each step t of a run that `record` tells; 0 at the last, −∞ where nothing arrives. */
export function hearingOfLSTM(layer: LSTM, { i, f, g, o, c }: LSTMRecord): Float64Array {
  const { units, activation } = layer;
  const [slope, gateSlope] = [slopeOf(activation), slopeOf(layer.recurrentActivation)];
  const byC = identity(units); // ∂c_T/∂c_t: at first along the state alone, then in total
  const byH = new Float64Array(units * units); // ∂c_T/∂h_t
  const byZ = new Float64Array(4 * units); // one row of the same for the pre-activations
  const slopes = new Float64Array(4 * units); // of c by the first three of them, and of h by the last
  return listen(
    c.length / units,
    units,
    [byC, byH],
    (t) => {
      for (let start = 0; start < byC.length; start += units) {
        const row = byC.subarray(start, start + units);
        const shown = byH.subarray(start, start + units);
        for (let column = 0; column < byZ.length; column += 1) {
          const above = column < 3 * units ? row : shown;
          byZ[column] = (above[column % units] as number) * (slopes[column] as number);
        }
        for (let unit = 0; unit < units; unit += 1) row[unit] = (row[unit] as number) * (f[t * units + unit] as number);
        addBack(shown.fill(0), byZ, layer.recurrentKernel);
      }
    },
    (t) => {
      for (let unit = 0; unit < units; unit += 1) {
        const at = t * units + unit;
        const shown = activation(c[at] as number);
        slopes[unit] = (g[at] as number) * gateSlope(i[at] as number);
        slopes[units + unit] = (c[at - units] ?? 0) * gateSlope(f[at] as number);
        slopes[2 * units + unit] = (i[at] as number) * slope(g[at] as number);
        slopes[3 * units + unit] = shown * gateSlope(o[at] as number);
        const shows = (o[at] as number) * slope(shown);
        for (let own = unit; own < byC.length; own += units) byC[own] = (byC[own] as number) + (byH[own] as number) * shows;
      }
    },
  );
}

/** log₁₀ of the most that any unit keeps of c_t along the cell state alone, f_{t+1}·…·f_T, at each step t. */
export function conveyed({ f }: LSTMRecord, units: number): Float64Array {
  const kept = new Float64Array(f.length / units);
  const logs = new Float64Array(units);
  for (let t = kept.length - 1; t >= 0; t -= 1) {
    kept[t] = Math.max(...logs);
    logs.forEach((log, unit) => (logs[unit] = log + Math.log10(f[t * units + unit] as number)));
  }
  return kept;
}

/** How weights learn: Adam (Kingma & Ba 2015) and gradient clipping, as in lstm_edu/optimizers.py; both write in place. */

/** Shortens the gradients, taken together as one vector, to the length `limit` if it is longer; returns the length it had. */
export function clipByNorm(gradients: readonly Float64Array[], limit: number): number {
  let squares = 0;
  for (const gradient of gradients) for (const value of gradient) squares += value * value;
  const norm = Math.sqrt(squares);
  if (norm > limit) {
    for (const gradient of gradients) {
      for (let k = 0; k < gradient.length; k += 1) gradient[k] = (gradient[k] as number) * (limit / norm);
    }
  }
  return norm;
}

/** Steps of about equal length for every weight: w ← w − η · m̂ / (√v̂ + ε). The result takes one step down `gradients`. */
export function adam(weights: readonly Float64Array[], learningRate: number): (gradients: readonly Float64Array[]) => void {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const zeros = (): Float64Array[] => weights.map(({ length }) => new Float64Array(length));
  // Running means of the gradient and of its square; both begin at zero, which the rates make up for.
  const [means, squares] = [zeros(), zeros()];
  let steps = 0;
  return (gradients) => {
    steps += 1;
    const rateMean = 1 - beta1 ** steps;
    const rateSquare = 1 - beta2 ** steps;
    weights.forEach((weight, index) => {
      const [gradient, mean, square] = [gradients[index], means[index], squares[index]] as Float64Array[] as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      for (let k = 0; k < weight.length; k += 1) {
        const g = gradient[k] as number;
        const m = beta1 * (mean[k] as number) + (1 - beta1) * g;
        const v = beta2 * (square[k] as number) + (1 - beta2) * g * g;
        mean[k] = m;
        square[k] = v;
        weight[k] = (weight[k] as number) - (learningRate * (m / rateMean)) / (Math.sqrt(v / rateSquare) + epsilon);
      }
    });
  };
}

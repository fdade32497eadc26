/** The spectral norm of a small matrix: the most that it stretches any vector. */
import { addBack, addProduct } from "./products";

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k += 1) total += (a[k] as number) * (b[k] as number);
  return total;
}

/** How near to nought counts as nought, beside the size of the whole. */
const NEAR = 1e-14;

/**
 * The largest singular value of a square matrix A, row-major: the root of the largest eigenvalue of AᵀA. Lanczos (1950)
 * makes AᵀA tridiagonal, as far as its largest eigenvalue needs, and bisection finds that (Givens 1954). Entries must be
 * such that their squares are still numbers.
 */
export function spectralNorm(matrix: Float64Array, size: number): number {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  // Any direction will do that no matrix is made for.
  let vector = new Float64Array(size);
  for (let k = 0; k < size; k += 1) vector[k] = Math.cos(k * k + 1);
  let most = 0;
  while (basis.length < size) {
    const length = Math.sqrt(dot(vector, vector));
    if (length <= NEAR * most) break;
    if (basis.length > 0) beside.push(length);
    for (let k = 0; k < size; k += 1) vector[k] = (vector[k] as number) / length;
    basis.push(vector);
    const image = new Float64Array(size);
    addBack(image, vector, matrix);
    vector = new Float64Array(size);
    addProduct(vector, image, matrix);
    diagonal.push(dot(image, image));
    most = Math.max(most, dot(image, image));
    // Twice, since rounding leaves something of the others the first time.
    for (let pass = 0; pass < 2 * basis.length; pass += 1) {
      const other = basis[pass % basis.length] as Float64Array;
      const share = dot(vector, other);
      for (let k = 0; k < size; k += 1) vector[k] = (vector[k] as number) - share * (other[k] as number);
    }
  }
  return Math.sqrt(largestEigenvalue(diagonal, beside));
}

/** The largest eigenvalue of a tridiagonal matrix whose eigenvalues are not below nought. */
function largestEigenvalue(diagonal: readonly number[], beside: readonly number[]): number {
  let low = Math.max(...diagonal);
  let high = diagonal.reduce((sum, value) => sum + value, 0);
  /** Whether all eigenvalues are less: whether all pivots of the matrix less the bound are below nought. */
  const bounds = (bound: number): boolean => {
    let pivot = (diagonal[0] as number) - bound;
    for (let k = 1; k < diagonal.length && pivot < 0; k += 1) {
      pivot = (diagonal[k] as number) - bound - (beside[k - 1] as number) ** 2 / pivot;
    }
    return pivot < 0;
  };
  while (high - low > 4 * Number.EPSILON * high) {
    const middle = (low + high) / 2;
    if (bounds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

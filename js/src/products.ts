/**
 * The three products that a recurrent network is made of, forwards and back. Matrices are row-major. Each goes four rows
 * at a time, which reads and writes its sum a quarter as often; that halves the time.
 */

/** z + vector · matrix, added into z: `matrix` has as many rows as the vector entries, and z.length columns. */
export function addProduct(z: Float64Array, vector: Float64Array, matrix: Float64Array): void {
  const columns = z.length;
  const rows = vector.length;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const a = at(vector, row);
    const b = at(vector, row + 1);
    const c = at(vector, row + 2);
    const d = at(vector, row + 3);
    for (let column = 0, k = row * columns; column < columns; column += 1, k += 1) {
      z[column] =
        at(z, column) +
        a * at(matrix, k) +
        b * at(matrix, k + columns) +
        c * at(matrix, k + 2 * columns) +
        d * at(matrix, k + 3 * columns);
    }
  }
  for (; row < rows; row += 1) {
    const a = at(vector, row);
    for (let column = 0, k = row * columns; column < columns; column += 1, k += 1) z[column] = at(z, column) + a * at(matrix, k);
  }
}

/** The way back to the vector: sum + matrix · dz, added into `sum`. */
export function addBack(sum: Float64Array, dz: Float64Array, matrix: Float64Array): void {
  const columns = dz.length;
  const rows = sum.length;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let column = 0, k = row * columns; column < columns; column += 1, k += 1) {
      const slope = at(dz, column);
      a += slope * at(matrix, k);
      b += slope * at(matrix, k + columns);
      c += slope * at(matrix, k + 2 * columns);
      d += slope * at(matrix, k + 3 * columns);
    }
    sum[row] = at(sum, row) + a;
    sum[row + 1] = at(sum, row + 1) + b;
    sum[row + 2] = at(sum, row + 2) + c;
    sum[row + 3] = at(sum, row + 3) + d;
  }
  for (; row < rows; row += 1) {
    let a = 0;
    for (let column = 0, k = row * columns; column < columns; column += 1, k += 1) a += at(dz, column) * at(matrix, k);
    sum[row] = at(sum, row) + a;
  }
}

/**
 * The way back to the matrix, over all steps: matrix + Σ vectorᵀ · dz, added into `matrix`. `vectors` is `(steps, rows)`,
 * `dz` `(steps, columns)`.
 */
export function addOuter(matrix: Float64Array, vectors: Float64Array, dz: Float64Array, steps: number): void {
  const rows = vectors.length / steps;
  const columns = dz.length / steps;
  let t = 0;
  for (; t + 3 < steps; t += 4) {
    for (let row = 0; row < rows; row += 1) {
      const v = t * rows + row;
      const a = at(vectors, v);
      const b = at(vectors, v + rows);
      const c = at(vectors, v + 2 * rows);
      const d = at(vectors, v + 3 * rows);
      for (let column = 0, k = row * columns, s = t * columns; column < columns; column += 1, k += 1, s += 1) {
        matrix[k] =
          at(matrix, k) + a * at(dz, s) + b * at(dz, s + columns) + c * at(dz, s + 2 * columns) + d * at(dz, s + 3 * columns);
      }
    }
  }
  for (; t < steps; t += 1) {
    for (let row = 0; row < rows; row += 1) {
      const a = at(vectors, t * rows + row);
      for (let column = 0, k = row * columns, s = t * columns; column < columns; column += 1, k += 1, s += 1) {
        matrix[k] = at(matrix, k) + a * at(dz, s);
      }
    }
  }
}

const at = (array: Float64Array, index: number): number => array[index] as number;

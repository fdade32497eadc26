/** Arrays inside JSON: base64, little-endian, row-major, with 8 bits a weight where that is enough. */

export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object whose fields can be looked at, or an Error that names it. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Error(`${what} is ${Array.isArray(value) ? "a list" : value === null ? "null" : typeof value}; expected an object.`);
}

const WIDTHS: Readonly<Record<string, number>> = { int8: 1, float16: 2, float32: 4, float64: 8 };

/** A 16-bit float, as IEEE 754 lays it out. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Decodes base64 numbers of a type to float64; `count` says how many there must be. */
export function decodeNumbers(data: unknown, dtype: unknown, count: number, what: string): Float64Array {
  const width = typeof dtype === "string" && Object.hasOwn(WIDTHS, dtype) ? WIDTHS[dtype] : undefined;
  if (width === undefined) throw new Error(`${what} has dtype ${String(dtype)}; expected ${Object.keys(WIDTHS).join(", ")}.`);
  if (typeof data !== "string") throw new Error(`${what} holds no base64 text.`);
  let text: string;
  try {
    text = atob(data);
  } catch {
    throw new Error(`${what} is not valid base64.`);
  }
  // Counted before anything is allocated, so that a false shape costs nothing.
  if (text.length !== count * width) {
    throw new Error(`${what} holds ${text.length} bytes; expected ${count} numbers of ${width}.`);
  }
  // A network is hundreds of thousands of numbers, unpacked while the page loads: hence plain loops.
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < bytes.length; k += 1) bytes[k] = text.charCodeAt(k);
  if (width === 1) return new Float64Array(new Int8Array(bytes.buffer));
  const view = new DataView(bytes.buffer);
  const values = new Float64Array(count);
  for (let k = 0; k < count; k += 1) {
    const at = k * width;
    if (width === 2) values[k] = half(view.getUint16(at, true));
    else values[k] = width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
  }
  if (!values.every(Number.isFinite)) throw new Error(`${what} holds a value that is not a finite number.`);
  return values;
}

/**
 * Unpacks a tensor. `expected` is the shape that fits; null stands for any size above 0.
 * An int8 tensor is its integers times a scale, one for each index of the last axis.
 */
export function readTensor(data: unknown, expected: readonly (number | null)[], what: string): Tensor {
  const tensor = fieldsOf(data, what);
  const shape = tensor["shape"];
  const fits =
    Array.isArray(shape) &&
    shape.length === expected.length &&
    shape.every((size, axis) => Number.isInteger(size) && size > 0 && (expected[axis] ?? size) === size);
  if (!fits) {
    const wanted = expected.map((size) => size ?? "any").join(", ");
    throw new Error(`${what} has shape (${Array.isArray(shape) ? shape.slice(0, 4).join(", ") : "none"}); expected (${wanted}).`);
  }
  const sizes: readonly number[] = shape;
  const values = decodeNumbers(
    tensor["data"],
    tensor["dtype"],
    sizes.reduce((product, size) => product * size, 1),
    what,
  );
  if (tensor["dtype"] === "int8") {
    const last = sizes[sizes.length - 1] ?? 1;
    const scale = decodeNumbers(tensor["scale"], "float32", last, `the scale of ${what}`);
    for (let row = 0; row < values.length; row += last) {
      for (let column = 0; column < last; column += 1) values[row + column] = (values[row + column] ?? 0) * (scale[column] ?? 0);
    }
  }
  return { shape: sizes, values };
}

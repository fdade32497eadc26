/** Arrays of a run's steps that grow at their end, as a text does that is written on. */

/** How many numbers of a room are spoken for. */
const taken = new WeakMap<ArrayBufferLike, number>();

/**
 * `length` numbers, the first `known` of them those of `earlier`, the others nought. Where `earlier` ends with what is known
 * and nobody has gone on from it yet, the room behind it is used, and nothing is copied: what was read never changes.
 */
export function goneOn(earlier: Float64Array | null, known: number, length: number): Float64Array {
  if (!earlier || known === 0) return new Float64Array(length);
  if (length === known) return earlier.subarray(0, length);
  const { buffer } = earlier;
  if (known === earlier.length && taken.get(buffer) === known && length * earlier.BYTES_PER_ELEMENT <= buffer.byteLength) {
    taken.set(buffer, length);
    return new Float64Array(buffer, 0, length);
  }
  const room = new Float64Array(2 * length);
  room.set(earlier.subarray(0, known));
  taken.set(room.buffer, length);
  return room.subarray(0, length);
}

import { expect, test } from "vitest";
import { goneOn } from "./growing";

/** An array that ends with a number of its own. */
function ended(earlier: Float64Array | null, known: number, end: number): Float64Array {
  const array = goneOn(earlier, known, known + 1);
  array[known] = end;
  return array;
}

test("what is gone on from begins with what was known, and noughts follow", () => {
  const first = Float64Array.of(1, 2, 3);
  expect([...goneOn(first, 3, 5)]).toEqual([1, 2, 3, 0, 0]);
  expect([...goneOn(first, 2, 4)]).toEqual([1, 2, 0, 0]);
  expect([...goneOn(first, 2, 2)]).toEqual([1, 2]);
  expect([...goneOn(first, 0, 2)]).toEqual([0, 0]);
  expect([...goneOn(null, 0, 1)]).toEqual([0]);
});

test("a text that is written on and on is copied seldom", () => {
  let text: Float64Array = Float64Array.of(0);
  const rooms = new Set<ArrayBufferLike>();
  for (let end = 1; end < 1000; end += 1) rooms.add((text = ended(text, end, end)).buffer);
  expect([...text]).toEqual(Array.from({ length: 1000 }, (_, at) => at));
  expect(rooms.size).toBeLessThan(12);
});

test("two that go on from one do not write into each other", () => {
  const first = ended(ended(Float64Array.of(1), 1, 2), 2, 3);
  const [left, right] = [ended(first, 3, 4), ended(first, 3, 5)];
  const shorter = ended(left, 2, 6);
  expect([first, left, right, shorter].map((array) => [...array])).toEqual([
    [1, 2, 3],
    [1, 2, 3, 4],
    [1, 2, 3, 5],
    [1, 2, 6],
  ]);
});

test("what was taken back and gone on from again leaves the longer one as it was", () => {
  const long = ended(ended(Float64Array.of(1), 1, 2), 2, 3);
  const back = goneOn(long, 2, 2);
  const again = ended(back, 2, 9);
  expect([...long]).toEqual([1, 2, 3]);
  expect([...again]).toEqual([1, 2, 9]);
});

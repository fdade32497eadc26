import { describe, expect, it } from "vitest";
import { decodeNumbers, readTensor } from "./tensor";
import { packed } from "./test_network";

const bytes = (...values: number[]): string => btoa(String.fromCharCode(...values));

describe("decodeNumbers", () => {
  it("reads little-endian floats of every width", () => {
    expect([...decodeNumbers(packed([1.5, -2])["data"], "float64", 2, "x")]).toEqual([1.5, -2]);
    expect([...decodeNumbers(bytes(0, 0, 0xc0, 0x3f), "float32", 1, "x")]).toEqual([1.5]);
    expect([...decodeNumbers(bytes(0xff, 0x80), "int8", 2, "x")]).toEqual([-1, -128]);
  });

  it("reads half precision: normal, subnormal, signed nought", () => {
    const halves = decodeNumbers(bytes(0, 0x3c, 1, 0, 0, 0x80, 0xff, 0x7b, 0, 0xc0), "float16", 5, "x");
    expect([...halves]).toEqual([1, 2 ** -24, -0, 65504, -2]);
  });

  it.each([
    ["NaN", bytes(0, 0x7e), "float16", /not a finite number/],
    ["infinity", bytes(0, 0x7c), "float16", /not a finite number/],
    ["another type", bytes(0, 0), "float8", /dtype float8; expected int8/],
    ["a name of Object's own", bytes(0, 0), "constructor", /dtype constructor/],
    ["text that is no base64", "@@", "int8", /base64/],
    ["no text", 7, "int8", /no base64 text/],
    ["too few bytes", bytes(0), "float16", /holds 1 bytes; expected 1 numbers of 2/],
  ])("refuses %s", (_, data, dtype, message) => {
    expect(() => decodeNumbers(data, dtype, 1, "The kernel")).toThrow(message);
  });
});

describe("readTensor", () => {
  it("multiplies int8 levels by the scale of their column", () => {
    const tensor = { shape: [2, 2], dtype: "int8", data: bytes(1, 2, 0xff, 4), scale: bytes(0, 0, 0, 0x40, 0, 0, 0, 0x3f) };
    expect([...readTensor(tensor, [2, null], "x").values]).toEqual([2, 1, -2, 2]);
  });

  it.each([
    ["a shape of another rank", [4], /shape \(4\); expected \(2, any\)/],
    ["another size", [3, 2], /expected \(2, any\)/],
    ["a negative size", [2, -2], /expected/],
    ["a size that is no whole number", [2, 0.5], /expected/],
    ["no shape", "2", /shape \(none\)/],
    ["a shape of a billion billions", [2, 1e18], /holds 32 bytes/],
  ])("refuses %s", (_, shape, message) => {
    expect(() => readTensor({ ...packed([1, 2, 3, 4]), shape }, [2, null], "The kernel")).toThrow(message);
  });

  it("refuses what is no object", () => {
    expect(() => readTensor([1], [1], "The kernel")).toThrow("The kernel is a list; expected an object.");
    expect(() => readTensor(null, [1], "The kernel")).toThrow("null");
  });
});

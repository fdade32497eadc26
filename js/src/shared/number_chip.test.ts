import { describe, expect, it } from "vitest";
import { typedNumber } from "./number_chip";

describe("typedNumber", () => {
  it.each([
    ["0.5", 0.5],
    [" −2,25 ", -2.25],
    ["+.5", 0.5],
    ["3.", 3],
  ])("reads %s", (text, number) => expect(typedNumber(text)).toBe(number));

  it.each(["", "-", ".", "1e3", "0x10", "1 2", "--1", "Infinity", "1.2.3", "<b>1</b>"])("refuses %s", (text) =>
    expect(typedNumber(text)).toBeNaN(),
  );
});

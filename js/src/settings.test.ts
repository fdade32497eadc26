import { describe, expect, it } from "vitest";
import { allowed, allowedSettings, allowedText, choice, integer, text } from "./settings";

const schema = { time: integer(0, 99), gate: choice("i", "f"), text: text(5) };

describe("settings", () => {
  it("lets through what fits", () => {
    expect(allowedSettings(schema, { time: 7, gate: "f", text: "hé" })).toEqual({ time: 7, gate: "f", text: "hé" });
  });

  it.each([100, -1, 1.5, Number.NaN, "7", null, [7], { valueOf: () => 7 }])("holds back %s as an integer", (value) => {
    expect(allowed(schema.time, value)).toBeUndefined();
  });

  it("holds back other words, long texts, empty texts and unknown names", () => {
    expect(allowedSettings(schema, { gate: "x", text: "sixsix", other: 1, constructor: 2 })).toEqual({});
    expect(allowed(schema.text, "")).toBeUndefined();
    expect(allowedSettings(schema, "time")).toEqual({});
    expect(allowedSettings(schema, Object.create({ time: 7 }))).toEqual({});
  });

  it.each(["1e3", "0x10", " 7", "7 ", "+7", "", "99999999999", "NaN"])("does not read “%s” as a number", (written) => {
    expect(allowedText(schema.time, written)).toBeUndefined();
  });

  it("reads digits as a number, and a word of digits as a text", () => {
    expect(allowedText(schema.time, "42")).toBe(42);
    expect(allowedText(schema.text, "42")).toBe("42");
  });
});

import { describe, expect, it } from "vitest";
import { allowed, allowedSettings, allowedText, choice, integer, number, text } from "./settings";

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

describe("a number as a setting", () => {
  const setting = number(-8, 8);

  it.each([-8, 0, 0.1, 8])("takes %s", (value) => {
    expect(allowed(setting, value)).toBe(value);
    expect(allowedText(setting, String(value))).toBe(value);
  });

  it("comes back from an address as it was", () => {
    for (const value of [1 / 3, -7.123456789012345, 5e-7]) expect(allowedText(setting, String(value))).toBe(value);
  });

  it.each([8.0001, -9, Number.NaN, Number.POSITIVE_INFINITY, "1", null, true])("refuses %s", (value) =>
    expect(allowed(setting, value)).toBeUndefined(),
  );

  it.each(["", " 1", "1e9", "0x1", "NaN", "Infinity", "1,5", "--1", "1.", "9"])("refuses “%s” in an address", (written) =>
    expect(allowedText(setting, written)).toBeUndefined(),
  );
});

import { describe, expect, it } from "vitest";
import { allowed, allowedText, number } from "./settings";

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

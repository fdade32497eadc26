import { describe, expect, it } from "vitest";
import { spokenToken, visibleToken, wordStarts } from "./tokens";

const NAMES = { space: "space", lineBreak: "line break", tab: "tab", nothing: "nothing" };

describe("tokens", () => {
  it("shows blanks, and names them", () => {
    expect([" ", "\n", "\t", "", "a"].map(visibleToken)).toEqual(["␣", "↵", "⇥", "∅", "a"]);
    expect([" ", "\n", "\t", "", "a"].map((token) => spokenToken(token, NAMES))).toEqual([
      "space",
      "line break",
      "tab",
      "nothing",
      "a",
    ]);
  });

  it("keeps the characters of a word together, with the space behind it", () => {
    expect(wordStarts([..."To be, or"])).toEqual([0, 3, 7]);
  });

  it("lets tokens that are words stand alone", () => {
    expect(wordStarts(["the", "cat", "sat"])).toEqual([0, 1, 2]);
  });
});

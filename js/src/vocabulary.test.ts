import { describe, expect, it } from "vitest";
import { encodePieces, pieces, readVocabulary, UnknownToken, written } from "./vocabulary";

const words = readVocabulary(
  { vocabulary: ["", "[UNK]", "to", "be", "Ähre"], unknown: 1, standardize: "lower_and_strip_punctuation" },
  "word",
  true,
);
const characters = readVocabulary({ vocabulary: ["a", " ", "😀", "\n"] }, "character", false);

describe("a text as tokens", () => {
  it("is split into words as Keras splits it", () => {
    // Only A to Z are made small, and "…" is no punctuation of ASCII.
    expect(pieces(words, " TO  be,\tor-not… ÄHRE! --\n")).toEqual([
      { token: "to", start: 1, end: 3 },
      { token: "be", start: 5, end: 8 },
      { token: "ornot…", start: 9, end: 16 },
      { token: "Ähre", start: 17, end: 22 },
    ]);
    expect(encodePieces(words, pieces(words, "To Be OR"))).toEqual([2, 3, 1]);
  });

  it("is split into characters, however many units of UTF-16 each has", () => {
    expect(pieces(characters, "a😀\n").map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 3],
      [3, 4],
    ]);
    expect(() => encodePieces(characters, pieces(characters, "a\u{1f600}x"))).toThrow(new UnknownToken("x", 2));
  });

  it("must hold something", () => {
    expect(() => encodePieces(words, pieces(words, " !? "))).toThrow("There is no word in this text.");
  });
});

describe("a token written behind a text", () => {
  it("is a word after a space, or a character as it is", () => {
    expect(written(words, "To be", 2)).toBe("To be to");
    expect(written(words, "To\n", 3)).toBe("To\nbe");
    expect(written(characters, "a", 2)).toBe("a😀");
  });

  it("is never padding, never the unknown, never what would be read as another", () => {
    expect([0, 1, 4].map((id) => written(words, "be", id))).toEqual([null, null, "be Ähre"]);
    const odd = readVocabulary({ vocabulary: ["ab", "x y", "A", "a"], standardize: "lower" }, "word", false);
    expect([0, 1, 2, 3].map((id) => written(odd, "", id))).toEqual(["ab", null, null, "a"]);
  });
});

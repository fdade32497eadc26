/** Sentences cut into the pieces that a translator reads, and put together from those that it writes; as in pieces.py. */

export type Unit = "character" | "word";
export const UNITS: readonly Unit[] = ["character", "word"];

const SOURCE = /[A-Za-z]+(?:'[A-Za-z]+)?|%[0-9]|[0-9]+|[^\sA-Za-z0-9]/gu;
const FOREIGN = /[A-Za-z0-9_%]/;
const BESIDE = /(?<=[A-Za-z0-9_%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9_%])/g;

/** The words and signs of an English text, as they are. */
export function sourcePieces(text: string): string[] {
  return text.match(SOURCE) ?? [];
}

/** The text of pieces. Chinese stands without blanks but beside foreign words; words carry theirs before them. */
export function joined(pieces: readonly string[], unit: Unit, capital: boolean): string {
  if (unit === "character") {
    const text = pieces.reduce((all, piece) => {
      const apart = FOREIGN.test(all.slice(-1)) && FOREIGN.test(piece.slice(0, 1));
      return all + (apart ? " " : "") + piece;
    }, "");
    return text.replace(BESIDE, " ");
  }
  const text = pieces.join("").trim();
  return capital ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

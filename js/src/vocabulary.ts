/** A text as the tokens that a network reads: characters, or words as Keras' TextVectorization makes them. */

/** A token that the network has never seen; `position` counts from 0, in tokens. */
export class UnknownToken extends Error {
  constructor(
    readonly token: string,
    readonly position: number,
    readonly unit = "character",
  ) {
    super(`The network does not know “${token}”, ${unit} ${position + 1} of the text.`);
  }
}

/** What is done to a text before it is looked up; Keras' names. */
export type Standard = "lower_and_strip_punctuation" | "lower" | "strip_punctuation" | null;

export interface Vocabulary {
  /** What a token is: "character" or "word". */
  readonly unit: string;
  readonly tokens: readonly string[];
  readonly ids: ReadonlyMap<string, number>;
  /** The number of what is not in the vocabulary; null where there is none. */
  readonly unknown: number | null;
  readonly standardize: Standard;
  /** Whether token 0 stands for padding, and so for nothing in a text. */
  readonly padded: boolean;
  /** "signs": words, and signs of punctuation apart from them; else what stands between blanks. */
  readonly splitting?: "signs" | null;
  /** The number of the token that points at the word behind it; null where there is none. */
  readonly marker?: number | null;
}

/** A token as the network reads it, and where it stands in the text as it was typed. */
export interface Piece {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

const STANDARDS = ["lower_and_strip_punctuation", "lower", "strip_punctuation"];
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
/** What Keras splits words at. */
const WORDS = /[^ \t\n\v\f\r]+/g;
const CHARACTERS = /./gsu;
const SIGNS = /[\p{L}\p{N}_]+['’]?|[^\p{L}\p{N}_ \t\n\v\f\r\u00a0\u2009\u202f]/gu;

function standardised(text: string, standard: Standard): string {
  // As in Keras, A to Z alone are made small.
  const lower = standard?.startsWith("lower") ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text;
  return standard?.endsWith("punctuation") ? lower.replace(PUNCTUATION, "") : lower;
}

/** The tokens of a text; what is nothing but punctuation is none where punctuation is stripped. */
export function pieces({ unit, standardize, splitting }: Vocabulary, text: string): Piece[] {
  const found = text.matchAll(splitting ? SIGNS : unit === "word" ? WORDS : CHARACTERS);
  return Array.from(found, (match) => ({
    token: standardised(splitting ? match[0].replace("’", "'") : match[0], standardize),
    start: match.index,
    end: match.index + match[0].length,
  })).filter(({ token }) => token !== "");
}

/** The number of a token; undefined where it is unknown and nothing stands for what is. */
export function idOf({ ids, unknown, padded, marker }: Vocabulary, token: string): number | undefined {
  const id = ids.get(token);
  return id === undefined || (padded && id === 0) || id === marker ? (unknown ?? undefined) : id;
}

/** The numbers of tokens; throws `UnknownToken`. */
export function encodePieces(vocabulary: Vocabulary, all: readonly Piece[]): number[] {
  if (all.length === 0) throw new Error(`There is no ${vocabulary.unit} in this text.`);
  return all.map(({ token }, position) => {
    const id = idOf(vocabulary, token);
    if (id === undefined) throw new UnknownToken(token, position, vocabulary.unit);
    return id;
  });
}

/** The text with a token of the vocabulary written behind it; null where that cannot be written, as padding cannot. */
export function written(vocabulary: Vocabulary, text: string, id: number): string | null {
  const token = vocabulary.tokens[id] ?? "";
  const [only, more] = pieces(vocabulary, token);
  if (!only || more || only.token !== token || idOf(vocabulary, token) !== id || id === vocabulary.unknown) return null;
  return text + (vocabulary.unit === "word" && !/\s$/.test(text) && text !== "" ? " " : "") + token;
}

/** Reads what a model's file says of its vocabulary, or throws an Error that names what does not fit. */
export function readVocabulary(model: Readonly<Record<string, unknown>>, unit: string, padded: boolean): Vocabulary {
  const tokens: unknown = model["vocabulary"];
  const fits = Array.isArray(tokens) && tokens.length > 0 && tokens.every((token) => typeof token === "string");
  if (!fits) throw new Error("The model's vocabulary is not a list of texts.");
  const list: readonly string[] = tokens;
  const ids = new Map(list.map((token, id) => [token, id]));
  if (ids.size !== list.length) throw new Error("The model's vocabulary names a token twice.");
  const { unknown = null, standardize = null } = model;
  if (unknown !== null && !(Number.isInteger(unknown) && list[unknown as number] !== undefined)) {
    throw new Error(`The model's unknown is ${JSON.stringify(unknown)}; expected a number of its vocabulary.`);
  }
  if (standardize !== null && !STANDARDS.includes(standardize as string)) {
    throw new Error(`The model's standardize is ${JSON.stringify(standardize)}; expected ${STANDARDS.join(", ")} or null.`);
  }
  const { split = null, marker = null } = model;
  const plain = standardize === null || standardize === "lower";
  if (split !== null && !(split === "signs" && unit === "word" && plain)) {
    throw new Error(`The model's split is ${JSON.stringify(split)}; expected "signs", of words that keep their punctuation.`);
  }
  const pointing = marker === null ? null : typeof marker === "string" ? ids.get(marker) : undefined;
  if (pointing === undefined || (pointing !== null && (unit !== "word" || pointing === unknown || (padded && pointing === 0)))) {
    throw new Error(`The model's marker is ${JSON.stringify(marker)}; expected a word of its vocabulary.`);
  }
  const known = { unit, tokens: list, ids, padded, splitting: split, marker: pointing } as const;
  return { ...known, unknown: unknown as number | null, standardize: standardize as Standard };
}

/** Reads and runs the translators that Python's `Translator.to_dict` writes; `encoder_decoder.py` has the equations. */
import { softmax } from "./activations";
import { isGRU, nameOf, readRecurrent, weightsOf } from "./layers";
import { emptyRecord, type LSTM, type LSTMRecord, run, step } from "./lstm";
import { addBack, addProduct } from "./products";
import { joined, sourcePieces, UNITS, type Unit } from "./pieces";
import { QUANTITIES } from "./shared/run";
import { type Fields, fieldsOf } from "./tensor";

const FORMAT = "lstm_edu.translator/1";
const LAYERS = ["source", "encoder", "target", "decoder", "attention", "combine", "output"];
const LANGUAGES = ["chinese", "french"];

/** The first two tokens of both vocabularies: what is not known, and the end. */
export const UNKNOWN = 0;
export const END = 1;
const SPECIAL = ["[unknown]", "[end]"];
/** A translation that has not ended after so many tokens is cut there. */
export const LONGEST = 60;

export interface Translator {
  readonly name: string;
  readonly title: string;
  readonly language: string;
  readonly unit: Unit;
  /** The numbers of the English words that it knows. */
  readonly ids: ReadonlyMap<string, number>;
  /** What it can write. */
  readonly target: readonly string[];
  readonly width: number;
  /** `(words, width)` and `(target, width)`. */
  readonly readTable: Float64Array;
  readonly writeTable: Float64Array;
  readonly there: LSTM;
  readonly back: LSTM;
  readonly decoder: LSTM;
  /** W_a, `(units, units)`. */
  readonly score: Float64Array;
  /** W_c, `(2·units, width)`, and b_c. */
  readonly combine: Float64Array;
  readonly combineBias: Float64Array;
  readonly bias: Float64Array;
}

/** A sentence as the decoder finds it. */
export interface Source {
  /** Its words and signs as they were typed, and the end. */
  readonly pieces: readonly string[];
  readonly ids: readonly number[];
  /** What the encoder made of each, `(source, units)`. */
  readonly states: Float64Array;
  readonly h: Float64Array;
  readonly c: Float64Array;
}

interface Moment {
  readonly cell: LSTMRecord;
  readonly weights: Float64Array;
  readonly p: Float64Array;
}

/** What became of a sentence, and how; the decoder's gates and states are `(time, units)`. */
export interface Translation extends LSTMRecord {
  readonly ids: readonly number[];
  /** Where an unknown token was written, the word that was looked at most stands in its place. */
  readonly pieces: readonly string[];
  readonly copied: readonly number[];
  readonly text: string;
  readonly time: number;
  readonly units: number;
  /** The attention of each step, `(time, source)`. */
  readonly weights: Float64Array;
  /** How probable each token was at each step, `(time, target)`. */
  readonly p: Float64Array;
}

function wordsOf(value: unknown, what: string): readonly string[] {
  const words = Array.isArray(value) && value.every((word) => typeof word === "string") ? value : null;
  if (!words || words[UNKNOWN] !== SPECIAL[UNKNOWN] || words[END] !== SPECIAL[END]) {
    throw new Error(`The translator's ${what} is not a list of words that begins with ${SPECIAL.join(", ")}.`);
  }
  return words;
}

/** An exported translator as one that can be run, or an Error that says what does not fit. */
export function readTranslator(data: unknown): Translator {
  const model = fieldsOf(data, "The translator");
  if (model["format"] !== FORMAT) throw new Error(`The translator has format ${String(model["format"])}; expected ${FORMAT}.`);
  const given: unknown[] = Array.isArray(model["layers"]) ? model["layers"] : [];
  const layers = given.map((layer, at) => fieldsOf(layer, `Layer ${at} of the translator`));
  const names = layers.map(({ name }) => String(name)).join(", ");
  if (names !== LAYERS.join(", ")) throw new Error(`The translator's layers are ${names}; expected ${LAYERS.join(", ")}.`);
  const layer = (name: string): Fields => layers[LAYERS.indexOf(name)] as Fields;
  const sources = wordsOf(model["source"], "source");
  const target = wordsOf(model["target"], "target");
  const language = String(model["language"]);
  const unit = String(model["unit"]) as Unit;
  if (!LANGUAGES.includes(language) || !UNITS.includes(unit)) {
    throw new Error(`The translator writes ${language} by ${unit}; expected ${LANGUAGES.join(" or ")} by ${UNITS.join(" or ")}.`);
  }
  const read = weightsOf(layer("source"))("embeddings", sources.length, null);
  const width = read.shape[1] ?? 0;
  const encoder = readRecurrent(layer("encoder"), width);
  const [there, back] = encoder.cells;
  const [decoder] = readRecurrent(layer("decoder"), width).cells;
  if (!there || !back || !decoder || isGRU(there) || isGRU(back) || isGRU(decoder) || encoder.merge !== "concat") {
    throw new Error("The translator's encoder is not two LSTMs side by side, or its decoder no LSTM.");
  }
  const { units } = decoder;
  if (units !== 2 * there.units) throw new Error(`The decoder has ${units} units, either encoder ${there.units}; expected half.`);
  return {
    name: nameOf(model["name"], "The translator's name"),
    title: nameOf(model["title"], "The translator's title"),
    ...{ language, unit, target, width, there, back, decoder },
    ids: new Map(sources.map((word, id) => [word, id])),
    readTable: read.values,
    writeTable: weightsOf(layer("target"))("embeddings", target.length, width).values,
    score: weightsOf(layer("attention"))("score", units, units).values,
    combine: weightsOf(layer("combine"))("kernel", 2 * units, width).values,
    combineBias: weightsOf(layer("combine"))("bias", width).values,
    bias: weightsOf(layer("output"))("bias", target.length).values,
  };
}

const rowOf = (table: Float64Array, row: number, width: number): Float64Array => table.subarray(row * width, (row + 1) * width);

/** Reads a sentence with the encoder; throws an Error where there is nothing to read. */
export function readSource(translator: Translator, text: string): Source {
  const { ids: known, readTable, width, there, back } = translator;
  const words = sourcePieces(text);
  if (words.length === 0) throw new Error("There is no word in this text.");
  const small = (word: string): string => word.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const ids = [...words.map((word) => known.get(small(word)) ?? UNKNOWN), END];
  const halves = [there, back].map((layer, way) => {
    const x = new Float64Array(ids.length * width);
    for (const [t, id] of (way ? [...ids].reverse() : ids).entries()) x.set(rowOf(readTable, id, width), t * width);
    const zero = new Float64Array(layer.units);
    return run(layer, x, zero, zero);
  });
  const { units } = there;
  const states = new Float64Array(ids.length * 2 * units);
  for (let s = 0; s < ids.length; s += 1) {
    halves.forEach(({ h }, way) => {
      const from = way ? ids.length - 1 - s : s;
      states.set(rowOf(h, from, units), (2 * s + way) * units);
    });
  }
  const ends = (name: "h" | "c"): Float64Array =>
    Float64Array.from(halves.flatMap((half) => Array.from(half[name].slice(-units))));
  return { pieces: [...words, SPECIAL[END] as string], ids, states, h: ends("h"), c: ends("c") };
}

/** One step of the decoder, told what was written last: the end, before anything is. */
function stepOf(translator: Translator, source: Source, token: number, h: Float64Array, c: Float64Array): Moment {
  const { decoder, width, writeTable, score, combine, combineBias, bias } = translator;
  const { units } = decoder;
  const cell = emptyRecord(1, units);
  step(decoder, rowOf(writeTable, token, width), h, c, cell, 0);
  const query = new Float64Array(units);
  addProduct(query, cell.h, score); // h_tᵀ W_a
  const scores = new Float64Array(source.ids.length);
  addBack(scores, query, source.states); // · h̄_s
  const weights = softmax(scores); // α
  const both = new Float64Array(2 * units);
  addProduct(both.subarray(0, units), weights, source.states); // the context
  both.set(cell.h, units);
  const attentional = combineBias.slice();
  addProduct(attentional, both, combine);
  const logits = bias.slice();
  addBack(logits, attentional.map(Math.tanh), writeTable);
  return { cell, weights, p: softmax(logits) };
}

/** The numbers of the `count` largest, the largest first. */
export function largest(values: Float64Array, count: number): number[] {
  const found: number[] = [];
  while (found.length < Math.min(count, values.length)) {
    let best = -1;
    values.forEach((value, at) => {
      if ((best < 0 || value > (values[best] as number)) && !found.includes(at)) best = at;
    });
    found.push(best);
  }
  return found;
}

interface Hypothesis {
  readonly ids: readonly number[];
  readonly logP: number;
  readonly h: Float64Array;
  readonly c: Float64Array;
}

/**
 * The numbers of the likeliest translation that a search finds: of all hypotheses, each longer by one token at each step,
 * the `width` likeliest are kept. When as many have ended, the one with the highest mean log-probability is taken.
 */
export function search(translator: Translator, source: Source, width: number): readonly number[] {
  let live: Hypothesis[] = [{ ids: [], logP: 0, h: source.h, c: source.c }];
  const ended: Hypothesis[] = [];
  for (let t = 0; t < LONGEST; t += 1) {
    const further = live
      .flatMap(({ ids, logP, h, c }) => {
        const { cell, p } = stepOf(translator, source, ids[ids.length - 1] ?? END, h, c);
        return largest(p, width).map((token) => ({
          ids: [...ids, token],
          logP: logP + Math.log(p[token] as number),
          h: cell.h,
          c: cell.c,
        }));
      })
      .sort((a, b) => b.logP - a.logP)
      .slice(0, width);
    const over = ({ ids }: Hypothesis): boolean => ids[ids.length - 1] === END;
    ended.push(...further.filter(over));
    const kept = further.filter((each) => !over(each));
    if (kept.length === 0 || ended.length >= width) break;
    live = kept;
  }
  const [first, ...others] = ended.length > 0 ? ended : live;
  const mean = ({ logP, ids }: Hypothesis): number => logP / ids.length;
  return others.reduce((best, each) => (mean(each) > mean(best) ? each : best), first as Hypothesis).ids;
}

/** Everything that happens while these tokens are written. */
export function follow(translator: Translator, source: Source, ids: readonly number[]): Translation {
  const { decoder, target, unit } = translator;
  const { units } = decoder;
  const [time, columns] = [ids.length, source.ids.length];
  const record = emptyRecord(time, units);
  const weights = new Float64Array(time * columns);
  const p = new Float64Array(time * target.length);
  let [h, c] = [source.h, source.c];
  ids.forEach((_, t) => {
    const moment = stepOf(translator, source, ids[t - 1] ?? END, h, c);
    for (const name of QUANTITIES) record[name].set(moment.cell[name], t * units);
    weights.set(moment.weights, t * columns);
    p.set(moment.p, t * target.length);
    ({ h, c } = moment.cell);
  });
  const copied = ids.flatMap((id, t) => (id === UNKNOWN ? [t] : []));
  const pieces = ids.map((id, t) => {
    if (id !== UNKNOWN) return target[id] ?? "";
    const [most = 0] = largest(weights.slice(t * columns, (t + 1) * columns - 1), 1);
    return (unit === "character" ? "" : " ") + (source.pieces[most] ?? "");
  });
  const first = source.pieces[0]?.slice(0, 1) ?? "";
  const capital = first !== first.toLowerCase();
  const text = joined(ids[time - 1] === END ? pieces.slice(0, -1) : pieces, unit, capital);
  return { ...record, ids, pieces, copied, text, time, units, weights, p };
}

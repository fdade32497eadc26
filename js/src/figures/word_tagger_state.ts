/** What the WordTagger shows, as numbers; pure. As lstm_edu/tagging.py and lstm_edu/figures/word_tagger.py. */
import type { Model } from "../anywidget";
import { MOST } from "../limits";
import { answer, type CellRecord, encode, type Network, read, readModel, type Reading } from "../model";
import { choice, integer, number, optional } from "../settings";
import type { Extent, Source } from "../source";
import { type Piece, pieces } from "../vocabulary";

export const SELECTIONS = ["threshold", "words", "sentences"] as const;
export const LONGEST = 1500;
export const MOST_BEST = 60;

export interface TaggerPosition {
  /** In words, the marker not counted. */
  readonly time: number;
  readonly unit: number;
  /** Which recurrent cell, lowest first. */
  readonly layer: number;
  /** Which word is asked about; absent where the network has no marker. */
  readonly marked?: number;
  readonly select: (typeof SELECTIONS)[number];
  readonly threshold: number;
  readonly best: number;
}

export const SETTINGS = {
  time: integer(0, MOST - 1),
  unit: integer(0, MOST - 1),
  layer: integer(0, MOST - 1),
  marked: optional(0, MOST - 1),
  select: choice(...SELECTIONS),
  threshold: number(0, 1),
  best: integer(1, MOST_BEST),
};

/** A text to choose, with what is right of it. */
export interface Example {
  readonly text: string;
  readonly marked?: number;
  readonly gold?: readonly string[];
  readonly reference?: string;
}

/** A stretch of neighbouring words of the same label. */
export interface Span {
  /** Number of the label. */
  readonly label: number;
  readonly first: number;
  /** The first word after it. */
  readonly end: number;
  /** The mean of its words' probabilities of that label. */
  readonly share: number;
}

/** What a network says of each word of a text. */
export interface Tagged {
  readonly reading: Reading;
  /** By word, the share of each label. */
  readonly shares: readonly (readonly number[])[];
  /** Stretches of the same label, the quiet one's as well. */
  readonly spans: readonly Span[];
}

export interface TaggerRun extends Extent {
  readonly network: Network;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly unknown: readonly boolean[];
  readonly examples: readonly Example[];
  /** The label that gets no bracket; −1 where each gets one. */
  readonly quiet: number;
  /** Whether the network says of each word only whether to keep it; how probable that is, its last label tells. */
  readonly keeps: boolean;
  /** What it says when this word is marked; computed once. */
  tagged(marked: number | undefined): Tagged;
}

/** The stretches of words with the same likeliest label. */
export function spansOf(shares: readonly (readonly number[])[]): Span[] {
  const winners = shares.map((each) => each.indexOf(Math.max(...each)));
  return spansOfLabels(winners, (label, word) => shares[word]?.[label] ?? 0);
}

/** The stretches of words with the same label, each word's label given. */
export function spansOfLabels(labels: readonly number[], shareOf: (label: number, word: number) => number): Span[] {
  const found: Span[] = [];
  labels.forEach((label, word) => {
    const last = found[found.length - 1];
    if (last?.label === label) found[found.length - 1] = { ...last, end: word + 1, share: last.share + shareOf(label, word) };
    else found.push({ label, first: word, end: word + 1, share: shareOf(label, word) });
  });
  return found.map((span) => ({ ...span, share: span.share / (span.end - span.first) }));
}

const ENDS = /[.!?…]["'’”»)\]]*$/;
const EMPTY_LINE = /\n[ \t]*\n/;

/** The first word of each sentence, and the first after it. */
export function sentencesOf(text: string, all: readonly Piece[]): [number, number][] {
  const starts = all.flatMap((piece, k) => {
    const before = all[k - 1];
    if (!before) return [k];
    const gap = text.slice(before.end, piece.start);
    const closes = gap !== "" && ENDS.test(text.slice(Math.max(0, before.end - 8), before.end));
    return (closes && !/^\p{Lowercase}/u.test(text.slice(piece.start))) || EMPTY_LINE.test(gap) ? [k] : [];
  });
  return starts.map((start, at) => [start, starts[at + 1] ?? all.length]);
}

/** The numbers of the greatest of some values, of equals the earlier, in the order in which they stand. */
function greatest(values: readonly number[], most: number): number[] {
  const order = Array.from(values.keys()).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  return order.slice(0, most).sort((a, b) => a - b);
}

/** Which words are kept, each as probable as `p` says. */
export function keptOf(
  p: readonly number[],
  { select, threshold, best }: TaggerPosition,
  groups: readonly (readonly [number, number])[],
): number[] {
  if (select === "threshold") return p.flatMap((share, word) => (share >= threshold ? [word] : []));
  if (select === "words") return greatest(p, best);
  const means = groups.map(([first, end]) => p.slice(first, end).reduce((sum, share) => sum + share, 0) / (end - first));
  return greatest(means, best).flatMap((group) => {
    const [first, end] = groups[group] ?? [0, 0];
    return Array.from({ length: end - first }, (_, k) => first + k);
  });
}

/** Some words of a text as a text: between neighbours what stands there, blanks made one; else a blank. */
export function writtenOut(text: string, all: readonly Piece[], words: readonly number[]): string {
  return words
    .map((word, at) => {
      const { start = 0, end = 0 } = all[word] ?? {};
      const before = words[at - 1];
      const gap = before === word - 1 ? text.slice(all[before]?.end, start).replace(/\s+/g, " ") : " ";
      return (at === 0 ? "" : gap) + text.slice(start, end);
    })
    .join("");
}

/** Where a word marked in one text is in another that was made of it by one change. */
export function markedAfter(before: readonly Piece[], after: readonly Piece[], marked: number): number {
  const same = (a: Piece | undefined, b: Piece | undefined): boolean => a !== undefined && a.token === b?.token;
  let ahead = 0;
  while (same(before[ahead], after[ahead])) ahead += 1;
  if (marked < ahead) return marked;
  let behind = 0;
  while (same(before[before.length - 1 - behind], after[after.length - 1 - behind])) behind += 1;
  const moved = marked + after.length - before.length;
  return Math.max(0, Math.min(after.length - 1, marked >= before.length - behind ? moved : marked));
}

function tag(network: Network, reading: Reading, marked: number | undefined): Tagged {
  const shares = Array.from({ length: reading.time }, (_, t) => {
    const y = Array.from(answer(network, reading, t));
    return y.length < network.labels.length ? [1 - (y[0] as number), ...y] : y;
  });
  if (marked !== undefined) shares.splice(marked, 1);
  return { reading, shares, spans: spansOf(shares) };
}

function examplesOf(value: unknown): Example[] {
  return (Array.isArray(value) ? value : []).filter(
    (each): each is Example => typeof (each as Example | null)?.text === "string",
  );
}

/** A network that tags words; what two texts have in common is read once. */
export function taggerSource(traits: Model): Source<TaggerRun> {
  const network = readModel(traits.get("model"));
  const { text: vocabulary, cells, head, labels, names, task } = network;
  const last = head[head.length - 1];
  const shares = last?.activation === "softmax" || (last?.activation === "sigmoid" && last.bias.length === 1);
  if (vocabulary?.unit !== "word" || task !== "steps" || !shares || names.some(({ kind }) => kind === "GRU")) {
    throw new Error("This figure needs LSTMs that read words and answer at each of them.");
  }
  const examples = examplesOf(traits.get("examples"));
  const quiet = labels.findIndex((label) => label === traits.get("quiet"));
  const units = Math.max(...cells.map((cell) => cell.units));
  let earlier: Reading | null = null;
  return {
    readsText: true,
    runOf(text) {
      const plain = encode(network, text);
      const all = pieces(vocabulary, text);
      let known: { readonly marked: number | undefined; readonly tagged: Tagged } | null = null;
      return {
        ...{ network, text, pieces: all, examples, quiet, units, time: plain.length },
        unknown: plain.map((id) => id === vocabulary.unknown),
        keeps: labels.length === 2 || last?.bias.length === 1,
        tagged(marked) {
          if (known === null || known.marked !== marked) {
            earlier = read(network, encode(network, text, marked ?? null), earlier);
            known = { marked, tagged: tag(network, earlier, marked) };
          }
          return known.tagged;
        },
      };
    },
  };
}

/** A position with a unit, a layer and a marked word that the run has. */
export function fit(position: TaggerPosition, { network: { cells, text }, time }: TaggerRun): TaggerPosition {
  const { marked = 0, ...rest } = position;
  const layer = Math.min(position.layer, cells.length - 1);
  const fitted = { ...rest, layer, unit: Math.min(position.unit, (cells[layer]?.units ?? 1) - 1) };
  return (text?.marker ?? null) === null ? fitted : { ...fitted, marked: Math.min(marked, time - 1) };
}

/** Where a word stands in the records of a cell. */
function stepOf({ network }: TaggerRun, { time }: Reading, layer: number, marked: number | undefined, word: number): number {
  const step = marked !== undefined && marked <= word ? word + 1 : word;
  return network.names[layer]?.backward ? time - 1 - step : step;
}

/** One quantity of a unit at a word. */
export function valueAt(
  run: TaggerRun,
  { reading }: Tagged,
  at: Required<Pick<TaggerPosition, "layer" | "unit" | "time">> & Pick<TaggerPosition, "marked">,
  name: string,
): number {
  const record = reading.records[at.layer] as (CellRecord & Readonly<Record<string, Float64Array>>) | undefined;
  const units = run.network.cells[at.layer]?.units ?? 1;
  return record?.[name]?.[stepOf(run, reading, at.layer, at.marked, at.time) * units + at.unit] ?? Number.NaN;
}

/** One quantity of a cell over the words, `(words, units)`, in the order of the text and without the marker's own. */
export function series(
  run: TaggerRun,
  { reading }: Tagged,
  layer: number,
  name: string,
  marked: number | undefined,
): Float64Array {
  const record = reading.records[layer] as (CellRecord & Readonly<Record<string, Float64Array>>) | undefined;
  const units = run.network.cells[layer]?.units ?? 1;
  const found = new Float64Array(run.time * units);
  for (let word = 0; word < run.time; word += 1) {
    const at = stepOf(run, reading, layer, marked, word) * units;
    found.set(record?.[name]?.subarray(at, at + units) ?? [], word * units);
  }
  return found;
}

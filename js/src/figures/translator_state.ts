/** What a Translator shows: a sentence read once, and its translations by the number of hypotheses kept. */
import type { Model } from "../anywidget";
import { MOST } from "../limits";
import { integer } from "../settings";
import type { Expectation } from "../shared/run";
import type { Extent, Source as RunSource } from "../source";
import {
  follow,
  largest,
  LONGEST,
  readSource,
  readTranslator,
  search,
  type Source,
  type Translation,
  UNKNOWN,
} from "../translator";

export const WIDEST = 5;

export interface TranslatorPosition {
  readonly time: number;
  readonly beam: number;
}

export const SETTINGS = { time: integer(0, MOST), beam: integer(1, WIDEST) };

export interface Guess extends Expectation {
  readonly id: number;
}

export interface TranslatorRun extends Extent {
  readonly language: string;
  readonly source: Source;
  /** The words that are not known, once each. */
  readonly unknown: readonly string[];
  /** The translation that a search finds which keeps so many hypotheses. */
  written(beam: number): Translation;
  /** The likeliest tokens at a step, by number. */
  expects(written: Translation, time: number, most: number): Guess[];
}

/** A model that is a translator; sentences are read when they are typed, searched when they are looked at. */
export function translatorSource(traits: Model): RunSource<TranslatorRun> {
  const translator = readTranslator(traits.get("model"));
  const { target, language, decoder } = translator;
  return {
    readsText: true,
    runOf(text) {
      const source = readSource(translator, text);
      const found = new Map<number, Translation>();
      return {
        ...{ language, source, time: LONGEST, units: decoder.units },
        unknown: [...new Set(source.pieces.filter((_, s) => source.ids[s] === UNKNOWN))],
        written(beam) {
          const known = found.get(beam) ?? follow(translator, source, search(translator, source, beam));
          found.set(beam, known);
          return known;
        },
        expects({ p }, time, most) {
          const row = p.subarray(time * target.length, (time + 1) * target.length);
          return largest(row, most).map((id) => ({ id, token: target[id] ?? "", probability: row[id] ?? 0 }));
        },
      };
    },
  };
}

/** Keeps the cursor within what was written. */
export function fit(position: TranslatorPosition, run: TranslatorRun): TranslatorPosition {
  const beam = position.beam || 1;
  return { beam, time: Math.min(position.time, run.written(beam).time - 1) };
}

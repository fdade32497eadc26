/** A text whose stretches stand under brackets, or whose words are tinted; laid once, afterwards attributes alone change. */
import { html, set, write } from "../shared/dom";
import type { Piece } from "../vocabulary";

/** A stretch of words under a bracket. */
export interface Bracket {
  readonly first: number;
  readonly end: number;
  readonly name: string;
  /** What stands behind the name; its probability. */
  readonly number: string;
  /** Which of the colours; those that are rare have none of their own, and "none" is no bracket at all. */
  readonly colour: number | "rare" | "none";
}

export interface WordsContent {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly unknown: readonly boolean[];
  /** In the order of the text; they do not overlap. */
  readonly brackets: readonly Bracket[];
}

export interface Words {
  readonly element: HTMLElement;
  setContent(content: WordsContent): void;
  /** Sets or takes away an attribute (`data-NAME`) of each word. */
  flag(name: string, has: (word: number) => boolean): void;
  /** Tints word by word, each 0 to 1. */
  setTints(tintAt: (word: number) => number): void;
  /** The word of an event, −1 where it is between words. */
  wordAt(target: EventTarget | null): number;
  cell(word: number): HTMLElement | undefined;
}

/** How many brackets have colours of their own. */
export const COLOURS = 8;
/** A name is set smaller than the words: so many of its letters have room under one of theirs. */
const NARROWER = 1.25;
const EMPTY_LINE = /\n[ \t]*\n/;

/** A bracket with its words, or one word; with the gap before it. */
interface Segment {
  /** All that is to be seen of it. */
  readonly key: string;
  readonly nodes: readonly Node[];
  readonly cells: readonly HTMLElement[];
}

/** What stands before a word: a blank, what no token holds, or an empty line. */
function gapBefore({ text, pieces }: WordsContent, word: number): string {
  const gap = text.slice(word === 0 ? 0 : pieces[word - 1]?.end, pieces[word]?.start);
  if (EMPTY_LINE.test(gap) && word > 0) return "\n";
  const plain = gap.replace(/\s+/g, " ");
  return word === 0 ? plain.trim() : plain;
}

function gapNodes(gap: string): Node[] {
  return gap === "\n" ? [html("br"), html("br")] : gap === "" ? [] : [new Text(gap)];
}

function bracketed(
  content: WordsContent,
  { first, end, name, number, colour }: Bracket,
  cells: readonly HTMLElement[],
): HTMLElement {
  const length = (name.length + number.length + 1) / NARROWER;
  const begin = content.pieces[first]?.start ?? 0;
  // The name stands under the first words, which stay on one line with it.
  let behind = first + 1;
  while (behind < end && (content.pieces[behind - 1]?.end ?? 0) - begin < length) behind += 1;
  const nodes = cells.map((cell, at) => (at === 0 ? [cell] : [...gapNodes(gapBefore(content, first + at)), cell]));
  const label = html("span", { class: "lstm-tag-name" }, html("b", {}, name), number === "" ? "" : ` ${number}`);
  const ahead = html("span", {}, ...nodes.slice(0, behind - first).flat());
  const head = html("span", { class: "lstm-tag-head" }, ahead, label);
  return html("span", { class: "lstm-tag", "data-colour": colour }, head, ...nodes.slice(behind - first).flat());
}

export function words(attributes: Readonly<Record<string, string | number>>): Words {
  const tail = new Text();
  const element = html("div", { class: "lstm-tagged", ...attributes }, tail);
  let segments: Segment[] = [];
  let cells: HTMLElement[] = [];

  /** One segment, that of before where nothing of it has changed. */
  const segment = (content: WordsContent, first: number, bracket: Bracket | undefined, before: Segment | undefined): Segment => {
    const { text, pieces, unknown } = content;
    const all = pieces.slice(first, bracket?.end ?? first + 1);
    const gap = gapBefore(content, first);
    const seen = text.slice(all[0]?.start, all[all.length - 1]?.end);
    const dotted = all.map((_, k) => (unknown[first + k] ? 1 : 0)).join("");
    const key = JSON.stringify([gap, seen, all.length, dotted, bracket?.name, bracket?.number, bracket?.colour]);
    if (before?.key === key && cells[first] === before.cells[0]) return before;
    const own = all.map(({ start, end }, k) =>
      html(
        "span",
        { class: "lstm-tagged-word", "data-word": first + k, "data-unknown": unknown[first + k] === true },
        text.slice(start, end),
      ),
    );
    return { key, cells: own, nodes: [...gapNodes(gap), ...(bracket ? [bracketed(content, bracket, own)] : own)] };
  };

  return {
    element,
    setContent(content) {
      const { text, pieces, brackets } = content;
      const next: Segment[] = [];
      let [word, bracket] = [0, 0];
      while (word < pieces.length) {
        const own = brackets[bracket]?.first === word ? brackets[bracket++] : undefined;
        next.push(segment(content, word, own, segments[next.length]));
        word = own?.end ?? word + 1;
      }
      segments.forEach((old, k) => {
        if (next[k] !== old) for (const node of old.nodes) node.parentNode?.removeChild(node);
      });
      // What stands already is passed by.
      let place: ChildNode = element.firstChild ?? tail;
      next.forEach((each, k) => {
        for (const node of each.nodes) {
          if (each === segments[k]) place = node.nextSibling ?? tail;
          else element.insertBefore(node, place);
        }
      });
      write(tail, text.slice(pieces[pieces.length - 1]?.end).trim());
      segments = next;
      cells = next.flatMap((each) => each.cells);
    },
    flag(name, has) {
      for (const [word, cell] of cells.entries()) set(cell, { [`data-${name}`]: has(word) });
    },
    setTints(tintAt) {
      for (const [word, cell] of cells.entries()) {
        const share = `${Math.round(100 * tintAt(word))}%`;
        if (cell.dataset["share"] === share) continue;
        cell.dataset["share"] = share;
        cell.style.setProperty("--share", share);
      }
    },
    wordAt(target) {
      const cell = target instanceof Element ? target.closest<HTMLElement>(".lstm-tagged-word") : null;
      return cell ? Number(cell.dataset["word"]) : -1;
    },
    cell: (word) => cells[word],
  };
}

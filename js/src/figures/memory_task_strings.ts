/** Every text of the MemoryTask. */
import { checkable, fixed } from "../shared/format";
import type { StringTable } from "../shared/strings";
import type { Lane } from "../learner";
import type { TaskName } from "../tasks";

const count = (number: number): string => number.toLocaleString("en");
const LETTERS = ["A", "B"] as const;

type Say = (value: number) => string;

const english = {
  title: "Three networks learn a task with a long lag",
  count,
  letters: LETTERS,

  task: "Task",
  tasks: { adding: "Adding", latch: "Latch" } as Readonly<Record<TaskName, string>>,
  lag: "lag",
  lagLabel: "lag, in steps",
  seed: "seed",
  seedLabel: "seed of all random numbers",

  row: {
    adding: (a: number, b: number, sum: number): string => {
      const { terms } = checkable([a, b], sum, ([one = 0, other = 0]) => one + other, 2);
      return `Add the two marked numbers: ${fixed(a, terms)} + ${fixed(b, terms)} = ${fixed(sum, 2)}`;
    },
    latch: (answer: number): string => `First a letter, then noise. At the end: which letter was it? ${LETTERS[answer] ?? ""}`,
  },
  another: "Another row",

  start: "Start",
  pause: "Pause",
  goOn: "Go on",
  again: "Start over",
  idle: "Start, and each network learns in your browser.",
  running: "Learning.",
  paused: "Paused.",
  away: "Paused, since the figure was out of sight.",
  over: "The race is over.",

  lanes: { rnn: "RNN", lstm0: "LSTM, forget bias 0", lstm1: "LSTM, forget bias 1" } as Readonly<Record<Lane, string>>,
  short: { rnn: "RNN", lstm0: "LSTM", lstm1: "LSTM" } as Readonly<Record<Lane, string>>,
  loss: { adding: "Mean squared error", latch: "Cross-entropy" } as Readonly<Record<TaskName, string>>,
  lossOver: "of the last 10 batches, on a log axis",
  answers: "answer",
  sequences: "sequences seen",
  ignorant: "knows nothing",
  solvedAt: "solved",
  seen: (n: number): string => `${count(n)} sequences`,
  solved: (n: number): string => `solved after ${count(n)}`,
  unsolved: (n: number): string => `not in ${count(n)}`,
  told: (lane: string, outcome: string): string => `${lane}: ${outcome} sequences.`,
  /** What is to be said at the end of a row. */
  truth: { adding: (sum) => fixed(sum, 2), latch: (letter) => LETTERS[letter] ?? "" } as Readonly<Record<TaskName, Say>>,
  /** What a network says: a sum, or how probable it thinks B. */
  says: {
    adding: (sum) => fixed(sum, 2),
    latch: (p) => `${p < 0.5 ? "A" : "B"} ${fixed(Math.max(p, 1 - p), 2)}`,
  } as Readonly<Record<TaskName, Say>>,
  answer: (said: string, truth: string): string => `It says ${said || "nothing yet"}; the truth is ${truth}.`,
  failed: (reason: string): string =>
    `The networks cannot learn here: they need a Web Worker, and this browser or page starts none. ${reason}`,

  why: {
    adding:
      "To add, a network must let two numbers in and keep a long row of others out. That is a gate’s work: the LSTMs learn it with either forget bias, the RNN much later or not at all.",
    latch:
      "Here there is one thing to hold and nothing to let in. What counts is how an LSTM’s forget gate begins: half open, it loses the letter before it can learn to keep it; with a bias of 1 it holds on for longer, and learns rows of about 30 steps. The RNN wins too: its recurrent weights begin orthogonal and hand on what they hold.",
  } as Readonly<Record<TaskName, string>>,
  settings: "All learn from the same rows, with Adam, until the loss is below a tenth of knowing nothing.",

  board: "Solved after how many sequences",
  none: "–",
  clear: "Clear the table",

  keyList: [
    ["Space", "start, pause"],
    ["← →", "on the slider: another lag"],
    ["Enter", "on a number: type it"],
  ],
  legend:
    "Each batch is of new rows, so the loss is that on rows never seen before. The seed decides the weights and the rows: in one browser it always draws the same curves, however fast the computer is. Who solves what also depends on it.",
};

export type MemoryTaskStrings = typeof english;

export const STRINGS: StringTable<MemoryTaskStrings> = { en: english };

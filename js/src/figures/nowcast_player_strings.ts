/** Every text of the NowcastPlayer. */
import { fixed } from "../shared/format";
import type { StringTable } from "../shared/strings";
import type { Method } from "./nowcast_player_rain";

const MEASURED = { error: "mean squared error", csi: "CSI" } as const;
export type MeasureName = keyof typeof MEASURED;
const minutes = (steps: number): string => (steps === 1 ? "1 step" : `${steps} steps`);

const english = {
  title: "Rain as it came, and as it was expected",
  sourceLabel: "Which rain",
  sources: ["simulated rain", "the real storm"],
  networkLabel: "What the network was trained on",
  networks: ["trained on simulated rain", "trained on the storm"],
  sequence: "sequence",
  sequenceLabel: "Number of the simulated sequence",
  previous: "Sequence before",
  next: "Next sequence",
  earlier: "An hour earlier",
  later: "An hour later",
  refused: (text: string, most: number): string => `“${text}” does not fit: type a whole number from 0 to ${most}.`,
  hour: (hour: string): string => `last seen: ${hour} UTC`,

  names: { truth: "truth", network: "ConvLSTM", persistence: "persistence", advection: "advection" } as Readonly<
    Record<Method | "truth", string>
  >,
  read: "what is read",
  field: "Map of the rain: arrows move the cross, Enter places a cell of rain, Backspace takes the last one away",
  fieldAt: (x: number, y: number, rain: string): string => `${x + 1} from the left, ${y + 1} from the top: ${rain} mm/h`,
  hint: "paint rain here",
  unpainted: "Take away what was placed",

  wind: "wind",
  windLabel: "Wind: arrow keys turn it towards where it blows",
  windAt: (right: number, down: number): string => {
    const parts = [
      ...(Math.abs(right) < 0.05 ? [] : [`${fixed(Math.abs(right), 1)} to the ${right > 0 ? "right" : "left"}`]),
      ...(Math.abs(down) < 0.05 ? [] : [`${fixed(Math.abs(down), 1)} ${down > 0 ? "down" : "up"}`]),
    ];
    return parts.length ? `${parts.join(", ")}, in pixels a step` : "calm";
  },
  ownWind: "The sequence's own wind",

  frameLabel: "Frame",
  frames: (time: number, past: number): string => (time < past ? `seen ${time + 1} / ${past}` : `+${time - past + 1}`),
  frameSaid: (time: number, past: number, storm: boolean): string => {
    if (time < past) return `frame ${time + 1} of ${past} that are read`;
    const ahead = time - past + 1;
    return storm ? `${ahead === 1 ? "1 hour" : `${ahead} hours`} ahead` : `${minutes(ahead)} ahead`;
  },
  transport: "Move through the frames",
  first: "First frame",
  previousFrame: "Frame before",
  play: "Play",
  pause: "Pause",
  nextFrame: "Next frame",
  last: "Last frame",

  scale: "mm/h",
  contour: (threshold: number): string => `line: ${threshold} mm/h; dashed: where it truly ran`,
  measureLabel: "Measure",
  measures: ["error", "CSI"],
  measured: { error: "mean squared error of levels: lower is better", csi: "CSI at 1 mm/h: higher is better" } as Readonly<
    Record<MeasureName, string>
  >,
  stepsAhead: (storm: boolean): string => (storm ? "hours ahead" : "steps ahead"),
  told: (when: string, measure: MeasureName, scores: readonly (readonly [string, number])[], best: string): string =>
    `${when[0]?.toUpperCase()}${when.slice(1)}, ${MEASURED[measure]}: ` +
    `${scores.map(([name, value]) => `${name} ${fixed(value, measure === "csi" ? 2 : 4)}`).join(", ")}. Best: ${best}.`,
  toldRead: (when: string): string => `${when[0]?.toUpperCase()}${when.slice(1)}. The forecasts begin after the last of them.`,
  simulated: "SIMULATED: no rain was measured.",
  stormy: "Hurricane Florence over the Carolinas, NCEP Stage IV: test hours, 32 × 32 pixels of 4 km.",

  inside: "Inside the network: maps of one channel",
  unit: "channel",
  unitLabel: "Channel of the ConvLSTM",
  gates: { i: "input gate i", f: "forget gate f", c: "cell state c" },

  keyList: [
    ["← →", "the frame before, the next one"],
    ["Space", "play and pause"],
    ["Home End", "first and last frame"],
    ["< >", "another sequence, another hour"],
    ["arrows, Enter, Backspace", "on the truth: move the cross, place a cell, take it away"],
    ["arrows", "on the wind: turn it"],
    ["m", "the other measure"],
  ],
  legend:
    "Levels are ln(1 + rain) / ln(101): 1 at 100 mm/h. The network reads the frames that are seen, then its own forecasts. Persistence says the last frame again; advection carries it on by the one shift that fits the frames seen best. CSI: of the pixels with 1 mm/h or more in truth or forecast, how many have it in both. A placed cell has 30 mm/h in its middle, goes with the wind and does not change.",
};

export type NowcastPlayerStrings = typeof english;

export const STRINGS: StringTable<NowcastPlayerStrings> = { en: english };

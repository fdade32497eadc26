/** Every text of the SoundExplorer. */
import { probability } from "../shared/format";
import type { Quantity } from "../shared/run";
import type { StringTable } from "../shared/strings";

const english = {
  title: "A recording to edit, and a network that listens",
  recording: "recording",
  recordingLabel: "Which recording",
  otherLabel: "Which recording is blended in",
  option: (label: string, count: number): string => `“${label}”, ${["first", "second", "third"][count] ?? `number ${count + 1}`}`,
  previous: "Recording before",
  next: "Next recording",
  blend: "by",
  blendLabel: "How much of the other recording, per cent",
  blendWith: "blend with",
  stretch: "length, %",
  stretchLabel: "Length, per cent",
  refused: (text: string, least: number, most: number): string =>
    `“${text}” does not fit: type a number from ${least} to ${most}.`,
  backwards: "Backwards",
  uncover: "Uncover",

  strip: "the recording: drag its ends to cut it, drag across frames to cover them with silence",
  stripLabel: "Frame of the recording; Space covers or uncovers it",
  stripAt: (frame: number, frames: number, covered: boolean): string =>
    `frame ${frame + 1} of ${frames}${covered ? ", covered" : ""}`,
  head: "Frames cut off at the beginning",
  tail: "Frames cut off at the end",
  cut: (frames: number): string => (frames === 1 ? "1 frame" : `${frames} frames`),

  loud: "loudness",
  fine: "fine",
  read: (frames: number): string => `what the network reads: ${frames} frames`,
  soFar: "its answer, had the recording ended there",
  forwards: "forward layer →",
  back: "backward layer ←",
  units: (units: number): string => `${units} units`,
  timeLabel: "Frame that is read",
  at: (frame: number, frames: number, label: string, p: number): string =>
    `frame ${frame + 1} of ${frames}, so far “${label}”, ${probability(p)}`,
  cursor: (frame: number): string => `thin: at frame ${frame + 1}`,
  hears: "what it hears",
  choose: "Which gate or state of the units is shown",
  quantities: {
    i: "input",
    f: "forget",
    g: "candidate",
    o: "output",
    c: "cell",
    h: "hidden",
  } as Readonly<Record<Quantity, string>>,
  told: (said: string, heard: string, p: number, decided: number, frames: number): string =>
    `Said was “${said}”; the network hears “${heard}”, ${probability(p)}. ` +
    (decided === 0
      ? `It held to this from the first of ${frames} frames on.`
      : `It held to this from frame ${decided + 1} of ${frames} on.`),

  keyList: [
    ["← →", "the frame before, the next one, where the focus is"],
    ["Space", "cover the frame with silence, or uncover it"],
    ["< >", "another recording"],
    ["b", "backwards, and forwards again"],
    ["u", "uncover all"],
    ["i f g o c h", "what is shown of the units"],
  ],
  legend:
    "Rows of the recording: its loudness, then 12 coefficients, from the coarse to the fine shape of the spectrum; orange below the average, purple above. Silence is the quietest frame of the recording itself. Dashed: from here on the answer stays. To blend is to go from frame to frame half the way on a logarithmic scale: not what two voices at once sound like.",
};

export type SoundExplorerStrings = typeof english;

export const STRINGS: StringTable<SoundExplorerStrings> = { en: english };

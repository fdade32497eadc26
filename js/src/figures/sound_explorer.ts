/** SoundExplorer: edit a recording, and a trained network says at once what it hears. */
import { defineInstrument } from "../instrument";
import { choice, integer } from "../settings";
import { QUANTITIES } from "../shared/run";
import { COVERS, MOST_FRAMES } from "./sound_explorer_sounds";
import { STRINGS } from "./sound_explorer_strings";
import { soundExplorerView } from "./sound_explorer_view";

export default defineInstrument({
  settings: {
    recording: integer(0, 99),
    other: integer(0, 99),
    share: integer(0, 100),
    covers: COVERS,
    head: integer(0, MOST_FRAMES),
    tail: integer(0, MOST_FRAMES),
    stretch: integer(50, 150),
    direction: choice("forwards", "backwards"),
    gate: choice(...QUANTITIES),
    time: integer(0, 2 * MOST_FRAMES),
  },
  foundations: ["model", "sounds"],
  strings: STRINGS,
  view: soundExplorerView,
});

/** TrainingReplay: a real training to scrub through; what a text does in the network at each of its snapshots. */
import { defineFigure } from "../figure";
import { MOST } from "../limits";
import { choice, integer, text } from "../settings";
import { QUANTITIES } from "../shared/run";
import { openTraining, type Replay } from "./training_replay_state";
import { STRINGS } from "./training_replay_strings";
import { type ReplayPosition, trainingReplayView } from "./training_replay_view";

export default defineFigure<ReplayPosition, (typeof STRINGS)["en"], Replay>({
  settings: {
    snapshot: integer(0, MOST - 1),
    time: integer(0, MOST - 1),
    unit: integer(0, MOST - 1),
    gate: choice(...QUANTITIES),
    signal: text(60),
  },
  strings: STRINGS,
  source: openTraining,
  fit(position, { training: { steps, signals } }) {
    const known = signals.some(({ name }) => name === position.signal);
    return {
      ...position,
      snapshot: Math.min(position.snapshot, steps.length - 1),
      signal: known ? position.signal : (signals[0]?.name ?? "none"),
    };
  },
  view: trainingReplayView,
});

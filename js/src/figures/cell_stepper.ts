/** CellStepper: the anatomy of one LSTM cell, stepped through a text by character and, inside a character, by the five steps. */
import { defineFigure } from "../figure";
import { MOST } from "../limits";
import { choice, integer } from "../settings";
import { fitMarking, MARKING } from "../unit_search";
import { STATES, STEPS } from "./cell_stepper_state";
import { STRINGS } from "./cell_stepper_strings";
import { cellStepperView } from "./cell_stepper_view";

export default defineFigure({
  settings: {
    time: integer(0, MOST - 1),
    unit: integer(0, MOST - 1),
    step: integer(0, STEPS),
    ...MARKING,
    of: choice(...STATES),
  },
  fit: (position, run) => ({ ...fitMarking(position, run), of: position.of ?? "c" }),
  strings: STRINGS,
  view: cellStepperView,
});

/** CellStepper: the anatomy of one LSTM cell, stepped through a text by character and, inside a character, by the five steps. */
import { defineFigure } from "../figure";
import { MOST } from "../limits";
import { integer } from "../settings";
import { STEPS } from "./cell_stepper_state";
import { STRINGS } from "./cell_stepper_strings";
import { cellStepperView } from "./cell_stepper_view";

export default defineFigure({
  settings: { time: integer(0, MOST - 1), unit: integer(0, MOST - 1), step: integer(0, STEPS) },
  strings: STRINGS,
  view: cellStepperView,
});

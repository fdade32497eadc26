/** GateHeatmap: every gate and state of every unit at every character, one of them large, with a cursor to read off values. */
import { defineFigure } from "../figure";
import { MOST } from "../limits";
import { choice, integer } from "../settings";
import { QUANTITIES } from "../shared/run";
import { SORTS } from "./gate_heatmap_order";
import { fitMarking, MARKING } from "../unit_search";
import { STRINGS } from "./gate_heatmap_strings";
import { gateHeatmapView } from "./gate_heatmap_view";

export default defineFigure({
  settings: {
    time: integer(0, MOST - 1),
    unit: integer(0, MOST - 1),
    gate: choice(...QUANTITIES),
    sort: choice(...SORTS),
    ...MARKING,
  },
  fit: fitMarking,
  strings: STRINGS,
  view: gateHeatmapView,
});

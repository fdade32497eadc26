/** GateExplorer: one unit, one step; drag any number of it, and see the gates open and the states move. */
import { defineInstrument } from "../instrument";
import { SETTINGS } from "./gate_explorer_state";
import { STRINGS } from "./gate_explorer_strings";
import { gateExplorerView } from "./gate_explorer_view";

export default defineInstrument({ settings: SETTINGS, strings: STRINGS, view: gateExplorerView });

/** InitExplorer: choose how the weights begin, and see the gates that they make and the memory that follows. */
import { defineInstrument } from "../instrument";
import { SETTINGS } from "./init_explorer_state";
import { STRINGS } from "./init_explorer_strings";
import { initExplorerView } from "./init_explorer_view";

export default defineInstrument({ settings: SETTINGS, strings: STRINGS, view: initExplorerView });

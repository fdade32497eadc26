/** CrossEntropy: drag what is predicted, and see what it costs. */
import { defineInstrument } from "../instrument";
import { SETTINGS } from "./cross_entropy_state";
import { STRINGS } from "./cross_entropy_strings";
import { crossEntropyView } from "./cross_entropy_view";

export default defineInstrument({ settings: SETTINGS, strings: STRINGS, view: crossEntropyView });

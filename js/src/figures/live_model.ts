/** LiveModel: a trained network in the page; type, and at each token see what it expects and what goes on in it. */
import { defineFigure } from "../figure";
import { fit, liveSource, SETTINGS } from "./live_model_state";
import { STRINGS } from "./live_model_strings";
import { liveModelView } from "./live_model_view";

export default defineFigure({ settings: SETTINGS, strings: STRINGS, source: liveSource, fit, view: liveModelView });

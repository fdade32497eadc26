/** SaliencyText: what the network expects at a character, and which characters made it expect that. */
import { defineFigure } from "../figure";
import { fit, SETTINGS, saliencySource } from "./saliency_text_state";
import { STRINGS } from "./saliency_text_strings";
import { saliencyTextView } from "./saliency_text_view";

export default defineFigure({ settings: SETTINGS, strings: STRINGS, source: saliencySource, fit, view: saliencyTextView });

/** Translator: type English, and watch a trained encoder and decoder write it in another language, token by token. */
import { defineFigure } from "../figure";
import { fit, SETTINGS, translatorSource } from "./translator_state";
import { STRINGS } from "./translator_strings";
import { translatorView } from "./translator_view";

export default defineFigure({ settings: SETTINGS, strings: STRINGS, source: translatorSource, fit, view: translatorView });

/** WordTagger: a network that says something of each word; type, choose the word that is asked about, and see why. */
import { defineFigure } from "../figure";
import { fit, LONGEST, SETTINGS, taggerSource } from "./word_tagger_state";
import { STRINGS } from "./word_tagger_strings";
import { wordTaggerView } from "./word_tagger_view";

export default defineFigure({
  ...{ settings: SETTINGS, strings: STRINGS, longest: LONGEST },
  ...{ source: taggerSource, fit, view: wordTaggerView },
});

"""Small translators with random weights, in every layout that the format knows."""

import numpy as np

from lstm_edu.encoder_decoder import EncoderDecoder
from lstm_edu.models.translation_training import Trained, Vocabularies, export
from lstm_edu.translator import SPECIAL, Translator

WORDS = ("open", "the", "file", "%1", "…", "don't", "2")
TARGETS = {
    "chinese": ("打", "开", "URL", "文", "件", "。", "Git", "2"),
    "french": (" ouvrir", " le", " fichier", " l'", "URL", ".", " %1", "…"),
}


def translator(seed: int, language: str = "chinese", quantized: bool = False) -> Translator:
    """Return a translator that writes nonsense, with weights large enough to make choices."""
    random = np.random.default_rng(seed)
    unit = "character" if language == "chinese" else "word"
    vocabularies = Vocabularies((*SPECIAL, *WORDS), (*SPECIAL, *TARGETS[language]), unit)
    network = EncoderDecoder.create(
        len(vocabularies.source), len(vocabularies.target), 5, 3, seed=random
    )
    network.weights = [
        (3 * weights + random.normal(0, 0.4, weights.shape)).astype(np.float32)
        for weights in network.weights
    ]
    made = export(Trained(network, vocabularies, {}), language)
    return made.quantized() if quantized else made

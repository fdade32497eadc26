"""Exported models with random weights that say something of each word."""

import numpy as np
from random_models import tensor
from random_stacks import stack

WORDS = ("", "[UNK]", "<v>", "le", "chat", "dort", ".")
LABELS = ("Agent", "O", "Lieu")
KEPT = ("left out", "kept")


def tagger(seed=0, labels=LABELS, **changes):
    """Return the dict of a model with a marker; with two labels, of one that keeps words."""
    data = stack("concat", seed)
    head = data["layers"][-1]
    rows = head["weights"]["kernel"]["shape"][0]
    if len(labels) == 2:
        random = np.random.default_rng(seed)
        head["activation"] = "sigmoid"
        head["weights"] = {
            "kernel": tensor(random, "float64", rows, 1),
            "bias": tensor(random, "float64", 1),
        }
    data["layers"][0]["mask_zero"] = True
    about = {"unit": "word", "vocabulary": list(WORDS), "unknown": 1, "labels": list(labels)}
    about |= {"standardize": "lower", "split": "signs"}
    if len(labels) > 2:
        about["marker"] = "<v>"
    return {**data, **about, "name": "tagger", "title": "A tagger", **changes}

"""The browser's translator is NumPy's: the same weights and text give the same numbers."""

import numpy as np
from random_translators import translator

from lstm_edu import translator as engine_module

TOLERANCE = 1e-12
TEXTS = (
    "Open the file…",
    "open",
    "Don't open %1 2 times: the URL",
    "éa ‘the’ file's\u00a0end",
    "THE FILE foo_bar.txt of 20%",
)


def held(answer, model, text, beam):
    """Hold every number of the browser against NumPy's."""
    written = model(text, beam)
    assert tuple(answer["source"]) == written.source.pieces
    assert answer["read"] == written.source.ids.tolist()
    assert tuple(answer["ids"]) == written.ids
    assert tuple(answer["pieces"]) == written.pieces
    assert tuple(answer["copied"]) == written.copied
    assert answer["text"] == written.text
    expected = {"states": written.source.states, "weights": written.weights, "p": written.p}
    expected |= {name: getattr(written.trace, name)[0] for name in "ifgoch"}
    for name, values in expected.items():
        np.testing.assert_allclose(
            answer[name], values.ravel(), rtol=0, atol=TOLERANCE, err_msg=name
        )


def test_random_translators(engine):
    cases = [
        (translator(seed, ("chinese", "french")[seed % 2], quantized=seed % 3 == 0), text, beam)
        for seed, text in enumerate(TEXTS * 4)
        for beam in (1, 1 + seed % 5)
    ]
    answers = engine(
        *(
            {"kind": "translation", "model": model.to_dict(), "text": text, "beam": beam}
            for model, text, beam in cases
        )
    )
    for case, answer in zip(cases, answers, strict=True):
        held(answer, *case)
    assert any(answer["copied"] for answer in answers)
    assert len({len(answer["ids"]) for answer in answers}) > 3


def test_the_packaged_translators(engine):
    for language in engine_module.LANGUAGES:
        model = engine_module.load(language)
        for text, beam in (("Open the file in a new tab", 1), ("Show the foobar panel", 4)):
            case = {"kind": "translation", "model": model.to_dict(), "text": text, "beam": beam}
            (answer,) = engine(case)
            held(answer, model, text, beam)

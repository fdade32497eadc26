"""The interface texts and their translations: where they come from, how they are split."""

import importlib.util

import pytest

from lstm_edu.datasets import language_packs as module
from lstm_edu.datasets.language_packs import SPLITS, key, translations
from lstm_edu.pieces import joined, source_pieces, target_pieces


@pytest.fixture(scope="module", params=["chinese", "french"])
def data(request):
    return translations(request.param)


def test_what_is_in_them(data):
    counts = {"chinese": [2319, 310, 290], "french": [2297, 303, 287]}[data.language]
    assert [len(getattr(data, split)) for split in SPLITS] == counts
    for split in SPLITS:
        pairs = getattr(data, split)
        assert len(pairs.targets) == len(pairs)
        for source, target in zip(pairs.sources, pairs.targets, strict=True):
            assert source.strip()
            assert target.strip() not in ("", source)
            assert "\x04" not in source
            assert 1 <= len(source.split()) <= module.LONGEST
    assert "BSD" in data.licence
    assert module.LOCALES[data.language].replace("_", "-") in data.citation


def test_like_texts_stand_in_one_part(data):
    bags = {split: {key(text) for text in getattr(data, split).sources} for split in SPLITS}
    known = [set(bag) for bag in bags["train"]]
    for split in ("validation", "test"):
        for bag in bags[split]:
            nearest = max(len(other & set(bag)) / len(other | set(bag)) for other in known)
            assert nearest < module.LIKE, bag
    assert not bags["validation"] & bags["test"]


def test_both_languages_are_split_alike():
    where = [
        {text: split for split in SPLITS for text in getattr(translations(each), split).sources}
        for each in module.LOCALES
    ]
    shared = where[0].keys() & where[1].keys()
    assert len(shared) > 2500
    moved = sum(where[0][text] != where[1][text] for text in shared)
    assert moved < 0.01 * len(shared)  # groups hang together by texts that one language lacks


def test_what_is_missing_or_changed_is_noticed(monkeypatch):
    with pytest.raises(ValueError, match="chinese, french"):
        translations("klingon")
    with monkeypatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(ModuleNotFoundError, match=r"pip install 'lstm-edu\[notebooks\]'"):
            translations("french")
    monkeypatch.setitem(module.CHECKSUMS, "french", "0" * 64)
    with pytest.raises(ValueError, match=r"pip install jupyterlab-language-pack-fr-FR==4\.5"):
        translations("french")


def test_pieces_put_together_are_the_text():
    assert source_pieces("Don't rename “%1”…") == ("Don't", "rename", "“", "%1", "”", "…")
    for text, unit in (("从 URL 打开…", "character"), ("L'URL : n'existe pas (%1).", "word")):
        assert joined(target_pieces(text, unit), unit, capital=True) == text
    french = translations("french").train.targets
    same = sum(joined(target_pieces(text, "word"), "word", capital=True) == text for text in french)
    assert same > 0.97 * len(french)

"""The sentences with semantic roles: where they come from, how words got roles, how they split."""

import doctest
import importlib.util

import pytest

from lstm_edu.datasets import roles as module
from lstm_edu.datasets.roles_alignment import NONE, find_verb


@pytest.fixture(scope="module")
def data():
    return module.semantic_roles()


def one(data, begins):
    """Return the only sentence that begins so, as it is printed."""
    (found,) = [each for each in data.sentences if each.text.startswith(begins)]
    return str(found)


def test_every_example_is_aligned_or_left_out(data):
    assert len(data.sentences) == 510
    assert len(data.left_out) == 15
    for each in data.sentences:
        assert len(each.words) == len(each.roles)
        assert each.roles[each.verb] == NONE
        assert module.SPLITTER.split(each.text) == each.words
        assert "".join(each.words) == each.text.replace(" ", "")


def test_the_order_of_the_roles_is_the_experts(data):
    """One span a role, but where a comma parts two; and the roles that the frame names."""
    verbenet = pytest.importorskip("verbenet")
    frames = {}
    for row in verbenet.frame_rows():
        named = sorted(part["role"] for part in row["syntax"] if part["role"])
        frames.setdefault(row["class_id"], []).append(named)
    odd = [
        each.text
        for each in data.sentences
        if sorted(span.role for span in each.spans) not in frames[each.frame]
    ]
    assert odd == ["$50, ça n'achète pas une voiture."]


def test_where_a_rule_is_put_to_the_test(data):
    """Two *de*, a noun that looks like a verb, complements in another order, and the like."""
    assert one(data, "Luc a nettoyé les traces") == (
        "[Agent Luc] a NETTOYÉ [Theme les traces de doigt] [Initial_Location du comptoir] ."
    )
    assert one(data, "Ce hachoir hache du") == "[Instrument Ce hachoir] HACHE [Patient du persil] ."
    assert one(data, "J'ai expliqué le problème") == (
        "[Agent J'] ai EXPLIQUÉ [Topic le problème] [Recipient à Marie] ."
    )
    assert one(data, "La guerre") == (
        "[Cause La guerre en Irak] a AUGMENTÉ [Attribute le prix de l'huile] [Extent de 10 %]"
    )
    assert one(data, "Luc lui a tapé") == "[Agent Luc] lui a TAPÉ [Attribute les fesses]"
    assert one(data, "Il plaît") == ("Il PLAÎT [Experiencer à Marie] [Stimulus qu'on fasse cela]")
    assert one(data, "L'inspecteur a évalué la").startswith("[Agent L'inspecteur] a ÉVALUÉ")


def test_a_verb_is_found_by_its_lemmas_or_behind_an_auxiliary():
    words = module.SPLITTER.split("La commande a été longue")
    assert find_verb(("Luc", "a", "sifflé", "son", "pastis"), ["siffler"]) == 2
    assert find_verb(("Luc", "a", "vu", "le", "match"), ["voir"]) == 2
    assert find_verb(("Luc", "a", "zigzagué"), ["voir"]) == 2
    assert find_verb(words[:2], ["voir"]) is None


def test_families_of_verbs_are_in_one_part_alone(data):
    families = {}
    for each, fold in zip(data.sentences, data.folds, strict=True):
        families.setdefault(each.verb_class, set()).add(fold)
    assert all(len(folds) == 1 for folds in families.values())
    counts = [data.folds.count(k) for k in range(module.FOLDS)]
    assert max(counts) - min(counts) <= 8
    parts = data.parts(9)
    assert sum(map(len, parts.values())) == 510
    assert {each.text for each in parts["validation"]} == {
        each.text for each in data.parts(0)["test"]
    }
    with pytest.raises(ValueError, match="test"):
        data.parts(10)


def test_alternatives_are_read_once_or_left_out():
    assert module.one_reading("Ils ont collaboré {sur/dans} ce projet") == (
        "Ils ont collaboré sur ce projet"
    )
    assert module.one_reading("Luc a appris l'anglais (par/de) Luc.") == (
        "Luc a appris l'anglais par Luc."
    )
    assert module.one_reading("Luc a chargé le camion (avec des, de) caisses.") is None


def test_without_verbenet_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'lstm-edu\[notebooks\]'"):
        module.semantic_roles()


def test_other_data_are_refused(monkeypatch, tmp_path):
    (tmp_path / "put-9.1.xml").write_text("<VNCLASS/>", encoding="utf-8")
    monkeypatch.setattr(module, "_folder", lambda: tmp_path)
    with pytest.raises(ValueError, match=r"pip install verbenet==1\.0\.0"):
        module.semantic_roles()


def test_its_examples_run():
    assert doctest.testmod(module).failed == 0

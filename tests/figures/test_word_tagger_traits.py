"""The Python half of the WordTagger, and the browser's arithmetic against it."""

import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from random_stacks import stack
from random_taggers import KEPT, LABELS, tagger
from traitlets import TraitError

from lstm_edu import tagging
from lstm_edu.exported import ExportedModel
from lstm_edu.figures import WordTagger
from lstm_edu.vocabulary import Piece, Vocabulary

TEXT = "Le chat dort. L’autre\n\nchat « dort » : “le chat!” Le chat? le."
EXAMPLES = (
    {"text": "Le chat dort.", "marked": 2, "gold": ["Agent", "Agent", "O", "O"]},
    {"text": "Le chat dort.", "marked": 1},
    "Chat dort",
)


def test_signs_are_tokens_of_their_own():
    vocabulary = Vocabulary(("x",), "word", standardize="lower", splitting="signs")
    pieces = vocabulary.pieces("L’Été, aujourd'hui : to_dict()\u202f!")
    assert [piece.token for piece in pieces] == [
        *("l'", "Été", ",", "aujourd'", "hui", ":", "to_dict", "(", ")", "!"),
    ]
    assert pieces[1] == Piece("Été", 2, 5)
    assert ExportedModel(tagger(labels=KEPT)).tokens("L'été") == ("l'", "été")
    with pytest.raises(ValueError, match=r"splitting is 'signs'.*'strip_punctuation'"):
        Vocabulary(("x",), "word", standardize="strip_punctuation", splitting="signs")
    with pytest.raises(ValueError, match="splitting is 'pieces'; expected one of signs"):
        Vocabulary(("x",), "word", splitting="pieces")


def test_a_marker_is_read_before_a_word_and_never_typed():
    model = ExportedModel(tagger())
    assert model.encode("le chat dort", marked=2).tolist() == [3, 4, 2, 5]
    assert model.encode("le <v> dort").tolist() == [3, 1, 1, 1, 5]
    assert "<v>" not in np.array(model.vocabulary)[model.text.writable()]
    answers = model.answers("le chat dort", marked=1)
    _, output = model.run(np.array([[3, 2, 4, 5]]))
    np.testing.assert_array_equal(answers, output[0][[0, 2, 3]])
    assert model.trace("le chat", marked=1).tokens == ("le", "<v>", "chat")
    for wrong in (-1, 3):
        with pytest.raises(ValueError, match=f"marked is {wrong}"):
            model.answers("le chat dort", marked=wrong)
    with pytest.raises(ValueError, match="'tagger' has no marker; leave it out"):
        ExportedModel(tagger(marker=None)).answers("le chat", marked=0)
    for wrong in ("", "[UNK]", "<w>"):
        with pytest.raises(ValueError, match=f"marker is {re.escape(repr(wrong))}; expected one"):
            ExportedModel(tagger(marker=wrong))


def test_sentences_end_where_a_reader_sees_it():
    vocabulary = Vocabulary(("x",), "word", splitting="signs")
    text = 'Is it, e.g. so? "Yes." It is 3.5 long\n\nnot more… or less'
    pieces = vocabulary.pieces(text)
    parts = [text[pieces[a].start : pieces[b - 1].end] for a, b in tagging.sentences(text, pieces)]
    assert parts == ["Is it, e.g. so?", '"Yes."', "It is 3.5 long", "not more… or less"]
    assert tagging.sentences("", ()) == []


def test_what_is_kept():
    p, groups = [0.5, 0.9, 0.1, 0.9, 0.2], [(0, 1), (1, 3), (3, 5)]
    assert tagging.kept(p, "threshold", threshold=0.5) == [0, 1, 3]
    assert tagging.kept(p, "words", best=1) == [1]
    assert tagging.kept(p, "sentences", best=2, groups=groups) == [0, 3, 4]
    pieces = Vocabulary(("x",), "word").pieces("a  b\nc d")
    assert tagging.written_out("a  b\nc d", pieces, [0, 1, 3]) == "a b d"
    with pytest.raises(ValueError, match="select is 'lines'"):
        tagging.kept(p, "lines")


@pytest.mark.parametrize("labels", [LABELS, KEPT], ids=["labels", "keeps"])
def test_the_browser_says_the_same(engine, labels):
    settings = [("threshold", 0.5, 1), ("words", 0.0, 4), ("sentences", 0.0, 2)]
    for seed, (select, threshold, best) in enumerate(settings):
        data = tagger(seed, labels)
        figure = WordTagger(data, text=TEXT, select=select, threshold=threshold, best=best)
        if len(labels) > 2:
            figure.marked = 5 * seed
        case = {"kind": "tags", "model": data, "text": TEXT, "marked": figure.marked}
        case |= {"select": select, "threshold": threshold, "best": best, "quiet": figure.quiet}
        (found,) = engine(case)
        answers = figure.answers()
        np.testing.assert_allclose(
            np.array(found["shares"])[:, -answers.shape[1] :], answers, rtol=0, atol=1e-12
        )
        for layer, states in enumerate(found["states"]):
            figure.layer = layer
            np.testing.assert_allclose(states, figure.states().ravel(), rtol=0, atol=1e-12)
        if len(labels) == 2:
            assert (found["kept"], found["summary"]) == (figure.kept(), figure.summary())
            continue
        spans = [(labels[span["label"]], span["first"], span["end"]) for span in found["spans"]]
        spans = [span for span in spans if span[0] != figure.quiet]
        assert spans == [span[:3] for span in figure.spans()]


def test_it_begins_with_its_first_example():
    figure = WordTagger(tagger(), examples=EXAMPLES)
    assert (figure.text, figure.marked, figure.quiet, figure.time) == ("Le chat dort.", 2, "O", 0)
    assert figure.examples[2] == {"text": "Chat dort"}
    assert repr(figure) == (
        "WordTagger(model='tagger', text='Le chat dort.', time=0, unit=0, layer=0, marked=2)"
    )
    state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", figure.html()).group(1))
    assert state["examples"][0]["gold"] == ["Agent", "Agent", "O", "O"]
    assert figure.answer().shape == (3,)
    np.testing.assert_array_equal(figure.answer(), figure.answers()[0])
    ElementTree.fromstring(figure.picture())
    assert figure.picture() == figure.picture()
    assert "asked about “dort”" in figure.description()
    figure.text = "chat"
    assert figure.marked == 0
    with pytest.raises(ValueError, match="names one of 3 labels"):
        figure.kept()


def test_one_that_keeps_has_no_marker():
    figure = WordTagger(tagger(labels=KEPT), text=TEXT, select="words", best=2)
    assert figure.marked is None
    assert figure.keeps
    assert len(figure.kept()) == 2
    assert figure.description().endswith(f"It keeps: {figure.summary()}")
    ElementTree.fromstring(figure.picture())
    with pytest.raises(TraitError, match="marked is 1, but 'tagger' has no marker; expected None"):
        figure.marked = 1
    assert len(WordTagger(tagger(labels=KEPT), text="le chat " * 180).answers()) == 360


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"marked": 4}, "marked is 4; expected 0 to 3"),
        ({"marked": None}, "has a marker; expected the number of a word"),
        ({"text": "?" * 1501}, "text has 1501 characters; a figure reads 1500 at most"),
        ({"text": " "}, "holds no word"),
        ({"quiet": "Rien"}, "quiet is 'Rien'; expected '' or one of the labels: Agent, O, Lieu"),
        ({"select": "best"}, "select"),
        ({"threshold": 1.1}, "from 0 to 1"),
        ({"best": 61}, "from 1 to 60"),
        ({"time": 4}, "time is 4; expected 0 to 3"),
        ({"layer": 2}, "layer is 2; expected 0 to 1"),
        ({"examples": ["Le"] * 61}, "61 texts; 60 at most"),
        ({"examples": [""]}, "example 0 does not fit 'tagger': text is empty"),
        ({"examples": [{"text": "le", "marked": 1}]}, "marked is 1; expected 0 to 0"),
        ({"examples": [{"text": "le", "gold": ["O", "O"]}]}, "gold names 2 labels of 1 words"),
        ({"examples": [{"text": "le", "gold": ["Wer"]}]}, "gold names 'Wer'; expected Agent"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, message):
    with pytest.raises(TraitError, match=re.escape(message)):
        WordTagger(tagger(), **{"text": "Le chat dort."} | wrong)


def test_other_kinds_are_refused():
    for wrong in ("le", [1], [{"gold": []}], [{"text": "le", "right": []}], [{"text": 1}]):
        with pytest.raises(TypeError, match=r"example"):
            WordTagger(tagger(), text="le", examples=wrong)
    for model in ("shakespeare", "topics", stack("sum"), tagger(unit="character")):
        with pytest.raises(ValueError, match=r"does not tag words|vocabulary is"):
            WordTagger(model, text="le")
    with pytest.raises(ValueError, match="neither text nor examples"):
        WordTagger(tagger())
    with pytest.raises(TraitError, match="has no marker"):
        WordTagger(tagger(marker=None), examples=[{"text": "le", "marked": 0}])


def test_another_network_may_take_its_place():
    figure = WordTagger(tagger(), text="Le chat dort.", marked=1)
    figure.model = tagger(labels=KEPT)
    assert (figure.marked, figure.quiet) == (None, "")
    figure.model = tagger(1)
    assert figure.marked == 0
    with pytest.raises(TraitError, match="does not tag words"):
        figure.model = "shakespeare"

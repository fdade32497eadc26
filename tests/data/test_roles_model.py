"""The tagger of semantic roles that comes with the package: what its file says of it is true."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing, results
from lstm_edu.datasets import semantic_roles
from lstm_edu.datasets.roles import FOLDS, NONE, spans
from lstm_edu.models import roles as command
from lstm_edu.models import roles_training as training

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def data():
    return semantic_roles()


@pytest.fixture(scope="module")
def model():
    return exported.load("roles")


def conlleval(right, said):
    """Return F1 of spans in per cent, as conlleval and seqeval define it, from B- and I- tags."""

    def chunks(tags):
        found, begin = set(), None
        for place, tag in enumerate([*tags, NONE]):
            if begin is not None and (tag[:2] != "I-" or tag[2:] != tags[begin][2:]):
                found.add((begin, place, tags[begin][2:]))
                begin = None
            if tag != NONE and begin is None:
                begin = place
        return found

    pairs = [(chunks(one), chunks(other)) for one, other in zip(right, said, strict=True)]
    hits, rights, saids = (
        sum(len(each) for each in parts)
        for parts in ([a & b for a, b in pairs], *zip(*pairs, strict=True))
    )
    return 100 * 2 * hits / (rights + saids)


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 150_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())
    assert (model.task, model.text.marker) == ("steps", "<v>")


def test_the_network_is_the_one_that_the_command_makes(model, data):
    made = model.provenance
    again = command.describe(data, made["epochs"], made["seed"])
    assert made["epochs"] == training.EPOCHS
    assert {k: v for k, v in made.items() if k != "versions"} == {
        k: v for k, v in again.items() if k != "versions"
    }
    words = training.vocabulary_of(data.parts(made["part"])["train"])
    assert model.vocabulary == words.tokens


def test_the_recorded_scores_are_what_it_scores(model, data):
    test = data.parts(model.provenance["part"])["test"]
    said = command.answers(model, test)
    found = command.scored([each.roles for each in test], said)
    assert found == pytest.approx(model.scores["test"], abs=0.5)
    tags = [[command.prefixed(roles) for roles in both] for both in ([s.roles for s in test], said)]
    assert found["spans"] == pytest.approx(conlleval(*tags), abs=0.01)
    assert model.quantization["probability_max"] < 0.2


def test_the_record_says_what_the_model_says(model):
    record = results.load("roles")
    assert record.command == f"python -m {command.COMMAND}"
    assert record.seeds == command.SEEDS
    assert record.network.scores == tuple(run["spans"] for run in model.scores["runs"]["BiLSTM"])
    for name, row in model.scores["simple"].items():
        assert record[name].scores == (row["spans"],)


def test_the_recorded_baselines_are_what_they_score(model, data):
    every = [data.parts(k) for k in range(FOLDS)]
    for name in ("position", "preposition"):
        said = command.crossed(every, command.simply(command.SIMPLE[name][0]))
        stored = {k: v for k, v in model.scores["simple"][name].items() if k != "seconds"}
        assert command.score(data, said) == stored


def test_a_score_wants_both_the_words_and_the_role():
    right = [("Agent", NONE, "Theme", "Theme"), ("Agent", NONE)]
    said = [("Agent", NONE, "Patient", "Patient"), ("Agent", "Agent")]
    found = command.scored(right, said)
    assert found == {"spans": 33.33, "borders": 66.67, "words": 50.0}
    assert command.prefixed(said[0]) == ["B-Agent", "O", "B-Patient", "I-Patient"]
    assert spans(("Theme",)) == (("Theme", 0, 1),)


def test_the_mark_is_before_the_verb_and_is_never_asked_nor_forgotten(data):
    some = data.sentences[:40]
    words = training.vocabulary_of(some)
    x, y, mask = training.encode(some, words, data.names)
    for row, each in enumerate(some):
        assert x[row, each.verb] == 1
        assert y[row, each.verb] == -1
        assert (y[row] >= 0).sum() == len(each.words) == mask[row].sum() - 1
    seen = list(training.batches(x, y, mask, np.random.default_rng(0)))
    assert sum(len(ids) for ids, *_ in seen) == 40
    assert all(((ids == 1).sum(axis=1) == 1).all() for ids, *_ in seen)
    hidden = np.mean([np.mean(ids[ok] == 0) for ids, _, ok in seen])
    assert np.mean(x[mask] == 0) + 0.05 < hidden < 0.8


def test_padding_changes_no_answer_and_the_gradient_is_right(data):
    some = data.sentences[:6]
    words = training.vocabulary_of(data.sentences[:60])
    network = training.build("BiLSTM", len(words), len(data.names), 0)
    x, y, mask = training.encode(some, words, data.names)
    together = network(x, mask)
    for row, own in enumerate(mask):
        alone = network(x[row : row + 1, own], mask[row : row + 1, own])[0]
        np.testing.assert_allclose(together[row][own], alone, atol=1e-5)
    whole = command.export(training.Trained(network, words, {}), data.names)
    answers = whole.answers(some[3].text, marked=some[3].verb)
    logits = together[3][y[3] >= 0]
    np.testing.assert_allclose(answers.argmax(axis=1), logits.argmax(axis=1))
    run = network.forward(x, mask)
    loss, upstream = training.cross_entropy_where_asked(run.output, y)
    gradients = network.backward(run, upstream)
    weights = network.weights
    for k in (1, 4, 7):  # the forward kernel, the backward kernel, the last layer's kernel
        step = 1e-2 * gradients[k] / np.linalg.norm(gradients[k])
        network.weights = [w + step if k == j else w for j, w in enumerate(weights)]
        more, _ = training.cross_entropy_where_asked(network(x, mask), y)
        slope = 1e-2 * np.linalg.norm(gradients[k])
        assert more - loss == pytest.approx(slope, rel=0.05)
    network.weights = weights


def test_training_is_decided_by_its_seed_and_learns(data):
    part, held = data.sentences[:96], data.sentences[96:120]
    one, two, other = (
        training.train("BiLSTM", part, held, data.names, 2, progress=False, seed=seed)
        for seed in (1, 1, 2)
    )
    assert one.history == two.history != other.history
    assert one.history["loss"][1] < one.history["loss"][0]
    sizes = [
        sum(w.size for w in training.build(kind, 300, 28, 0).weights) for kind in training.UNITS
    ]
    assert abs(sizes[0] - sizes[1]) < 0.06 * sizes[0]


def test_the_command_refuses_no_epochs():
    with pytest.raises(SystemExit):
        command.main(["--epochs", "0"])

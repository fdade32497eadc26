"""The two summarisers: their words, their scores, their file and their records are what is said."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing, results
from lstm_edu.datasets.docstrings import docstrings
from lstm_edu.export import export
from lstm_edu.models import summaries as command
from lstm_edu.models import summaries_baselines as baselines
from lstm_edu.models import summaries_data as words
from lstm_edu.models import summaries_extract as extract
from lstm_edu.models import summaries_lines as lines
from lstm_edu.models import summaries_study as study
from lstm_edu.models import summaries_write as writing
from lstm_edu.models.summaries_data import Read

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def data():
    return docstrings()


@pytest.fixture(scope="module")
def parts(data):
    return study.read_parts(data)


@pytest.fixture(scope="module")
def model():
    return exported.load("summaries")


def few(read, every):
    return Read(*(column[::every] for column in (read.bodies, read.lines, read.content, read.kept)))


def read_of(*bodies, line=()):
    """Return texts as read, with one line for all."""
    content = tuple(np.array([words.is_content(word) for word in body], bool) for body in bodies)
    kept = tuple(asked & np.isin(body, line) for asked, body in zip(content, bodies, strict=True))
    return Read(bodies, (tuple(line),) * len(bodies), content, kept)


def test_words_and_signs_are_apart_and_rules_are_gone():
    assert words.split("Don't call X.fit()!\n-----\n>>> a") == (
        *("don'", "t", "call", "x", ".", "fit", "(", ")", "!", "a"),
    )
    assert [words.is_content(w) for w in ("mean", "x", "the", "2d", "10", ".")] == [
        *(True, False, False, True, False, False),
    ]


def test_average_precision_is_that_of_scikit_learn():
    from sklearn.metrics import average_precision_score

    random = np.random.default_rng(0)
    for levels in (4, 1000):
        kept, said = random.random(300) < 0.2, random.integers(0, levels, 300) / levels
        assert words.average_precision(kept, said) == pytest.approx(
            average_precision_score(kept, said)
        )
    assert words.average_precision(kept, np.zeros(300)) == pytest.approx(kept.mean())


def test_overlap_counts_each_word_as_often_as_it_is_there():
    line = ("compute", "the", "mean", "of", "the", "rows", ".")
    assert words.overlap(line, line) == words.overlap(line, line, content=False) == 1
    assert words.overlap(("mean", "mean", "."), line) == pytest.approx(2 * 1 / (2 + 3))
    assert words.overlap(("the", "the", "the"), line, content=False) == pytest.approx(2 * 2 / 9)
    assert words.overlap((), line) == words.overlap(("the",), line) == 0


def test_lines_are_taken_as_they_stand():
    body = ("x", "is", "sorted", ".", "rows", "of", "rows", "!", "names")
    read = read_of(body, line=("rows", "names"))
    assert words.sentences(body) == [(0, 4), (4, 8), (8, 9)]
    assert read.kept[0].nonzero()[0].tolist() == [4, 6, 8]
    said = [np.array([0.9, 0.9, 0.1, 0, 0.2, 0.9, 0.4, 0, 0.3])]
    assert lines.best_words(read, said, 2) == [("rows", "names")]
    assert lines.one_sentence(read, said) == [body[:4]]
    assert lines.first_sentences(read) == [body[:4]]
    assert lines.best_sentences(read) == [("names",)]
    assert lines.first_words(read, 4) == [("x", "is", "sorted", "rows")]
    again = lines.Nearest(read_of(body, ("sorted", "rows", "sorted"), line=("one",)))
    assert again(read) == [("one",)]


def test_a_threshold_is_where_the_best_f1_is():
    read = read_of(("mean", "rows", "sum", "names"), line=("mean", "rows"))
    assert study.threshold([np.array([0.9, 0.4, 0.33, 0.1])], read) == pytest.approx(0.35)


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 500_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())
    assert model.task == "steps"
    assert model.tokens("X.fit(y)") == ("x", ".", "fit", "(", "y", ")")


def test_the_network_is_the_one_that_the_command_makes(model, data, parts):
    made = model.provenance
    again = command.describe(data, made["seed"])
    assert {k: v for k, v in made.items() if k != "versions"} == {
        k: v for k, v in again.items() if k != "versions"
    }
    validation = [run["validation"] for run in model.scores["runs"]]
    assert made["seed"] == command.SEEDS[int(np.argmax(validation))]
    vocabulary = words.most_frequent(parts["train"].bodies, words.WORDS, ("", words.UNKNOWN))
    assert list(model.vocabulary) == vocabulary


def test_the_recorded_scores_are_what_it_scores(model, parts):
    """On every fourth text: the whole takes some seconds."""
    some = few(parts["test"], 4)
    found = words.average_precision(*some.pooled(extract.answers(model, some)))
    assert 100 * found == pytest.approx(model.scores["test"], abs=3)
    before, after = (model.quantization[f"precision_{when}"] for when in ("before", "after"))
    assert abs(before - after) < 0.5
    assert after == model.scores["test"]
    assert model.quantization["probability_max"] < 0.2


def test_the_recorded_baselines_are_what_they_score(model, parts):
    test, record = parts["test"], results.load("summaries_extract")
    rarity = baselines.Rarity(parts["train"].bodies)
    for name, said in (
        ("any word (base rate)", [np.zeros(len(body)) for body in test.bodies]),
        ("words that come first", baselines.position(test.bodies)),
        ("rare and repeated words (TF-IDF)", rarity.weighted(test.bodies)),
    ):
        score = study.percent(words.average_precision(*test.pooled(said)))
        assert record[name].scores == (score,) == (model.scores["simple"][name],)
    first = study.scored(lines.first_sentences(test), test)
    assert model.scores["lines"]["first sentence of the text"] == first


def test_the_records_say_what_the_model_says(model):
    kept, whole = results.load("summaries_extract"), results.load("summaries_write")
    for record in (kept, whole):
        assert record.command == f"python -m {command.COMMAND}"
        assert record.seeds == command.SEEDS
    assert kept.network.scores == tuple(run["test"] for run in model.scores["runs"])
    writer = model.scores["writer"]["runs"]
    assert whole.network.scores == tuple(run["content"] for run in writer)
    for name, row in model.scores["lines"].items():
        assert whole[name].scores == (row["content"],)
    for name in (study.SENTENCE, study.WORDS):
        assert whole[name].scores == tuple(r[name]["content"] for r in model.scores["picked"])


def test_a_line_through_counts_learns_and_says_nothing_of_function_words():
    bodies = [("the", "mean", "of", name, "rows") for name in ("red", "blue", "new", "old")] * 5
    read = read_of(*bodies, line=("mean",))
    line = baselines.Line(read, read, neighbours=True)
    said = line(read)[0]
    assert said[0] == said[2] == 0
    assert said[1] == max(said)


def test_training_is_decided_by_its_seed(parts):
    some = few(parts["train"], 60)
    one, two = (
        extract.train(some, few(some, 4), seed=1, epochs=1, progress=False) for _ in range(2)
    )
    assert one.history == two.history
    assert all((a == b).all() for a, b in zip(one.weights, two.weights, strict=True))
    # Exported by hand, without Keras: the same as what the package's export makes of the model.
    keras_model = extract.build(len(one.vocabulary))
    keras_model.set_weights(one.weights)
    given = {"name": "summaries", "title": "x", "labels": ["left out", "kept"]}
    made = export(
        keras_model, one.vocabulary, **given, unit="word", standardize="lower", split="signs"
    )
    ours = extract.exported(one)
    text = "The mean of each row, by X.fit(y)."
    np.testing.assert_allclose(ours.answers(text), made.answers(text), rtol=0, atol=1e-12)
    assert ours.tokens(text) == made.tokens(text) == words.split(text)


def test_the_writer_decodes_what_keras_expects(parts):
    """Written step by step in NumPy: each word is the likeliest to the Keras model, too."""
    some = few(parts["train"], 60)
    made = writing.train(some, few(some, 4), seed=0, epochs=1, progress=False)
    three = few(some, 30)
    written = writing.write(made, three)
    as_lines = Read(three.bodies, tuple(written), three.content, three.kept)
    bodies, so_far, coming = writing.examples(as_lines, made.vocabulary)
    keras_model = writing.build(len(made.vocabulary))
    keras_model.set_weights(made.weights)
    logits = keras_model.predict_on_batch([bodies, so_far])
    logits[..., [0, 1, 2]] = -np.inf  # padding, unknown, start
    best = logits.argmax(axis=-1)
    for row, right in enumerate(coming):
        steps = min(len(written[row]), writing.LONGEST - 1)
        assert best[row, :steps].tolist() == right[:steps].tolist()
    assert not {words.UNKNOWN, "", writing.START, writing.END} & {
        w for line in written for w in line
    }

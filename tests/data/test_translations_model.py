"""The translators that come with the package: what their files say of them is true."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import packing, results, translator
from lstm_edu.datasets.language_packs import Pairs, translations
from lstm_edu.encoder_decoder import Batch, EncoderDecoder, smoothed
from lstm_edu.models import translation as command
from lstm_edu.models import translation_baselines as baselines
from lstm_edu.models import translation_training as training

PACKAGED = [
    each
    for each in translator.LANGUAGES
    if Path(command.__file__).with_name(f"translation_{each}.json").exists()
]


@pytest.fixture(scope="module", params=PACKAGED)
def model(request):
    return translator.load(request.param)


@pytest.fixture(scope="module")
def data(model):
    return translations(model.language)


def test_chinese_is_packaged():
    assert "chinese" in PACKAGED


def test_the_file_is_small_and_in_the_one_layout(model):
    file = Path(command.__file__).with_name(f"{model.name}.json")
    assert file.stat().st_size <= 500_000
    assert file.read_text(encoding="utf-8") == packing.dumps(model.to_dict())


def test_the_translator_is_the_one_that_the_command_makes(model, data):
    made = model.provenance
    again = command.describe(data, made["epochs"], made["seed"])
    assert made["epochs"] == training.EPOCHS
    assert made.keys() == again.keys()
    assert all(made[name] == again[name] for name in made.keys() - {"versions"})
    reached = [min(run["history"]["nats"]) for run in model.scores["runs"]]
    assert made["seed"] == command.SEEDS[int(np.argmin(reached))]
    words = training.Vocabularies.of(data.train, model.unit)
    assert (model.source.tokens, model.target) == (words.source, words.target)


def test_the_recorded_score_is_what_it_scores(model, data):
    found = command.score(model, data, "test", command.BEAM)
    assert found == pytest.approx(model.scores["test"], abs=0.05)
    assert model.quantization["probability_mean"] < 1e-4
    assert model.quantization["same_greedy"] > 0.9


def test_the_record_says_what_the_model_says(model):
    record = results.load(model.name)
    assert record.command == f"python -m {command.COMMAND} {model.language}"
    assert record.seeds == command.SEEDS
    runs = model.scores["runs"]
    for search, name in command.NAMES.items():
        assert record[name].scores == tuple(run[search]["chrF"] for run in runs)
    assert record.network.name == command.NAMES["beam"]
    for name, row in model.scores["simple"].items():
        assert record[name].scores == (row["chrF"],)


def test_the_recorded_baselines_are_what_they_score(model, data):
    copied = baselines.copied(data.test.sources)
    nearest = baselines.nearest(data.train, data.test.sources)
    for name, found in (("the source, copied", copied), ("nearest neighbour, tf-idf", nearest)):
        scores = command.scores(model.language, found, data.test.targets)
        assert scores == pytest.approx(model.scores["simple"][name], abs=0.02)


def test_its_gradients_are_differences():
    random = np.random.default_rng(0)
    network = EncoderDecoder.create(7, 6, 3, 2, dtype=np.float64, seed=0)
    start = [w + random.normal(0, 0.3, w.shape) for w in network.weights]
    mask = np.arange(4) < np.array([[4], [2], [3]])
    batch = Batch(random.integers(0, 7, (3, 4)), mask, random.integers(0, 6, (3, 5)))
    wanted = random.integers(0, 6, (3, 5))
    wanted[1, 3:] = -1
    loss = smoothed(0.1)

    def value(weights):
        network.weights = weights
        return loss(network.forward(batch).output, wanted)[0]

    network.weights = start
    run = network.forward(batch)
    gradients = network.backward(run, loss(run.output, wanted)[1])
    for k, gradient in enumerate(gradients):
        way = random.normal(size=gradient.shape)
        ends = [value([*start[:k], start[k] + e * way, *start[k + 1 :]]) for e in (1e-6, -1e-6)]
        slope = (ends[0] - ends[1]) / 2e-6
        assert slope == pytest.approx((gradient * way).sum(), rel=1e-5, abs=1e-9)


def test_what_travels_says_what_was_trained(data):
    """The step-by-step engine in float64 gives the logits of the training pass."""
    part = Pairs(data.train.sources[:60], data.train.targets[:60])
    unit = training.UNIT[data.language]
    made = training.train(part, part, unit, epochs=2, progress=False)
    again = training.train(part, part, unit, epochs=2, progress=False)
    assert made.history == again.history
    assert made.history["loss"][1] < made.history["loss"][0]
    travels = training.export(made, data.language)
    made.network.dropout = 0.0
    read, write = made.vocabularies.numbers(part)[3]
    batch, _ = training.batch_of(made.vocabularies.numbers(part)[3:5])
    logits = made.network.forward(batch).output[0, : len(write)].astype(float)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    source = travels.read(part.sources[3])
    np.testing.assert_array_equal(source.ids, read)
    followed = travels.follow(source, tuple(int(token) for token in write))
    np.testing.assert_allclose(followed.p, p, atol=1e-5)


def test_a_beam_of_one_is_greedy_and_words_unknown_are_copied(model):
    source = model.read("Open the Zyxwv file")
    assert source.unknown == ("Zyxwv",)
    assert model.beam(source, 1) == model.greedy(source)
    written = model("Open the Zyxwv file", beam=command.BEAM)
    assert written.weights.sum(axis=1) == pytest.approx(1)
    for step in written.copied:
        assert written.pieces[step].strip() in source.pieces


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "x"}, "expected 'lstm_edu.translator/1'"),
        ({"language": "klingon"}, "language is 'klingon'"),
        ({"target": ["a", "b"]}, "target begins with"),
        ({"layers": []}, "the layers are ; expected source"),
    ],
)
def test_what_does_not_fit_is_refused(model, change, message):
    with pytest.raises(ValueError, match=message):
        translator.Translator(model.to_dict() | change)


def test_nothing_cannot_be_translated(model):
    with pytest.raises(ValueError, match="at least one word"):
        model(" ")
    with pytest.raises(TypeError, match="text is a int"):
        model(3)

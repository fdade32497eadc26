import dataclasses
import doctest
import json
import re

import numpy as np
import pytest
from small import MEASURE, ROWS, results

from lstm_edu.results import Data, Environment, Measure, Results, Row, load, names, record, save
from lstm_edu.results import store as storing

HIGHER = dataclasses.replace(MEASURE, better="higher")


def test_the_example_in_the_docstring_is_true():
    failed, tried = doctest.testmod(record)
    assert tried
    assert not failed


def test_a_record_is_frozen_and_comes_back_from_its_json(tmp_path):
    made = results()
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.title = "another"
    path = save(made, tmp_path)
    assert path.name == "small.json"
    assert Results.from_dict(json.loads(path.read_text("utf-8"))) == made
    before = path.read_bytes()
    assert save(made, tmp_path).read_bytes() == before


def test_mean_and_spread():
    gru = results()["GRU"]
    assert gru.mean == pytest.approx(np.mean([0.5, 0.6, 0.5]))
    assert gru.spread == pytest.approx(np.std([0.5, 0.6, 0.5], ddof=1))
    assert results()["a straight line"].spread is None


def test_the_best_row_follows_the_measure():
    assert results().best.name == "a straight line"
    assert results(measure=HIGHER).best.name == "as a week before"
    assert results(measure=HIGHER).baseline.name == "as a week before"


def test_the_first_network_is_judged_and_not_the_luckiest():
    assert results().network.name == "GRU"
    assert results().verdict().network.name == "GRU"


def rows(network, baseline):
    return Row("simple", "baseline", baseline), Row("LSTM", "network", network)


@pytest.mark.parametrize(
    ("better", "network", "baseline", "outcome"),
    [
        ("lower", (1.0, 1.1, 0.9), (2.0,), "wins"),
        ("lower", (1.0, 1.1, 0.9), (0.5,), "loses"),
        ("higher", (1.0, 1.1, 0.9), (2.0,), "loses"),
        ("higher", (1.0, 1.1, 0.9), (0.5,), "wins"),
        ("higher", (1.0, 1.1, 0.9), (1.05,), "level"),
        ("lower", (1.0, 1.1, 0.9), (1.05, 0.95, 1.0), "level"),
        ("lower", (1.0,), (1.1,), "wins"),
    ],
)
def test_the_verdict(better, network, baseline, outcome):
    measure = Measure("score", "", better, 2, "a test")
    made = results(measure=measure, rows=rows(network, baseline)).verdict()
    assert made.outcome == outcome
    assert (made.lead > 0) == (outcome == "wins") or outcome == "level"


def test_the_lead_is_told_in_the_networks_own_spread():
    made = results(rows=rows((1.0, 1.1, 0.9), (0.5,))).verdict()
    assert made.lead == pytest.approx(-0.5)
    assert made.spreads == pytest.approx(-5)
    said = "LSTM loses to simple: 1.000 ± 0.100 against 0.500 GW, 5.0 times its own spread"
    assert str(made) == f"{said} over 3 seeds."


def test_a_single_training_has_no_spread():
    said = str(results(rows=rows((1.0,), (0.5,))).verdict())
    assert said == (
        "LSTM loses to simple: 1.000 against 0.500 GW, from one training, so without a spread."
    )


def test_the_table_in_plain_text():
    assert str(results().table(seconds=True)).splitlines() == [
        "                      error, GW  weights  seconds",
        "as a week before          0.620",
        "a straight line           0.450       10  under 1  best",
        "GRU               0.533 ± 0.058    3,000       12",
        "LSTM              0.530 ± 0.053    5,000       42",
    ]
    assert "seconds" not in str(results().table())


def test_the_table_in_html_has_heads_a_caption_and_no_raw_text():
    html = results()._repr_html_()
    assert html.count('scope="row"') == len(ROWS)
    assert html.count('scope="col"') == 3
    assert re.search(r"<caption[^>]*>Measured on two weeks; lower is better", html)
    assert "&lt;trained&gt;" in html
    assert html.count("best</small>") == 1
    assert html.count("--lstm-c") == 1  # the LSTM, and not the GRU


def test_the_picture_is_the_same_twice_and_names_every_row():
    first, second = results().plot().svg(), results().plot().svg()
    assert first == second
    assert all(row.name in first for row in ROWS)
    with pytest.raises(ValueError, match="xscale is 'loglog'"):
        results().plot(xscale="loglog")
    with pytest.raises(ValueError, match="a score is 0 or less"):
        results(rows=rows((0.0,), (1.0,))).plot(xscale="log")


@pytest.mark.parametrize(
    ("other", "error", "said"),
    [
        ({"name": "Small"}, ValueError, "name is 'Small'; expected lower-case"),
        ({"page": "small"}, ValueError, "page is 'small'; expected the name of a page"),
        ({"title": ""}, ValueError, "title is ''; expected a text"),
        ({"question": "How much"}, ValueError, "expected a question mark"),
        ({"measure": "error"}, TypeError, "measure is a str; expected a Measure"),
        ({"seeds": ()}, ValueError, r"seeds is \(\); expected one seed at least"),
        ({"seeds": (0, 0, 1)}, ValueError, "none twice"),
        ({"seeds": (0, 1)}, ValueError, "'GRU' has 3 scores; expected 2"),
        ({"rows": ROWS[:2]}, ValueError, "no row is a network"),
        ({"rows": ROWS[2:]}, ValueError, "no row is a baseline"),
        ({"rows": (*ROWS, ROWS[0])}, ValueError, "two rows are called 'as a week before'"),
        ({"rows": ("LSTM",)}, TypeError, "a row is a str; expected a Row"),
    ],
)
def test_what_does_not_fit_is_refused(other, error, said):
    with pytest.raises(error, match=said):
        results(**other)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: Row("a", "model", (1,)), ValueError, "kind of 'a' is 'model'"),
        (lambda: Row("a", "network", ()), ValueError, "scores of 'a' is empty"),
        (lambda: Row("a", "network", 0.5), TypeError, "scores of 'a' is 0.5"),
        (lambda: Row("a", "network", (float("nan"),)), ValueError, "a score of 'a' is nan"),
        (lambda: Row("a", "network", (1,), seconds=-1), ValueError, "seconds of 'a' is -1"),
        (lambda: Row("a", "network", (1,), parameters=1.5), TypeError, "parameters of 'a' is 1.5"),
        (lambda: Row("a", "network", (1,), note="two\nlines"), ValueError, "note of 'a'"),
        (lambda: Measure("a", "%", "more", 1, "b"), ValueError, "better is 'more'"),
        (lambda: Measure("a", "%", "lower", 9, "b"), ValueError, "digits is 9"),
        (lambda: Data("a", "b", "c", "abc"), ValueError, "checksum of the data is 'abc'"),
        (lambda: Environment("3.11", ["numpy"]), TypeError, "packages is"),
        (lambda: Environment("3.11", {"numpy": 2}), TypeError, "version of 'numpy' is 2"),
    ],
)
def test_parts_that_are_wrong_are_refused(make, error, said):
    with pytest.raises(error, match=said):
        make()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "other"}, "the format of the results is 'other'"),
        ({"colour": "red"}, "the results has an unknown 'colour'"),
        ({"measure": {"name": "error"}}, "measure lacks 'better'"),
        ({"rows": [{"name": "a", "kind": "network"}]}, "a row lacks 'note'"),
    ],
)
def test_a_file_with_too_much_or_too_little_is_refused(change, said):
    with pytest.raises(ValueError, match=said):
        Results.from_dict(results().to_dict() | change)
    lacking = results().to_dict()
    del lacking["command"]
    with pytest.raises(ValueError, match="the results lacks 'command'"):
        Results.from_dict(lacking)


def test_an_unknown_record_or_row_is_named(tmp_path):
    with pytest.raises(ValueError, match="name is 'weather'; expected one of"):
        load("weather")
    with pytest.raises(ValueError, match=r"row is 'LSTN'.*'LSTM'"):
        results()["LSTN"]
    with pytest.raises(TypeError, match="results is a dict"):
        save({}, tmp_path)


def test_a_file_under_another_name_is_refused(tmp_path):
    path = save(results(), tmp_path).rename(tmp_path / "other.json")
    with pytest.raises(ValueError, match=r"other\.json holds the results 'small'"):
        storing._read(path)


@pytest.mark.parametrize("name", names())
def test_every_record_that_comes_along_is_in_the_one_layout(name, tmp_path):
    made = load(name)
    again = save(made, tmp_path)
    stored = storing._files()[name]
    assert again.read_bytes() == stored.read_bytes()
    assert str(made.verdict())
    assert len(made.network.scores) >= 3

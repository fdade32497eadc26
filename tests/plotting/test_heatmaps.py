import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_edu import measures, plotting
from lstm_edu.colours import colours
from lstm_edu.plotting.heatmaps import round_limit


def image(ax):
    (drawn,) = ax.images
    return drawn


@pytest.mark.parametrize("quantity", "ifgoch")
def test_the_image_is_the_data_units_down_and_steps_across(trace, quantity):
    drawn = image(plotting.heatmap(trace, quantity, example=1))
    np.testing.assert_array_equal(drawn.get_array(), getattr(trace, quantity)[1].T)
    low, high = drawn.get_clim()
    if quantity in "ifo":
        assert (low, high) == (0, 1)
    else:
        assert low == -high
        assert high >= 1
    assert drawn.origin == "upper"


def test_a_gate_is_drawn_in_its_own_colour_and_a_state_in_two(trace):
    shades = colours("light")
    gate, state = (image(plotting.heatmap(trace, q)).get_cmap() for q in "ic")
    assert to_hex(gate(1.0)) == shades.text["i"]
    assert (to_hex(state(0.0)), to_hex(state(1.0))) == (shades.diverging[0], shades.diverging[2])


def test_tokens_stand_under_their_steps_with_blanks_made_visible(trace):
    ax = plotting.heatmap(trace, "f")
    assert [label.get_text() for label in ax.get_xticklabels()] == list("To␣be↵or?")
    assert list(ax.get_xticks()) == list(range(9))


def test_units_can_be_chosen(trace):
    ax = plotting.heatmap(trace, "o", units=[5, 0, -1])
    np.testing.assert_array_equal(image(ax).get_array(), trace.o[0].T[[5, 0, 6]])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["5", "0", "6"]


@pytest.mark.parametrize("sort", ["mean", "activity", "half-life"])
def test_units_can_be_sorted(trace, sort):
    by = {
        "mean": trace.f[1].mean(axis=0),
        "activity": trace.f[1].std(axis=0),
        "half-life": measures.half_life(trace.select(example=1)),
    }[sort]
    order = np.argsort(-by)
    ax = plotting.heatmap(trace, "f", example=1, sort=sort)
    np.testing.assert_array_equal(image(ax).get_array(), trace.f[1].T[order])
    assert [label.get_text() for label in ax.get_yticklabels()] == [str(k) for k in order]
    assert ax.get_ylabel() == f"units, by {sort}"


def test_the_panels_of_all_quantities_have_their_rows_in_one_order(trace):
    panels = plotting.heatmaps(trace, sort="mean")
    assert list(panels) == list("ifgoch")
    order = np.argsort(-trace.c[0].mean(axis=0))
    for quantity, ax in panels.items():
        drawn = image(ax).get_array()
        np.testing.assert_array_equal(drawn, getattr(trace, quantity)[0].T[order])


def test_a_record_of_another_layer_is_drawn_too(records):
    assert list(plotting.heatmaps(records["rnn"])) == ["h"]
    assert list(plotting.heatmaps(records["gru"])) == ["update", "reset", "candidate", "h"]
    assert image(plotting.heatmap(records["gru"], "update")).get_clim() == (0, 1)


@pytest.mark.parametrize(
    ("values", "limit"),
    [([0.2], 1), ([1.2], 1.5), ([-7, 1], 8), ([0.1] * 99 + [50], 1), ([94], 100)],
)
def test_the_scale_of_a_state_ends_at_a_round_number(values, limit):
    assert round_limit(np.array(values)) == limit


def test_the_scale_says_where_it_ends(trace):
    ax = plotting.heatmap(trace, "c", limit=2.5)
    (strip,) = ax.child_axes
    assert {text.get_text() for text in strip.texts} == {"−2.5", "+2.5"}
    assert image(ax).get_clim() == (-2.5, 2.5)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"quantity": "z"}, "quantity is 'z'; expected one of i, f, g, o, c, h"),
        ({"example": 2}, "example is 2"),
        ({"units": [7]}, "unit is 7; expected a whole number from -7 to 6"),
        ({"units": []}, r"units is \[\]"),
        ({"sort": "size"}, "sort is 'size'; expected one of index, mean, half-life, activity"),
        ({"quantity": "c", "limit": 0}, "limit is 0"),
        ({"quantity": "f", "limit": 2}, "limit is 2, but the scale of f runs from 0 to 1"),
    ],
)
def test_senseless_arguments_are_refused(trace, options, message):
    with pytest.raises(ValueError, match=message):
        plotting.heatmap(trace, **options)

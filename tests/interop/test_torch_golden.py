"""Against what PyTorch computed (tests/golden/make_torch.py), without PyTorch."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from lstm_edu import GRU, LSTM, RNN
from lstm_edu.interop import from_torch

GOLDEN = Path(__file__).parents[1] / "golden" / "torch.npz"
TOLERANCE = {"float64": (1e-13, 1e-12), "float32": (1e-6, 1e-5)}  # outputs; gradients


def load():
    with np.load(GOLDEN, allow_pickle=False) as file:
        arrays = dict(file)
    manifest = json.loads(str(arrays.pop("manifest")))
    cases = {name: {} for name in manifest["cases"]}
    for key, array in arrays.items():
        case, name = key.split("/", 1)
        cases[case][name] = array
    return manifest, cases


MANIFEST, CASES = load()


def part(case, folder):
    return {
        key.removeprefix(f"{folder}/"): array
        for key, array in CASES[case].items()
        if key.startswith(f"{folder}/")
    }


class Stack:
    """A stack of layers as torch.nn.LSTM runs it: forwards and backwards."""

    def __init__(self, layers):
        self.layers = layers
        self.depth = 1 + max(int(re.search(r"\d+", name)[0]) for name in layers)

    def directions(self, k):
        return [name for name in (f"l{k}", f"l{k}_reverse") if name in self.layers]

    def __call__(self, x, states):
        """`states`: a list of arrays (layers·directions, batch, units), as torch's h0 and c0."""
        self.records = {}
        for k in range(self.depth):
            outputs = []
            for name in self.directions(k):
                step = -1 if name.endswith("_reverse") else 1
                initial = [state[len(self.records)] for state in states]
                record = self.layers[name](x[:, ::step], *initial)
                self.records[name] = record
                outputs.append(record.h[:, ::step])
            x = np.concatenate(outputs, axis=-1)
        return x

    def backward(self, d_output, d_final):
        """`d_final`: a list of arrays shaped like `states`. Returns dx and all Gradients."""
        gradients = {}
        names = list(self.records)
        for k in reversed(range(self.depth)):
            upstream = np.split(d_output, len(self.directions(k)), axis=-1)
            d_output = 0.0
            for name, dh in zip(self.directions(k), upstream, strict=True):
                step = -1 if name.endswith("_reverse") else 1
                above = [dh[:, ::step].copy(), *(np.zeros_like(dh) for _ in d_final[1:])]
                for d_sequence, d_last in zip(above, d_final, strict=True):
                    d_sequence[:, -1] += d_last[names.index(name)]
                gradients[name] = self.layers[name].backward(self.records[name], *above)
                d_output = d_output + gradients[name].x[:, ::step]
        return d_output, gradients


def final(stack, state):
    return np.stack([getattr(record, state)[:, -1] for record in stack.records.values()])


def as_torch(cell, name, array):
    """Our kernel or bias gradient in torch's layout, written out by hand."""
    if cell is GRU:
        update, reset, candidate = np.split(array, 3, axis=-1)
        array = np.concatenate([reset, update, candidate], axis=-1)
        if name.startswith("bias"):
            return array[0] if "_ih_" in name else array[1]
    return array.T if name.startswith("weight") else array


def close(actual, expected, tolerance):
    assert actual.dtype == expected.dtype
    np.testing.assert_allclose(
        actual, expected, rtol=0, atol=tolerance * max(1.0, np.abs(expected).max())
    )


def test_golden_file_is_small_and_says_what_made_it():
    assert GOLDEN.stat().st_size <= 200_000
    assert re.match(r"\d+\.\d+", MANIFEST["torch"])
    assert all(isinstance(how["seed"], int) for how in MANIFEST["cases"].values())
    kinds = {how["module"] for how in MANIFEST["cases"].values()}
    assert kinds == {"LSTM", "GRU", "RNN"}


@pytest.mark.parametrize("case", CASES)
def test_outputs_states_and_gradients(case):
    golden, how = CASES[case], MANIFEST["cases"][case]
    kind, arguments = how["module"], how["arguments"]
    cell = {"LSTM": LSTM, "GRU": GRU, "RNN": RNN}[kind]
    on_outputs, on_gradients = TOLERANCE[how["dtype"]]
    letters = ["h", "c"] if kind == "LSTM" else ["h"]

    layers = from_torch(part(case, "weights"), activation=arguments.get("nonlinearity"))
    assert len(layers) == arguments.get("num_layers", 1) * (1 + arguments.get("bidirectional", 0))
    assert all(type(layer) is cell for layer in layers.values())

    stack = Stack(layers)
    output = stack(golden["x"], [golden[f"{s}0"] for s in letters])
    close(output, golden["output"], on_outputs)
    for s in letters:
        close(final(stack, s), golden[f"{s}n"], on_outputs)

    dx, gradients = stack.backward(golden["d_output"], [golden[f"d_{s}n"] for s in letters])
    expected = part(case, "gradient")
    close(dx, expected.pop("x"), on_gradients)
    for s in letters:
        ours = np.stack([getattr(gradients[name], f"{s}0") for name in stack.records])
        close(ours, expected.pop(f"{s}0"), on_gradients)
    for name, array in expected.items():
        what, ending = re.fullmatch(r"(\w+?_[ih]h)_(l\d+\w*)", name).groups()
        ours = {"weight_ih": "kernel", "weight_hh": "recurrent_kernel"}.get(what, "bias")
        close(as_torch(cell, name, getattr(gradients[ending], ours)), array, on_gradients)


def test_both_biases_are_summed():
    weights = part("lstm", "weights")
    layer = from_torch(weights)["l0"]
    np.testing.assert_array_equal(layer.params.bias, weights["bias_ih_l0"] + weights["bias_hh_l0"])
    np.testing.assert_array_equal(layer.params.kernel, weights["weight_ih_l0"].T)


def test_prefix_picks_one_module_of_many():
    weights = part("lstm", "weights")
    model = {f"encoder.rnn.{name}": array for name, array in weights.items()}
    model |= {f"decoder.rnn.{name}": 2 * array for name, array in weights.items()}
    model["head.weight"] = np.zeros((2, 4))
    encoder = from_torch(model, prefix="encoder.rnn.")["l0"]
    decoder = from_torch(model, prefix="decoder.rnn.")["l0"]
    np.testing.assert_array_equal(2 * encoder.params.kernel, decoder.params.kernel)


def test_an_npz_file_is_read_as_it_is(tmp_path):
    np.savez(tmp_path / "weights.npz", **part("lstm_stacked", "weights"))
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as file:
        assert list(from_torch(file)) == ["l0", "l1", "l2"]


def without(name):
    return lambda weights: weights.pop(name)


def changed(name, change):
    return lambda weights: weights.update({name: change(weights[name])})


def with_nan(array):
    array = array.copy()
    array.flat[3] = np.nan
    return array


@pytest.mark.parametrize(
    ("case", "spoil", "error", "message"),
    [
        ("lstm", without("weight_hh_l0"), ValueError, "weight_hh_l0"),
        ("lstm", without("bias_hh_l0"), ValueError, "bias_hh_l0"),
        ("lstm", lambda w: w.clear(), ValueError, "weight_ih_l0.*empty"),
        ("lstm_stacked", without("weight_ih_l1"), ValueError, "weight_ih_l1"),
        ("lstm_bidirectional", without("bias_ih_l1_reverse"), ValueError, "bias_ih_l1_reverse"),
        (
            "lstm",
            changed("weight_hh_l0", with_nan),
            ValueError,
            r"weight_hh_l0 holds nan at index \(0, 3\)",
        ),
        ("lstm", changed("bias_ih_l0", lambda b: b[:-1]), ValueError, r"bias_ih_l0.*\(15,\)"),
        ("lstm", changed("weight_ih_l0", np.transpose), ValueError, r"weight_ih_l0.*\(3, 16\)"),
        ("lstm", changed("weight_hh_l0", lambda u: u[:-1]), ValueError, r"weight_hh_l0.*\(15, 4\)"),
        (
            "lstm_bidirectional",
            changed("weight_ih_l1", lambda w: w[:, :4]),
            ValueError,
            r"weight_ih_l1.*\(16, 4\).*\(16, 8\)",
        ),
        ("lstm", changed("bias_ih_l0", np.float32), TypeError, "bias_ih_l0.*float32"),
        ("lstm", changed("weight_ih_l0", np.float16), TypeError, "weight_ih_l0.*float16"),
        (
            "lstm",
            lambda w: w.update(weight_hr_l0=np.zeros((2, 4))),
            ValueError,
            "weight_hr.*proj_size",
        ),
        ("lstm", changed("bias_hh_l0", lambda _: object()), TypeError, "bias_hh_l0"),
    ],
)
def test_bad_state_dict(case, spoil, error, message):
    weights = part(case, "weights")
    spoil(weights)
    with pytest.raises(error, match=message):
        from_torch(weights)


def test_an_activation_for_what_has_no_choice():
    with pytest.raises(ValueError, match=r"activation='relu'.*weight_hh_l0.*LSTM"):
        from_torch(part("lstm", "weights"), activation="relu")


def test_a_tensor_that_numpy_cannot_read():
    class OnAnotherDevice:
        def __array__(self, *_, **__):
            raise TypeError("can't convert cuda:0 device type tensor to numpy")

    weights = part("lstm", "weights") | {"bias_hh_l0": OnAnotherDevice()}
    with pytest.raises(TypeError, match=r"bias_hh_l0.*cuda:0"):
        from_torch(weights)


def test_a_module_in_the_place_of_its_state_dict():
    with pytest.raises(TypeError, match=r"list.*state_dict\(\)"):
        from_torch([1, 2])


def test_a_forgotten_prefix_is_found():
    weights = {f"encoder.{name}": a for name, a in part("lstm", "weights").items()}
    with pytest.raises(ValueError, match=r"'encoder\.'.*prefix"):
        from_torch(weights)
    with pytest.raises(ValueError, match=r"'decoder\.weight_ih_l0'.*'encoder\.'"):
        from_torch(weights, prefix="decoder.")
    with pytest.raises(ValueError, match="LSTMCell"):
        from_torch({"weight_ih": np.zeros((4, 1)), "weight_hh": np.zeros((4, 1))})

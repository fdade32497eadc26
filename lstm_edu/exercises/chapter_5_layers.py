"""Chapter 5, what a Keras layer holds: shapes, gates by block, the same weights in PyTorch."""

import numpy as np

from lstm_edu.activations import sigmoid
from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.compare import close, in_order, misfit
from lstm_edu.exercises.exercise import Exercise, Mistake, Verdict

# 5.1: 32 texts of 24 words; Embedding(1000, 8), LSTM(16, sequences), LSTM(12), Dense(5).

SHAPES = {
    "embedded": (32, 24, 8),
    "lower": (32, 24, 16),
    "upper": (32, 12),
    "scores": (32, 5),
}
WEIGHTS = 4 * (16 + 12 + 1) * 12
SEEN = {
    ("embedded", (32, 24)): "each word becomes a vector; where are its numbers?",
    ("embedded", (32, 8)): "each word becomes a vector of its own, none is lost.",
    ("embedded", (32, 24, 1000)): "1000 is how many vectors there are to choose from.",
    ("embedded", (32, 1000, 8)): "1000 is how many vectors there are to choose from.",
    ("lower", (32, 16)): "with `return_sequences=True` it speaks at every step.",
    ("lower", (32, 24, 64)): "four times 16 numbers arise inside; what comes out is h.",
    ("lower", (32, 16, 8)): "units are no time steps: how much it holds, not how long it reads.",
    ("lower", (32, 24, 8)): "that is what it reads. It says as many numbers as it has units.",
    ("lower", (32, 24, 12)): "12 is how many units the layer above has.",
    ("upper", (32, 24, 12)): "without `return_sequences` it speaks once, after the last step.",
    (
        "upper",
        (32, 16, 12),
    ): "units are no time steps, and without `return_sequences` it speaks once.",
    ("upper", (32, 24)): "units are no time steps: it says as many numbers as it has units.",
    ("scores", (32, 24, 5)): "the layer below spoke once, so this one does.",
    ("scores", (32, 12, 5)): "a Dense layer replaces the last axis, and adds none.",
    ("scores", (32, 12)): "that is what it reads. It says one number for each class.",
    ("scores", (32,)): "one number for each class, of each text.",
    ("scores", (32, 1)): "one number for each class, of each text.",
}
COUNTED = {
    4 * (16 + 12) * 12: "each unit has four biases too.",
    4 * (8 + 12 + 1) * 12: "it does not read the word vectors, but what the layer below says.",
    4 * (16 + 16 + 1) * 16: "that would be 16 units. The upper layer has 12.",
    4 * (8 + 16 + 1) * 16: "that is the lower layer.",
    4 * (12 + 12 + 1) * 12: "it reads what the layer below says, 16 numbers, not 12.",
    4 * (16 + 1) * 12: "each unit also hears all units of its own layer.",
    (16 + 12 + 1) * 12: "that is one of its four blocks.",
    3 * (16 + 12 + 1) * 12: "three gates, and what else has weights?",
    24 * WEIGHTS: "all steps share the same weights.",
    4 * (16 + 12 + 2) * 12: "that is how PyTorch counts, with two biases. Keras has one.",
}


def judge_shapes(inputs: list[tuple] | None, outputs: list[Arrays]) -> Verdict:
    """Speak of the first shape that is wrong; then of the number of weights."""
    given = outputs[0]
    missing = [name for name in (*SHAPES, "weights") if name not in given]
    if missing:
        return Verdict(False, f"`{missing[0]}` is missing.")
    for name, right in SHAPES.items():
        if given[name].dtype.kind not in "iuf":
            return Verdict(False, f"`{name}`: give a tuple of whole numbers.")
        shape = tuple(given[name].ravel().tolist())
        if shape != right:
            return Verdict(False, f"`{name}`: {_of_shape(name, shape, right)}")
    weights = given["weights"]
    if weights.shape != ():
        return Verdict(False, "`weights` is one number: how many the upper layer has.")
    if weights.item() != WEIGHTS:
        wrong = COUNTED.get(weights.item(), "four blocks, each with W, U and b: count one of them.")
        return Verdict(False, f"`weights`: {wrong}")
    return Verdict(True, "Right.")


def _of_shape(name: str, shape: tuple, right: tuple) -> str:
    if (name, shape) in SEEN:
        return SEEN[name, shape]
    if shape == right[1:]:
        return "the batch is missing: 32 texts go in at once."
    if sorted(map(str, shape)) == sorted(map(str, right)):
        return "the axes: batch first, then steps, then numbers."
    return "not this shape. Which axes come in, and which of them does the layer replace?"


# 5.2


def gates(x, kernel, recurrent_kernel, bias):
    """Return the forget gates and the cell states at every step, (batch, time, units) each."""
    return _gates(x, kernel, recurrent_kernel, bias)


def _gates(
    x,
    kernel,
    recurrent_kernel,
    bias,
    order="ifgo",
    said=lambda f, c, h, z: (f, c),
    handed=lambda h: h,
    kept=lambda c, h: c,
    candidate=np.tanh,
    shown=np.tanh,
):
    units = len(recurrent_kernel)
    h = c = np.zeros((len(x), units))
    steps = []
    for t in range(x.shape[1]):
        z = x[:, t] @ kernel + handed(h) @ recurrent_kernel + bias
        blocks = dict(zip(order, np.split(z, 4, axis=-1), strict=True))
        i, f, o = (sigmoid(blocks[gate]) for gate in "ifo")
        c = f * kept(c, h) + i * candidate(blocks["g"])
        h = o * shown(c)
        steps.append(said(f, c, h, blocks["f"]))
    return tuple(np.stack(part, axis=1) for part in zip(*steps, strict=True))


def _gates_mistake(message, **changed):
    return Mistake(message, lambda *arguments: _gates(*arguments, **changed))


def _input_gate_for_f(x, kernel, recurrent_kernel, bias):
    """Run rightly, and hand out the first block for f: a recipe that circulates."""
    units = len(recurrent_kernel)
    h, c = _gates(x, kernel, recurrent_kernel, bias, said=lambda f, c, h, z: (h, c))
    h_before = np.concatenate([np.zeros_like(h[:, :1]), h[:, :-1]], axis=1)
    z = x @ kernel + h_before @ recurrent_kernel + bias
    return sigmoid(z[..., :units]), c


def _interleaved(x, kernel, recurrent_kernel, bias):
    """Take every fourth column for a block."""

    def sorted_out(array):
        return np.concatenate([array[..., k::4] for k in range(4)], axis=-1)

    return _gates(x, sorted_out(kernel), sorted_out(recurrent_kernel), sorted_out(bias))


def _draw_layer(random):
    calls = []
    for batch, time, inputs, units in ((2, 5, 3, 4), (3, 4, 2, 5)):
        calls.append(
            (
                random.normal(size=(batch, time, inputs)),
                random.normal(size=(inputs, 4 * units)),
                random.normal(size=(units, 4 * units)),
                random.normal(size=4 * units),
            )
        )
    return calls


# 5.3

TORCH = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


def to_torch(kernel, recurrent_kernel, bias):
    """Return the weights of a Keras LSTM as PyTorch names and lays them out."""
    arrays = kernel.T, recurrent_kernel.T, bias, np.zeros_like(bias)
    return dict(zip(TORCH, arrays, strict=True))


def _reordered(array, order):
    blocks = np.split(array, 4, axis=0)
    return np.concatenate([blocks[k] for k in order], axis=0)


def judge_torch(inputs: list[tuple], outputs: list[Arrays]) -> Verdict:
    """Compare the kernels, and the sum of the two biases: they may share it as they like."""
    for (kernel, recurrent_kernel, bias), given in zip(inputs, outputs, strict=True):
        message = _torch_message(kernel, recurrent_kernel, bias, given)
        if message:
            return Verdict(False, message)
    return Verdict(True, "Right.")


def _torch_message(kernel, recurrent_kernel, bias, given) -> str | None:
    both = given.get(TORCH[0], np.zeros(0)).shape, given.get(TORCH[1], np.zeros(0)).shape
    if both == (kernel.shape, recurrent_kernel.shape):
        return "PyTorch computes W x, Keras x W: your kernels are still as Keras has them."
    if both == (recurrent_kernel.T.shape, kernel.T.shape):
        return "`ih` reads the input, `hh` the hidden state: yours have changed places."
    rows = bias.shape
    shapes = dict(zip(TORCH, (kernel.T.shape, recurrent_kernel.T.shape, rows, rows), strict=True))
    problem = misfit(given, **shapes)
    if problem:
        return problem
    ih, hh, bias_ih, bias_hh = in_order(given, TORCH)
    summed = bias_ih + bias_hh
    for array, wanted, name in ((ih, kernel, TORCH[0]), (hh, recurrent_kernel, TORCH[1])):
        if close(array, wanted.T, 1e-6):
            continue
        if close(array, wanted.reshape(wanted.T.shape), 1e-6):
            return f"`{name}` has the right shape by `reshape`, which mixes rows and columns."
        for order in ((0, 2, 1, 3), (0, 1, 3, 2), (1, 0, 2, 3), (0, 3, 1, 2), (3, 0, 1, 2)):
            if close(array, _reordered(wanted.T, order), 1e-6):
                return (
                    f"`{name}`: you changed the order of the blocks; PyTorch's is i, f, g, o too."
                )
        return f"`{name}` has the right shape but not the right values."
    if not close(summed, bias, 1e-6):
        if close(summed, 2 * bias, 1e-6):
            return "PyTorch adds its two biases, so now each counts twice."
        if not summed.any():
            return "The bias of Keras is lost: PyTorch adds its two biases, and yours are both 0."
        return "PyTorch adds its two biases; their sum is not the bias of Keras."
    return None


def _draw_weights(random):
    return [arguments[1:] for arguments in _draw_layer(random)]


EXERCISES = (
    Exercise(
        name="5.1",
        title="What comes out?",
        answer="predicted",
        level=1,
        points=1,
        reference={**SHAPES, "weights": WEIGHTS},
        judgement=judge_shapes,
    ),
    Exercise(
        name="5.2",
        title="The gates of a Keras layer",
        answer="gates",
        level=2,
        points=3,
        reference=gates,
        draw=_draw_layer,
        mistakes=(
            Mistake(
                "The states are right, but that is the input gate, the first block.",
                _input_gate_for_f,
            ),
            *(
                _gates_mistake(
                    f"You take the blocks for {', '.join(order)}. Keras has another order.",
                    order=order,
                )
                for order in ("igfo", "ifog", "figo", "fiog", "iofg", "oifg", "gifo", "fgio")
            ),
            _gates_mistake(
                "The gates are right, but that is h. It shows what the output gate lets out of c.",
                said=lambda f, c, h, z: (f, h),
            ),
            _gates_mistake(
                "The states are right, but your f is the sum in front of the sigmoid: a gate lies "
                "between 0 and 1.",
                said=lambda f, c, h, z: (z, c),
            ),
            _gates_mistake(
                "The two have changed places: f first, then c.", said=lambda f, c, h, z: (c, f)
            ),
            _gates_mistake("Your f multiplies h; it guards c.", kept=lambda c, h: h),
            _gates_mistake(
                "Your gates never hear h: it stays at zero from step to step.",
                handed=np.zeros_like,
            ),
            _gates_mistake(
                "Your state is never kept: c of the step before does not come in.",
                kept=lambda c, h: np.zeros_like(c),
            ),
            _gates_mistake(
                "The candidate goes through the sigmoid; that is for gates, and g takes tanh.",
                candidate=sigmoid,
            ),
            _gates_mistake("The tanh of the candidate is missing.", candidate=lambda z: z),
            _gates_mistake(
                "The gates are right, but that is tanh(c). Asked is c itself.",
                said=lambda f, c, h, z: (f, np.tanh(c)),
            ),
            Mistake(
                "Every fourth number is no block: first i of all units, then f of all units.",
                _interleaved,
            ),
            _gates_mistake("The second tanh is missing: h is o times tanh(c).", shown=lambda c: c),
            Mistake(
                "The bias is missing.",
                lambda x, kernel, recurrent, bias: _gates(x, kernel, recurrent, 0 * bias),
            ),
            Mistake(
                "Batch and time have changed places in what you return.",
                lambda *arguments: tuple(part.swapaxes(0, 1) for part in _gates(*arguments)),
            ),
            Mistake(
                "That is the last step alone; expected every step.",
                lambda *arguments: tuple(part[:, -1] for part in _gates(*arguments)),
            ),
        ),
    ),
    Exercise(
        name="5.3",
        title="The same weights in PyTorch",
        answer="to_torch",
        level=2,
        points=2,
        reference=to_torch,
        draw=_draw_weights,
        judgement=judge_torch,
    ),
)

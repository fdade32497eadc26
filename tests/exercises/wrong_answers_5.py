"""Typical wrong answers to the exercises of chapter 5, and what is to be said of each."""

_SHAPES = {
    "embedded": (32, 24, 8),
    "lower": (32, 24, 16),
    "upper": (32, 12),
    "scores": (32, 5),
    "weights": 1392,
}
_CAUSES = {
    "A": "softmax",
    "B": "future",
    "C": "stop",
    "D": "padding",
    "E": "axes",
    "F": "nothing",
}


def _run(
    out="all_f.append(f)",
    c="f * c + i * g",
    h="o * np.tanh(c)",
    g="np.tanh(g)",
    back=None,
    z="",
    split="np.split({z}, 4, axis=1)",
    **blocks,
):
    """Write the loop of 5.2 with something changed in it."""
    names = blocks.get("blocks", "i, f, g, o")
    back = back or "np.stack(all_f, axis=1), np.stack(all_c, axis=1)"
    total = z or "x[:, t] @ kernel + h @ recurrent_kernel + bias"
    return f"""
def gates(x, kernel, recurrent_kernel, bias):
    h = c = np.zeros((len(x), len(recurrent_kernel)))
    all_f, all_c, all_h = [], [], []
    for t in range(x.shape[1]):
        z = {split.format(z=total)}
        {names} = z
        i, f, g, o = sigmoid(i), sigmoid(f), {g}, sigmoid(o)
        c = {c}
        h = {h}
        {out}
        all_c.append(c)
        all_h.append(h)
    return {back}
"""


def _scores(loss="-np.log(p)[real].mean()", right="(said == targets)[real].mean()", real="targets"):
    """Write 5.4 with something changed in it."""
    return f"""
def masked_scores(probabilities, targets):
    batch, time = np.indices(targets.shape)
    p, said = probabilities[batch, time, targets], probabilities.argmax(axis=2)
    real = {real} != 0
    return {loss}, {right}
"""


def _masked(
    h="np.where(m, new_h, h)", c="np.where(m, new_c, c)", x="x[:, t]", m="mask[:, t, None]"
):
    """Write 5.5 with something changed in it."""
    return f"""
def last_state(x, mask, kernel, recurrent_kernel, bias):
    h = c = np.zeros((len(x), len(recurrent_kernel)))
    for t in range(x.shape[1]):
        m = {m}
        new_h, new_c = step({x}, h, c, kernel, recurrent_kernel, bias)
        h, c = {h}, {c}
    return h
"""


def _prepared(scale="(s - past.mean()) / past.std()", x="s[k : k + steps]", y="s[k + steps]"):
    """Write 5.6 with something changed in it."""
    return f"""
def prepare(series, border, steps):
    past, future = series[:border], series[border:]

    def windows(part):
        s = part
        s = {scale}
        starts = range(len(s) - steps)
        return np.array([{x} for k in starts])[..., None], np.array([{y} for k in starts])

    return *windows(past), *windows(future)
"""


WRONG = {
    "5.1": [
        (said, f"predicted = {_SHAPES | changed!r}")
        for said, changed in (
            ("no time steps", {"upper": (32, 24)}),
            ("speaks once, after the last step", {"upper": (32, 24, 12)}),
            ("speaks at every step", {"lower": (32, 16)}),
            ("four times 16 numbers arise inside", {"lower": (32, 24, 64)}),
            ("the batch is missing", {"embedded": (24, 8)}),
            ("how many vectors there are", {"embedded": (32, 24, 1000)}),
            ("the layer below spoke once", {"scores": (32, 24, 5)}),
            ("each unit has four biases", {"weights": 4 * (16 + 12) * 12}),
            ("does not read the word vectors", {"weights": 4 * (8 + 12 + 1) * 12}),
            ("share the same weights", {"weights": 24 * 1392}),
            ("hears all units of its own layer", {"weights": 4 * 17 * 12}),
            ("one of its four blocks", {"weights": 29 * 12}),
            ("how many units the layer above has", {"lower": (32, 24, 12)}),
            ("that is what it reads", {"scores": (32, 12)}),
            ("tuple of whole numbers", {"lower": "(32, 24, 16)"}),
            ("still missing: `...` or None", {"embedded": (None, 24, 8)}),
            ("how PyTorch counts", {"weights": 4 * (16 + 12 + 2) * 12}),
        )
    ],
    "5.2": [
        ("that is the input gate", _run(out="all_f.append(i)")),
        ("for i, g, f, o", _run(blocks="i, g, f, o")),
        ("for i, f, o, g", _run(blocks="i, f, o, g")),
        ("for f, i, g, o", _run(blocks="f, i, g, o")),
        ("but that is h", _run(back="np.stack(all_f, axis=1), np.stack(all_h, axis=1)")),
        ("in front of the sigmoid", _run(out="all_f.append(z[1])")),
        ("Your f multiplies h", _run(c="f * h + i * g")),
        ("never hear h", _run(z="x[:, t] @ kernel + bias")),
        ("never kept", _run(c="i * g")),
        ("second tanh is missing", _run(h="o * c")),
        ("bias is missing", _run(z="x[:, t] @ kernel + h @ recurrent_kernel")),
        ("have changed places in what you return", _run(back="np.stack(all_f), np.stack(all_c)")),
        ("last step alone", _run(back="f, c")),
        ("through the sigmoid; that is for gates", _run(g="sigmoid(g)")),
        ("tanh of the candidate is missing", _run(g="g")),
        (
            "but that is tanh(c)",
            _run(back="np.stack(all_f, axis=1), np.tanh(np.stack(all_c, axis=1))"),
        ),
        ("is no block", _run(split="[({z})[:, k::4] for k in range(4)]")),
        ("f first, then c", _run(back="np.stack(all_c, axis=1), np.stack(all_f, axis=1)")),
    ],
    "5.3": [
        (
            said,
            f"""
def to_torch(kernel, recurrent_kernel, bias):
    names = "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"
    return dict(zip(names, ({arrays}), strict=True))
""",
        )
        for said, arrays in (
            ("still as Keras has them", "kernel, recurrent_kernel, bias, 0 * bias"),
            (
                "mixes rows and columns",
                "kernel.reshape(len(bias), -1), recurrent_kernel.reshape(len(bias), -1), bias, "
                "0 * bias",
            ),
            ("each counts twice", "kernel.T, recurrent_kernel.T, bias, bias"),
            ("is lost", "kernel.T, recurrent_kernel.T, 0 * bias, 0 * bias"),
            ("have changed places", "recurrent_kernel.T, kernel.T, bias, 0 * bias"),
            (
                "the order of the blocks",
                "*(np.concatenate([np.split(w, 4, axis=1)[k] for k in (0, 1, 3, 2)], axis=1).T "
                "for w in (kernel, recurrent_kernel)), bias, 0 * bias",
            ),
            ("not the bias of Keras", "kernel.T, recurrent_kernel.T, bias, np.ones_like(bias)"),
        )
    ],
    "5.4": [
        ("Every place counts", _scores("-np.log(p).mean()", "(said == targets).mean()")),
        (
            "divide by all places all the same",
            _scores("-(np.log(p) * real).mean()", "((said == targets) * real).mean()"),
        ),
        (
            "the mean of the texts",
            _scores(
                "-np.mean([np.log(row[m]).mean() for row, m in zip(p, real)])",
                "np.mean([row[m].mean() for row, m in zip(said == targets, real)])",
            ),
        ),
        ("still counts the padding", _scores(right="(said == targets).mean()")),
        ("The loss still counts", _scores(loss="-np.log(p).mean()")),
        ("divide by all places.", _scores(right="((said == targets) & real).mean()")),
        ("where the model says 0", _scores(real="said")),
        ("of the most probable class", _scores("-np.log(probabilities.max(axis=2))[real].mean()")),
        ("mean of the logarithms", _scores("-np.log(p[real].mean())")),
        (
            "the sums over the real places",
            _scores("-np.log(p)[real].sum()", "(said == targets)[real].sum()"),
        ),
        (
            "upside down",
            _scores("-np.log(p)[~real].mean()", "(said == targets)[~real].mean()"),
        ),
    ],
    "5.5": [
        ("read like words", _masked("new_h", "new_c")),
        ("but c goes on", _masked(c="new_c")),
        ("but h goes on", _masked(h="new_h")),
        ("set both states to zero", _masked("new_h * m", "new_c * m")),
        ("set h to zero where a step is none. It", _masked("new_h * m")),
        ("You read zeros", _masked("new_h", "new_c", x="x[:, t] * m")),
        ("is upside down", _masked("np.where(m, h, new_h)", "np.where(m, c, new_c)")),
        (
            "two names of one array",
            """
def last_state(x, mask, kernel, recurrent_kernel, bias):
    h = c = np.zeros((len(x), len(recurrent_kernel)))
    for t in range(x.shape[1]):
        m = mask[:, t]
        h[m], c[m] = step(x[m, t], h[m], c[m], kernel, recurrent_kernel, bias)
    return h
""",
        ),
        ("asked is h", _masked().replace("return h", "return c")),
        ("for one row is skipped for all", _masked(m="mask[:, t].all()")),
        (
            "You stop at the first step",
            _masked(m="mask[:, : t + 1].all(axis=1, keepdims=True)"),
        ),
    ],
    "5.6": [
        ("scale by the whole series", _prepared("(s - series.mean()) / series.std()")),
        ("scale the test part by itself", _prepared("(s - s.mean()) / s.std()")),
        ("run from 0 to 1", _prepared("(s - past.min()) / (past.max() - past.min())")),
        ("Nothing is scaled", _prepared("s")),
        ("do not divide", _prepared("s - past.mean()")),
        ("divides by one value less", _prepared("(s - past.mean()) / past.std(ddof=1)")),
        ("divide by the variance", _prepared("(s - past.mean()) / past.var()")),
        ("your targets are not", _prepared(y="part[k + steps]")),
        (
            "that of `train_test_split`",
            _prepared().replace(
                "return *windows(past), *windows(future)",
                "(x, y), (x_new, y_new) = windows(past), windows(future)\n"
                "    return x, x_new, y, y_new",
            ),
        ),
        ("last value of its own window", _prepared(y="s[k + steps - 1]")),
        (
            "cut windows first and split them afterwards",
            """
def prepare(series, border, steps):
    s = (series - series[:border].mean()) / series[:border].std()
    x = np.array([s[k : k + steps] for k in range(len(s) - steps)])[..., None]
    y = s[steps:]
    return x[:border], y[:border], x[border:], y[border:]
""",
        ),
        (
            "reach back across the border",
            """
def prepare(series, border, steps):
    s = (series - series[:border].mean()) / series[:border].std()
    x = np.array([s[k : k + steps] for k in range(len(s) - steps)])[..., None]
    y, cut = s[steps:], border - steps
    return x[:cut], y[:cut], x[cut:], y[cut:]
""",
        ),
        (
            "The last axis is missing",
            """
def prepare(series, border, steps):
    s = (series - series[:border].mean()) / series[:border].std()
    parts = []
    for part in s[:border], s[border:]:
        parts.append(np.array([part[k : k + steps] for k in range(len(part) - steps)]))
        parts.append(part[steps:])
    return parts
""",
        ),
        (
            "The last window of each side",
            """
def prepare(series, border, steps):
    s = (series - series[:border].mean()) / series[:border].std()
    parts = []
    for part in s[:border], s[border:]:
        starts = range(len(part) - steps - 1)
        parts.append(np.array([part[k : k + steps, None] for k in starts]))
        parts.append(np.array([part[k + steps] for k in starts]))
    return parts
""",
        ),
    ],
    "5.7": [
        (
            said,
            f"""
def forecast(x_train, y_train, x_test):
    {body}
""",
        )
        for said, body in (
            ("persistence itself", "return x_test[:, -1, 0]"),
            ("mean of each window", "return x_test.mean(axis=(1, 2))"),
            ("first value of each window", "return x_test[:, 0, 0]"),
            ("last step but one", "return 2 * x_test[:, -1, 0] - x_test[:, -2, 0]"),
            ("same number for every window", "return np.full(len(x_test), y_train.mean())"),
            ("Too good to be true", "return np.append(x_test[1:, -1, 0], x_test[-1, -1, 0])"),
            ("a table of all differences", "return x_test[:, -1]"),
            (
                "On a series with a season",
                "return 0.9 * x_test[:, -1, 0] + 0.1 * x_test.mean(axis=(1, 2))",
            ),
        )
    ],
    "5.8": [
        (said, f"causes = {_CAUSES | changed!r}")
        for said, changed in (
            ("How low can its loss be", {"A": "nothing"}),
            ("what does it expect", {"A": "padding"}),
            ("how do the two differ", {"B": "nothing"}),
            ("dealt out to the two parts", {"B": "stop"}),
            ("Why did it go on", {"C": "nothing"}),
            ("Which of the two curves", {"C": "future"}),
            ("What does the LSTM read last", {"D": "softmax"}),
            ("What is one sequence here", {"E": "padding"}),
            ("do they fit", {"F": "softmax"}),
            ("which weights are kept", {"F": "stop"}),
            ("is none of", {"F": "none"}),
        )
    ],
}

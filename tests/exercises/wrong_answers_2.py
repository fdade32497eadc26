"""What students write in chapter 2 when it goes wrong, and what must be said to it."""

GATES = {
    "keep": (0, 1, 1),
    "hide": (0, 1, 0),
    "overwrite": (1, 0, 1),
    "erase": (0, 0, 1),
    "add": (1, 1, 1),
}


def gates(**mistaken):
    return f"my_gates = {GATES | mistaken!r}"


def bias(expression):
    return f"def forget_bias(half_life):\n    f = 0.5 ** (1 / half_life)\n    return {expression}\n"


WINDOWS = """def make_windows(series, steps):
    starts = {starts}
    x = np.array([series[s : s + steps] for s in starts])
    y = {y}
    return {out}
"""
USUAL_WINDOWS = {"starts": "range(len(series) - steps)", "y": "series[steps:]", "out": "x, y"}


def windows(**mistaken):
    return WINDOWS.format(**USUAL_WINDOWS | mistaken)


VIEW = "np.lib.stride_tricks.sliding_window_view(series, steps, axis=0)[:-1]"
COUNT = """def parameters(vocabulary, embedding, units, classes, blocks, biases):
    total = {table}
    inputs = embedding
    for n in units:
        total += {layer}
        inputs = {onwards}
    return {out}
"""
USUAL_COUNT = {
    "table": "vocabulary * embedding",
    "layer": "blocks * (inputs + n + biases) * n",
    "onwards": "n",
    "out": "total + (inputs + 1) * classes",
}


def count(**mistaken):
    return COUNT.format(**USUAL_COUNT | mistaken)


HIDDEN = """def hidden_share(c, o):
    h = {h}
    held, dark = {held}, {dark}
    return {out}
"""
USUAL_HIDDEN = {
    "h": "o * np.tanh(c)",
    "held": "np.abs(c) > 0.5",
    "dark": "np.abs(h) < 0.1",
    "out": "(held & dark).mean(axis=0)",
}


def hidden(**mistaken):
    return HIDDEN.format(**USUAL_HIDDEN | mistaken)


def counter(x=(0, 0, 20, 0), h=(0, 0, 0, 0), b=(20, 20, 0, 20)):
    rows = {"kernel": [list(x)], "recurrent_kernel": [list(h)], "bias": list(b)}
    return f"counter = {rows!r}"


def adder(number=(0, 0, 0.1, 0), mark=(20, 0, 0, 0), b=(-10, 20, 0, 0), scale=10):
    rows = {"kernel": [list(number), list(mark)], "recurrent_kernel": [[0] * 4], "bias": list(b)}
    return f"adder = {rows | {'scale': scale}!r}"


WRONG = {
    "2.1": [
        ("`keep` writes the candidate", gates(keep=(1, 1, 1))),
        ("`hide` forgets", gates(hide=(0, 0, 0))),
        ("`hide` shows all", gates(hide=(0, 1, 1))),
        ("`overwrite` still has the old state", gates(overwrite=(1, 1, 1))),
        ("`erase` writes the candidate", gates(erase=(1, 0, 1))),
        ("`erase` still has the old state", gates(erase=(0, 1, 0))),
        ("`add` loses the old state", gates(add=(1, 0, 1))),
        ("`add` shows nothing", gates(add=(1, 1, 0))),
        (
            "in another order",
            f"my_gates = { ({name: (f, i, o) for name, (i, f, o) in GATES.items()})!r}",
        ),
        ("0 or 1", gates(keep=(0, 0.9, 1))),
        ("has the shape", gates(keep=(0, 1, 0, 1))),
        ("still missing", "my_gates = {'keep': (0, 1, 1), 'hide': ...}"),
    ],
    "2.2": [
        ("return the forget gate", bias("f")),
        ("what is left after the half-life", bias("0.5**half_life")),
        ("wrong sign", bias("np.log((1 - f) / f)")),
        ("1/e is left", bias("-np.log(np.exp(1 / half_life) - 1)")),
        ("takes away 1/n", bias("np.log(half_life - 1)")),
        ("in equal portions", bias("np.log(2 * half_life - 1)")),
        ("a logarithm alone", bias("np.log(f)")),
        ("apply the sigmoid to the gate", bias("1 / (1 + np.exp(-f))")),
        ("undo a tanh", bias("np.arctanh(f)")),
        ("takes away ln 2 / n", bias("np.log(half_life / np.log(2) - 1)")),
        ("bias is ln(n / ln 2)", bias("np.log(half_life / np.log(2))")),
        ("in line 3", bias("math.log(f / (1 - f))")),
        ("expected", bias("np.log(f / (1 - f))[0]")),
    ],
    "2.3": [
        ("batch and time swapped", windows(out="x.transpose(1, 0, 2), y")),
        (
            "time and features swapped",
            f"def make_windows(series, steps):\n    return {VIEW}, series[steps:]\n",
        ),
        (
            "reshape does not swap",
            f"def make_windows(series, steps):\n    x = {VIEW}\n"
            "    return x.reshape(len(x), steps, -1), series[steps:]\n",
        ),
        ("stand in their own windows", windows(y="x[:, -1]")),
        (
            "a step too far ahead",
            windows(starts="range(len(series) - steps - 1)", y="series[steps + 1 :]"),
        ),
        (
            "One window too few",
            windows(starts="range(len(series) - steps - 1)", y="series[steps:-1]"),
        ),
        ("One window too many", windows(starts="range(len(series) - steps + 1)")),
        (
            "side by side",
            windows(starts="range(0, len(series) - steps, steps)", y="series[steps::steps]"),
        ),
        ("run backwards", windows(out="x[:, ::-1], y")),
        ("y first", windows(out="y, x")),
        ("in order, without names", windows(out="{'x': x, 'y': y}")),
        ("targets have only the first feature", windows(y="series[steps:, :1]")),
        ("windows have only the first feature", windows(out="x[..., :1], y")),
        ("run together", windows(out="x.reshape(len(x), -1), y")),
        ("expected 2 values", windows(out="x")),
    ],
    "2.4": [
        ("leave out the biases of the recurrent", count(layer="blocks * (inputs + n) * n")),
        ("always count one bias", count(layer="blocks * (inputs + n + 1) * n")),
        ("for the whole layer", count(layer="blocks * ((inputs + n) * n + biases)")),
        ("You count one block", count(layer="(inputs + n + biases) * n")),
        ("always count four blocks;", count(layer="4 * (inputs + n + biases) * n")),
        ("four blocks, and one bias", count(layer="4 * (inputs + n + 1) * n")),
        ("layer reads the embedding", count(onwards="embedding", out="total + (n + 1) * classes")),
        ("only its own hidden state", count(layer="blocks * (inputs + 1 + biases) * n")),
        ("reads all recurrent layers", count(out="total + (sum(units) + 1) * classes")),
        ("biases of the dense layer", count(out="total + inputs * classes")),
        ("leave out the dense layer", count(out="total")),
        ("leave out the embedding", count(table="0")),
        ("embedding has a bias", count(table="(vocabulary + 1) * embedding")),
    ],
    "2.5": [
        ("look at the output gate itself", hidden(dark="o < 0.1")),
        ("not o times tanh(c)", hidden(h="o * c")),
        ("not o times tanh(c)", hidden(h="np.tanh(o * c)")),
        ("c can be negative", hidden(held="c > 0.5")),
        ("h can be negative", hidden(dark="h < 0.1")),
        ("c can be negative", hidden(held="c > 0.5", dark="h < 0.1")),
        ("average over the units", hidden(out="(held & dark).mean(axis=1)")),
        ("average over everything", hidden(out="(held & dark).mean()")),
        ("count the steps", hidden(out="(held & dark).sum(axis=0)")),
        ("asked is that of all steps", hidden(out="(held & dark).sum(axis=0) / held.sum(axis=0)")),
        ("only ask how little is shown", hidden(out="dark.mean(axis=0)")),
        ("only ask how much is held", hidden(out="held.mean(axis=0)")),
    ],
    "2.6": [
        ("forgets while it waits", counter(b=(20, 1, 0, 20))),
        ("after 20 ones in a row", counter(b=(20, 5, 0, 20))),
        ("20 steps after 20 ones", counter(b=(20, 7, 0, 20))),
        ("a 1 adds 0.76", counter(x=(0, 0, 1, 0))),
        ("a 1 adds 0.50", counter(b=(0, 20, 0, 20))),
        ("writes although nothing comes", counter(b=(20, 20, 20, 20))),
        ("counts downwards", counter(x=(0, 0, -20, 0))),
        ("puts out what was there", counter(x=(0, -40, 20, 0))),
        ("look at its own h", counter(h=(0, 0, -15, 0))),
        ("the order i, f, o, g", counter(x=(0, 0, 0, 20), b=(20, 20, 20, 0))),
        (
            "has the shape",
            counter().replace("[[0, 0, 20, 0]]", "[0, 0, 20, 0]"),
        ),
        ("infinity", counter(b=(20, float("nan"), 0, 20)).replace("nan", "np.nan")),
    ],
    "2.7": [
        ("numbers that are not marked", adder(b=(10, 20, 0, 0))),
        ("the mark itself", adder(mark=(20, 0, 20, 0))),
        ("too little for large numbers", adder(number=(0, 0, 1, 0), scale=1.2)),
        ("A marked 0.8 counts 0.08", adder(scale=1)),
        ("forgets, or adds, while it waits", adder(b=(-10, 1, 0, 0))),
        ("puts out the first", adder(mark=(20, -40, 0, 0))),
        ("does not let marked numbers in", adder(mark=(0, 0, 0, 0))),
        ("counts marked numbers down", adder(scale=-10)),
        ("although nothing comes", adder(mark=(0, 0, 0, 0), b=(10, 20, 1, 0))),
        ("the order i, f, o, g", adder(number=(0, 0, 0, 0.1), b=(-10, 20, 0, 0))),
        ("There is no part", adder().replace("'scale'", "'times'")),
    ],
}

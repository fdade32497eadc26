"""What students write in chapter 3 when it goes wrong, and what must be said to it."""

STEP = """def my_step(x, h, c, kernel, recurrent_kernel, bias):
    {blocks} = np.split({sums}, 4, axis=-1)
    {c} = {keep} + sigmoid(i) * {candidate}
    h = sigmoid(o) * {shown}
    return {out}
"""
USUAL = {
    "blocks": "i, f, g, o",
    "sums": "x @ kernel + h @ recurrent_kernel + bias",
    "c": "c",
    "keep": "sigmoid(f) * c",
    "candidate": "np.tanh(g)",
    "shown": "np.tanh(c)",
    "out": "h, c",
}


def step(**mistaken):
    return STEP.format(**USUAL | mistaken)


RUN = """def my_run(x, kernel, recurrent_kernel, bias):
    batch, time, _ = x.shape
    units = len(recurrent_kernel)
    {zeros}
    all_h, all_c = [], []
    for {each}:
        {walk}
        all_h.append(h)
        all_c.append(c)
    return {out}
"""
USUAL_RUN = {
    "zeros": "h = c = np.zeros((batch, units))",
    "each": "t in range(time)",
    "out": "np.stack(all_h, axis=1), np.stack(all_c, axis=1)",
}


def run(x="x[:, t]", h="h", c="c", before="", after="", **mistaken):
    walk = f"{before}h, c = one_step({x}, {h}, {c}, kernel, recurrent_kernel, bias){after}"
    return RUN.format(**USUAL_RUN | {"walk": walk} | mistaken)


OVER_EXAMPLES = {
    "zeros": "h = c = np.zeros((time, units))",
    "each": "x_t in x",
    "x": "x_t",
}
BEFORE = "all_h.append(h); all_c.append(c); "


def held(expression):
    return f"def held(h, o):\n    return {expression}\n"


def bugs(**chosen):
    right = {"a": "order", "b": "state", "c": "tanh", "d": "axes", "e": "none"}
    return f"bugs = {right | chosen!r}"


def latch(by_set, by_reset, bias):
    return unit("latch", [by_set, by_reset], [[0, 0, 0, 0]], bias)


def toggle(by_x, by_h, bias):
    return unit("toggle", [by_x], [by_h], bias)


def unit(name, kernel, recurrent_kernel, bias):
    weights = {"kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": bias}
    return f"{name} = {weights!r}".replace("Ellipsis", "...")


WRONG = {
    "3.1": [
        ("other way round; c comes first", "prediction = (0.47, 1.73)"),
        ("f multiplies h, not c", "prediction = (0.60, 0.27)"),
        ("input gate and the forget gate the other way round", "prediction = (1.18, 0.41)"),
        ("its tanh is missing", "prediction = (1.875, 0.477)"),
        ("goes through σ", "prediction = (1.705, 0.468)"),
        ("your h is o · c", "prediction = (1.73, 0.863)"),
        ("shows the old c", "prediction = (1.73, 0.482)"),
        ("expected 2 values", "prediction = 1.73"),
        ("Part 1 of your answer is not the right number", "prediction = (2.2, 0.47)"),
        ("Part 2 of your answer is right but for its sign", "prediction = (1.73, -0.47)"),
        ("still missing", "prediction = (1.73, ...)"),
    ],
    "3.2": [
        ("f multiplies h, not c", step(keep="sigmoid(f) * h")),
        ("i, f, o, g", step(blocks="i, f, o, g")),
        ("i, g, f, o", step(blocks="i, g, f, o")),
        ("input gate and your forget gate have changed places", step(blocks="f, i, g, o")),
        ("o, i, f, g", step(blocks="o, i, f, g")),
        ("f, i, o, g", step(blocks="f, i, o, g")),
        ("candidate goes through σ", step(candidate="sigmoid(g)")),
        ("candidate is the bare sum", step(candidate="g")),
        ("h is o · c", step(shown="c")),
        ("o · σ(c)", step(shown="sigmoid(c)")),
        ("shows the old c", step(c="new", out="h, new")),
        ("bias is missing", step(sums="x @ kernel + h @ recurrent_kernel")),
        ("do not look at h", step(sums="x @ kernel + bias")),
        ("do not look at x", step(sums="h @ recurrent_kernel + bias")),
        ("h comes first", step(out="c, h")),
        ("in order, without names", step(out="{'h': h, 'c': c}")),
        ("expected 2 values", step(out="h")),
        ("An axis is missing", step(out="h[0], c[0]")),
        ("An axis is missing", step(out="h.mean(axis=0), c.mean(axis=0)")),
        ("its `return` missing", step().replace("return h, c", "h, c")),
        ("in line 2", step(sums="x @ kernel + h @ kernel + bias")),
        ("changes its argument c in place", step().replace("c = sig", "c[:] = sig")),
    ],
    "3.3": [
        ("version b takes its blocks in the right order", bugs(a="order", b="order")),
        ("in version a the forget gate scales the right state", bugs(a="state")),
        ("version e has both its tanh", bugs(e="tanh")),
        ("version c is not right", bugs(c="none", e="bias")),
        ("version d adds its bias", bugs(d="bias")),
        ("version a walks along time", bugs(a="axes", d="order")),
        ("is none of", bugs(a="gates")),
        ("one word for each", 'bugs = {"a": "order"}'),
    ],
    "3.4": [
        ("walks over the examples", run(**OVER_EXAMPLES, out="np.stack(all_h), np.stack(all_c)")),
        ("walks over the examples", run(**OVER_EXAMPLES)),
        ("time is the first axis", run(out="np.stack(all_h), np.stack(all_c)")),
        ("time is the last axis", run(out="np.stack(all_h, axis=-1), np.stack(all_c, axis=-1)")),
        ("the last step only", run(out="h, c")),
        ("hand c on, but not h", run(h="0 * h")),
        ("hand h on, but not c", run(c="0 * c")),
        ("nothing is handed on", run(h="0 * h", c="0 * c")),
        ("states before each step", run(before=BEFORE, after="; continue")),
        ("from the end", run(each="t in reversed(range(time))")),
        ("h comes first", run(out="np.stack(all_c, axis=1), np.stack(all_h, axis=1)")),
        ("expected 2 values", run(out="np.stack(all_h, axis=1)")),
        ("in line 7", run(x="x_t", each="x_t in x")),
    ],
    "3.5": [
        ("the tanh is still on it", held("h / o")),
        ("which came last", held("np.arctanh(h) / o")),
        ("squash once more", held("np.tanh(h / o)")),
        ("belongs to tan", held("np.arctan(h / o)")),
        ("scale by o once more", held("np.arctanh(h * o)")),
        ("last unit", held("h[..., -1]")),
        ("That is h itself", held("h")),
        ("right but for its sign", held("-np.arctanh(h / o)")),
        ("not the right values", held("np.arctanh(h) - np.arctanh(o)")),
    ],
    "3.6": [
        ("It forgets", latch((20, 0, 10, 0), (0, -20, 0, 0), (-10, 0, 0, 10))),
        ("It forgets: 90 steps", latch((20, 0, 10, 0), (0, -20, 0, 0), (-10, 5, 0, 10))),
        ("the forget gate keeps", latch((20, 0, 10, 0), (0, 0, 0, 0), (-10, 10, 0, 10))),
        ("the forget gate keeps", latch((20, 0, 10, 0), (0, 20, 0, 0), (-10, 10, 0, 10))),
        ("blocks as i, g, f, o", latch((20, 10, 0, 0), (0, 0, -20, 0), (-10, 0, 10, 10))),
        ("blocks as i, f, o, g", latch((20, 0, 0, 10), (0, -20, 0, 0), (-10, 10, 10, 0))),
        ("|h| below 0.1", latch((20, 0, 10, 0), (20, -20, -20, 0), (-10, 10, 0, 10))),
        ("Look at o", latch((20, 0, 10, 0), (0, -20, 0, 0), (-10, 10, 0, -10))),
        ("lights up by itself", latch((20, 0, 10, 0), (0, -20, 0, 0), (-4, 10, 10, 10))),
        ("nothing much is written", latch((0, 0, 10, 0), (0, -20, 0, 0), (-10, 10, 0, 10))),
        ("nothing much is written", latch((20, 0, -10, 0), (0, -20, 0, 0), (-10, 10, 0, 10))),
        ("has the shape", unit("latch", [20, 0, 10, 0], [0] * 4, [0] * 4)),
        ("still missing", latch((20, 0, 10, 0), ..., (-10, 10, 0, 10))),
    ],
    "3.7": [
        ("the forget gate keeps", toggle([20, 0, 0, 0], [-26, 0, 0, 0], [-10, 10, 10, 10])),
        ("writes anew", toggle([20, -20, 0, 0], [0, 0, 0, 0], [-10, 10, 10, 10])),
        ("It forgets", toggle([20, -20, 0, 0], [-26, 0, 0, 0], [-10, 0, 10, 10])),
        ("blocks as i, g, f, o", toggle([20, 0, -20, 0], [-26, 0, 0, 0], [-10, 10, 10, 10])),
        ("Look at o", toggle([20, -20, 0, 0], [-26, 0, 0, 0], [-10, 10, 10, -10])),
        ("nothing much is written", toggle([20, -20, 0, 0], [-26, 0, 0, 0], [-10, 10, 0, 10])),
        ("lights up by itself", toggle([20, -20, 0, 0], [-26, 0, 0, 0], [-5, 10, 10, 10])),
        ("has the shape", toggle([20, -20, 0], [-26, 0, 0, 0], [-10, 10, 10, 10])),
    ],
    "3.8": [
        ("leads on the one line", "space_unit = 118"),
        ("Asked is the one that shuts", "space_unit = 43"),
        ("about the input gate", "space_unit = 96"),
        ("about the cell state", "space_unit = 52"),
        ("about what is shown", "space_unit = 41"),
        ("low elsewhere too", "space_unit = 46"),
        ("low everywhere", "space_unit = 80"),
        ("after a space", "space_unit = 16"),
        ("not the right number", "space_unit = 7"),
        ("not a value", "def space_unit():\n    return 90"),
        ("expected a number", 'space_unit = "90"'),
    ],
}  # fmt: skip

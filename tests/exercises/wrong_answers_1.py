"""What students write in chapter 1 when it goes wrong, and what must be said to it."""


def loop(half="a", one="b", two="d"):
    return f"after_100 = { ({'u = 0.5': half, 'u = 1': one, 'u = 2': two})!r}"


RNN = """def my_rnn(x, h0, kernel, recurrent_kernel, bias):
    h, states = {begin}, []
    for x_t in x:
        h = {squash}({sums})
        states.append(h)
    return {out}
"""
USUAL_RNN = {
    "begin": "h0",
    "squash": "np.tanh",
    "sums": "x_t @ kernel + h @ recurrent_kernel + bias",
    "out": "np.array(states)",
}


def rnn(**mistaken):
    return RNN.format(**USUAL_RNN | mistaken)


BACK = """def product_back(h, u):
    result = np.ones(len(h))
    for t in {order}:
        result[t] = {product}
    return result
"""
USUAL_BACK = {
    "order": "reversed(range(len(h) - 1))",
    "product": "result[t + 1] * u * (1 - h[t + 1] ** 2)",
}


def back(**mistaken):
    return BACK.format(**USUAL_BACK | mistaken)


FATE = """def fate(recurrent_kernel):
    size = {size}
    if abs(size - 1) < {rounding}:
        return "neither"
    return "{small}" if size < 1 else "{large}"
"""
USUAL_FATE = {
    "size": "np.abs(np.linalg.eigvals(recurrent_kernel)).max()",
    "rounding": "1e-6",
    "small": "vanishes",
    "large": "explodes",
}


def fate(**mistaken):
    return FATE.format(**USUAL_FATE | mistaken)


def ridge(expression):
    return f"def ridge(steps, factor):\n    return {expression}\n"


def targets(expression):
    return f"def adding_targets(x):\n    return {expression}\n"


def nothing(constant="y.mean()", loss="((y - constant) ** 2).mean()", out="constant, loss"):
    return (
        f"def knowing_nothing(y):\n    constant = {constant}\n    loss = {loss}\n    return {out}\n"
    )


def diagnosis(heard=15, cause="b", remedy="c"):
    parts = {"heard": heard, "cause": cause, "remedy": remedy}
    return f"diagnosis = {parts!r}"


POWERS = """def fate(recurrent_kernel):
    largest = np.abs(np.linalg.matrix_power(recurrent_kernel, {power})).max()
    return "vanishes" if largest < 1e-3 else "explodes" if largest > 1e3 else "neither"
"""

WRONG = {
    "1.1": [
        ("u = 1 you say that nothing changes", loop(one="c")),
        ("u = 1 you say that it is gone", loop(one="a")),
        ("u = 2 you say that it grows beyond 1", loop(two="e")),
        ("u = 2 you say that it is gone", loop(two="a")),
        ("u = 2 you say that nothing changes", loop(two="c")),
        ("u = 0.5 you say that a little is left", loop(half="b")),
        ("u = 0.5 you say that it grows", loop(half="e", two="a")),
        ("is none of", loop(one="f")),
        ("one word for each", 'after_100 = "abd"'),
        ("still missing", "after_100 = {'u = 0.5': 'a', 'u = 1': 'b', 'u = 2': ...}"),
    ],
    "1.2": [
        ("not handed on to the next", rnn(sums="x_t @ kernel + h0 @ recurrent_kernel + bias")),
        ("begins with a state of zeros", rnn(begin="np.zeros(len(h0))")),
        ("kernel transposed", rnn(sums="x_t @ kernel + recurrent_kernel @ h + bias")),
        ("leaves out the bias", rnn(sums="x_t @ kernel + h @ recurrent_kernel")),
        ("leaves out the tanh", rnn(squash="")),
        ("with the sigmoid", rnn(squash="(lambda z: 1 / (1 + np.exp(-z)))")),
        ("only its last state", rnn(out="h")),
        ("from before each step", rnn(out="np.array([h0, *states[:-1]])")),
        ("returns h0 as well", rnn(out="np.array([h0, *states])")),
        ("in line 4", rnn(sums="kernel @ x_t + recurrent_kernel @ h + bias")),
        ("its `return` missing", rnn().replace("return np.array(states)", "np.array(states)")),
    ],
    "1.3": [
        ("factors are u alone", back(product="result[t + 1] * u")),
        ("slopes of the tanh alone", back(product="result[t + 1] * (1 - h[t + 1] ** 2)")),
        (
            "includes the step t itself",
            "def product_back(h, u):\n    return np.cumprod((u * (1 - h**2))[::-1])[::-1]\n",
        ),
        ("one step early", back(product="result[t + 1] * u * (1 - h[t] ** 2)")),
        ("squashes twice", back(product="result[t + 1] * u * (1 - np.tanh(h[t + 1]) ** 2)")),
        ("lacks the square", back(product="result[t + 1] * u * (1 - h[t + 1])")),
        (
            "runs forwards",
            back(order="range(1, len(h))", product="result[t - 1] * u * (1 - h[t] ** 2)"),
        ),
        ("it is 1 − h², not (1 − h)²", back(product="result[t + 1] * u * (1 - h[t + 1]) ** 2")),
        ("the factor of one step", back(product="u * (1 - h[t + 1] ** 2)")),
        ("stand in the wrong order", back().replace("return result", "return result[::-1]")),
        ("begins with is 1", back().replace("np.ones", "np.zeros")),
        ("in line 4", back(product="result[t + 1] * u * (1 - h[t + 2] ** 2)")),
        ("expected", "def product_back(h, u):\n    return np.prod(u * (1 - h[1:] ** 2))\n"),
    ],
    "1.4": [
        ("largest entry of the matrix", fate(size="np.abs(recurrent_kernel).max()")),
        ("by the determinant", fate(size="abs(np.linalg.det(recurrent_kernel))")),
        ("one step can stretch", fate(size="np.linalg.norm(recurrent_kernel, 2)")),
        ("norm of all entries together", fate(size="np.linalg.norm(recurrent_kernel)")),
        (
            "with their signs or real parts",
            fate(size="np.linalg.eigvals(recurrent_kernel).real.max()"),
        ),
        ("wrong way round", fate(small="explodes", large="vanishes")),
        (
            "never say neither",
            fate(rounding="1e-12"),
        ),
        ("smallest eigenvalue", fate(size="np.abs(np.linalg.eigvals(recurrent_kernel)).min()")),
        (
            "never say neither",
            fate(rounding="-1", size="np.abs(np.linalg.eigvals(recurrent_kernel)).max() - 1e-9"),
        ),
        ("for some of the inputs", POWERS.format(power=5)),
        (
            "expected text",
            fate().replace('"neither"', "0").replace('"vanishes"', "-1").replace('"explodes"', "1"),
        ),
    ],
    "1.5": [
        ("larger one first", ridge("factor ** (1 / steps), factor ** (-1 / steps)")),
        ("not the u that leaves it", ridge("1 / factor, factor")),
        ("by the factor at every step", ridge("float(factor) ** -steps, float(factor) ** steps")),
        ("share the factor out evenly", ridge("1 / factor / steps, factor / steps")),
        (
            "share the change out evenly",
            ridge("1 - (1 - 1 / factor) / steps, 1 + (factor - 1) / steps"),
        ),
        (
            "the upper one is its mirror image",
            ridge("factor ** (-1 / steps), 2 - factor ** (-1 / steps)"),
        ),
        (
            "the lower one is its mirror image",
            ridge("2 - factor ** (1 / steps), factor ** (1 / steps)"),
        ),
        (
            "mix two logarithms",
            ridge("np.exp(-np.log10(factor) / steps), np.exp(np.log10(factor) / steps)"),
        ),
        (
            "and is no root",
            ridge("1 - np.log(factor) / steps, 1 + np.log(factor) / steps"),
        ),
        ("one step too few", ridge("factor ** (-1 / (steps - 1)), factor ** (1 / (steps - 1))")),
        ("expected 2 values", ridge("factor ** (1 / steps)")),
    ],
    "1.6": [
        ("all numbers of a row", targets("x[:, :, 0].sum(axis=1, keepdims=True)")),
        ("You add the marks", targets("x[:, :, 1].sum(axis=1, keepdims=True)")),
        ("numbers and marks together", targets("x.sum(axis=(1, 2))[:, None]")),
        ("mean of the marked", targets("(x[..., 0] * x[..., 1]).sum(axis=1, keepdims=True) / 2")),
        (
            "divide by the number of steps",
            targets("(x[..., 0] * x[..., 1]).mean(axis=1, keepdims=True)"),
        ),
        (
            "You multiply the marked",
            targets("np.array([[row[row[:, 1] == 1, 0].prod()] for row in x])"),
        ),
        ("not by mark", targets("x[:, 0, :1] + x[:, 1, :1]")),
        ("add over the batch", targets("(x[..., 0] * x[..., 1]).sum(axis=0)[:, None]")),
        ("stand in one axis", targets("(x[..., 0] * x[..., 1]).sum(axis=1)")),
        ("expected", targets("(x[..., 0] * x[..., 1]).sum()")),
    ],
    "1.7": [
        ("its square root", nothing(loss="np.sqrt(((y - constant) ** 2).mean())")),
        ("You say the median", nothing(constant="np.median(y)")),
        ("You say 0", nothing(constant="0.0")),
        ("how often each comes", nothing(constant="(y.min() + y.max()) / 2")),
        ("mean absolute one", nothing(loss="np.abs(y - constant).mean()")),
        ("a sum over the rows", nothing(loss="((y - constant) ** 2).sum()")),
        ("one row less", nothing(loss="y.var(ddof=1)")),
        ("up and down cancel", nothing(loss="(y - constant).mean() ** 2")),
        ("error first", nothing(out="loss, constant")),
        ("expected 2 values", nothing(out="loss")),
        ("expected a single number", nothing(constant="y.mean(axis=0)")),
    ],
    "1.8": [
        ("a step that is lost already", diagnosis(heard=16)),
        ("the number of a step", diagnosis(heard=84)),
        ("by a hundredth", diagnosis(heard=10)),
        ("is the whole row", diagnosis(heard=99)),
        ("not where the line falls", diagnosis(heard=30)),
        ("the size of the network", diagnosis(cause="a")),
        ("a gradient that explodes", diagnosis(cause="c", remedy="a")),
        ("shortens gradients that are too long", diagnosis(remedy="a")),
        ("remains as much smaller", diagnosis(remedy="b")),
        ("more of the same", diagnosis(remedy="d")),
        ("is the data", diagnosis(cause="d", remedy="d")),
        ("one letter each", diagnosis(cause="e")),
        ("a number of steps", diagnosis(heard=[15, 16])),
        ("other parts than", "diagnosis = {'cause': 'b', 'remedy': 'c'}"),
    ],
}

"""The printed equations are read and computed, and give the package's numbers."""

import re

import nbformat
import numpy as np
import pytest
from building import ROOT

from lstm_edu import LSTM
from lstm_edu.activations import sigmoid, tanh

ROW = re.compile(r"^\| ([a-z ]+) \| (.+?) \|", re.MULTILINE)
#: LaTeX, and what it is in NumPy; in this order.
READINGS = (
    (r"\\delta ([WUb])$", r"sum_\1"),
    (r"\\delta ([WUb]) = \\sum_t \\delta z_t", r"sum_\1 = dz"),
    (r"\\,([xh])_(t|\{t-1\})\^\\top", r" * \1_\2"),
    (r"\\text\{above\}", "above"),
    (r"\\delta ([a-z])_t\^\{above\}", r"\1_above"),
    (r"\\(sigma|tanh)\(", r"\1("),
    (r"\\odot", "*"),
    (r"U\^\\top \\delta z_\{t\+1\}", "U @ dz_next"),
    (r"\\delta z_([ifgo])", r"dz_\1"),
    (r"\\delta ([a-z])_\{t\+1\}", r"d\1_next"),
    (r"\\delta ([a-z])_t", r"d\1"),
    (r"([a-z])_\{t\+1\}", r"\1_next"),
    (r"([WU])_([ifgo])\\,([a-z])_(t|\{t-1\})", r"(\3_\4 @ \1_\2)"),
    (r"([a-z])_\{t-1\}", r"\1_before"),
    (r"([ifgocxh])_t\^2", r"\1**2"),
    (r"([ifgocxh])_t\b", r"\1"),
    (r"\)\^2", ")**2"),
    (r"\)\s*\(", ") * ("),
)


def equations(table):
    """Return the rows of a table of chapter 4 by name: left side and right side, as NumPy."""
    notebook = nbformat.read(ROOT / "book" / "4_mathematics.ipynb", 4)
    (text,) = [cell.source for cell in notebook.cells if cell.id == table]
    rows = {}
    for name, formulas in ROW.findall(text[text.index("| what | equation |") :]):
        formula = re.fullmatch(r"\$(.*)\$", formulas)
        if formula is None or name == "what":
            continue
        code = formula[1]
        for latex, python in READINGS:
            code = re.sub(latex, python, code)
        assert "\\" not in code, code
        left, right = code.split(" = ")
        rows[name] = left, right
    return rows


@pytest.fixture(scope="module")
def run():
    lstm = LSTM.create(3, 5, seed=0, dtype=np.float64)
    random = np.random.default_rng(1)
    x = random.normal(size=(1, 9, 3))
    trace = lstm(x, *random.uniform(-1, 1, size=(2, 1, 5)))
    return lstm, trace, random.normal(size=trace.h.shape)


def values_at(lstm, trace, t):
    """Return what the equations may speak of at step `t`."""
    values = {name: getattr(trace, name)[0, t] for name in "ifgochx"}
    values |= {"h_before": trace.h_previous[0, t], "c_before": trace.c_previous[0, t]}
    for name, blocks in zip("WUb", lstm.params.blocks(), strict=True):
        values |= {f"{name}_{gate}": block for gate, block in zip("ifgo", blocks, strict=True)}
    return values | {"sigma": sigmoid, "tanh": tanh, "U": lstm.params.recurrent_kernel}


def test_the_forward_equations_are_the_package_s(run):
    lstm, trace, _ = run
    rows = equations("equations")
    assert [left for left, _ in rows.values()] == list("ifgoch")
    for t in range(trace.shape[1]):
        values = values_at(lstm, trace, t)
        for left, right in rows.values():
            right = right.replace("x_t", "x").replace("h_{t-1}", "h_before")
            computed = eval(right, {"__builtins__": {}}, values)  # what the page prints
            np.testing.assert_allclose(computed, values[left], rtol=0, atol=1e-13, err_msg=right)


def test_the_backward_equations_are_the_package_s(run):
    lstm, trace, above = run
    rows = [row for row in equations("backward-equations").values() if row[0].startswith("d")]
    sums = [row for row in equations("backward-equations").values() if row[0].startswith("sum")]
    totals = {}
    gradients = lstm.backward(trace, dh=above)
    steps, units = trace.shape[1:]
    later = {"dc_next": np.zeros(units), "f_next": np.zeros(units), "dz_next": np.zeros(4 * units)}
    for t in reversed(range(steps)):
        values = values_at(lstm, trace, t) | later | {"h_above": above[0, t]}
        for left, right in rows:
            values[left] = eval(right, {"__builtins__": {}}, values)  # what the page prints
        np.testing.assert_allclose(values["dh"], gradients.h[0, t], atol=1e-12)
        np.testing.assert_allclose(values["dc"], gradients.c[0, t], atol=1e-12)
        dz = np.concatenate([values[f"dz_{gate}"] for gate in "ifgo"])
        later = {"dc_next": values["dc"], "f_next": trace.f[0, t], "dz_next": dz}
        for left, right in sums:
            columns = {"dz": dz, "x": values["x"][:, None], "h_before": values["h_before"][:, None]}
            term = eval(right, {"__builtins__": {}}, columns)  # in the layout of the kernels
            totals[left] = totals.get(left, 0) + term
        np.testing.assert_allclose(lstm.params.kernel @ dz, gradients.x[0, t], atol=1e-12)
    for left, weights in {"sum_W": "kernel", "sum_U": "recurrent_kernel", "sum_b": "bias"}.items():
        np.testing.assert_allclose(totals[left], getattr(gradients, weights), atol=1e-12)

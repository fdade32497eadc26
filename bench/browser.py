"""What the pages compute: tokens of a network, steps of a training, frames of the figures."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.browsing import ROOT, built_book, chromium, tell
from bench.report import Row, Section

FRAME = 1000 / 60  # milliseconds
#: Of `predict`, which takes long, so many characters in each round.
FEW = 12
TASK, LAG, STEPS = "adding", 30, 12

HOW = f"""The character model reads a line from its first character, one at a time, and after each
answers with what may follow: in the page by the figures' own engine (float64), in Python by Keras
(float32), one step of a stateful model at a time, which is the least that Keras can be asked. All
give the same answer. A training step of MemoryTask (task "{TASK}", lag {LAG}) draws its examples,
goes forwards and back, and moves the weights, one and the same network everywhere. A move of a
figure lasts from a key or a dragged slider until its answer is painted; the least that it can be
is the same for a control that nobody listens to, in the same page. All take turns, round by
round; the times of the figures are medians of 40 moves."""


def main(arguments=()):
    """Measure all, and return the section."""
    parser = argparse.ArgumentParser(prog="python -m bench browser", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        page = engine_page(browser, Path(folder))
        rows = [*tokens(page, options.rounds), *training(page, options.rounds)]
        page.close()
        answers, least = frames(browser, built_book())
    rows += [
        Row("a move of a figure, median", list(np.divide(list(answers.values()), FRAME)), "a frame")
    ]
    slowest = max(answers, key=answers.get)
    rows += [
        Row(f"the slowest: {slowest}", answers[slowest] / FRAME, "a frame of 60 a second", "≤ 1"),
        Row(
            "a move of a figure, median",
            list(np.divide(list(answers.values()), least)),
            "a control without a listener",
        ),
    ]
    packages = ("numpy", "tensorflow", "keras", "playwright")
    return Section("browser", "Browser", HOW, rows, [told(answers, least)], packages)


def engine_page(browser, folder):
    """Open a page with one figure, so that the engine is there."""
    from alone import write_page

    from lstm_edu.figures import LiveModel

    page = browser.new_page()
    page.goto(write_page(folder, LiveModel("shakespeare", text="To be")))
    page.locator(".lstm-live .lstm-ui").wait_for()
    return page


def tokens(page, rounds):
    """Return the rows on reading: the page's engine beside Keras and NumPy."""
    from engine import LINE, read_line

    from lstm_edu import exported

    model = exported.load("shakespeare")
    ids = model.encode(LINE)
    exact = model.probabilities(LINE)

    def by_numpy(few):
        model.sample(LINE[:1], len(few))  # it draws what it reads next, so its answer is another
        return exact[len(few) - 1]

    peers = keras_readers(model) | {"lstm_edu in NumPy, `sample`": by_numpy}
    seconds = {name: [] for name in ("page", "products", *peers)}
    for turn in range(-1, rounds):
        tell(f"tokens, {turn + 1} of {rounds}" if turn >= 0 else "tokens, warming up")
        ours, floor, last = read_line(page, rounds=1)
        np.testing.assert_allclose(last, exact[-1], atol=1e-9)
        found = {"page": ours[0], "products": floor[0]}
        for name, reader in peers.items():
            few = ids[:FEW] if "predict" in name else ids
            begin = time.perf_counter()
            answer = reader(few)
            found[name] = (time.perf_counter() - begin) / len(few)
            np.testing.assert_allclose(answer, exact[len(few) - 1], atol=1e-4)
        for name in seconds if turn >= 0 else ():
            seconds[name].append(found[name])
    yield Row("characters a second in the page", list(1 / np.array(seconds["page"])), unit="")
    for name in peers:
        reach = "≥ 200" if name == "Keras `predict`" else ""
        ratio = list(np.divide(seconds[name], seconds["page"]))
        yield Row("characters a second in the page", ratio, name, reach)
    ratio = list(np.divide(seconds["page"], seconds["products"]))
    yield Row("time a character in the page", ratio, "its matrix products, a plain loop there")


def keras_readers(model):
    """Return functions that read ids with Keras, one at a time, and return the last answer."""
    import tensorflow as tf

    from lstm_edu.interop import keras, to_keras

    layers = keras().layers
    ((_, cell),) = model.cells.items()
    (dense,) = model.stack.head
    embedding = layers.Embedding(*model.embeddings.shape)
    lstm = to_keras(cell, return_sequences=False, stateful=True, batch_size=1)
    head = layers.Dense(len(dense.bias), activation="softmax")
    network = keras().Sequential(
        [keras().Input((1,), batch_size=1, dtype="int32"), embedding, lstm, head]
    )
    embedding.set_weights([model.embeddings])
    head.set_weights([dense.kernel, dense.bias])

    def by_predict(ids):
        lstm.reset_states()
        for one in ids:
            answer = network.predict(np.array([[one]], np.int32), verbose=0)
        return answer[0]

    def step(one, states):
        h, states = lstm.cell(embedding(one), states)
        return head(h), states

    def compiled(jit):
        run = tf.function(step, jit_compile=jit)

        def read(ids):
            states = [tf.zeros((1, cell.units))] * 2
            for one in ids:
                answer, states = run(tf.constant([one], tf.int32), states)
                answer = answer.numpy()  # who writes on has to look at it
            return answer[0]

        return read

    return {
        "Keras `predict`": by_predict,
        "Keras, a step as a graph": compiled(False),
        "Keras, a step compiled by XLA": compiled(True),
    }


def training(page, rounds):
    """Return the rows on learning: MemoryTask's LSTM beside NumPy and Keras."""
    from lstm_edu.long_lag import TASKS, adding, learn

    page.evaluate(learner_script())
    page.evaluate(f"() => {{ globalThis.own = learning.learner('{TASK}', {LAG}, 'lstm1', 0); }}")
    work = f"""() => {{
        const begin = performance.now();
        for (let step = 0; step < {STEPS}; step += 1) own.train();
        return (performance.now() - begin) / 1000;
    }}"""
    plan, rows = TASKS[TASK], np.random.default_rng(0)
    network = keras_network(plan)

    def by_keras():
        for _ in range(STEPS):
            network.train_on_batch(*adding(plan.batch, LAG, rows))

    peers = {
        "lstm_edu in NumPy": lambda: learn(TASK, LAG, "lstm1", most=STEPS),
        "Keras `train_on_batch`": by_keras,
    }
    seconds = {name: [] for name in ("page", *peers)}
    for turn in range(-1, rounds):
        tell(f"training, {turn + 1} of {rounds}" if turn >= 0 else "training, warming up")
        found = {"page": page.evaluate(work)}
        for name, peer in peers.items():
            begin = time.perf_counter()
            peer()
            found[name] = time.perf_counter() - begin
        for name in seconds if turn >= 0 else ():
            seconds[name].append(found[name] / STEPS)
    yield Row("a training step in the page", [1e3 * s for s in seconds["page"]], unit=" ms")
    for name in peers:
        ratio = list(np.divide(seconds["page"], seconds[name]))
        yield Row("a training step in the page (below 1: faster)", ratio, name)


def learner_script():
    """Return js/src/learner.ts as a script: what MemoryTask's workers run."""
    esbuild = ROOT / "js" / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ("--bundle", "--minify", "--target=es2022", "--global-name=learning")
    source = ROOT / "js" / "src" / "learner.ts"
    run = subprocess.run([esbuild, source, *options], capture_output=True, text=True, check=True)
    return f"{run.stdout};globalThis.learning = learning;"


def keras_network(plan):
    """Return the network of a task, ready to be trained as MemoryTask trains it."""
    from lstm_edu.interop import keras

    layers = keras().layers
    network = keras().Sequential(
        [keras().Input((LAG, plan.inputs)), layers.LSTM(plan.units), layers.Dense(plan.outputs)]
    )
    adam = keras().optimizers.Adam(plan.learning_rate, global_clipnorm=1.0)
    network.compile(adam, "mse")
    return network


#: What a figure is moved by, where the tests name no control of its kind.
GUESSES = (("[role=slider]", "key"), ("input[type=range]", "range"), ("[role=slider]", "bend"))
EMPTY = """() => {
    const input = document.createElement("input");
    Object.assign(input, { id: "bench-empty", type: "range", max: 1000 });
    input.style.cssText = "position: fixed; left: 0; top: 0;";
    input.addEventListener("input", () => {});
    document.body.append(input);
}"""


def frames(browser, book):
    """Return the milliseconds of a move, by kind of figure, and of one that nobody listens to."""
    from hosting import hosted
    from opening import pages
    from repaint import repaint

    answers, least = {}, []
    with hosted(book) as site, pages(browser, book, site) as open_page:
        for name, kinds in places(book).items():
            page = open_page(name, reduced_motion="reduce")
            page.evaluate(EMPTY)
            for kind, figure in kinds.items():
                tell(f"frames: {kind}")
                page.locator(f"#{figure}").scroll_into_view_if_needed()
                answers[kind] = moved(page, kind, figure)
                least.append(repaint(page, "#bench-empty", "range", rounds=1).median)
            page.close()
    return answers, float(np.median(least))


def places(book):
    """Return by page the kinds of figures to move there, each with the name of one."""
    from building import toc
    from test_speed import PAGE

    found, seen = {}, {"Question"}
    for name in [PAGE, *(page for page in toc() if page != PAGE)]:
        text = (book / f"{name}.html").read_text("utf-8")
        for figure, kind in re.findall(
            r'class="lstm-figure" id="([\w-]+)" data-figure="(\w+)"', text
        ):
            if kind not in seen:
                seen.add(kind)
                found.setdefault(name, {})[kind] = figure
    return found


def moved(page, kind, figure):
    """Return the median time of a move of a figure, by the first control that moves it."""
    from repaint import repaint
    from test_speed import CONTROLS

    ways = [CONTROLS[kind]] if kind in CONTROLS else GUESSES
    for selector, how in ways:
        try:
            found = repaint(page, f"#{figure} .lstm-live {selector}", how, rounds=2)
        except Exception as failure:  # no such control, or it does not move: the next, if any
            reason = str(failure).splitlines()[0]
        else:
            return found.median
    sys.exit(f"Nothing moves {kind}: {reason}. Name its control in tests/book/test_speed.py.")


def told(answers, least):
    """Return how each figure does, as a line of text."""
    each = sorted(answers.items(), key=lambda item: -item[1])
    figures = ", ".join(f"{kind} {ms:.1f}" for kind, ms in each)
    return f"Milliseconds of a move: {figures}; a control without a listener {least:.1f}."

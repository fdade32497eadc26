"""MemoryTask: three networks race on a task with a long lag."""

from __future__ import annotations

import traitlets

from lstm_edu import long_lag
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.memory_task_picture import draw, outcome, recorded
from lstm_edu.figures.number import Whole
from lstm_edu.figures.page_random import PageRandom

#: Where the streams of random numbers of one seed begin, as in js/src/learner.ts.
EXAMPLES, SHOWN = 1_000_000, 2_000_000


class MemoryTask(LiveFigure):
    """An RNN, an LSTM with forget bias 0 and one with forget bias 1 learn a task, in the browser.

    On top the task as a picture: a long row, and what is to be said at its end. Below, one lane a
    network: its loss as it falls, on a log axis, and its answer to that row beside the truth. A
    table keeps who has solved which lag, and after how many sequences.

    All three learn from the same rows, one worker each, in float64, with Adam, gradients shortened
    to 1, until the mean loss of ten batches is below a tenth of knowing nothing or their time is
    over: adding with 32 units in at most 3000 batches of 20, the latch with 16 units in at most
    1500 batches of 16. Python draws the same numbers; the curves begin alike, until a long training
    has magnified the last digits, in which NumPy and each browser differ.

    Parameters
    ----------
    task : str
        ``"adding"``: two numbers in the row are marked, add them. ``"latch"``: a letter, then
        noise; which letter was it?
    lag : int
        Steps in a row, 5 to 200.
    seed : int
        Decides the weights to begin with, and all rows; 0 to 9999.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Attributes
    ----------
    example : tuple of ndarray
        The row that the figure shows first, x (lag, features), and what is to be said, y.
    tasks, lanes : tuple of str
        Their names.

    Examples
    --------
    >>> from lstm_edu.figures import MemoryTask
    >>> figure = MemoryTask(task="latch", lag=10)
    >>> figure
    MemoryTask(task='latch', lag=10, seed=0)
    >>> learned = figure.learn("lstm1")
    >>> learned.solved, learned.sequences
    (True, 432)

    In prose, a link sets it: ``[a longer lag](#memory-task?lag=60)``.
    """

    task = traitlets.Enum(tuple(long_lag.TASKS), "adding").tag(sync=True, state=True)
    lag = Whole(30, 5, 200)
    seed = Whole(0, 0, 9999)

    tasks = tuple(long_lag.TASKS)
    lanes = tuple(long_lag.LANES)

    @property
    def example(self) -> tuple:
        """The row that the figure shows first, and what is to be said at its end."""
        plan = long_lag.TASKS[self.task]
        x, y = plan.draw(1, self.lag, PageRandom(self.seed + SHOWN), float)
        return x[0], y[0]

    def learn(self, lane: str, *, most: int | None = None) -> long_lag.Learned:
        """Train one of the networks in NumPy, on the same numbers as in the browser.

        Parameters
        ----------
        lane : {"rnn", "lstm0", "lstm1"}
            Which of them.
        most : int, optional
            Batches to stop after, if sooner than in the figure.

        Returns
        -------
        Learned
            See :func:`lstm_edu.long_lag.learn`.
        """
        weights, examples = PageRandom(self.seed), PageRandom(self.seed + EXAMPLES)
        return long_lag.learn(
            self.task, self.lag, lane, weights=weights, examples=examples, most=most
        )

    def picture(self) -> str:
        """Return the task as a picture, an SVG; with a race run before, where there is one."""
        return draw(self.task, *self.example, recorded(self.task, self.lag, self.seed)).svg()

    def description(self) -> str:
        """Return in words what the picture shows."""
        x, y = self.example
        if self.task == "latch":
            told = (
                f"A row of {self.lag} steps: the letter {'AB'[y]}, then noise. A network is to say "
                "at the end which letter it was."
            )
        else:
            first, second = x[x[:, 1] == 1, 0]
            told = (
                f"A row of {self.lag} numbers of which two are marked. A network is to add them at "
                f"the end: {first:.4f} + {second:.4f} = {y.item():.2f}."
            )
        lanes = recorded(self.task, self.lag, self.seed) or {}
        return " ".join([told, *(f"{outcome(*lane)}." for lane in lanes.items())])

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"MemoryTask(task={self.task!r}, lag={self.lag}, seed={self.seed})"

"""`recorder`: a Keras callback that takes snapshots of a character model while it learns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lstm_edu.interop.framework import keras


def recorder(
    vocabulary: Sequence[str],
    steps: Iterable[int],
    *,
    name: str = "run",
    title: str = "A training",
):
    """Return a Keras callback that records a training, for `lstm_edu.figures.TrainingReplay`.

    Parameters
    ----------
    vocabulary : sequence of str
        The characters in the order of their numbers.
    steps : iterable of int
        After how many batches to look, for example ``lstm_edu.recorder.log_spaced(1000)``.
    name, title : str
        What to call the run, for code and for readers.

    Returns
    -------
    keras.callbacks.Callback
        For ``model.fit(..., callbacks=[recorder])``. After the training its ``run(validation,
        training)`` measures the snapshots and returns them as a `TrainingRun`, see
        :meth:`lstm_edu.recorder.Snapshots.run`. The model must be one that `lstm_edu.export` takes:
        Embedding, LSTMs with ``return_sequences=True``, Dense with softmax.
    """
    from lstm_edu.export import export
    from lstm_edu.recorder import Snapshots

    class Recorder(keras().callbacks.Callback):
        def __init__(self) -> None:
            super().__init__()
            self.snapshots = Snapshots(vocabulary, steps, name=name, title=title)
            self.run = self.snapshots.run
            self._step = 0

        def _look(self) -> None:
            model = export(self.model, vocabulary, name=name, title=title)
            self.snapshots.take(self._step, model.to_dict()["layers"])

        def on_train_begin(self, logs=None) -> None:
            # A model that is not built yet has no weights to look at; a second fit counts on.
            if self._step == 0 and 0 in self.snapshots.steps and self.model.built:
                self._look()

        def on_train_batch_end(self, batch, logs=None) -> None:
            self._step += 1
            if self._step in self.snapshots.steps:
                self._look()

        def on_train_end(self, logs=None) -> None:
            self._look()

    return Recorder()

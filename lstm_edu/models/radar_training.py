"""How the book's nowcasters are built and trained."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from lstm_edu.conv_lstm import ConvLSTM, ConvLSTMParams
from lstm_edu.interop import keras
from lstm_edu.nowcast import Nowcaster

FILTERS = 8
SIZE = 3  # pixels a side of every kernel
BATCH = 8
LEARNING_RATE = 0.02
PATCH = 32  # pixels a side of what is trained on

#: Draws a batch of sequences of levels, (batch, past + ahead, 32, 32).
Draw = Callable[[np.random.Generator], np.ndarray]


class Trained(NamedTuple):
    """A network, and its mean squared error on the batches on the way."""

    network: Nowcaster
    losses: np.ndarray


def flipped(sequences: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return sequences seen in a mirror or turned by a right angle, in one of the eight ways.

    The laws of rain on a map know neither north nor east.
    """
    upside, mirrored, transposed = random.integers(2, size=3)
    sequences = sequences[:, :, :: 1 - 2 * upside, :: 1 - 2 * mirrored]
    return sequences.swapaxes(2, 3) if transposed else sequences


def patches(frames: np.ndarray, length: int) -> Draw:
    """Return what draws windows in time and patches in space of one long sequence.

    Parameters
    ----------
    frames : ndarray, shape (time, height, width)
        Levels.
    length : int
        Frames of a window.
    """
    time, height, width = frames.shape

    def draw(random: np.random.Generator) -> np.ndarray:
        corners = zip(
            random.integers(time - length + 1, size=BATCH),
            random.integers(height - PATCH + 1, size=BATCH),
            random.integers(width - PATCH + 1, size=BATCH),
            strict=True,
        )
        return np.stack(
            [frames[t : t + length, y : y + PATCH, x : x + PATCH] for t, y, x in corners]
        )

    return draw


def rows(sequences: np.ndarray) -> Draw:
    """Return what draws among whole sequences, shape (sequences, time, 32, 32)."""
    return lambda random: sequences[random.integers(len(sequences), size=BATCH)]


def train(
    draw: Draw,
    past: int,
    seed: int,
    steps: int,
    progress: bool = True,
) -> Trained:
    """Return a network that was trained to forecast all frames after the first `past` of a batch.

    Parameters
    ----------
    draw : callable
        Draws a batch, see `rows` and `patches`.
    past : int
        How many frames are read; from then on the network reads its own forecasts, in training as
        afterwards.
    seed : int
        For its first weights and the batches.
    steps : int
        How many batches.
    progress : bool
        Whether a bar is shown.

    Returns
    -------
    Trained
    """
    # With one thread oneDNN adds up in one order, too, and takes half the time.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    import tensorflow as tf

    k = keras()
    k.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    cell = k.layers.ConvLSTM2D(FILTERS, SIZE, padding="same").cell
    cell.build((None, PATCH, PATCH, 1))
    # A change of nought to begin with: an untrained network says that nothing changes.
    head = k.layers.Conv2D(1, SIZE, padding="same", kernel_initializer="zeros")
    head.build((None, PATCH, PATCH, FILTERS))
    variables = cell.trainable_variables + head.trainable_variables
    pace = k.optimizers.schedules.CosineDecay(
        1e-3 * LEARNING_RATE, steps, warmup_target=LEARNING_RATE, warmup_steps=steps // 20
    )
    optimizer = k.optimizers.Adam(pace, clipnorm=1.0)
    optimizer.build(variables)

    @tf.function
    def learn(batch):
        with tf.GradientTape() as tape:
            state = [tf.zeros((*batch.shape[:1], *batch.shape[2:], FILTERS))] * 2
            error, frame = 0.0, None
            for time in range(batch.shape[1]):
                if time >= past:
                    frame = tf.nn.relu(frame + head(state[0]))
                    error += tf.reduce_mean((frame[..., 0] - batch[:, time]) ** 2)
                else:
                    frame = batch[:, time, ..., None]
                if time < batch.shape[1] - 1:
                    _, state = cell(frame, state)
            error /= batch.shape[1] - past
        slopes = tape.gradient(error, variables)
        optimizer.apply_gradients(zip(slopes, variables, strict=True))
        return error

    losses = []
    with tqdm(total=steps, unit="batch", desc=f"seed {seed}", disable=not progress) as bar:
        for _ in range(steps):
            batch = flipped(draw(random), random).astype(np.float32)
            losses.append(float(learn(tf.constant(batch))))
            bar.update()
            if len(losses) % 20 == 0:
                bar.set_postfix_str(f"error {np.mean(losses[-20:]):.4f}")
    params = ConvLSTMParams(*(np.asarray(v, np.float64) for v in cell.trainable_variables))
    weights = [np.asarray(v, np.float64) for v in head.trainable_variables]
    return Trained(Nowcaster(ConvLSTM(*params), *weights), np.array(losses))

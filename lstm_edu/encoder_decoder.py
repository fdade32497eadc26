"""Two LSTMs that translate: one reads a sentence, the other writes one and looks back at the first.

This is the network as it is trained, in batches, with its gradients; `lstm_edu.translator` runs a
trained one step by step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lstm_edu import LSTM, Dense, Embedding, _checks, initializers
from lstm_edu.activations import softmax
from lstm_edu.both_ways import from_the_end


class Batch(NamedTuple):
    """Sentences side by side, and of their translations all but the last token.

    Attributes
    ----------
    source : ndarray of int, shape (batch, source)
        Numbers of tokens; after the end of a sentence any.
    source_mask : ndarray of bool, shape (batch, source)
        False after the end.
    target : ndarray of int, shape (batch, target)
        What the decoder is told to have written so far: the translation, one step late (teacher
        forcing), whatever it would have written itself.
    """

    source: np.ndarray
    source_mask: np.ndarray
    target: np.ndarray


class Pass(NamedTuple):
    """What `EncoderDecoder.forward` computed: its output, and all that the way back needs."""

    output: np.ndarray
    batch: Batch
    memory: dict


class EncoderDecoder:
    """Encoder, decoder and attention (Luong, Pham & Manning 2015, arXiv 1508.04025).

    A bidirectional LSTM reads the source; h̄_s are its states, both directions side by side. Where
    it ends, the decoder begins: h_0 and c_0 are its last states. At each step the decoder, told its
    previous token, comes to h_t; then, with the numbers of Luong's equations,

        score_ts = h_tᵀ W_a h̄_s                   (8, “general”)
        α_t = softmax(score_t) over the source     (7)
        context_t = Σ_s α_ts h̄_s
        h̃_t = tanh([context_t, h_t] W_c + b_c)     (5)
        p_t = softmax(h̃_t Eᵀ + b)                  (6)

    E is the table of the target's embeddings, which so serves twice (Press & Wolf 2017, arXiv
    1608.05859). Unlike Luong's, h̃_t is not fed to the next step: all attention of a sentence can
    then be computed at once.

    Parameters
    ----------
    source, target : Embedding
        Of the tokens that are read, and written; of one width.
    there, back, decoder : LSTM
        The encoder's two directions, and the decoder with as many units as both together.
    score : ndarray, shape (units, units)
        W_a.
    combine : Dense
        W_c and b_c, with tanh.
    bias : ndarray, shape (target tokens,)
        b.

    Attributes
    ----------
    dropout : float
        The share of numbers that `forward` replaces with 0 in the embeddings and in h̃; 0 unless
        set. What is left grows by 1 / (1 − share).
    random : Generator
        Draws them.
    """

    def __init__(
        self,
        source: Embedding,
        target: Embedding,
        there: LSTM,
        back: LSTM,
        decoder: LSTM,
        score: np.ndarray,
        combine: Dense,
        bias: np.ndarray,
    ) -> None:
        self.source, self.target = source, target
        self.there, self.back, self.decoder = there, back, decoder
        self.score, self.combine, self.bias = score, combine, bias
        if decoder.units != there.units + back.units:
            raise ValueError(
                f"the decoder has {decoder.units} units, the encoder {there.units} + {back.units}; "
                "expected as many: it begins with the encoder's last states"
            )
        self.dropout, self.random = 0.0, np.random.default_rng(0)

    @classmethod
    def create(
        cls,
        sources: int,
        targets: int,
        width: int,
        units: int,
        *,
        dtype=np.float32,
        seed: int | np.random.Generator | None = None,
    ) -> EncoderDecoder:
        """Return one that is not trained.

        Parameters
        ----------
        sources, targets : int
            How many tokens there are to be read, and to be written.
        width : int
            Of the embeddings.
        units : int
            Of either direction of the encoder; the decoder has twice as many.
        """
        random = initializers.generator(seed)
        both = 2 * units
        lstm = {"dtype": dtype, "seed": random}

        def table(tokens: int) -> Embedding:
            return Embedding((random.normal(0, width**-0.5, (tokens, width))).astype(dtype))

        return cls(
            table(sources),
            table(targets),
            LSTM.create(width, units, **lstm),
            LSTM.create(width, units, **lstm),
            LSTM.create(width, both, **lstm),
            initializers.glorot_uniform((both, both), random).astype(dtype),
            Dense.create(2 * both, width, activation="tanh", **lstm),
            np.zeros(targets, dtype),
        )

    @property
    def _layers(self) -> tuple:
        return self.source, self.target, self.there, self.back, self.decoder, self.combine

    @property
    def weights(self) -> list[np.ndarray]:
        """All weights; assign a list of the same shapes."""
        arrays = [array for layer in self._layers for array in layer.params]
        return [*arrays, self.score, self.bias]

    @weights.setter
    def weights(self, weights: Sequence[np.ndarray]) -> None:
        *rest, self.score, self.bias = weights
        for layer in self._layers:
            count = len(layer.params)
            layer.params, rest = tuple(rest[:count]), rest[count:]

    def _drop(self, shape: tuple[int, ...]) -> np.ndarray:
        """Return what an array is multiplied with to drop a share of it."""
        dtype = self.decoder.dtype
        if not self.dropout:
            return np.ones((1,) * len(shape), dtype)
        kept = self.random.random(shape, np.float32) >= self.dropout
        return kept.astype(dtype) / dtype.type(1 - self.dropout)

    def forward(self, batch: Batch) -> Pass:
        """Return logits (batch, target, target tokens) of what follows each token, and the rest."""
        read = self.source(batch.source)
        drops = [self._drop((*ids.shape, read.shape[-1])) for ids in batch[::2]]
        drops.append(self._drop(drops[1].shape))
        read = read * drops[0]
        order = from_the_end(*batch.source.shape, batch.source_mask)[..., None]
        turned = np.take_along_axis(read, order, axis=1)
        there = self.there(read, mask=batch.source_mask)
        back = self.back(turned, mask=batch.source_mask)
        states = np.concatenate([there.h, np.take_along_axis(back.h, order, axis=1)], axis=2)
        h0, c0 = (
            np.concatenate([getattr(half, name)[:, -1] for half in (there, back)], axis=1)
            for name in "hc"
        )
        decoded = self.decoder(self.target(batch.target) * drops[1], h0, c0)

        keys = states @ self.score.T  # W_a h̄_s
        scores = decoded.h @ keys.transpose(0, 2, 1)
        scores = np.where(batch.source_mask[:, None], scores, np.finfo(scores.dtype).min)
        weights = softmax(scores)
        both = np.concatenate([weights @ states, decoded.h], axis=2)
        combined, (_, seen) = self.combine.forward(both)
        attentional = combined * drops[2]
        logits = attentional @ self.target.params.embeddings.T + self.bias
        names = "order drops there back states decoded keys weights both seen attentional"
        found = locals()
        return Pass(logits, batch, {name: found[name] for name in names.split()})

    def backward(self, run: Pass, upstream: np.ndarray, truncate=None) -> list[np.ndarray]:
        """Return the gradients of the `weights` from that of the logits."""
        batch, m = run.batch, run.memory
        table = self.target.params.embeddings
        rows = upstream.reshape(-1, upstream.shape[-1])
        d_table = rows.T @ m["attentional"].reshape(len(rows), -1)
        d_seen = (upstream @ table) * m["drops"][2]
        combine = self.combine.backward((m["both"], m["seen"]), d_seen)
        d_context, d_h = np.split(combine.x, 2, axis=2)

        weights, states = m["weights"], m["states"]
        d_weights = d_context @ states.transpose(0, 2, 1)
        d_states = weights.transpose(0, 2, 1) @ d_context
        d_scores = weights * (d_weights - (weights * d_weights).sum(axis=2, keepdims=True))
        d_h = d_h + d_scores @ m["keys"]
        d_keys = d_scores.transpose(0, 2, 1) @ m["decoded"].h
        d_states = d_states + d_keys @ self.score
        width = states.shape[-1]
        d_score = d_keys.reshape(-1, width).T @ states.reshape(-1, width)

        decoder = self.decoder.backward(m["decoded"], d_h)
        target = self.target.backward(batch.target, decoder.x * m["drops"][1])
        d_there, d_back = np.split(d_states, 2, axis=2)
        d_back = np.take_along_axis(d_back, m["order"], axis=1)
        halves = []
        for k, (layer, d) in enumerate(((self.there, d_there), (self.back, d_back))):
            dh, dc = np.array(d), np.zeros_like(d)
            dh[:, -1] += np.split(decoder.h0, 2, axis=1)[k]
            dc[:, -1] += np.split(decoder.c0, 2, axis=1)[k]
            halves.append(layer.backward(m["there" if k == 0 else "back"], dh, dc))
        d_read = halves[0].x + np.take_along_axis(halves[1].x, m["order"], axis=1)
        source = self.source.backward(batch.source, d_read * m["drops"][0])
        return [
            *source.params,
            target.params.embeddings + d_table,
            *halves[0].params,
            *halves[1].params,
            *decoder.params,
            *combine.params,
            d_score,
            rows.sum(axis=0),
        ]

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        sources, width = self.source.params.embeddings.shape
        return (
            f"EncoderDecoder({sources:,} → {len(self.bias):,} tokens, width {width}, encoder "
            f"{self.there.units} + {self.back.units}, decoder {self.decoder.units}, "
            f"{sum(array.size for array in self.weights):,} weights)"
        )


def smoothed(share: float):
    """Return a loss: cross-entropy of tokens with a share of the truth spread over all of them.

    Label smoothing (Szegedy et al. 2016, arXiv 1512.00567, section 7) keeps a small network from
    becoming too sure of what it has read a few times. Targets below 0 stand for padding.

    Parameters
    ----------
    share : float
        What is spread, from 0 to below 1.
    """
    share = _checks.number("share", share, 0.0, 1.0)

    def loss(logits: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
        counts = targets >= 0
        total, tokens = counts.sum(), logits.shape[-1]
        shifted = logits - logits.max(axis=-1, keepdims=True)
        exponentials = np.exp(shifted)
        sums = exponentials.sum(axis=-1, keepdims=True)
        chosen = np.where(counts, targets, 0)[..., None]
        right = np.take_along_axis(shifted, chosen, axis=-1)[..., 0] - np.log(sums[..., 0])
        mean = shifted.mean(axis=-1) - np.log(sums[..., 0])
        value = -((1 - share) * right + share * mean)[counts].sum() / total
        gradient = exponentials / sums - logits.dtype.type(share / tokens)
        at_chosen = np.take_along_axis(gradient, chosen, axis=-1) - (1 - share)
        np.put_along_axis(gradient, chosen, at_chosen.astype(logits.dtype), axis=-1)
        gradient *= (counts[..., None] / total).astype(logits.dtype)
        return float(value), gradient

    return loss

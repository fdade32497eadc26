"""The four layers that chapter 8 races: two recurrent ones, a parallel scan, and attention."""

import tensorflow as tf

from lstm_edu.interop import keras

layers = keras().layers


def scan(a, b):
    """Solve h_t = a_t · h_{t−1} + b_t for all t at once, from h_0 = 0.

    Two neighbouring steps are one step, (a₁a₂, a₂b₁ + b₂): so the odd places are a problem of half
    the length, and the even ones follow from them. 2 log₂ T passes in the place of T.

    Parameters
    ----------
    a, b : tensor, shape (batch, time, units)
        The number of steps is a power of two.

    Returns
    -------
    a, b : tensor, shape (batch, time, units)
        The products of all a up to each step, and h.
    """
    _, time, units = a.shape
    if time == 1:
        return a, b
    a_even, a_odd, b_even, b_odd = a[:, ::2], a[:, 1::2], b[:, ::2], b[:, 1::2]
    pairs = scan(a_even * a_odd, a_odd * b_even + b_odd)
    a_before, b_before = pairs[0][:, :-1], pairs[1][:, :-1]
    a_rest, b_rest = a_even[:, 1:], b_even[:, 1:]
    even = (
        tf.concat([a_even[:, :1], a_before * a_rest], axis=1),
        tf.concat([b_even[:, :1], a_rest * b_before + b_rest], axis=1),
    )
    shape = (-1, time, units)
    return tuple(tf.reshape(tf.stack(two, 2), shape) for two in zip(even, pairs, strict=True))


class MinLSTM(layers.Layer):
    """The minLSTM (Feng et al. 2024, arXiv 2410.01201): gates that see the input alone.

    Parameters
    ----------
    units : int
        The length of its state.
    """

    def __init__(self, units):
        super().__init__()
        self.units = units
        self.dense = layers.Dense(3 * units)

    def build(self, shape):
        """Make the weights."""
        self.dense.build(shape)

    def call(self, x):
        """Return h at every step; the number of steps is a power of two."""
        f, i, candidate = tf.split(self.dense(x), 3, axis=-1)
        f, i = tf.sigmoid(f), tf.sigmoid(i)
        return scan(f / (f + i), i / (f + i) * candidate)[1]


class Attention(layers.Layer):
    """Causal self-attention with one head (Vaswani et al. 2017, arXiv 1706.03762).

    Parameters
    ----------
    units : int
        The length of queries, keys, values and outputs.
    """

    def __init__(self, units):
        super().__init__()
        self.attention = layers.MultiHeadAttention(1, units)

    def build(self, shape):
        """Make the weights."""
        self.attention.build(shape, shape)

    def call(self, x):
        """Return what each step takes from the steps up to it."""
        return self.attention(x, x, use_causal_mask=True)


def make(name, inputs, units):
    """Return a layer of the name, with weights."""
    makers = {
        "LSTM": lambda: layers.LSTM(units, return_sequences=True),
        "GRU": lambda: layers.GRU(units, return_sequences=True),
        "minLSTM": lambda: MinLSTM(units),
        "attention": lambda: Attention(units),
    }
    layer = makers[name]()
    layer.build((None, None, inputs))
    return layer


NAMES = ("LSTM", "GRU", "minLSTM", "attention")


def training_step(layer, compiled, scale=1.0):
    """Return a function of x: the loss and its gradients, forwards and back.

    Parameters
    ----------
    layer : keras.layers.Layer
        What is trained.
    compiled : bool
        By XLA, or as TensorFlow runs a graph.
    scale : float
        What the loss is multiplied by, and the gradients divided by, so that half precision does
        not lose small ones.
    """

    @tf.function(jit_compile=compiled)
    def step(x):
        with tf.GradientTape() as tape:
            loss = scale * tf.reduce_mean(tf.cast(layer(x), tf.float32) ** 2)
        gradients = tape.gradient(loss, layer.trainable_variables)
        return loss / scale, [gradient / scale for gradient in gradients]

    return step

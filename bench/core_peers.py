"""The peers of the core: Keras and PyTorch with their own LSTMs, and loops that keep the gates.

All hold the weights of one `lstm_edu.LSTM`, and take the same x. Each way is a function of nothing
that ends when its numbers are there.
"""

from importlib.util import find_spec

import numpy as np
import tensorflow as tf

from lstm_edu.interop import keras, to_keras


class Keras:
    """`keras.layers.LSTM`, which keeps no gates, as a graph and compiled by XLA.

    Parameters
    ----------
    lstm : LSTM
        Whose weights it gets.
    x : ndarray, shape (batch, time, input_dim)
        The input.
    dh : ndarray, shape (batch, time, units)
        What the gradient of the loss with respect to h is.
    """

    def __init__(self, lstm, x, dh):
        self.layer = to_keras(lstm, return_sequences=True)
        self.x, self.dh = tf.constant(x), tf.constant(dh)

    def forward(self):
        """Return the ways to compute h: as Keras runs a model, and in a function of its own."""
        model = keras().Sequential([keras().Input(self.x.shape[1:]), self.layer])
        twin = keras().Sequential([keras().Input(self.x.shape[1:]), self.layer])
        model.compile(jit_compile=False)
        twin.compile(jit_compile=True)
        bare = [tf.function(self.layer, jit_compile=xla) for xla in (False, True)]
        x = self.x.numpy()
        return {
            "Keras": lambda: model.predict_on_batch(x),
            "Keras, XLA": lambda: twin.predict_on_batch(x),
            "a bare graph": lambda: bare[0](self.x).numpy(),
            "a bare graph, XLA": lambda: bare[1](self.x).numpy(),
        }

    def forward_and_back(self):
        """Return the ways to compute the gradients of the weights and of x, too."""
        return {"Keras": self._back(xla=False), "Keras, XLA": self._back(xla=True)}

    def _back(self, xla):
        @tf.function(jit_compile=xla)
        def run(x, dh):
            with tf.GradientTape() as tape:
                tape.watch(x)
                loss = tf.reduce_sum(self.layer(x) * dh)
            return tape.gradient(loss, [*self.layer.trainable_variables, x])

        return lambda: [gradient.numpy() for gradient in run(self.x, self.dh)]

    def loop(self):
        """Compute h, and keep the gates: what one writes who has Keras alone."""
        W, U, b = self.layer.cell.get_weights()
        sigmoid, tanh = keras().ops.sigmoid, keras().ops.tanh
        h = c = keras().ops.zeros((len(self.x), len(U)))
        kept = []
        for t in range(self.x.shape[1]):
            z_i, z_f, z_g, z_o = keras().ops.split(self.x[:, t] @ W + h @ U + b, 4, axis=1)
            i, f, g, o = sigmoid(z_i), sigmoid(z_f), tanh(z_g), sigmoid(z_o)
            c = f * c + i * g
            h = o * tanh(c)
            kept.append((i, f, g, o, c, h))
        return np.stack([keras().ops.stack(one, axis=1).numpy() for one in zip(*kept, strict=True)])


class Torch:
    """`torch.nn.LSTM`, which keeps no gates; where PyTorch is installed.

    Parameters
    ----------
    lstm, x, dh
        As of `Keras`.
    """

    def __init__(self, lstm, x, dh):
        import torch

        self.torch = torch
        self.layer = torch.nn.LSTM(lstm.input_dim, lstm.units, batch_first=True)
        kernel, recurrent_kernel, bias = map(torch.from_numpy, map(np.array, lstm.params))
        with torch.no_grad():
            self.layer.weight_ih_l0.copy_(kernel.T)
            self.layer.weight_hh_l0.copy_(recurrent_kernel.T)
            self.layer.bias_ih_l0.copy_(bias)
            self.layer.bias_hh_l0.zero_()
        self.x, self.dh = torch.from_numpy(x), torch.from_numpy(dh)

    @staticmethod
    def installed():
        """Return whether there is PyTorch."""
        return find_spec("torch") is not None

    def forward(self):
        """Return the way to compute h."""

        def run():
            with self.torch.inference_mode():
                return self.layer(self.x)[0].numpy()

        return {"PyTorch": run}

    def forward_and_back(self):
        """Return the way to compute the gradients of the weights and of x, too."""
        x = self.x.clone().requires_grad_()

        def run():
            loss = (self.layer(x)[0] * self.dh).sum()
            return self.torch.autograd.grad(loss, [x, *self.layer.parameters()])

        return {"PyTorch": run}

    def loop(self):
        """Compute h, and keep the gates: what one writes who has PyTorch alone."""
        layer, torch = self.layer, self.torch
        kept = []
        with torch.inference_mode():
            W, U = layer.weight_ih_l0.T, layer.weight_hh_l0.T
            b = layer.bias_ih_l0 + layer.bias_hh_l0
            h = c = torch.zeros(len(self.x), len(U))
            for t in range(self.x.shape[1]):
                z_i, z_f, z_g, z_o = (self.x[:, t] @ W + h @ U + b).chunk(4, dim=1)
                i, f, g, o = z_i.sigmoid(), z_f.sigmoid(), z_g.tanh(), z_o.sigmoid()
                c = f * c + i * g
                h = o * c.tanh()
                kept.append((i, f, g, o, c, h))
            return np.stack([torch.stack(one, dim=1).numpy() for one in zip(*kept, strict=True)])

"""Write torch.npz: what PyTorch computes, for tests that must run without PyTorch.

    python -m venv /tmp/torch-venv
    /tmp/torch-venv/bin/pip install torch==2.13.0 numpy==2.4.6
    /tmp/torch-venv/bin/python tests/golden/make_torch.py

The file holds, for each case, the weights under torch's own names, the input, the initial states,
the outputs and final states, the weights of a loss

    L = Σ d_output · output + Σ d_hn · hn + Σ d_cn · cn,

and the gradients of L. `manifest` is a JSON text: versions, and how each case was made. The same
version on the same kind of CPU writes the same bytes.
"""

import json
from pathlib import Path

import numpy as np
import torch

OUT = Path(__file__).with_name("torch.npz")

# name: module, its arguments, dtype, seed
CASES = {
    "lstm": ("LSTM", {"input_size": 3, "hidden_size": 4}, "float64", 1),
    "lstm_float32": ("LSTM", {"input_size": 5, "hidden_size": 6}, "float32", 2),
    "lstm_no_bias": ("LSTM", {"input_size": 2, "hidden_size": 3, "bias": False}, "float64", 3),
    "lstm_stacked": ("LSTM", {"input_size": 3, "hidden_size": 4, "num_layers": 3}, "float64", 4),
    "lstm_bidirectional": (
        "LSTM",
        {"input_size": 3, "hidden_size": 4, "num_layers": 2, "bidirectional": True},
        "float64",
        5,
    ),
    "gru_bidirectional": (
        "GRU",
        {"input_size": 3, "hidden_size": 4, "num_layers": 2, "bidirectional": True},
        "float64",
        6,
    ),
    "gru_no_bias": ("GRU", {"input_size": 2, "hidden_size": 3, "bias": False}, "float64", 7),
    "rnn_stacked": ("RNN", {"input_size": 3, "hidden_size": 4, "num_layers": 2}, "float64", 8),
    "rnn_relu": (
        "RNN",
        {"input_size": 3, "hidden_size": 4, "nonlinearity": "relu"},
        "float64",
        9,
    ),
}
BATCH, TIME = 3, 7


def run(kind: str, arguments: dict, dtype: str, seed: int) -> dict[str, torch.Tensor]:
    """Run one case forwards and backwards."""
    torch.manual_seed(seed)
    dtype = getattr(torch, dtype)
    module = getattr(torch.nn, kind)(**arguments, batch_first=True, dtype=dtype)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, dtype=dtype)

    directions = 2 if module.bidirectional else 1
    state = (module.num_layers * directions, BATCH, module.hidden_size)
    x = draw(BATCH, TIME, module.input_size)
    initial = {"h0": draw(*state)} | ({"c0": draw(*state)} if kind == "LSTM" else {})
    for tensor in (x, *initial.values()):
        tensor.requires_grad_()

    states = tuple(initial.values())
    output, final = module(x, states if kind == "LSTM" else states[0])
    results = {"output": output}
    results |= dict(zip(("hn", "cn"), final if kind == "LSTM" else (final,), strict=False))
    upstream = {name: draw(*tensor.shape) for name, tensor in results.items()}
    sum((upstream[name] * tensor).sum() for name, tensor in results.items()).backward()

    arrays = {"x": x, **initial, **results}
    arrays |= {f"d_{name}": tensor for name, tensor in upstream.items()}
    arrays |= {f"gradient/{name}": t.grad for name, t in {"x": x, **initial}.items()}
    for name, weight in module.named_parameters():
        arrays[f"weights/{name}"] = weight
        arrays[f"gradient/{name}"] = weight.grad
    return arrays


def main() -> None:
    """Write all cases."""
    torch.set_num_threads(1)
    arrays = {
        f"{case}/{name}": tensor.detach().numpy()
        for case, how in CASES.items()
        for name, tensor in run(*how).items()
    }
    manifest = {
        "torch": torch.__version__,
        "numpy": np.__version__,
        "cases": {
            case: {"module": kind, "arguments": arguments, "dtype": dtype, "seed": seed}
            for case, (kind, arguments, dtype, seed) in CASES.items()
        },
    }
    np.savez_compressed(OUT, manifest=np.array(json.dumps(manifest)), **arrays)
    print(f"{OUT}: {len(CASES)} cases, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

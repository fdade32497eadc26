"""What `trace` returns: the Trace of every LSTM layer of a model, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lstm_edu.trace import Trace


class Traces(Mapping):
    """A read-only dict from the name of an LSTM layer to its `Trace`, in the order of the model.

    What stands inside something has a name like a file in a folder:

    ==============================  ==========================================================
    name                            layer
    ==============================  ==========================================================
    ``lstm``                        a layer of the model itself
    ``bidirectional/forward``       the two halves of a `Bidirectional`
    ``bidirectional/backward``
    ``encoder/lstm``                a layer of the nested model ``encoder``
    ``lstm/call_2``                 the second run of a layer that the model runs several times
    ==============================  ==========================================================

    A folder's name gives the `Traces` inside it: ``traces["bidirectional"]["forward"]``.

    Parameters
    ----------
    traces : dict of str to Trace
        The traces by full name.
    backwards : iterable of str, optional
        Names of the layers that read their input from its end. Their traces are in the order in
        which the layer read, so that step 0 of such a trace is the *last* step of the input.

    Attributes
    ----------
    backwards : frozenset of str
        As above.
    """

    def __init__(self, traces: Mapping[str, Trace], backwards=()):
        self._traces = dict(traces)
        self.backwards = frozenset(backwards)

    def __getitem__(self, name: str) -> Trace | Traces:
        """Return the trace of a layer, or the traces inside a wrapper or a nested model.

        Raises
        ------
        KeyError
            If there is neither; the message lists the names that there are.
        """
        if name in self._traces:
            return self._traces[name]
        folder = f"{name}/"
        inside = {
            full.removeprefix(folder): trace
            for full, trace in self._traces.items()
            if full.startswith(folder)
        }
        if not inside:
            raise KeyError(f"no LSTM layer {name!r} here; there are: {', '.join(self._traces)}")
        return Traces(
            inside,
            {full.removeprefix(folder) for full in self.backwards if full.startswith(folder)},
        )

    def __iter__(self) -> Iterator[str]:
        """Go through the full names."""
        return iter(self._traces)

    def __len__(self) -> int:
        """Count the traces."""
        return len(self._traces)

    def __repr__(self) -> str:
        """Show one line for each trace."""
        width = max(map(len, self._traces), default=0)
        lines = [f"Traces of {len(self)} LSTM layer{'s' if len(self) != 1 else ''}:"]
        for name, trace in self._traces.items():
            batch, time, units = trace.h.shape
            order = ", reads backwards" if name in self.backwards else ""
            lines.append(f"  {name:{width}}  batch {batch}, time {time}, units {units}{order}")
        return "\n".join(lines)

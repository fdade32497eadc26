"""What a submitted notebook may use while it is graded."""

from dataclasses import dataclass, replace

MIB = 2**20

#: What a notebook that is given them needs more room for.
FRAMEWORKS = ("keras", "tensorflow", "torch", "jax", "flax", "onnxruntime", "mxnet", "paddle")


@dataclass(frozen=True)
class Limits:
    """Bounds on one run of one notebook.

    Attributes
    ----------
    seconds : float
        By the clock on the wall, from the start of the process to its end.
    cell_seconds : float
        For one cell, and for all calls of one answer; what takes longer is interrupted, and the
        rest goes on.
    memory : int
        Bytes that all processes of the notebook together may occupy.
    address_space : int
        Bytes that one process may reserve.
    processes : int
        Processes and threads.
    file_size, disk : int
        Bytes of one file, and of all files that it writes (they live in memory).
    output : int
        Bytes that come back from one run.
    notebook : int
        Bytes of a submitted file.
    """

    seconds: float = 60
    cell_seconds: float = 15
    memory: int = 1024 * MIB
    address_space: int = 2048 * MIB
    processes: int = 48
    file_size: int = 16 * MIB
    disk: int = 32 * MIB
    output: int = 4 * MIB
    notebook: int = 20 * MIB

    def for_frameworks(self) -> "Limits":
        """Return the limits of a notebook that may train a network with Keras."""
        return replace(
            self,
            seconds=4 * self.seconds,
            cell_seconds=6 * self.cell_seconds,
            memory=3 * self.memory,
            address_space=16 * self.address_space,
            processes=4 * self.processes,
        )

    def bounds(self) -> dict[str, int]:
        """Return what the kernel enforces on each process, by the names of the module resource."""
        return {
            "RLIMIT_AS": self.address_space,
            "RLIMIT_NPROC": self.processes,
            "RLIMIT_FSIZE": self.file_size,
            "RLIMIT_CPU": int(self.seconds) + 1,
            "RLIMIT_NOFILE": 128,
            "RLIMIT_CORE": 0,
            "RLIMIT_MSGQUEUE": 0,
            "RLIMIT_MEMLOCK": 0,
        }

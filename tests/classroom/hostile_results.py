"""Notebooks that forge what the worker says. Each is a list of cells; see `hostile`."""

FORGE = """
import io, json, os, struct, zlib
import numpy as np

def frame(data):
    return len(data).to_bytes(8, "big") + data

def npz(index, savez=np.savez, **arrays):
    buffer = io.BytesIO()
    savez(buffer, index=np.frombuffer(json.dumps(index).encode(), np.uint8), **arrays)
    return buffer.getvalue()

def to_all(data):
    for file in range(3, 64):
        try:
            os.write(file, data)
        except OSError:
            pass

def said(exercise, value):
    part = {"dict": [[{"plain": ""}, {"array": 0}]]}
    calls = {"list": [part, part, part]}
    return {"dict": [[{"plain": "exercise"}, {"plain": exercise}], [{"plain": "calls"}, calls]]}
"""

RESULTS = {
    "pickles in the results": [
        FORGE,
        """
import pickle
class Touch:
    def __reduce__(self): return (open, (PLACES["canary"], "w"))
forged = np.array([Touch()], dtype=object)
to_all(frame(npz({"dict": []})) + frame(npz(said("3.1", 0), a0=forged)))
to_all(frame(pickle.dumps(Touch())))
os._exit(0)
""",
    ],
    "frames forged": [
        FORGE,
        """
ran = {"dict": [[{"plain": "errors"}, {"list": []}]]}
right = {"dict": [[{"plain": "right"}, {"plain": True}], [{"plain": "points"}, {"plain": 9}]]}
to_all(frame(npz(ran)) + frame(npz(said("3.1", 0), a0=np.zeros(3))) + frame(npz(right)))
os._exit(0)
""",
    ],
    "a frame without end": [
        FORGE,
        """
to_all((1 << 62).to_bytes(8, "big") + b"x" * 100)
os._exit(0)
""",
    ],
    "a zip bomb for results": [
        FORGE,
        """
bomb = npz({"dict": []}, savez=np.savez_compressed, a0=np.zeros(1 << 25))
to_all(frame(bomb) * 3)
os._exit(0)
""",
    ],
    "a header that lies": [
        FORGE,
        """
buffer = io.BytesIO()
import zipfile
header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }"
header += b" " * (117 - len(header)) + b"\\n"
with zipfile.ZipFile(buffer, "w") as archive:
    archive.writestr("index.npy", b"\\x93NUMPY\\x01\\x00" + struct.pack("<H", len(header)) + header)
to_all(frame(buffer.getvalue()) * 3)
os._exit(0)
""",
    ],
    "deep JSON for results": [
        FORGE,
        """
buffer = io.BytesIO()
np.savez(buffer, index=np.frombuffer(b"[" * 100000 + b"]" * 100000, np.uint8))
to_all(frame(buffer.getvalue()) * 3)
os._exit(0)
""",
    ],
    "forged at exit": [
        FORGE,
        """
import atexit, sys
atexit.register(lambda: to_all(frame(npz(said("3.1", 0), a0=np.zeros(3)))))
sys.exit(0)
""",
    ],
    "questions read early": [
        FORGE,
        """
inputs = b""
for file in range(3, 12):
    try:
        inputs += os.read(file, 1 << 20)
    except OSError:
        pass
double = lambda x: x
""",
    ],
}

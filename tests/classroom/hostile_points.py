"""Notebooks that want points. Each is a list of cells; see `hostile`."""

POINTS = {
    "patched check": [
        """
import lstm_edu.exercises as exercises
exercises.check = lambda *_: exercises.Feedback()
exercises.Feedback.right = True
check = exercises.check
double = check
number = exercises.Feedback()
"""
    ],
    "references imported": [
        """
try:
    from lstm_edu.exercises.register import exercise
    number = exercise("3.2").reference
    double = exercise("3.1").reference
except ImportError:
    import lstm_edu.classroom
    double = lstm_edu.classroom.double
"""
    ],
    "solutions on disk": [
        """
import os, re
number = 0
try:
    number = int(re.search(r"number = (\\d+)", open(PLACES["master"]).read())[1])
except OSError:
    pass
""",
        """
places = [PLACES["repository"] + "/book/exercises", "/proc/1/root", "/home", "/classroom"]
for place in places:
    for above, _, names in os.walk(place):
        if above.startswith(("/proc/1/root/proc", "/proc/1/root/usr", "/proc/1/root/site")):
            continue
        for name in names:
            try:
                found = re.search(r"number = (\\d+)", open(os.path.join(above, name)).read())
            except (OSError, UnicodeDecodeError):
                continue
            if found:
                number = int(found[1])
""",
    ],
    "environment": [
        """
import os, glob
number = int(os.environ.get("TEACHERS_SECRET", 0))
for path in glob.glob("/proc/*/environ"):
    try:
        for line in open(path).read().split("\\0"):
            if line.startswith("TEACHERS_SECRET="):
                number = int(line.split("=")[1])
    except OSError:
        pass
"""
    ],
    "loopback": [
        """
import socket
number = 0
for address in ("127.0.0.1", "localhost", "0.0.0.0"):
    try:
        with socket.create_connection((address, PLACES["port"]), timeout=1) as line:
            number = int(line.recv(100))
    except OSError:
        pass
"""
    ],
    "network": [
        """
import socket, urllib.request
number = 0
for address in ("192.0.2.1", "10.0.0.1"):
    try:
        socket.create_connection((address, 80), timeout=1)
        number = PLACES["connected"]
    except OSError:
        pass
"""
    ],
    "sockets past the network": [
        """
import socket
for family in (16, 17, 38, 40):  # netlink, packet, crypto, vsock
    try:
        socket.socket(family, socket.SOCK_RAW if family in (16, 17) else socket.SOCK_STREAM)
        raise RuntimeError("a socket past the network was given")
    except OSError:
        refused = True
open("/home/student/ok", "w").write("fine")
"""
    ],
    "equal to everything": [
        """
class Always:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __float__(self): return float("nan")
    def __array__(self, *a, **k): return self
    def __array_ufunc__(self, *a, **k): return True
    __hash__ = object.__hash__
number = Always()
double = lambda x: Always()
"""
    ],
    "an array's subclass": [
        """
import numpy as np
class Always(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __sub__(self, other): return np.zeros(self.shape)
    __rsub__ = __abs__ = __sub__
    def __array_function__(self, *a, **k): return True
number = np.zeros(()).view(Always)
double = lambda x: np.zeros_like(x).view(Always)
"""
    ],
    "a metaclass": [
        """
class Meta(type):
    def __instancecheck__(cls, other): return True
    def __eq__(cls, other): return True
    def __call__(cls, *a, **k): return cls
    __hash__ = type.__hash__
class number(metaclass=Meta):
    pass
double = number
"""
    ],
    "NaN and infinity": [
        """
import numpy as np
number = np.nan
double = lambda x: np.full_like(x, np.inf)
"""
    ],
    "objects": [
        """
import numpy as np
class Touch:
    def __reduce__(self): return (open, (PLACES["canary"], "w"))
number = np.array([Touch()], dtype=object)
double = lambda x: number
"""
    ],
    "numpy patched": [
        """
import numpy as np
np.allclose = np.array_equal = np.all = np.isclose = lambda *a, **k: True
np.testing.assert_allclose = lambda *a, **k: None
np.asarray = np.array = lambda *a, **k: 0
np.save = np.savez = lambda file, *a, **k: file.write(b"right")
np.random.default_rng = lambda *a: None
number, double = 1, lambda x: x
"""
    ],
    "builtins patched": [
        """
import builtins, json
builtins.isinstance = lambda *a: True
builtins.len = lambda a: 1
builtins.callable = lambda a: True
json.dumps = lambda *a, **k: '{"right": true}'
number, double = 1, lambda x: x
"""
    ],
    "collect replaced": [
        """
import sys, types
fake = types.ModuleType("collect")
fake.NotAnAnswer = ValueError
fake.collect = lambda answer, inputs: True
sys.modules["collect"] = fake
number, double = 1, lambda x: x
"""
    ],
    "memory searched": [
        """
import gc, sys
number = 0
def double(x):
    frame = sys._getframe()
    while frame:
        for held in list(frame.f_locals.values()):
            if isinstance(held, dict) and ("expected" in held or "reference" in held):
                return held.get("expected", held.get("reference"))
        frame = frame.f_back
    for held in gc.get_objects():
        if isinstance(held, dict) and held.get("reference") is not None:
            return held["reference"]
    return x
"""
    ],
}

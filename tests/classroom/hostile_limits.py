"""Notebooks that take what there is, or leave midway. Each is a list of cells; see `hostile`."""

LIMITS = {
    "an infinite loop": ["while True:\n    pass\n"],
    "an infinite loop that minds nothing": [
        """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
    ],
    "an alarm turned off": [
        """
import signal
signal.setitimer(signal.ITIMER_REAL, 0)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    pass
"""
    ],
    "memory": ["hoard = []\nwhile True:\n    hoard.append(bytearray(b'x' * (1 << 24)))\n"],
    "memory in many processes": [
        """
import os, time
for _ in range(30):
    if os.fork() == 0:
        hoard = bytearray(b"x" * (60 << 20))
        time.sleep(60)
        os._exit(0)
time.sleep(60)
"""
    ],
    "memory shared": [
        """
import mmap, os, time
for _ in range(30):
    if os.fork() == 0:
        hoard = mmap.mmap(-1, 60 << 20)
        hoard.write(b"x" * (60 << 20))
        time.sleep(60)
        os._exit(0)
time.sleep(60)
"""
    ],
    "memory of no process": [
        """
import os
files = []
while len(files) < 100:
    files.append(os.memfd_create("hoard"))
    for _ in range(15):
        os.write(files[-1], b"x" * (1 << 20))
"""
    ],
    "a fork bomb": [
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n"
    ],
    "threads": [
        """
import threading, time
def again():
    while True:
        time.sleep(0.01)
started = 0
while True:
    threading.Thread(target=again).start()
    started += 1
"""
    ],
    "a thread left behind": [
        """
import threading
def on():
    while True:
        pass
threading.Thread(target=on, daemon=False).start()
"""
    ],
    "a process left behind": [
        """
import os, subprocess, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        sleep = [sys.executable, "-c", "import time; time.sleep(99)", PLACES["token"]]
        os.execv(sys.executable, sleep)
    os._exit(0)
os.wait()
"""
    ],
    "output without end": ["while True:\n    print('x' * 1_000_000)\n"],
    "a gigabyte given back": [
        """
import numpy as np
number = np.broadcast_to(np.float64(1), (1 << 27,))
double = lambda x: np.broadcast_to(np.float64(1), (1 << 27,))
"""
    ],
    "a million parts": ["number = {str(n): n for n in range(1_000_000)}\n"],
    "disk": [
        """
import os
try:
    for n in range(1000):
        with open(f"/home/student/{n}", "wb") as file:
            for _ in range(8):
                file.write(b"x" * (1 << 20))
except OSError:
    pass
written = sum(os.path.getsize(f"/home/student/{name}") for name in os.listdir("/home/student"))
assert written < 64 << 20
for place in ("/", "/dev", "/dev/shm", "/proc", "/site", "/classroom", "/home", "/etc"):
    try:
        open(f"{place}/x", "wb")
    except OSError:
        continue
    raise RuntimeError(place)
"""
    ],
    "one large file": [
        """
with open("/home/student/x", "wb") as file:
    file.truncate(1 << 40)
"""
    ],
    "deep recursion": [
        """
import sys
sys.setrecursionlimit(10**9)
def deeper(n): return [deeper(n + 1)]
deeper(0)
"""
    ],
    "a recursive answer": ["number = []\nnumber.append(number)\ndouble = lambda x: number\n"],
    "os._exit": ["import os\nos._exit(0)\n"],
    "sys.exit": ["import sys\nsys.exit(0)\n"],
    "abort": ["import os\nos.abort()\n"],
    "a crash": ["import ctypes\nctypes.string_at(0)\n"],
    "exit in the answer": ["import os\nnumber = 0\ndouble = lambda x: os._exit(0)\n"],
    "an exception with a message": [
        """
Told = type("leaked-0.123", (Exception,), {})
def double(x):
    raise type("leaked-%s" % x.sum(), (Exception,), {})(str(x))
number = [1, "leaked", Told]
"""
    ],
}

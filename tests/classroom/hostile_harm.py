"""Notebooks that want to harm the host. Each is a list of cells; see `hostile`."""

HARM = {
    "files of the host": [
        """
import os, shutil
for place in (PLACES["canary"], PLACES["repository"] + "/lstm_edu/evil.py", "/tmp/../canary",
              "/classroom/worker.py", "/classroom/package/lstm_edu/__init__.py", "/site/0/evil.py",
              "/usr/lib/evil", "/etc/passwd", "/root/evil"):
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "w").write("evil")
        assert place.startswith(("/home/student", "/tmp"))
    except OSError:
        pass
shutil.rmtree("/site/0/numpy/fft", ignore_errors=True)
shutil.rmtree("/classroom", ignore_errors=True)
assert os.path.exists("/classroom/worker.py")
"""
    ],
    "links": [
        """
import os
os.symlink(PLACES["canary"], "/home/student/result.npz")
os.symlink("/proc/1/root", "/home/student/root")
try:
    open("/home/student/result.npz", "w").write("evil")
except OSError:
    pass
"""
    ],
    "signals": [
        """
import os, signal
for process in (os.getppid(), 1, -1, 0, -os.getpgid(0)):
    try:
        os.kill(process, signal.SIGTERM if process in (-1, 0) else signal.SIGKILL)
    except OSError:
        pass
for process in range(2, 400):
    if process != os.getpid():
        try:
            os.kill(process, signal.SIGKILL)
        except OSError:
            pass
"""
    ],
    "tracing": [
        """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for process in (1, os.getppid()):
    if libc.ptrace(16, process, 0, 0) == 0:
        open("/home/student/traced", "w")
        raise RuntimeError("traced")
assert not os.path.exists("/home/student/traced")
"""
    ],
    "namespaces": [
        """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
assert libc.unshare(0x10000000) == -1
assert libc.unshare(0x00020000) == -1
assert libc.mount(b"none", b"/home/student", b"tmpfs", 0, None) == -1
assert libc.setns(3, 0) == -1
"""
    ],
    "becoming root": [
        """
import os
for change in (os.setuid, os.setgid, os.seteuid):
    try:
        change(0)
    except OSError:
        pass
assert os.getuid() != 0 and os.geteuid() != 0
assert "CapEff:\\t0000000000000000" in open("/proc/self/status").read()
"""
    ],
    "limits lifted": [
        """
import resource
for name in ("RLIMIT_NPROC", "RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_CPU"):
    try:
        resource.setrlimit(getattr(resource, name), (resource.RLIM_INFINITY,) * 2)
    except (OSError, ValueError):
        continue
    raise RuntimeError(name)
"""
    ],
    "a shell": [
        """
import os, subprocess
for program in ("/bin/sh", "/usr/bin/bash", "/usr/bin/env", "/usr/bin/bwrap"):
    assert not os.path.exists(program)
assert os.system("touch /home/student/x") != 0
"""
    ],
}

"""A filter of system calls for graded notebooks: no namespaces of their own, no tracing, no vsock.

bubblewrap takes the filter as a compiled program of the kernel's classic BPF (seccomp(2)). What
is refused fails with EPERM, as if the caller had no right to it; the notebook goes on.
"""

import errno
import platform
import struct

# audit architecture; numbers of: clone, clone3, socket; then everything that is refused
_COMMON = (
    425,
    426,
    427,
    428,
    429,
    430,
    431,
    432,
    433,
    438,
    442,
)  # io_uring, new mounts, pidfd_getfd
_TABLES = {
    "x86_64": (
        0xC000003E,
        (56, 435, 41),
        (
            # unshare setns mount umount2 pivot_root ptrace process_vm_readv process_vm_writev
            *(272, 308, 165, 166, 155, 101, 310, 311),
            # keyctl add_key request_key bpf perf_event_open userfaultfd
            *(250, 248, 249, 321, 298, 323),
            # name_to_handle_at open_by_handle_at kexec_load kexec_file_load
            *(303, 304, 246, 320),
            # init_module finit_module delete_module acct swapon reboot syslog
            *(175, 313, 176, 163, 167, 169, 103),
            # shmget memfd_create memfd_secret: memory that no process shows as its own
            *(29, 319, 447),
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (220, 435, 198),
        (
            *(97, 268, 40, 39, 41, 117, 270, 271),
            *(219, 217, 218, 280, 241, 282),
            *(264, 265, 104, 294),
            *(105, 273, 106, 89, 224, 142, 116),
            *(194, 279, 447),
        ),
    ),
}
_NAMESPACES = 0x7E020000  # every CLONE_NEW… flag
_FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6: they end at the sandbox's own walls
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x40000000


def program(machine: str | None = None) -> bytes | None:
    """Return the compiled filter for a machine, or None where its numbers are not known here."""
    table = _TABLES.get(machine or platform.machine())
    if table is None:
        return None
    architecture, (clone, clone3, socket), refused = table
    refuse = (_RETURN, 0, 0, _ERROR | errno.EPERM)
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        refuse,
        # The C library then uses clone, whose flags a filter can see.
        (_EQUAL, 0, 1, clone3),
        (_RETURN, 0, 0, _ERROR | errno.ENOSYS),
    ]
    for number in (*refused, *_COMMON):
        code += [(_EQUAL, 0, 1, number), refuse]
    code += [
        (_EQUAL, 0, 4, clone),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 0, 1, _NAMESPACES),
        refuse,
        (_RETURN, 0, 0, _ALLOW),
        (_EQUAL, 0, len(_FAMILIES) + 2, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
    ]
    for place, family in enumerate(_FAMILIES):
        code.append((_EQUAL, len(_FAMILIES) - place, 0, family))
    code += [refuse, (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("<HBBI", *line) for line in code)

"""What a worker takes from itself before it answers anything: memory, core dumps, network, a life after the service.

Memory and core dumps are limited on every Unix, the rest on Linux alone; what cannot be had is said by name.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

from claimgraph.server.limits import MEGABYTE

SET_DEATH_SIGNAL, SET_SECCOMP, NO_NEW_PRIVILEGES, FILTER = 1, 22, 38, 2  # prctl(2), seccomp(2)
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06  # BPF: load a word of the call, jump where equal, return (linux/bpf_common.h)
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000
SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Architecture and its number of socket(2) (linux/audit.h, asm/unistd.h)."""


def limit_memory(megabytes: int) -> None:
    """Nothing; from now on an allocation that takes the process beyond fails, which ends it (SIGABRT)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():
        now = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + megabytes * MEGABYTE,) * 2)


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def die_with_parent() -> None:
    """Nothing; on Linux the kernel kills this process when the service ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)


def forbid_sockets() -> bool:
    """Whether this process can open no socket any more: a filter of system calls answers EACCES (seccomp(2)).

    Sockets that are open stay. A call of another architecture, which would have other numbers, kills the process.
    """
    known = SOCKET.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, number = known
    program = (
        (LOAD, 0, 0, 4),  # seccomp_data.arch
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, 0),  # seccomp_data.nr
        (EQUAL, 0, 1, number),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    head = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(code)))
    call = ctypes.CDLL(None).prctl
    return bool(call(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and call(SET_SECCOMP, FILTER, head, 0, 0) == 0)

"""System calls that no lesson needs, refused by the kernel: a table, and the seccomp filter made from it.

libseccomp makes the filter, for the processor of this machine; calls of another one (32 bits, x32) end the process.
"""

import errno
import os
import struct
from functools import cache
from typing import Any

from drycloud.errors import SandboxError

# Refused with EPERM, with any arguments. Each is useless without a privilege, which a run does not have, or widens
# the part of the kernel that untrusted code can reach.
REFUSED = {
    "other namespaces, roots and mounts": "unshare setns chroot pivot_root mount umount2 move_mount "
    "open_tree fsopen fsconfig fsmount fspick",
    "other processes": "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd",
    "programs, keys and memory in the kernel": "bpf perf_event_open userfaultfd io_uring_setup io_uring_enter "
    "io_uring_register add_key request_key keyctl init_module finit_module delete_module kexec_load kexec_file_load "
    "modify_ldt",
    "the machine: clocks, names, quotas, hardware": "clock_settime clock_adjtime settimeofday adjtimex sethostname "
    "setdomainname reboot swapon swapoff acct quotactl syslog vhangup iopl ioperm personality nfsservctl "
    "lookup_dcookie fanotify_init",
    "what all share: the disks' writes, the number of asynchronous ones": "sync syncfs io_setup",
    "files past their names, memory of other nodes": "name_to_handle_at open_by_handle_at move_pages migrate_pages "
    "mbind set_mempolicy",
}

# Refused as unknown: clone3, so that the C library uses the older call, whose flags can be checked; and memory that
# belongs to no process and no folder, which only a control group could count.
# Watches of files are counted by user, and show who else on the machine reads a system file.
UNKNOWN = ("clone3", "memfd_create", "shmget", "semget", "msgget", "inotify_init", "inotify_init1")

# The newest call that is known here, by its number, which is the same for every processor: epoll_pwait2, of Linux 5.11.
# Newer ones are refused as unknown: programs that use them have a fallback, and nobody has examined future calls.
NEWEST = 441

# Refused except for the calling process itself (0): process 1 has the same user, and a limit could slow or end it.
# The index of the argument that names the process.
ON_OTHERS = {
    "prlimit64": 0,
    "sched_setaffinity": 0,
    "sched_setattr": 0,
    "sched_setparam": 0,
    "sched_setscheduler": 0,
    "setpriority": 1,
    "ioprio_set": 1,
}

# Refused for `fcntl`: it shows who else reads a folder (linux/fcntl.h).
_F_NOTIFY = 1026

# The limit of core dumps (resource.h) cannot be changed. A program that sets it, like ssh-agent, gets a success, but
# no core dump is written.
_RLIMIT_CORE = 4

# New namespaces by clone: linux/sched.h.
_NEW_NAMESPACES = (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)

# The address families that a run may make sockets of: UNIX, IPv4, IPv6.
FAMILIES = (1, 2, 10)
_MOST_FAMILIES = 64

# The allowed protocols of a socket: its type's default, TCP, UDP. Others can make the kernel load a module.
PROTOCOLS = (0, 6, 17)
_OTHER_CALLS = 0x40000000  # x32's numbers begin here; they end the process


@cache
def seccomp_filter() -> bytes:
    """The filter as a BPF program; raises SandboxError if libseccomp is missing."""
    try:
        import pyseccomp  # this import loads the library

        rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    except (OSError, RuntimeError) as error:
        hint = "install it (Debian, Ubuntu: apt-get install libseccomp2); nothing is graded without it"
        raise SandboxError(f"libseccomp cannot be used: {error}", hint=hint) from None
    denied, unknown = pyseccomp.ERRNO(errno.EPERM), pyseccomp.ERRNO(errno.ENOSYS)
    for name in " ".join(REFUSED.values()).split():
        _refuse(rules, denied, name)
    for name in UNKNOWN:
        _refuse(rules, unknown, name)
    for flag in _NEW_NAMESPACES:
        _refuse(rules, denied, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    for name, place in ON_OTHERS.items():
        _refuse(rules, denied, name, pyseccomp.Arg(place, pyseccomp.NE, 0))
    _refuse(rules, denied, "setpriority", pyseccomp.Arg(0, pyseccomp.NE, os.PRIO_PROCESS))
    _refuse(rules, denied, "fcntl", _is(1, _F_NOTIFY))
    done = pyseccomp.ERRNO(0)
    _refuse(rules, done, "setrlimit", _is(0, _RLIMIT_CORE))
    itself, sets = pyseccomp.Arg(0, pyseccomp.EQ, 0), pyseccomp.Arg(2, pyseccomp.NE, 0)
    _refuse(rules, done, "prlimit64", itself, _is(1, _RLIMIT_CORE), sets)
    family_unknown = pyseccomp.ERRNO(errno.EAFNOSUPPORT)
    for name in ("socket", "socketpair"):
        for family in set(range(_MOST_FAMILIES)) - set(FAMILIES):
            _refuse(rules, family_unknown, name, _is(0, family))
        _refuse(rules, family_unknown, name, pyseccomp.Arg(0, pyseccomp.GE, _MOST_FAMILIES))
    protocol_unknown = pyseccomp.ERRNO(errno.EPROTONOSUPPORT)
    for protocol in set(range(max(PROTOCOLS))) - set(PROTOCOLS):
        _refuse(rules, protocol_unknown, "socket", _is(2, protocol))
    _refuse(rules, protocol_unknown, "socket", pyseccomp.Arg(2, pyseccomp.GT, max(PROTOCOLS)))
    return _newer_calls_are_unknown() + _exported(rules)


def _newer_calls_are_unknown() -> bytes:
    """The filter's beginning: a range of numbers, for which libseccomp has no rule (linux/bpf_common.h, seccomp.h)."""
    load, jump_if_at_least, answer, error = 0x20, 0x35, 0x06, 0x50000
    lines = (
        (load, 0, 0, 0),
        (jump_if_at_least, 2, 0, _OTHER_CALLS),
        (jump_if_at_least, 0, 1, NEWEST + 1),
        (answer, 0, 0, error | errno.ENOSYS),
    )
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _is(place: int, value: int) -> Any:
    """Whether an argument is this number. The kernel reads 32 bits of it, and the caller may set the others, too."""
    import pyseccomp

    return pyseccomp.Arg(place, pyseccomp.MASKED_EQ, 0xFFFFFFFF, value)


def _refuse(rules: Any, action: int, name: str, *arguments: Any) -> None:
    """Add a rule; a call that this library or processor does not know cannot be made here."""
    try:
        rules.add_rule(action, name, *arguments)
    except (OSError, ValueError):
        if arguments:
            raise


def _exported(rules: Any) -> bytes:
    with open(os.memfd_create("seccomp"), "w+b") as file:  # noqa: PTH123  # a descriptor, no path
        rules.export_bpf(file)
        file.seek(0)
        return file.read()

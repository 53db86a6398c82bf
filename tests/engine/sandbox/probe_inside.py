"""The probe: run as a submission's code, it tells all that it can see, open, reach and call, each find as one line.

It is sent into the sandbox as text, with what `test_probe.py` gives it. Nothing is harmed where the seal has a hole:
files are opened and not written, and signals are number 0.
"""

import contextlib
import errno
import functools
import itertools
import json
import os
import resource
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

given = globals()["given"]

# Large places that are searched, but not listed: they are the machine's Python and programs, bound read-only.
BULK = tuple(given.bulk)
VIRTUAL = ("tmpfs", "proc", "devpts", "mqueue", "sysfs", "devtmpfs", "cgroup", "cgroup2", "debugfs", "tracefs")


# --- files ------------------------------------------------------------------------------------------------------------


def mounts() -> Iterator[str]:
    """Each mount that is seen: where, of what kind, with which options, and what of the machine lies there."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        words = line.split()
        kind = words[words.index("-") + 1]
        options = [word for word in words[5].split(",") if word in ("rw", "ro", "nosuid", "nodev", "noexec")]
        yield f"{words[4]} {kind if kind in VIRTUAL else 'host'} {','.join(options)} {words[3]}"


@functools.cache
def tree() -> dict[str, os.stat_result]:
    """Every path but those of /proc."""
    found, folders = {"/": os.lstat("/")}, ["/"]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as listed:
            for one in listed:
                if one.path != "/proc":
                    found[one.path] = one.stat(follow_symlinks=False)
                    folders += [one.path] if one.is_dir(follow_symlinks=False) else []
    return found


def in_bulk(path: str) -> bool:
    return path.startswith(tuple(f"{place}/" for place in BULK))


def entries() -> Iterator[str]:
    for path in tree():
        if not in_bulk(path):
            yield f"{path} -> {os.readlink(path)}" if os.path.islink(path) else path


def proc_entries() -> Iterator[str]:
    """What of /proc, beside the processes, tells something."""
    for name in os.listdir("/proc"):
        path = f"/proc/{name}"
        with contextlib.suppress(OSError):
            if name.isdigit() or os.path.islink(path):
                continue
            if os.listdir(path) if os.path.isdir(path) else first_bytes(path):
                yield path


def first_bytes(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return os.read(fd, 16)
    finally:
        os.close(fd)


def can_open(path: str, how: int) -> bool:
    try:
        os.close(os.open(path, how | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY))
    except OSError:
        return False
    return True


def can_create(folder: str) -> bool:
    path = os.path.join(folder, ".probe")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except OSError:
        return False
    os.unlink(path)
    return True


def writable() -> Iterator[str]:
    """What `access` calls writable, and, but in the large places, what can be opened for it, or holds a new file."""
    for path, found in tree().items():
        if not stat.S_ISLNK(found.st_mode) and (os.access(path, os.W_OK) or (not in_bulk(path) and can_change(path))):
            yield path


def can_change(path: str) -> bool:
    return can_create(path) if os.path.isdir(path) else can_open(path, os.O_WRONLY)


def privileged() -> Iterator[str]:
    """Programs with set-uid, set-gid or capabilities, and whether their mount lets them have what they ask for."""
    for path, found in tree().items():
        if stat.S_ISREG(found.st_mode) and (found.st_mode & (stat.S_ISUID | stat.S_ISGID) or has_capability(path)):
            yield f"{path} {'nosuid' if os.statvfs(path).f_flag & os.ST_NOSUID else 'suid'}"


def has_capability(path: str) -> bool:
    with contextlib.suppress(OSError):
        return bool(os.getxattr(path, "security.capability"))
    return False


def special() -> Iterator[str]:
    """Devices, pipes and sockets, and how they can be opened."""
    for path, found in tree().items():
        kind = stat.filemode(found.st_mode)[0]
        if kind in "bcps":
            how = "r" * can_open(path, os.O_RDONLY) + "w" * can_open(path, os.O_WRONLY)
            yield f"{path} {kind} {os.major(found.st_rdev)}:{os.minor(found.st_rdev)} {how}"


def settings() -> Iterator[str]:
    """What in /proc can be opened for writing; of processes only this one and the first."""
    skipped = ("task", "fd", "fdinfo", "map_files")  # the same again, and what is found as descriptors
    for folder, folders, names in os.walk("/proc"):
        me = folder == f"/proc/{os.getpid()}"
        if folder == "/proc":
            folders[:] = [name for name in folders if not name.isdigit() or name in ("1", str(os.getpid()))]
        folders[:] = [name for name in folders if name not in skipped or folder.count("/") != 2]
        for name in names:
            if can_open(f"{folder}/{name}", os.O_WRONLY):
                yield f"{'/proc/self' if me else folder}/{name}".replace(f"/proc/{os.getpid()}/", "/proc/self/")


def first_process() -> Iterator[str]:
    """What can be read, listed or followed of process 1."""
    for name in os.listdir("/proc/1"):
        path = f"/proc/1/{name}"
        with contextlib.suppress(OSError):
            if os.path.islink(path):
                yield f"{path} -> {os.readlink(path)}"
            elif os.listdir(path) if os.path.isdir(path) else first_bytes(path):
                yield path


# --- the process ------------------------------------------------------------------------------------------------------


def environment() -> Iterator[str]:
    yield from (f"{name}={value}" for name, value in os.environ.items())


def descriptors() -> Iterator[str]:
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):  # the one that listed them
            target = os.readlink(f"/proc/self/fd/{name}")
            how = {os.O_RDONLY: "r", os.O_WRONLY: "w", os.O_RDWR: "rw"}[flags_of(name) & os.O_ACCMODE]
            yield f"{name} {target.split(':')[0]} {how}"


def flags_of(fd: str) -> int:
    return int(Path(f"/proc/self/fdinfo/{fd}").read_text().split("flags:")[1].split()[0], 8)


def processes() -> Iterator[str]:
    for name in os.listdir("/proc"):
        if name.isdigit():
            yield kind_of(int(name))


def kind_of(pid: int) -> str:
    if pid in (1, os.getpid()):
        return "process 1" if pid == 1 else "this process"
    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return "a child of this process" if parent == os.getpid() else f"another process: {pid}"


def identity() -> Iterator[str]:
    """Who this is, and what it may."""
    wanted = ("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp")
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in (*wanted, "Umask"):
            yield f"{name} {' '.join(value.split())}".strip()
    yield f"folder {os.getcwd()}"
    yield f"host {os.uname().nodename}"
    yield f"nice {os.nice(0)}, scheduled as {os.sched_getscheduler(0)}"
    if can_open("/dev/tty", os.O_RDWR):
        yield "a terminal"


def shared_namespaces() -> Iterator[str]:
    """The namespaces that are those of the process that grades."""
    for name in os.listdir("/proc/self/ns"):
        if os.readlink(f"/proc/self/ns/{name}") == given.namespaces.get(name):
            yield name


def limits() -> Iterator[str]:
    for name in dir(resource):
        if name.startswith("RLIMIT_"):
            soft, hard = resource.getrlimit(getattr(resource, name))
            yield f"{name} {soft} {hard}"


def signals() -> Iterator[str]:
    """Which processes a signal would reach."""
    for pid in range(1, 5000):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, 0)
            yield kind_of(pid)


# --- what else there is to talk to ------------------------------------------------------------------------------------


def leftovers() -> Iterator[str]:
    """What an earlier run left that lies in no folder: traffic on the loopback device, queues of the kernel."""
    for line in Path("/proc/net/dev").read_text().splitlines()[2:]:
        name, _, counters = line.partition(":")
        if any(int(word) for word in counters.split()):
            yield f"traffic on {name.strip()}"
    for kind in ("msg", "sem", "shm"):
        with contextlib.suppress(OSError):
            yield from (f"{kind}: {line}" for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:])


def interfaces() -> Iterator[str]:
    for line in Path("/proc/net/dev").read_text().splitlines()[2:]:
        yield f"device {line.partition(':')[0].strip()}"
    for line in Path("/proc/net/route").read_text().splitlines()[1:]:
        yield f"route by {line.split()[0]}"
    for line in Path("/proc/net/ipv6_route").read_text().splitlines():
        yield f"route by {line.split()[-1]}"


def socket_kinds() -> Iterator[str]:
    """The sockets that can be made: family, type, and protocol where it is not the usual one."""
    protocols = (*range(256), 262)  # 262: MPTCP
    for family, kind in itertools.product((*range(64), 255), (1, 2, 3, 4, 5, 6, 10)):
        for protocol in protocols if family in (2, 10) else (0,):
            with contextlib.suppress(OSError):
                socket.socket(family, kind, protocol).close()
                yield f"family {family} type {kind} protocol {protocol}"


def connections() -> Iterator[str]:
    """Where something answers: each port of this machine, each named Unix socket; and addresses elsewhere."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        yield from (f"{host} port {port}" for port in range(1, 65536) if answers(family, (host, port)))
    for line in Path("/proc/net/unix").read_text().splitlines()[1:]:
        name = line.split(maxsplit=7)[7:]
        yield from (f"unix {path}" for path in name if answers(socket.AF_UNIX, path.replace("@", "\0", 1)))
    for host in ("192.0.2.1", "169.254.169.254", "10.0.0.1", "172.17.0.1", "8.8.8.8"):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            if answers(socket.AF_INET, (host, 53), kind):
                yield f"{host} by {kind.name}"


def answers(family: int, address: object, kind: int = socket.SOCK_STREAM) -> bool:
    with socket.socket(family, kind) as one:
        try:
            one.connect(address)  # type: ignore[arg-type]
            return one.getsockname() != one.getpeername() or family == socket.AF_UNIX  # a port may meet itself
        except OSError as error:
            return error.errno not in (errno.ECONNREFUSED, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EHOSTUNREACH)


FINDERS = {
    "leftovers": leftovers,  # first: the others make traffic
    "descriptors": descriptors,
    "mounts": mounts,
    "entries": entries,
    "proc entries": proc_entries,
    "writable": writable,
    "privileged": privileged,
    "special": special,
    "settings": settings,
    "process 1": first_process,
    "environment": environment,
    "processes": processes,
    "identity": identity,
    "shared namespaces": shared_namespaces,
    "limits": limits,
    "signals": signals,
    "interfaces": interfaces,
    "socket kinds": socket_kinds,
    "connections": connections,
}
print(json.dumps({name: sorted(set(find())) for name, find in FINDERS.items() if name in given.wanted}))

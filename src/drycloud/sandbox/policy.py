"""What a sandbox may see and do, as a table: the bubblewrap command is made from it alone."""

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from msgspec import Struct

from drycloud.errors import SandboxError
from drycloud.limits import Limits

HERE = Path(__file__).parent
HOME = "/home/student"
SITE = "/opt/site"
RUNNER = "/opt/runner.py"
COMMANDS = "/opt/bin"
MODULES = "/opt/modules"  # the guest's own modules, found before all others
EMPTY = "/opt/empty"

# A command of each guest: the waits of a run are short.
SLEEP = "pauses:main"
COMMON = {"sleep": SLEEP}

# Seen read-only: (place outside, place inside). Anything else does not exist inside.
SYSTEM = [("/usr", "/usr"), ("/etc/ld.so.cache", "/etc/ld.so.cache")]
OPTIONAL = [("/etc/alternatives", "/etc/alternatives")]
LINKS = [("usr/bin", "/bin"), ("usr/sbin", "/sbin"), ("usr/lib", "/lib"), ("usr/lib64", "/lib64")]
ETC = ("passwd", "group", "hosts", "nsswitch.conf")

# The content of /usr/bin, by package of Debian and Ubuntu; the Makefile installs them. Other programs in the machine's
# folders are not visible, so that a student's script can call the same programs on every machine.
TOOLS = {
    "bash": "bash",
    "bc": "bc",
    "bsdextrautils": "column hexdump",
    "bzip2": "bunzip2 bzcat bzip2",
    "coreutils": "[ arch b2sum base32 base64 basename cat chmod chown cksum comm cp csplit cut date dd df dir dirname "
    "du echo env expand expr factor false fmt fold groups head id install join link ln logname ls md5sum mkdir mkfifo "
    "mktemp mv nice nl nohup nproc numfmt od paste pathchk pr printenv printf ptx pwd readlink realpath rm rmdir seq "
    "sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail "
    "tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink wc who whoami yes",
    "curl": "curl",
    "dash": "sh",
    "debianutils": "which",
    "diffutils": "cmp diff sdiff",
    "findutils": "find xargs",
    "grep": "egrep fgrep grep",
    "gzip": "gunzip gzip zcat",
    "hostname": "hostname",
    "jq": "jq",
    "less": "less",
    "libc-bin": "getconf iconv locale",
    "mawk": "awk",
    "ncurses-bin": "clear tput",
    "openssh-client": "scp ssh ssh-add ssh-agent ssh-keygen",
    "openssl": "openssl",
    "procps": "free kill pgrep pkill ps top uptime watch",
    "sed": "sed",
    "tar": "tar",
    "unzip": "unzip",
    "util-linux": "flock getopt more rev setsid",
    "wget": "wget",
    "xz-utils": "unxz xz xzcat",
    "zip": "zip",
}

FOLDERS = ("/usr/bin", "/usr/sbin", "/usr/games", "/usr/local/bin", "/usr/local/sbin", "/usr/local/games")

# Writable, in memory, new for each run: (place, size in MiB, or None for the disk limit).
SCRATCH = [(HOME, None), ("/tmp", None), ("/dev/shm", 16)]

# The visible part of /proc besides the processes, read-only; the rest shows or sets more of the machine.
PROC = ("cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "sys", "uptime", "version", "vmstat")

ENVIRONMENT = {
    "HOME": HOME,
    "USER": "student",
    "LANG": "C.UTF-8",
    "TERM": "dumb",
    "TZ": "UTC",
    "PATH": f"{COMMANDS}:/usr/bin:/bin",
    "PYTHONPATH": f"{MODULES}:{SITE}",
    "PYTHONHASHSEED": "0",  # the same submission gets the same report
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "1",  # output before a kill is not lost
    "PYTHONWARNINGS": "ignore",  # deprecations in libraries do not concern the student
}

# If we are root, the sandbox still runs as this host user: root in a user namespace keeps access to root's files.
UNPRIVILEGED = 65534
# Root's folders are closed to that user, so they are bind-mounted elsewhere, in a separate mount namespace.
# The host's mounts are not changed, and the kernel undoes it when the sandbox ends.
STAGE = "/mnt"
STAGING = (
    f"mount -t tmpfs -o mode=755 none {STAGE} && for n in 1 2 3; do "
    f'mkdir {STAGE}/$n && mount --bind "$1" {STAGE}/$n && shift || exit 9; '
    f'done; cd / && exec setpriv --reuid={UNPRIVILEGED} --regid={UNPRIVILEGED} --clear-groups "$@"'
)


class Guest(Struct, frozen=True):
    """The guest's part of a sandbox: environment, commands, read-only files by path, and code that warms up the runner.

    A command is Python's: "module:function" by its name; it runs warm if the job says so, else cold. `loads` is
    more code by name, which few runs need: it warms up the runner when a run first needs it.
    """

    environment: dict[str, str] = {}
    commands: dict[str, str] = {}
    files: dict[str, str] = {}
    warm: str = ""
    loads: dict[str, str] = {}


def python() -> str:
    """The interpreter that runs inside: this one, without its virtual environment."""
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")


def scratch(limits: Limits) -> dict[str, int]:
    """The writable folders of a run: size in bytes by path."""
    return {place: (mib or limits.disk_mib) * 1024**2 for place, mib in SCRATCH}


def command(guest: Guest, data_fds: dict[str, int], control: int) -> list[str]:
    """The whole command that starts a launcher; `data_fds` are open files by their path inside."""
    sources = [sys.base_prefix, sysconfig.get_paths()["purelib"], str(HERE)]
    if os.geteuid() != 0:
        return _bwrap(sources, guest, data_fds, control)
    staged = _bwrap([f"{STAGE}/{n}" for n in (1, 2, 3)], guest, data_fds, control)
    return [
        _tool("unshare"),
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-c",
        STAGING,
        "stage",
        *sources,
        *staged,
    ]


def _bwrap(sources: list[str], guest: Guest, data_fds: dict[str, int], control: int) -> list[str]:
    base, site, package = sources
    words = [_tool("bwrap"), "--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000"]
    words += ["--as-pid-1", "--die-with-parent", "--new-session", "--hostname", "cloud", "--cap-drop", "ALL"]
    words += [word for place in SYSTEM for word in ("--ro-bind", *place)]
    words += [word for place in OPTIONAL for word in ("--ro-bind-try", *place)]
    words += [word for link in LINKS for word in ("--symlink", *link)]
    words += [word for name in ETC for word in ("--ro-bind", f"{package}/etc/{name}", f"/etc/{name}")]
    words += ["--ro-bind", base, sys.base_prefix] if not sys.base_prefix.startswith("/usr") else []
    words += ["--ro-bind", site, SITE, "--ro-bind", f"{package}/runner.py", RUNNER]
    words += ["--ro-bind", f"{package}/pauses.py", f"{MODULES}/pauses.py"]
    for place, fd in data_fds.items():
        words += ["--perms", "0555", "--file", str(fd), place]
    words += [*_programs(), *_without_its_packages(), "--dir", f"{EMPTY}/folder", "--proc", "/proc", "--dev", "/dev"]
    for place, _ in SCRATCH:  # small ones for the launcher: a run's are mounted over them
        words += ["--perms", "0700", "--size", str(1024**2), "--tmpfs", place]
    words += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--clearenv"]
    for name, value in (ENVIRONMENT | guest.environment).items():
        words += ["--setenv", name, value]
    return [*words, python(), "-s", "-P", RUNNER, str(control)]


def guest_files(guest: Guest) -> dict[str, str]:
    """The texts of the guest's files, its commands among them, by their path inside; and an empty one."""
    commands = {f"{COMMANDS}/{name}": _script(target) for name, target in (COMMON | guest.commands).items()}
    return guest.files | commands | {f"{EMPTY}/file": ""}


def _script(target: str) -> str:
    """The text of a guest's command; an interpreter without site packages starts it, in 15 ms."""
    text = (HERE / "command.py").read_text(encoding="utf-8")
    return f"#!{python()} -IS\n" + text.replace('TARGET = ""', f"TARGET = {target!r}")


def missing_tools() -> list[str]:
    """The packages that this machine lacks for programs that a student's script may call."""
    return [package for package, names in TOOLS.items() if any(not Path("/usr/bin", n).exists() for n in names.split())]


def _programs() -> list[str]:
    """Mount folders over the machine's that contain only the programs of the table and this Python."""
    folders = [folder for folder in FOLDERS if Path(folder).is_dir() and not Path(folder).is_symlink()]
    words = [word for folder in folders for word in ("--tmpfs", folder)]
    for name in " ".join(TOOLS.values()).split():
        if Path("/usr/bin", name).exists():
            words += ["--ro-bind", str(Path("/usr/bin", name).resolve()), f"/usr/bin/{name}"]
    if str(Path(python()).parent) in folders:
        words += ["--ro-bind", str(Path(python()).resolve()), python()]
    for name in ("python", "python3", Path(python()).name):
        words += ["--symlink", python(), f"/usr/bin/{name}"] if f"/usr/bin/{name}" != python() else []
    return [*words, *(word for folder in folders for word in ("--remount-ro", folder))]


def _without_its_packages() -> list[str]:
    """Mount empty folders over packages of this Python outside of our environment."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = {
        sysconfig.get_paths(vars=dict.fromkeys(("base", "platbase"), sys.base_prefix))[f"{k}lib"]
        for k in ("pure", "plat")
    }
    places = sorted(own | {"/usr/lib/python3/dist-packages", f"/usr/local/lib/{version}/dist-packages"})
    return [word for place in places if Path(place).is_dir() for word in ("--tmpfs", place, "--remount-ro", place)]


def _tool(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/bin:/bin")
    if not found:
        package = {"bwrap": "bubblewrap"}.get(name, "util-linux")
        hint = f"install it (Debian, Ubuntu: apt-get install {package}); nothing is graded without a sandbox"
        raise SandboxError(f"'{name}' is not installed", hint=hint)
    return found

"""What a submission's code sees, opens, reaches and calls in a real sandbox, against the list of what it may.

`probe_inside.py` and `probe_calls.py` run as a submission and tell all that they find; `probe_allowed.toml` is the
list, with reasons.
"""

import json
import os
import re
import shutil
import sys
import sysconfig
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pyseccomp
import pytest

from drycloud.grading.guest import AWS, GUEST, PORT, prelude
from drycloud.limits import Limits
from drycloud.notebook import Exercise
from drycloud.sandbox import Guest, Job, Zygote, calls, policy

HERE = Path(__file__).parent
PROBE = [(HERE / f"probe_{part}.py").read_text() for part in ("inside", "calls")]
ALLOWED = tomllib.loads((HERE / "probe_allowed.toml").read_text())
FINDERS = re.findall(r'^    "([a-z0-9 ]+)": ', "".join(PROBE), re.MULTILINE)
LIMITS = Limits(wall_seconds=120, cpu_seconds=60, memory_mib=500, processes=60, files=50, disk_mib=8, output_kib=1024)
PLACES = {
    "{python}": sys.base_prefix,
    "{site}": os.path.realpath(sysconfig.get_paths()["purelib"]),
    "{engine}": str(policy.HERE),
}

# What an earlier run leaves where it can: files, and traffic.
BEFORE = """
import os, socket
for place in ("/home/student", "/tmp", "/dev/shm"):
    open(f"{place}/left", "w").close()
with socket.create_server(("127.0.0.1", 8000)) as server, socket.create_connection(("127.0.0.1", 8000)) as one:
    one.sendall(b"left")
"""


@pytest.fixture(scope="module", params=[True, False], ids=["groups", "watch"])
def found(request):
    """What the probe finds in a sandbox such as every submission has, after another run."""
    with Zygote(GUEST, groups=request.param) as zygote:
        yield probe(zygote, FINDERS)


def probe(zygote, wanted):
    """What the probe finds, by finder."""
    with zygote.spawn(LIMITS) as sandbox:
        assert sandbox.run(Job(cells=[BEFORE], limits=LIMITS)).outcome == "finished"
    names = {
        "wanted": wanted,
        "bulk": ["/usr", policy.SITE, sys.base_prefix],
        "namespaces": {path.name: str(path.readlink()) for path in Path("/proc/self/ns").iterdir()},
        "calls": call_numbers(),
    }
    with zygote.spawn(LIMITS) as sandbox, sandbox.listen(PORT):
        job = Job(
            cells=PROBE, limits=LIMITS, prelude=prelude(Exercise(HERE, []), []), names={"given": names}, commands=[AWS]
        )
        outcome = sandbox.run(job)
    assert (outcome.outcome, outcome.stderr) == ("finished", ""), outcome.message
    return {name: finds for line in outcome.stdout.splitlines() for name, finds in json.loads(line).items()}


def call_numbers():
    """The system calls of this machine's processor that libseccomp has a name for."""
    numbers = {}
    for number in range(1024):
        try:
            numbers[pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, number).decode()] = number
        except ValueError:
            continue
    return numbers


def surplus(found, finder):
    """The finds that are not on the list."""
    patterns = [pattern for patterns in ALLOWED.get(finder, {}).values() for pattern in patterns]
    return [find for find in map(named(finder), found[finder]) if not any(fnmatchcase(find, p) for p in patterns)]


def named(finder):
    """How a find reads in the list, whatever the places of this machine are called."""
    return {"mounts": named_mount, "entries": named_entry}.get(finder, named_path)


def named_path(find):
    return find if sys.base_prefix == "/usr" else find.replace(sys.base_prefix, "{python}")


def named_mount(find):
    place, kind, options, root = find.split(" ", 3)
    for name, path in PLACES.items():
        for file in ("", "/runner.py", "/pauses.py", *(f"/etc/{file}" for file in policy.ETC)):
            if f"{path}{file}".endswith(root):  # it is told from the root of its file system
                root = f"{name}{file}"
    return f"{named_path(place)} {kind} {options} {root}"


def named_entry(find):
    above = {str(path) for path in Path(sys.base_prefix).parents} - {"/", "/usr"}
    return "above {python}" if find in above else named_path(find)


@pytest.mark.parametrize("finder", FINDERS)
def test_nothing_is_found_that_is_not_allowed(found, finder):
    """Each thing that the probe finds is on the list."""
    assert surplus(found, finder) == []


def test_the_probe_finds_what_is_there(found):
    """A probe that finds nothing would prove nothing."""
    nothing = [finder for finder, finds in found.items() if not finds]
    assert set(nothing) == {"leftovers", "foreign calls"}
    assert found["connections"] == ["127.0.0.1 port 4566", "unix @aws_command:main"]
    assert {"read", "socket(0x1)", "clone(0x100)"} <= set(found["calls"])


def test_the_list_names_what_is_looked_for():
    """No table of the list is left behind by the probe."""
    assert set(ALLOWED) <= set(FINDERS)


def allow_a_call(monkeypatch, folder):
    monkeypatch.setattr(calls, "REFUSED", {**calls.REFUSED, "other processes": "ptrace"})


def allow_a_call_with_any_arguments(monkeypatch, folder):
    monkeypatch.setattr(calls, "ON_OTHERS", {})


def allow_new_calls(monkeypatch, folder):
    monkeypatch.setattr(calls, "NEWEST", 1000)


def allow_memory_in_the_kernel(monkeypatch, folder):
    monkeypatch.setattr(calls, "UNKNOWN", ("clone3",))


def allow_a_family(monkeypatch, folder):
    monkeypatch.setattr(calls, "FAMILIES", (1, 2, 10, 16))


def allow_protocols(monkeypatch, folder):
    monkeypatch.setattr(calls, "PROTOCOLS", (0, 6, 17, 136, 262))


def tell_more_of_the_machine(monkeypatch, folder):
    monkeypatch.setattr(policy, "PROC", (*policy.PROC, "cmdline"))


def show_a_folder(monkeypatch, folder):
    monkeypatch.setattr(policy, "SYSTEM", [*policy.SYSTEM, ("/etc", "/opt/etc")])


def give_room_elsewhere(monkeypatch, folder):
    monkeypatch.setattr(policy, "SCRATCH", [*policy.SCRATCH, ("/opt/open", None)])


def leak_a_variable(monkeypatch, folder):
    monkeypatch.setattr(policy, "ENVIRONMENT", policy.ENVIRONMENT | {"SECRET": "x"})


def other_runner(*changes):
    """A break of the runner: some of its text is other text."""

    def break_it(monkeypatch, folder):
        shutil.copytree(policy.HERE, folder, dirs_exist_ok=True)
        text = (folder / "runner.py").read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / "runner.py").write_text(text)
        monkeypatch.setattr(policy, "HERE", folder)
        monkeypatch.setitem(PLACES, "{engine}", str(folder))

    return break_it


BREAKS = {
    "a call": (allow_a_call, "calls", "process_vm_readv"),
    "its arguments": (allow_a_call_with_any_arguments, "calls", r"prlimit64\(0x1\)"),
    "new calls": (allow_new_calls, "calls", "cachestat|calls .*"),
    "kernel memory": (allow_memory_in_the_kernel, "calls", "semget"),
    "a family": (allow_a_family, "socket kinds", "family 16 .*"),
    "a protocol": (allow_protocols, "socket kinds", "family 2 type 2 protocol 136"),
    "/proc": (tell_more_of_the_machine, "proc entries", "/proc/cmdline"),
    "a folder": (show_a_folder, "entries", "/opt/etc/passwd"),
    "a mount": (show_a_folder, "mounts", "/opt/etc host ro,nosuid,nodev.* /etc"),
    "room": (give_room_elsewhere, "writable", "/opt/open"),
    "a variable": (leak_a_variable, "environment", "SECRET=x"),
    "a channel": (other_runner(("    os.closerange(3, REPORT_FD)\n", "")), "descriptors", "[0-9]+ pipe r"),
    "the network": (other_runner((" | CLONE_NEWNET)", ")"), ("fcntl.ioctl(", "print(")), "leftovers", "traffic on lo"),
    "process 1": (other_runner(("PR_SET_DUMPABLE, 0", "PR_SET_DUMPABLE, 1")), "process 1", "/proc/1/environ"),
    "settings": (
        other_runner(("narrow(entry, seen", "dict(place=entry, seen")),
        "settings",
        "/proc/(pressure|sys)/.*",
    ),
    "a limit": (
        other_runner(("MAX_SIGNALS, MAX_SIGNALS", "MAX_SIGNALS, MAX_SIGNALS + 1")),
        "limits",
        "RLIMIT_SIGPENDING 1024 1025",
    ),
    "what a crash leaves": (other_runner(("leave_no_core()\n            seal(", "seal(")), "limits", "RLIMIT_CORE .*"),
    "a scratch": (other_runner(("MS_NOSUID | MS_NODEV, options", "0, options")), "mounts", "/tmp tmpfs rw /"),
}


@pytest.mark.parametrize(("break_it", "finder", "find"), BREAKS.values(), ids=BREAKS)
def test_a_hole_is_found(monkeypatch, tmp_path, break_it, finder, find):
    """Whatever is taken from the seal, the probe finds more than is allowed."""
    break_it(monkeypatch, tmp_path)
    calls.seccomp_filter.cache_clear()
    try:
        with Zygote(Guest(commands=GUEST.commands)) as zygote:
            found = probe(zygote, [finder])
    finally:
        calls.seccomp_filter.cache_clear()
    assert [one for one in surplus(found, finder) if re.fullmatch(find, one)]

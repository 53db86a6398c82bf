"""`drycloud shell`: the user's own shell, connected to the world of a running notebook, or to a cloud of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import msgspec

from drycloud.errors import UsageError
from drycloud.lab.dialects import dialect_of
from drycloud.lab.settings import apply, environment, own_tools, own_tools_first
from drycloud.lab.startup import Settings, Start, interactive, one_command
from drycloud.lab.worlds import Found, World, in_folder, running

_INSIDE = "DRYCLOUD_SHELL"  # set in our shells
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_POSIX_SHELLS = ("bash", "zsh", "sh")
_WINDOWS_SHELLS = ("pwsh", "powershell")
_HANG_UP = getattr(signal, "SIGHUP", signal.SIGTERM)  # a shell on a terminal ignores SIGTERM
_AGAIN = 0.5  # seconds until a shell that has not ended gets the signal again
_LIST = "'drycloud shell --list'"


def list_worlds() -> list[str]:
    """The running worlds, a line each below a header; `*` marks the one that `drycloud shell` would use here."""
    found = running()
    if not found:
        return ["No cloud is running. Run the scene cell of a notebook, then type 'drycloud shell' in its folder."]
    taken = in_folder(found, Path.cwd())[:1]
    rows = [("", "NUMBER", "NOTEBOOK", "SCENE SET", "FOLDER")]
    rows += [_row(each.world, "*" if each in taken else "") for each in found]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def open_shell(wanted: str, command: list[str], text: str) -> int:
    """Open a shell in the world that is `wanted`, or in this folder's, or run a command there; returns the exit status.

    `wanted` is the name, path or number of a notebook; `command` is a program with its arguments, `text` a line for the
    shell. Raises UsageError for a notebook without a running cloud, or a program that does not exist.
    """
    found = running()
    taken = _wanted(found, wanted) if wanted else next(iter(in_folder(found, Path.cwd())), None)
    is_for_person = not (command or text) and sys.stdin.isatty()
    if taken is None:
        return _in_a_cloud_of_its_own(found, command, text, is_for_person=is_for_person)
    world = taken.world
    if is_for_person:
        _say(_banner(found, taken))
    settings = Settings(_variables(world.port, world.variables, world.name), own_tools(), str(taken.note))
    return _run(settings, command, text, _place(world), is_for_person=is_for_person)


def _in_a_cloud_of_its_own(found: list[Found], command: list[str], text: str, *, is_for_person: bool) -> int:
    from drycloud.lab.localcloud import LocalCloud  # it takes a second to load

    others = f" Other folders have some: {_LIST}." if found else ""
    _say([f"No notebook's cloud runs in this folder.{others} Starting an empty one, which ends with this shell …"])
    cloud = LocalCloud()
    try:
        cloud.request("start")
        if is_for_person:
            _say(
                [
                    "To be in a notebook's world: run its scene cell, then type 'drycloud shell' in its folder.",
                    f"Type 'aws s3 mb s3://my-first-bucket' to see that it works; {_leave()}",
                ]
            )
        settings = Settings(_variables(cloud.port, {}, "a cloud of its own"), own_tools())
        return _run(settings, command, text, None, is_for_person=is_for_person)
    finally:
        cloud.close()


def _wanted(found: list[Found], wanted: str) -> Found:
    path = Path(wanted).absolute()
    for each in found:
        world = each.world
        names = {world.notebook, world.name, Path(world.name).stem, str(world.process)}
        if wanted in names or (world.notebook and Path(world.notebook) in (path, path.with_suffix(".ipynb"))):
            return each
    raise UsageError(f"no cloud of '{wanted}' runs", hint=f"run its scene cell first; {_LIST} shows what runs")


def _place(world: World) -> Path | None:
    """The folder to start in: the notebook's, with its files, unless we are in or below it."""
    folder = Path(world.folder)
    here = Path.cwd().resolve()
    return None if here.is_relative_to(folder.resolve()) or not folder.is_dir() else folder


def _variables(port: int, given: dict[str, str], name: str) -> dict[str, str]:
    return {k: v for k, v in given.items() if _NAME.fullmatch(k)} | environment(port) | {_INSIDE: name}


# --- Messages ---------------------------------------------------------------------------------------------------------


def _banner(found: list[Found], taken: Found) -> list[str]:
    world = taken.world
    others = len(in_folder(found, Path(world.folder))) - 1
    more = f" Others run here ({others}): {_LIST}, then 'drycloud shell NOTEBOOK'." if others else ""
    moved = f" You are in {world.folder}." if _place(world) else ""
    variable = next((name for name in world.variables if _NAME.fullmatch(name)), "")
    show = f" or '{_show(variable)}'" if variable else ""
    return [
        f"The world of {_plain(world.name)}, whose scene was set at {_clock(world.since)}.{_plain(moved)}{more}",
        f"Type 'aws s3 ls'{show} to see that it works; {_leave()}",
        "If you run the scene cell again: leave, and type 'drycloud shell' again, for what is given is new then.",
    ]


def _leave() -> str:
    around = f", to the shell around it (you were in {_plain(os.environ[_INSIDE])})" if _INSIDE in os.environ else ""
    return f"'exit' leaves{around}."


def _show(variable: str) -> str:
    forms = {"powershell": f"$env:{variable}", "cmd": f"echo %{variable}%"}
    return forms.get(dialect_of(_program()), f"echo ${variable}")


def _row(world: World, mark: str) -> tuple[str, str, str, str, str]:
    return mark, str(world.process), _plain(world.name), _clock(world.since), _plain(world.folder)


def _clock(started: float) -> str:
    then, today = time.localtime(started), time.localtime()
    return time.strftime("%H:%M:%S" if then[:3] == today[:3] else "%Y-%m-%d %H:%M", then)


def _plain(text: str) -> str:
    """A name that is safe for a terminal: without control characters."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _say(lines: list[str]) -> None:
    """On standard error: standard output is the command's."""
    print("\n".join(lines), file=sys.stderr, flush=True)


# --- Running it -------------------------------------------------------------------------------------------------------


def _run(settings: Settings, command: list[str], text: str, place: Path | None, *, is_for_person: bool) -> int:
    environ = dict(os.environ)
    apply(environ, {})
    environ["PATH"] = own_tools_first(environ.get("PATH", os.defpath))
    if command:
        program = shutil.which(command[0], path=environ["PATH"])
        if program is None:
            raise UsageError(f"{command[0]}: there is no such program")
        return _wait_for(Start([program, *command[1:]], environ | settings.variables), place)
    if not is_for_person:
        return _wait_for(one_command(_program(), text, settings, environ), place)
    settings = msgspec.structs.replace(settings, place=str(place or Path.cwd()))
    with tempfile.TemporaryDirectory(prefix="drycloud-shell-") as folder:
        return _wait_for(interactive(_program(), settings, Path(folder), environ), place, end_by=_HANG_UP)


def _wait_for(start: Start, place: Path | None, end_by: int = signal.SIGTERM) -> int:
    with _passing_on(end_by) as started:
        process = subprocess.Popen(start.command, env=start.environ, cwd=place)
        started.append(process)
        status = process.wait()
    return status if status >= 0 else 128 - status


@contextmanager
def _passing_on(end_by: int) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Leave Ctrl-C to the shell, and pass our own end on to it: it saves its history, and we clean up.

    Ctrl-C is not ignored, since the shell's programs would ignore it, too.
    """
    started: list[subprocess.Popen[bytes]] = []

    def end(*_: object) -> None:
        for process in started:
            Thread(target=_end, args=(process, end_by), daemon=True).start()

    handlers = {"SIGINT": lambda *_: None, "SIGHUP": end, "SIGTERM": end}
    before = {
        name: signal.signal(getattr(signal, name), each) for name, each in handlers.items() if hasattr(signal, name)
    }
    try:
        yield started
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _end(process: "subprocess.Popen[bytes]", end_by: int) -> None:
    """End a program. A shell gets the signal repeatedly: bash can miss a SIGHUP just before it waits for a line."""
    process.send_signal(end_by)
    while end_by == _HANG_UP and process.returncode is None:
        time.sleep(_AGAIN)
        process.send_signal(end_by)


def _program() -> str:
    """The user's shell."""
    if sys.platform == "win32":
        names = map(shutil.which, _WINDOWS_SHELLS)
        return next(filter(None, names), os.environ.get("COMSPEC", "cmd.exe"))
    shell = os.environ.get("SHELL", "")
    if shell and Path(shell).name not in ("false", "nologin") and shutil.which(shell):
        return shell
    found = next(filter(None, map(shutil.which, _POSIX_SHELLS)), None)
    if found is None:
        raise UsageError("there is no shell", hint="set SHELL to the path of one")
    return found

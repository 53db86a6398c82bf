"""Shell dialects: how each shell unsets and sets variables."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping

DIALECTS = ("sh", "fish", "powershell", "cmd")
_BY_PROGRAM = {"fish": "fish", "pwsh": "powershell", "powershell": "powershell", "cmd": "cmd"}
_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")  # PowerShell treats each of these as a quote
_LEAST_IN_POWERSHELL = 3  # folders of modules: PowerShell adds its own to those of Windows


def name_of(program: str) -> str:
    """The name of a shell without its folder and other additions: bash for `/bin/bash` and `-bash`."""
    name = program.replace("\\", "/").rpartition("/")[2].lstrip("-").lower()
    return name.removesuffix(".exe")


def dialect_of(program: str) -> str:
    """The dialect of a shell; an unknown shell counts as a POSIX shell."""
    return _BY_PROGRAM.get(name_of(program), "sh")


def dialect_here() -> str:
    """The dialect of the shell that runs this command, as far as it can be detected."""
    if sys.platform != "win32":
        return dialect_of(_parent() or os.environ.get("SHELL", ""))
    if os.environ.get("MSYSTEM"):  # Git's bash, and similar ones
        return "sh"
    folders = os.environ.get("PSModulePath", "").split(os.pathsep)  # noqa: SIM112  # Windows ignores case
    return "powershell" if len(folders) >= _LEAST_IN_POWERSHELL or "PROMPT" not in os.environ else "cmd"


def assignments(dialect: str, away: Iterable[str], ours: Mapping[str, str]) -> list[str]:
    """The lines that unset some variables, and set others."""
    return [*(_UNSET[dialect].format(name) for name in away), *(_set(dialect, *pair) for pair in ours.items())]


def quoted(dialect: str, text: str) -> str:
    """A text, quoted for a shell; cmd has no quoting."""
    if dialect == "sh":
        return shlex.quote(text)
    if dialect == "fish":
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "'" + _QUOTES.sub(r"\1\1", text) + "'"


_UNSET = {
    "sh": "unset {0}",
    "fish": "set -e {0}",
    "powershell": "Remove-Item Env:{0} -ErrorAction SilentlyContinue",
    "cmd": 'set "{0}="',
}


def _set(dialect: str, name: str, value: str) -> str:
    if dialect == "sh":
        return f"export {name}={quoted(dialect, value)}"
    if dialect == "fish":
        return f"set -gx {name} {quoted(dialect, value)}"
    if dialect == "powershell":
        return f"$env:{name} = {quoted(dialect, value)}"
    return f'set "{name}={value}"'


def _parent() -> str:
    """The program that started this one; '' if there is no `ps`."""
    ps = shutil.which("ps")
    if ps is None:
        return ""
    asked = subprocess.run([ps, "-o", "comm=", "-p", str(os.getppid())], capture_output=True, check=False)
    return os.fsdecode(asked.stdout).strip()

"""Practice on Windows and macOS, as far as it can be tested here: what those lack is taken away from Python."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from patience import PATIENCE
from portable import lacking

import drycloud
from drycloud.lab import dialects, shell
from drycloud.lab.startup import Settings, interactive, one_command

PACKAGE = Path(drycloud.__file__).parent
POOR = Path(__file__).parent / "portable"

ROOMS = [
    *(PACKAGE / name for name in ("__init__.py", "version.py", "errors.py", "limits.py", "report.py", "cli/main.py")),
    *(PACKAGE / "grading" / name for name in ("checks.py", "evidence.py")),
    *(path for room in ("lab", "cloud", "course") for path in sorted((PACKAGE / room).rglob("*.py"))),
]
# Each is asked for with hasattr before it is used.
ASKED_FOR = {("lab/worlds.py", "os.geteuid")}

PRACTICE = """
from drycloud import check, simulate
def scene(s3, ec2, rng, workdir):
    s3.create_bucket(Bucket="lesson")
    (workdir / "given.txt").write_text("caf\\u00e9\\n", encoding="utf-8")
    return {"bucket": "lesson", "caf\\u00e9": "\\u0141\\u00f3d\\u017a \\u2713"}
given = simulate(scene)
import boto3
boto3.client("s3").put_object(Bucket=given.bucket, Key="k", Body=b"v")
@check(points=1)
def test_stored(after, given):
    "There is an object \\u2713."
    assert after.objects(given.bucket)
@check(points=1)
def test_more(after, given, files):
    "There is a second one \\u2713."
    assert len(after.objects(given.bucket)) == 2, "No \\u0141\\u00f3d\\u017a yet."
"""


def poor(tmp_path, **more):
    """The environment of a Python that is as poor as that of Windows."""
    named = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return named | {"PYTHONPATH": str(POOR), "TMPDIR": str(tmp_path), "SHELL": "/bin/sh", **more}


def run(command, tmp_path, env, **options):
    return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=PATIENCE, check=False, **options)


def test_practice_names_nothing_that_windows_does_not_have():
    """No module, function or constant of POSIX stands in what a student runs, unless it is asked for first."""
    found = set()
    for path in ROOMS:
        place = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found |= {(place, name) for name in [f"{node.value.id}.{node.attr}"] if name in lacking.EVERYTHING}
            elif isinstance(node, ast.Import):
                found |= {(place, each.name) for each in node.names if each.name in lacking.MODULES}
            elif isinstance(node, ast.ImportFrom) and node.module in lacking.MODULES:
                found.add((place, node.module))
            elif isinstance(node, ast.keyword) and node.arg in ("preexec_fn", "pass_fds", "dir_fd", "src_dir_fd"):
                found.add((place, node.arg))
    assert found - ASKED_FOR == set()


def test_practice_names_the_encoding_of_every_text():
    """Where none is named, Windows takes one of the last century."""
    wrong = []
    for path in ROOMS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _reads_text(node) and "encoding" not in {k.arg for k in node.keywords}:
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert wrong == []


def _reads_text(call):
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = {k.arg: getattr(k.value, "value", None) for k in call.keywords}
    if name == "read_text":
        return not call.args  # it may be given by place, as importlib.metadata is given a name there
    if name == "write_text":
        return True
    if name in ("run", "Popen", "check_output"):
        return bool(words.get("text") or words.get("universal_newlines"))
    modes = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return name == "open" and not any("b" in mode for mode in modes) and isinstance(call.func, ast.Name)


def test_practice_runs_without_what_windows_lacks(tmp_path):
    """A scene, checks, the CLI, `drycloud shell` and its list, in such a Python, where each child is such a one too."""
    (tmp_path / "practice.py").write_text(PRACTICE, encoding="utf-8")
    said = run([sys.executable, "-c", "import os; os.fork"], tmp_path, poor(tmp_path), text=True)
    assert "no attribute 'fork'" in said.stderr
    said = run([sys.executable, "practice.py"], tmp_path, poor(tmp_path), encoding="utf-8")
    assert "✓ There is an object ✓. (passed)" in said.stdout, said.stderr
    assert "✗ There is a second one ✓. (not yet)" in said.stdout
    assert said.stderr == ""
    program = [sys.executable, "-m", "drycloud.cli", "shell"]
    said = run([*program, "-c", "aws s3 mb s3://there && exit 4"], tmp_path, poor(tmp_path), text=True)
    assert (said.returncode, said.stdout) == (4, "make_bucket: there\n"), said.stderr
    said = run([*program, "--list"], tmp_path, poor(tmp_path), text=True)
    assert said.stdout.startswith("No cloud is running."), said.stderr
    assert [path.name for path in tmp_path.glob("drycloud-*")] == []


def test_a_cloud_in_the_foreground_needs_no_pause(tmp_path):
    """`drycloud cloud` in such a Python prints for PowerShell, and Ctrl-C ends it calmly."""
    command = [sys.executable, "-m", "drycloud.cli", "cloud", "--for", "powershell"]
    with subprocess.Popen(command, cwd=tmp_path, env=poor(tmp_path), stdout=-1, stderr=-1, encoding="utf-8") as process:
        told = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        said, rest = process.communicate(timeout=PATIENCE)
    assert told == "The cloud is up. Paste the lines above into a shell. Ctrl-C ends it.\n"
    assert (process.returncode, rest) == (0, "The cloud is gone, and all that was in it.\n")
    assert re.search(r"^\$env:AWS_ENDPOINT_URL = 'http://127\.0\.0\.1:\d+'$", said, re.MULTILINE)
    assert "Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue\n" in said


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_console_that_lacks_a_sign_raises_nothing(tmp_path, encoding):
    """What cannot be shown is shown in other signs."""
    (tmp_path / "practice.py").write_text(PRACTICE, encoding="utf-8")
    env = poor(tmp_path, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    said = run([sys.executable, "practice.py"], tmp_path, env)
    lines = said.stdout.decode(encoding).splitlines()
    sign = "✓" if encoding == "utf-8" else "+"
    assert f"{sign} There is an object {sign}. (passed) 1 of 1 point" in lines, (said.stdout, said.stderr)
    assert said.stderr == b""
    (tmp_path / "Łódź").mkdir()
    said = run([sys.executable, "-m", "drycloud.cli", "verify"], tmp_path / "Łódź", env)
    assert b"Traceback" not in said.stderr


# --- What is built for shells that do not run here --------------------------------------------------------------------

SETTINGS = Settings({"MOTTO": 'it\'s \u2019 "$x" %y%', "AWS_PAGER": ""}, ["C:\\Venv x\\Scripts"], "C:\\T\\n.json")


def test_powershell_is_told_after_its_profile(tmp_path):
    """-NoExit -Command runs after the profile; a text is run, no script file, for Windows often forbids those."""
    folder = tmp_path / "it's"
    folder.mkdir()
    start = interactive("C:\\Program Files\\PowerShell\\7\\pwsh.EXE", SETTINGS, folder, {"PATH": "x", "ENV": "y"})
    file = str(folder / "profile.txt").replace("'", "''")
    assert start.command[1:] == [
        "-NoLogo",
        "-NoExit",
        "-Command",
        f"Invoke-Expression (Get-Content -Raw -Encoding UTF8 -LiteralPath '{file}')",
    ]
    assert '"' not in start.command[-1]  # which a command line of Windows would need to escape
    text = (folder / "profile.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    away = "^(?:AWS_|BOTO|_X_AMZN_TRACE_ID|SSLKEYLOGFILE)"
    assert f"Get-ChildItem Env: | Where-Object {{ $_.Name -match '{away}' }} | Remove-Item" in lines
    assert lines.index("$env:AWS_PAGER = ''") > 1
    assert "$env:MOTTO = 'it''s \u2019\u2019 \"$x\" %y%'" in lines
    assert "$env:PATH = 'C:\\Venv x\\Scripts' + [IO.Path]::PathSeparator + $env:PATH" in lines
    assert "    '(drycloud) ' + (DrycloudPrompt)" in lines
    assert text.count("{") == text.count("}")
    assert start.environ == {"PATH": "x", "ENV": "y", **SETTINGS.variables}


def test_cmd_is_the_last_choice(tmp_path):
    """Its prompt is a variable; it reads nothing of the user's."""
    start = interactive("C:\\Windows\\system32\\cmd.exe", SETTINGS, tmp_path, {"PROMPT": "$P$G"})
    assert start.command[1:] == ["/d"]
    assert start.environ["PROMPT"] == "(drycloud) $P$G"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("pwsh.exe", ["-NoLogo", "-NoProfile", "-Command", "ls"]),
        ("powershell", ["-NoLogo", "-NoProfile", "-Command", "ls"]),
        ("cmd.exe", ["/d", "/c", "ls"]),
        ("/bin/zsh", ["-f", "-c", "ls"]),
        ("fish", ["--no-config", "-c", "ls"]),
        ("/bin/bash", ["-c", "ls"]),
    ],
)
def test_one_command_reads_no_file_of_the_users(program, words):
    """Each shell has an option for it, or a variable that names such a file and is taken away."""
    start = one_command(program, "ls", SETTINGS, {"BASH_ENV": "x", "ENV": "y", "HOME": "z"})
    assert start.command == [program, *words]
    assert start.environ == {"HOME": "z", **SETTINGS.variables}


def test_windows_shells_are_sought_in_order(monkeypatch):
    """pwsh before powershell, and cmd where there is neither."""
    monkeypatch.setattr(shell.sys, "platform", "win32")
    monkeypatch.setenv("COMSPEC", "C:\\cmd.exe")
    there = {"pwsh": "C:\\pwsh.exe", "powershell": "C:\\powershell.exe"}
    monkeypatch.setattr(shell.shutil, "which", there.get)
    assert shell._program() == "C:\\pwsh.exe"
    del there["pwsh"]
    assert shell._program() == "C:\\powershell.exe"
    del there["powershell"]
    assert shell._program() == "C:\\cmd.exe"


@pytest.mark.parametrize(
    ("environ", "dialect"),
    [
        ({"PSModulePath": "a;b;c", "PROMPT": "$P$G"}, "powershell"),
        ({"PSModulePath": "a;b", "PROMPT": "$P$G"}, "cmd"),
        ({"PSModulePath": "a;b"}, "powershell"),
        ({"MSYSTEM": "MINGW64", "PSModulePath": "a;b", "PROMPT": "$P$G"}, "sh"),
    ],
)
def test_the_dialect_on_windows(environ, dialect, monkeypatch):
    """PowerShell adds a folder of modules, cmd alone has a PROMPT, and Git's bash names its system."""
    monkeypatch.setattr(dialects.sys, "platform", "win32")
    monkeypatch.setattr(dialects.os, "pathsep", ";")
    monkeypatch.setattr(dialects.os, "environ", environ)
    assert dialects.dialect_here() == dialect


ODD = 'it\'s \u2019 "two" $HOME `x` \\ * é'


@pytest.mark.parametrize("name", ["bash", "zsh", "fish", "sh"])
def test_what_is_printed_is_understood(name, tmp_path):
    """A value with every sign that a shell knows comes out of it as it was, and what is taken away is gone."""
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"there is no {name} on this machine")
    lines = dialects.assignments(dialects.dialect_of(program), ["GONE"], {"ODD": ODD, "EMPTY": ""})
    text = "\n".join([*lines, 'printf "%s|%s|%s" "$ODD" "$EMPTY" "$GONE"'])
    said = run([program, "-c", text], tmp_path, {"GONE": "still", "LANG": "C.UTF-8"}, encoding="utf-8")
    assert said.stdout == f"{ODD}||", said.stderr


def test_the_dialect_is_that_of_the_shell_which_runs_the_command(tmp_path):
    """Not of the one that SHELL names: who types `fish` in bash gets what fish understands."""
    if not (shutil.which("fish") and shutil.which("ps")):
        pytest.skip("there is no fish, or no ps, on this machine")
    code = f"{sys.executable} -c 'from drycloud.lab.dialects import dialect_here; print(dialect_here())'; true"
    for name, dialect in (("fish", "fish"), ("bash", "sh")):
        said = run([shutil.which(name), "-c", code], tmp_path, {**os.environ, "SHELL": "/bin/zsh"}, encoding="utf-8")
        assert said.stdout == f"{dialect}\n"

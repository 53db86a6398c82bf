"""How code is run (docs/run.md): the same in a stock kernel and in grading, and a plain file as a program."""

import json

import pytest
from contract_toy import Ran, file_of, graded, graded_like_practice, grading, practised, program

from drycloud.errors import SubmissionError
from drycloud.limits import Limits
from drycloud.notebook import Cell, Code, Exercise, code_of, read_own

# Cells that are run one after the other, each whether the one before it failed or not; what their variables are then;
# and what is said. It must be so in both places.
SAME: dict[str, tuple[list[str], dict[str, object], str]] = {
    "simulate again": (["given.bucket = 'x'\ngiven = simulate(scene)\nok = given.bucket"], {"ok": "toy"}, ""),
    "simulate imported": (["from drycloud import simulate\nok = simulate(scene).n"], {"ok": 1}, ""),
    "check again": (["@check(points=1)\ndef test_more(after):\n    'More.'\nok = 1"], {"ok": 1}, ""),
    "a check's name": (["ok = [test_there.__doc__, is_there.__name__]"], {"ok": ["It is there.", "is_there"]}, ""),
    "what the scene imports": (["ok = [calendar.MONDAY, math.floor(2.5), NAMES]"], {"ok": [0, 2, ["a", "b"]]}, ""),
    "names of ours taken": (
        [
            "scene = check = client = simulate = 3\nok = [scene, given.n]",
            "given = [1]\ndel given\nok2 = 'given' in globals()",
        ],
        {"ok": [3, 1], "ok2": False},
        "",
    ),
    "names of Python taken": (["list = str = [1]\nok = list"], {"ok": [1]}, ""),
    "given is also a variable of the shell": (
        ["import os\nok = os.environ['BUCKET']", "!echo [$BUCKET]"],
        {"ok": "toy"},
        "[toy]",
    ),
    "an error": (["ok = 1\n1 / 0\nok = 2", "ok2 = 1"], {"ok": 1, "ok2": 1}, "ZeroDivisionError"),
    "exit": (["ok = 1\nexit()\nok = 2"], {"ok": 1}, ""),
    "quit": (["ok = 1\nquit()\nok = 2"], {"ok": 1}, ""),
    "sys.exit": (["import sys\nok = 1\nsys.exit(0)\nok = 2"], {"ok": 1}, ""),
    "an interrupt": (
        ["import os, signal\nos.kill(os.getpid(), signal.SIGINT)", "ok = 1"],
        {"ok": 1},
        "KeyboardInterrupt",
    ),
    "input": (
        ["ok = 1\nname = input('Your name? ')"],
        {"ok": 1},
        "nobody can type an answer while your work is graded",
    ),
    "getpass": (["import getpass\ngetpass.getpass()"], {}, "getpass() cannot be used: nobody can type"),
    "windows line ends": (
        ["%%bash\r\nif true; then\r\n  echo [$BUCKET]\r\nfi\r\n", "ok = 1\r\nif ok:\r\n  ok = 2\r\n"],
        {"ok": 2},
        "[toy]",
    ),
    "a comment above a cell magic": (["# My work\n\n# Two lines\n%%bash\necho [$BUCKET]"], {}, "[toy]"),
    "a comment above a timed cell": (["# My work\n%%time\nok = 1"], {"ok": 1}, "Wall time"),
    "a byte order mark": (["\ufeffok = 1"], {"ok": 1}, ""),
    "await": (["import asyncio\nawait asyncio.sleep(0)\nok = 1"], {"ok": 1}, ""),
    "a task": (
        [
            "import asyncio\nasync def f():\n    await asyncio.sleep(0.05)\n    return 5\nt = asyncio.create_task(f())",
            "ok = await t",
        ],
        {"ok": 5},
        "",
    ),
    "magics": (
        [
            "%time ok = 1",
            "%%capture out\nprint('hidden')",
            "ok2 = out.stdout",
            "%env A=b\nimport os\nok3 = os.environ['A']",
        ],
        {"ok": 1, "ok2": "hidden\n", "ok3": "b"},
        "Wall time",
    ),
    "the shell": (
        ["!echo [$BUCKET]", "lines = !echo a; echo b\nok = list(lines)", "!false\nok2 = _exit_code"],
        {"ok": ["a", "b"], "ok2": 1},
        "[toy]",
    ),
    "earlier outputs": (
        ["40 + 2", "ok = _", "ok2 = Out[max(Out)]", "ok3 = 'ok = _' in In"],
        {"ok": 42, "ok2": 42, "ok3": True},
        "42",
    ),
    "a module that was written": (
        ["%%writefile helper.py\nx = 5", "import helper\nok = helper.x", "%run helper.py\nok2 = x"],
        {"ok": 5, "ok2": 5},
        "",
    ),
    "display": (["display({'a': 1})\nget_ipython().system('echo hi')\nok = __name__"], {"ok": "__main__"}, "{'a': 1}"),
    "processes": (
        [
            "import multiprocessing, subprocess, sys\ndef double(x):\n    return 2 * x",
            "with multiprocessing.Pool(2) as pool:\n    ok = pool.map(double, [1, 2])",
            "ok2 = subprocess.run([sys.executable, '-c', 'print(3)'], capture_output=True, text=True).stdout",
        ],
        {"ok": [2, 4], "ok2": "3\n"},
        "",
    ),
    "warnings as errors": (
        ["import warnings\nwarnings.simplefilter('error')\nimport boto3\nboto3.client('s3').list_buckets()\nok = 1"],
        {"ok": 1},
        "",
    ),
}


@pytest.fixture(scope="module")
def zygote():
    with grading() as one:
        yield one


@pytest.fixture(scope="module")
def in_practice(tmp_path_factory) -> dict[str, Ran]:
    return practised({name: cells for name, (cells, _, _) in SAME.items()}, tmp_path_factory.mktemp("practice"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
@pytest.mark.parametrize("name", SAME)
def test_practice_and_grading_run_cells_alike(name, zygote, in_practice):
    """The same variables, and the same is said, in a stock kernel and in the sandbox."""
    cells, answers, said = SAME[name]
    for ran in (in_practice[name], graded_like_practice(zygote, cells)):
        assert ran.answers == answers, ran.said
        assert said in ran.said


def test_an_own_cell_that_fails_stops_nothing(zygote):
    """Nor does one that is tagged so; the report names it, and its line."""
    codes = [Code("1 / 0", "your own cell 1", may_fail=True), Code("ok = 1", "task cell 1")]
    outcome = graded(zygote, codes)
    assert (outcome.outcome, outcome.answers) == ("finished", '{"ok": 1}')
    assert outcome.message.startswith("your own cell 1, line 1: ZeroDivisionError: division by zero (What stands below")


def test_a_task_cell_that_fails_stops_what_follows(zygote):
    """The report names it, and what was not run."""
    codes = [
        Code("ok = 1\nx", "task cell 1"),
        Code("ok = 2", "your own cell 1", may_fail=True),
        Code("ok = 3", "task cell 2"),
    ]
    outcome = graded(zygote, codes)
    assert (outcome.outcome, outcome.answers) == ("raised", '{"ok": 1}')
    assert outcome.message.startswith("task cell 1, line 2: NameError: name 'x' is not defined")
    assert outcome.message.endswith("(Not run after it: your own cell 1, task cell 2.)")


@pytest.mark.parametrize("end", ["exit()", "quit()", "import sys; sys.exit()", "raise SystemExit(0)"])
def test_an_exit_is_a_normal_end(zygote, end):
    """In a cell it ends the run, and what was not run is told; in a program there is nothing to tell."""
    outcome = graded(zygote, [Code(f"ok = 1\n{end}\nok = 2", "task cell 1"), Code("ok = 3", "task cell 2")])
    assert (outcome.outcome, outcome.answers) == ("finished", '{"ok": 1}')
    assert outcome.message == "task cell 1 ended the run by exit(). (Not run after it: task cell 2.)"
    outcome = graded(zygote, program("toy.py", f"ok = 1\n{end}\nok = 2"))
    assert (outcome.outcome, outcome.answers, outcome.message) == ("finished", '{"ok": 1}', "")


def test_an_exit_with_words_or_a_status_is_none(zygote):
    """What was said stands in the report."""
    outcome = graded(zygote, program("toy.py", "import sys\nsys.exit('no such bucket')"))
    assert (outcome.outcome, outcome.message) == ("raised", "Your code ended itself with these words: no such bucket")
    assert outcome.stderr == "no such bucket\n"
    outcome = graded(zygote, program("toy.py", "raise SystemExit(3)"))
    assert (outcome.outcome, outcome.message) == ("raised", "Your code ended itself with exit status 3")


PROGRAM = """from __future__ import annotations
import argparse, os, sys
folder, name = os.path.split(__file__)
ok = [sys.argv, __name__, name, os.path.exists(__file__), folder == os.getcwd()]
ok2 = vars(argparse.ArgumentParser().parse_args())
ok3 = given.bucket
"""


def test_a_plain_file_is_a_program(zygote):
    """Its arguments, its name, its file, where it lies; errors name its lines; a notebook's language is understood."""
    outcome = graded(zygote, program("toy.py", PROGRAM))
    found = json.loads(outcome.answers)
    assert [found["ok"], found["ok2"], found["ok3"]] == [[["toy.py"], "__main__", "toy.py", True, True], {}, "toy"]
    outcome = graded(zygote, program("toy.py", "def f():\n    return 1 / 0\n\nf()\n"))
    assert outcome.message == "line 2: ZeroDivisionError: division by zero"
    assert 'File "/home/student/toy.py", line 4, in <module>\n    f()' in outcome.stderr
    assert "runner" not in outcome.stderr
    assert graded(zygote, program("toy.py", "x = = 2")).message == "line 1: SyntaxError: invalid syntax"
    assert graded(zygote, program("toy.py", "%time ok = 1\n!echo [$BUCKET]")).stdout.endswith("[toy]\n")


def test_a_program_is_not_imported_in_the_place_of_a_library(zygote):
    """A step may have the name of one; the file is there where no Python of the run could take it for that."""
    text = "import subprocess, sys\nok = subprocess.run([sys.executable, '-c', 'import dataclasses']).returncode"
    assert graded(zygote, program("inspect.py", text)).answers == '{"ok": 0}'


SPAWN = """import multiprocessing
def double(x):
    return 2 * x
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    with multiprocessing.Pool(2) as pool:
        ok = pool.map(double, [1, 2])
"""


def test_a_program_starts_itself_again(zygote):
    """As other platforms start processes: from its file."""
    assert graded(zygote, program("toy.py", SPAWN)).answers == '{"ok": [2, 4]}'


def test_a_shell_script_is_a_program(zygote):
    """With Windows line ends, too; its name is there, and its exit status is told."""
    text = 'cd "$(dirname "$0")"\r\nif true; then\r\n  echo "$(basename "$0") $BUCKET" > out.txt\r\nfi\r\nexit 3\r\n'
    outcome = graded(zygote, program("toy.sh", text))
    assert (outcome.outcome, outcome.message) == ("raised", "The shell script ended with exit status 3.")
    assert file_of(outcome, "out.txt") == b"toy.sh toy\n"
    assert graded(zygote, program("toy.sh", "exit 0")).outcome == "finished"


START = """import time
def note():
    with open("note.txt", "w") as file:
        file.write("late")
"""
FINISHED = {
    "thread": """
import threading
def late():
    global ok
    time.sleep(0.2)
    ok = 1
    note()
threading.Thread(target=late).start()
""",
    "executor": """
from concurrent.futures import ThreadPoolExecutor
ok = 1
def late():
    time.sleep(0.2)
    note()
ThreadPoolExecutor(2).submit(late)
""",
    "atexit": """
import atexit
ok = 1
atexit.register(note)
""",
    "open file": """
ok = 1
file = open("note.txt", "w")
file.write("late")
""",
    "open file that is held": """
ok = 1
class A:
    pass
a = A()
a.itself, a.file = a, open("note.txt", "w")
a.file.write("late")
""",
}


@pytest.mark.parametrize("kind", ["cell", "program"])
@pytest.mark.parametrize("name", FINISHED)
def test_what_was_started_is_finished(zygote, name, kind):
    """Threads, executors, `atexit` and files that were not closed, as Python does at the end of a program."""
    text = START + FINISHED[name]
    outcome = graded(zygote, program("toy.py", text) if kind == "program" else [Code(text)])
    assert (outcome.outcome, outcome.answers) == ("finished", '{"ok": 1}')
    assert file_of(outcome, "note.txt") == b"late"


def test_what_never_ends_is_stopped_and_the_rest_counts(zygote):
    """A thread without an end costs the time that there is, and no answer."""
    text = "import threading\nok = 1\nthreading.Thread(target=threading.Event().wait).start()"
    outcome = graded(zygote, [Code(text)], Limits(wall_seconds=8))
    assert (outcome.outcome, outcome.answers) == ("timed_out", '{"ok": 1}')
    assert outcome.message.endswith("It had come to its last line, but something that it had started still ran.")


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.py", "# -*- coding: latin-1 -*-\nok = 'é'".encode("latin-1"), "ok = 'é'"),
        ("a.py", "#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\nok = '€'".encode("cp1252"), "ok = '€'"),
        ("a.py", "ok = 'é'".encode("utf-8-sig"), "ok = 'é'"),
        ("a.sh", "# déjà vu\necho".encode("latin-1"), "# déjà vu\necho"),
    ],
)
def test_a_file_is_read_in_the_encoding_that_it_declares(tmp_path, name, data, text):
    """As Python does; a shell script is bytes to bash."""
    (tmp_path / name).write_bytes(data)
    (code,) = code_of(read_own(tmp_path / name, Exercise(tmp_path / "toy.py", [Cell("task", "1")]), "toy/a"), "a")
    assert (code.source.endswith(text), code.program) == (True, name)


@pytest.mark.parametrize("codec", ["idna", "punycode", "rot13", "unicode_escape", "nothing"])
def test_no_other_codec_is_used(tmp_path, codec):
    """Some take a time that grows with the square of the length, and one that is unknown is refused in words."""
    (tmp_path / "a.py").write_bytes(f"# coding: {codec}\n# \xe9".encode("latin-1"))
    with pytest.raises(SubmissionError, match="not a text in UTF-8"):
        read_own(tmp_path / "a.py", Exercise(tmp_path / "toy.py", [Cell("task", "1")]), "toy/a")

"""nbgrader's own commands must grade by drycloud: a course in which they would not is refused at once."""

import sys
from pathlib import Path

import pytest
from classroom_toy import CONFIGURATION, write_course

from drycloud.classroom.adapter.stock import LINE
from drycloud.cli.main import main

NAME = "nbgrader_config.py"
COMMANDS = ("build", "release", "grade")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with work in it, in which a command runs in this process; nobody's own configuration is seen."""
    for name in ("DRYCLOUD_BUILD", "JUPYTER_CONFIG_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    root = write_course(tmp_path / "course")
    (root / "handed_in/ann/toy").mkdir(parents=True)
    (root / "handed_in/ann/toy/bucket.py").write_text("pass\n")
    monkeypatch.chdir(root)
    return root


def line_of(command: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> str:
    """The one line with which a command ends, in status 2; nothing is made."""
    words = ["--submitted", "handed_in"] if command == "grade" else []
    monkeypatch.setattr(sys, "argv", ["drycloud", command, "toy", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert not Path("build").exists()
    (line,) = err.splitlines()
    return line


@pytest.mark.parametrize("command", COMMANDS)
def test_a_course_without_a_configuration_is_refused(course, command, monkeypatch, capfd):
    """The line says what would happen, and what to write."""
    (course / NAME).unlink()
    line = line_of(command, monkeypatch, capfd)
    assert line.startswith(f"drycloud: {course}/{NAME}: is missing: a stock 'nbgrader autograde' would run submissions")
    assert line.endswith(f"write it with this line: {LINE}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("c = get_config()\nc.CourseDirectory.course_id = 'x'\n", "does not call drycloud's configure"),
        ("# " + LINE + "\n", "does not call drycloud's configure"),
        (CONFIGURATION + "c = get_config()\nc.Autograde.autograde_preprocessors = []\n", "does not call"),
        (CONFIGURATION + "c = get_config()\ndel c.Autograde['exporter_class']\n", "does not call"),
        ("def f(:\n", "cannot be loaded: SyntaxError"),
        (CONFIGURATION + "1 / 0\n", "cannot be loaded: ZeroDivisionError"),
    ],
)
def test_a_configuration_that_does_not_hold_is_refused(course, text, words, monkeypatch, capfd):
    """Not called, commented out, taken back afterwards, or an error, which nbgrader only logs: each is told."""
    (course / NAME).write_text(text)
    assert words in line_of("build", monkeypatch, capfd)


@pytest.mark.parametrize("place", ["course", "jupyter"])
def test_the_line_that_is_told_is_enough(course, place, monkeypatch, capfd):
    """Written into the course's own file, or into the one that Jupyter has for all courses."""
    (course / NAME).unlink()
    folder = course if place == "course" else course.parent / "jupyter"
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(LINE + "\n")
    monkeypatch.setattr(sys, "argv", ["drycloud", "build", "toy"])
    main()
    assert capfd.readouterr().out.splitlines() == [
        f"{course}/build/source/toy/{step}.ipynb" for step in ("bucket", "shell")
    ]

"""The terms on which work is graded: they stand in each release, and practice warns of limits."""

import sys
import zipfile

import msgspec
import nbformat
import pytest
from classroom_toy import fresh
from practice_toy import SCENE, outputs_of, script, texts
from repository import ROOT

from drycloud.classroom.notebooks.sources import build
from drycloud.classroom.notebooks.terms import limits_in_words, terms
from drycloud.classroom.releases import packing
from drycloud.classroom.releases.packing import release
from drycloud.classroom.releases.wheel import build_wheel
from drycloud.course import load_course
from drycloud.course.libraries import STANDARD, version_of
from drycloud.limits import Limits
from drycloud.sandbox.policy import TOOLS

CHANGED = """limits: {wall_seconds: 77, processes: 55, disk_mib: 33, memory_mib: 444, wait_seconds: 99}
libraries: [sklearn, 'seaborn>=0.13']
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    course = fresh(tmp_path)
    path = course / "course.yml"
    text = "".join(line for line in path.read_text().splitlines(keepends=True) if not line.startswith("limits:"))
    path.write_text(text + CHANGED)
    return course


def test_each_notebook_ends_with_the_terms(root, tmp_path):
    """Python, libraries with versions, programs and the course's own limits, before the summary, in a locked cell."""
    for path in build(load_course(root), "toy"):
        cells = nbformat.read(path, as_version=4).cells
        assert [cell.id for cell in cells[-3:]] == ["terms", "summary", "grade"]
        text = cells[-3].source
        assert cells[-3].metadata.editable is False
        assert f"**Python {'.'.join(map(str, sys.version_info[:3]))}**" in text
        assert f"pandas {version_of('pandas')}" in text
        for words in (
            "scikit-learn",
            "seaborn",
            "jq",
            "77 seconds by the clock",
            "55 processes and threads",
            "33 MiB in all",
            "444 MiB of memory",
        ):
            assert words in text
        assert "up to 99 seconds" in text
        assert "seconds=77, processes=55" in cells[-2].source


def test_the_readme_of_the_zip_tells_them_and_installs_what_the_course_names(root, monkeypatch, tmp_path):
    """The same terms, and the course's libraries in the line for pip, quoted for a shell."""
    wheel = build_wheel(ROOT, tmp_path / "wheel")
    monkeypatch.setattr(packing, "build_wheel", lambda *_: wheel)
    made = release(load_course(root), "toy")
    with zipfile.ZipFile(made.archive) as archive:
        text = archive.read("toy/README.md").decode()
    assert "whl jupyterlab 'scikit-learn' 'seaborn>=0.13'\n" in text
    assert terms(load_course(root)) in text


def test_every_limit_is_told():
    """Each number of a course's limits stands in the sentences; one that nobody told would be a trap."""
    numbers = {name: 1000 + place * 7 for place, name in enumerate(Limits.__struct_fields__)}
    text = " ".join(limits_in_words(msgspec.convert(numbers, Limits)))
    assert [name for name, number in numbers.items() if f"{number:g}" not in text] == ["state_seconds"]


def test_the_names_of_the_libraries_and_programs_are_told():
    """Those of the tables, all of them but what every system has."""
    text = terms(load_course(ROOT))
    assert all(f"{name} {version_of(name)}" in text for name in STANDARD)
    assert all(name in text for package in ("jq", "curl", "openssl", "zip") for name in TOOLS[package].split())


SUMMARY = "summary(points=2, visible=1, hidden=1, seconds=180, processes=256)\n"
MANY = """
import threading
wait = threading.Event()
threads = [threading.Thread(target=wait.wait) for _ in range(300)]
for thread in threads: thread.start()
wait.set()
for thread in threads: thread.join()
"""


def test_practice_warns_of_threads(tmp_path):
    """Three hundred at once are told where the limit is 256, and no more after the next scene; fewer are not."""
    few = MANY.replace("300", "200")
    said = script(SCENE + few + SUMMARY + MANY + SUMMARY + SCENE + SUMMARY, tmp_path)
    assert said.count("threads at once. When you hand in, a run is stopped that has more than 256") == 1
    assert "Your code had 301 threads at once" in said


CLOCK = """
import types
from drycloud.lab import pace
pace.begin()
now = [1.0]
pace.time = types.SimpleNamespace(monotonic=lambda: now[0])
def work(seconds): now[0] += seconds
sleep = pace._counted(work)
"""
CELLS = (
    CLOCK
    + """
pace._begin_cell()
{}
pace._end_cell()
print(pace.warnings(180, 256))
"""
)


def test_practice_warns_of_a_long_cell_but_not_of_its_sleep(tmp_path):
    """A cell that took 200 seconds is told; what it slept is not counted, for grading makes that short."""
    assert "One of your cells took 200 seconds, without what it slept." in script(CELLS.format("work(200)"), tmp_path)
    asleep = CELLS.format("work(100); sleep(150)")
    (tmp_path / "again").mkdir()
    assert script(asleep, tmp_path / "again") == "[]\n"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
def test_the_summary_of_a_notebook_tells_of_a_long_cell(tmp_path):
    """In a stock kernel: a cell past the limit, in the summary that the release holds."""
    shown = outputs_of(SCENE, CLOCK, "sleep(500)", SUMMARY, "work(500)", SUMMARY, folder=tmp_path)
    assert "One of your cells" not in texts(shown[3])
    assert "One of your cells took 500 seconds" in texts(shown[5])

"""Practice when something is missing: no scene yet, a cloud that has ended, a scene that fails; and what it leaves."""

import time
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from patience import PATIENCE
from practice_toy import CHECKS, KILL, SCENE, outputs_of, run, script, texts

from drycloud.grading.evidence import FIXTURES
from drycloud.lab.localcloud import LocalCloud
from drycloud.lab.practice import Practice

SUMMARY = "summary(points=20, visible=4, hidden=9)\n"
ENDED = "Your cloud has ended: run the scene cell again, then your own cells, then this one."
RETURN = "    return {"


def with_lines(*lines: str) -> str:
    """The scene, which does this before it returns."""
    return SCENE.replace(RETURN, "".join(f"    {line}\n" for line in lines) + RETURN)


IN_THE_MIDDLE = with_lines(*KILL.splitlines(), "s3.list_buckets()")


def test_a_check_before_the_scene_says_so(tmp_path):
    """Each check, in a script: it is not made, and nobody's fault."""
    said = script(f"from drycloud import check\n{CHECKS}", tmp_path)
    titles = ("There is an answer.", "Something is stored.", "This one is broken.")
    told = "(not made)\n  Run the scene cell first: it makes the world that this check looks at.\n"
    assert said == "".join(f"! {title} {told}" for title in titles)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
def test_a_check_cell_alone_in_a_fresh_kernel_says_so(tmp_path):
    """In a notebook too; and as soon as the scene is there, the same cell makes its checks."""
    cell = f"from drycloud import check\n{CHECKS}"
    before, _, after = outputs_of(cell, SCENE, cell, folder=tmp_path)
    assert texts(before).count("Run the scene cell first") == 3
    assert "✗ There is an answer. (not yet)" in texts(after)


def test_botocore_tells_what_an_operation_does(tmp_path):
    """`help` of a client's method has the documentation, as in the sandbox."""
    said = script(SCENE + "print(boto3.client('ec2').terminate_instances.__doc__)\n", tmp_path)
    assert "Terminates (deletes) the specified instances." in said


def test_checks_of_a_grader_are_not_taken_for_a_students(tmp_path):
    """A module that is imported is no notebook: nothing is shown, whatever is imported after it."""
    (tmp_path / "grader.py").write_text(f"from drycloud import check\n{CHECKS}")
    assert script("import grader\nfrom drycloud import check", tmp_path) == ""


def test_a_check_that_lost_its_cloud_says_so(tmp_path):
    """A process that was killed is not the instructor's fault; the next scene starts another cloud."""
    said = script(SCENE + KILL + CHECKS + SCENE + CHECKS, tmp_path)
    lost, _, again = said.partition("Starting your cloud …\ngiven.bucket")[2].partition("Starting your cloud …")
    assert lost.count(f"(not made)\n  {ENDED}") == 3
    assert "instructor" not in lost
    assert "✗ There is an answer. (not yet)" in again


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_check_whose_cloud_is_killed_while_it_is_made_says_so(tmp_path, how):
    """Whether it asks the cloud itself or by a client; and so does each that follows."""
    look = f"""
@check(points=1)
def test_clients(s3, before):
    "By a client."
    {"; ".join(KILL.splitlines())}
    s3.list_buckets()
@check(points=1)
def test_nothing():
    "Without it."
"""
    said = script(SCENE + look.replace("before", how), tmp_path)
    assert f"! By a client. (not made)\n  {ENDED}" in said
    assert f"! Without it. (not made)\n  {ENDED}" in said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (IN_THE_MIDDLE, "drycloud: Your cloud has ended — run the scene cell again, then your own cells"),
        (
            with_lines("raise ValueError('two\\nlines')"),
            "drycloud: The scene failed (ValueError: two lines). Unless you changed its cell, it is not your fault: "
            "tell your instructor.",
        ),
        (
            "import os\nos.mkdir('here', 0o555)\nos.chdir('here')\n" + SCENE,
            "drycloud: The scene's files cannot be put beside the notebook: Permission denied (",
        ),
    ],
)
def test_a_scene_that_fails_is_one_line(tmp_path, text, line):
    """It says whose fault it is and what to do; a script ends there."""
    done = run(text, tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(line), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # as above
@pytest.mark.parametrize("broken", ["    raise ValueError('x')\n    return {", "    return {1j: 0, "])
def test_a_scene_that_fails_leaves_no_world(tmp_path, broken):
    """Where a notebook goes on, checks wait for a scene, the cloud is empty, and no shell knows the names of before."""
    cell = f"from drycloud import check\n{CHECKS}"
    rest = "import boto3, os\nprint(boto3.client('s3').list_buckets()['Buckets'], 'BUCKET' in os.environ)"
    _, failed, checks, left = outputs_of(SCENE, SCENE.replace("    return {", broken), cell, rest, folder=tmp_path)
    (error,) = [output for output in failed if output.output_type == "error"]
    assert len(error.traceback) == 1
    assert error.traceback[0].startswith("The scene failed (")
    assert texts(checks).count("Run the scene cell first") == 3
    assert texts(left) == "[] False\n"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # as above
def test_run_all_stops_at_a_scene_that_fails(tmp_path):
    """What comes after it would work on nothing."""
    cells = [nbformat.v4.new_code_cell(source) for source in (IN_THE_MIDDLE, "print('went on')")]
    client = NotebookClient(nbformat.v4.new_notebook(cells=cells), kernel_name="python3", timeout=PATIENCE)
    with pytest.raises(CellExecutionError, match="Your cloud has ended — run the scene cell again"):
        client.execute(cwd=str(tmp_path))
    assert cells[1].outputs == []


def test_points_and_what_the_mark_is_made_of(tmp_path):
    """Each check shows its points; the summary says how many can be seen, how many are there, and what comes later."""
    work = "name = given.bucket\n"
    said = script(SCENE + SUMMARY + work + CHECKS + SUMMARY + "summary(points=7, answers=7)", tmp_path)
    seen = "4 of 20 points can be seen here; 9 more checks are made when you hand in.\n"
    assert f"{seen}Run the checks above to see how many of these points you have by now.\n✓" in said
    assert "✓ There is an answer. (passed) 1 of 1 point\n" in said
    assert "✗ Something is stored. (not yet) 0 of 2 points\n" in said
    assert f"{seen}By the checks above you have 1 of these 4 points now.\n" in said
    assert said.endswith("A teacher reads and marks your 7 answers, for 7 points in all.\n")


def test_the_summary_is_known_before_the_scene_and_needs_no_cloud(tmp_path):
    """In plain Python and in a fresh kernel; a check that was not run is not counted as if it had been."""
    loaded = "import sys\nprint([name for name in ('boto3', 'moto') if name in sys.modules])\n"
    said = script("from drycloud import summary\n" + SUMMARY + loaded, tmp_path)
    assert said.startswith("4 of 20 points can be seen here")
    assert said.endswith("[]\n")
    first = CHECKS.partition("@check(points=2")[0]
    said = script(SCENE + first + SUMMARY, tmp_path)
    assert "By the checks above you have 0 of these 4 points now. Not all of them have been run." in said


def test_a_check_looks_where_the_scene_was_set(tmp_path):
    """As in grading: a student's code may go to another folder, and what it leaves there is left there."""
    work = """
import os
os.chdir('data')
open('b.csv', 'w').close()
@check(points=1)
def test_files(files, files_before):
    "Files."
    assert [name for name in files if name.startswith('data')] == ['data/a.csv', 'data/b.csv']
    assert list(files_before) == ['data/a.csv']
given = simulate(scene)
print(os.listdir('.'))
"""
    text = with_lines("(workdir / 'data').mkdir()", "(workdir / 'data/a.csv').write_text('x')") + work
    said = script(text, tmp_path)
    assert "✓ Files. (passed)" in said
    assert "'data'" in said.splitlines()[-1]


def test_a_check_may_ask_for_all_that_it_may_in_grading():
    """The names are the same, so that no visible check breaks in one of the two."""
    practice = Practice.__new__(Practice)
    practice.cloud = SimpleNamespace(snapshot=list, trail=list)
    assert sorted(practice._fixtures()) == sorted(FIXTURES)


def test_an_interrupt_does_not_mix_up_answers():
    """What an interrupted question was answered is not taken for the answer to the next one."""
    cloud = LocalCloud()
    try:
        cloud._asked += 1
        cloud._process.stdin.write(f"{cloud._asked} trail\n".encode())
        assert [group.name for group in cloud.snapshot().all("SecurityGroup")] == ["default"]
    finally:
        cloud.ended()
        cloud._process.stdin.close()
        cloud._process.stdout.close()


ENDINGS = {
    "normally": "",
    "by kill -9": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
    "with its cloud killed": KILL,
    "by an interrupt": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n",
    "in the middle of a scene": with_lines("import os, signal", "os.kill(os.getpid(), signal.SIGKILL)"),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_no_temporary_folder_is_left_behind(tmp_path, how):
    """However practice ends, what is left in the folder for temporary files, and hidden beside the notebook, goes.

    A cloud that is killed leaves the note by which `drycloud shell` finds it: the next start takes it away.
    """
    place = tmp_path / "tmp"
    place.mkdir()
    done = run(SCENE + ENDINGS[how], tmp_path, TMPDIR=str(place))
    assert "Starting your cloud" in done.stdout
    if how == "with its cloud killed":
        script(SCENE, tmp_path, TMPDIR=str(place))
    deadline = time.monotonic() + PATIENCE
    while list(place.iterdir()) and time.monotonic() < deadline:  # a cloud ends a moment after its notebook
        time.sleep(0.05)
    assert list(place.iterdir()) == []
    script(SCENE, tmp_path, TMPDIR=str(place))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []

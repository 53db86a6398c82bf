"""The working directory in practice: what checks see of it, and a scene's files, put there and taken away."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from drycloud.errors import UsageError
from drycloud.grading.evidence import File, RunFiles
from drycloud.lab import world
from drycloud.lab.workdir import WorkingFiles
from drycloud.limits import Limits

PORT = 1  # nothing listens there


def write(folder: Path, *names: str, text: str = "x") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def alive():
    """The port of a cloud that runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def scene(folder: Path, port: int, text: str, *names: str) -> list[str]:
    """What `simulate` does with the files of a scene; what it tells."""
    told = world.remove_files(folder, port)
    with world.staged(folder, port) as stage:
        write(stage, *names, text=text)
        told += world.put_files(folder, port, stage, world.read_stage(stage))
    return told


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def seen(folder: Path) -> dict[str, str]:
    return {name: file.text for name, file in WorkingFiles(folder).items()}


def test_every_file_is_seen_however_many_there_are(tmp_path):
    """No number and no size of files hides one: the given folder comes last in the alphabet, behind a large file."""
    write(tmp_path, *(f"aaa/{number}" for number in range(600)), "zzz/given.csv")
    (tmp_path / "large.bin").write_bytes(bytes(3 * 1024**2))
    files = WorkingFiles(tmp_path)
    assert len(files) == 602
    assert "zzz/given.csv" in files
    assert list(files)[-1] == "zzz/given.csv"
    assert len(files["large.bin"].data) == 3 * 1024**2


TOOLS = (
    "env/lib/python3.11/site-packages/boto3/session.py",
    "bare/lib/site-packages/boto3/session.py",
    "conda/bin/python",
    "src/__pycache__/a.pyc",
    "node_modules/left-pad/index.js",
    ".ipynb_checkpoints/step.ipynb",
    ".venv/bin/python",
)


def test_files_of_a_run_that_were_not_read_fail_the_check_that_asks():
    """In grading as in practice: such a file is there, its content is an AssertionError with the reason."""
    files = RunFiles({"a": File(b"x")}, {"b": "Permission denied"})
    assert list(files) == ["a", "b"]
    assert len(files) == 2
    assert "b" in files
    assert "c" not in files
    for ask in (lambda: files["b"], lambda: files.get("b"), lambda: list(files.items())):
        with pytest.raises(AssertionError, match=r"The file 'b' is there, but it cannot be read \(Permission denied\)"):
            ask()


def test_environments_caches_and_links_are_not_walked(tmp_path):
    """What tools keep beside one's work is no answer to any task; a hidden file may be, as in grading."""
    write(tmp_path, "env/pyvenv.cfg", "conda/conda-meta/history", "src/mine.py", ".hidden", *TOOLS)
    (tmp_path / "link.py").symlink_to("src/mine.py")
    (tmp_path / "linked").symlink_to("src")
    files = WorkingFiles(tmp_path)
    assert list(files) == [".hidden", "src/mine.py"]
    assert not [name for name in (*TOOLS, "link.py", "linked/mine.py") if name in files]


@pytest.mark.parametrize("name", ["", ".", "src", "src/", "/mine.py", "src//mine.py", "../x", "src/../src/mine.py", 1])
def test_only_a_files_own_name_finds_it(tmp_path, name):
    """A name is what the walk gives, and no other way to the same file; on any file system SRC is not src."""
    write(tmp_path / "here", "src/mine.py")
    write(tmp_path, "x")
    files = WorkingFiles(tmp_path / "here")
    assert name not in files
    assert "src/mine.py" in files
    with pytest.raises(KeyError):
        files[name]


def test_a_folder_with_a_virtual_environment_is_no_slower(tmp_path, monkeypatch):
    """Nothing looks into it: to find a file, to list all, and to see whether there are too many."""
    write(tmp_path, "env/pyvenv.cfg", "env/lib/python3.11/site-packages/a/b.py", "data/given.csv", "step.ipynb")
    opened: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: opened.append(Path(folder).name) or scandir(folder))
    files = WorkingFiles(tmp_path)
    assert files["data/given.csv"].text == "x"
    assert list(files) == ["data/given.csv", "step.ipynb"]
    assert files.surplus(Limits()) == ""
    assert set(opened) == {tmp_path.name, "data"}


def test_more_than_grading_looks_at_is_told(tmp_path):
    """One line where the folder holds more files, or more in them, than are read back of a run."""
    write(tmp_path, "a", "b", "c")
    assert WorkingFiles(tmp_path).surplus(Limits(files=3, disk_mib=1)) == ""
    assert "more than 2 files or 1 MiB" in WorkingFiles(tmp_path).surplus(Limits(files=2, disk_mib=1))
    (tmp_path / "d").write_bytes(bytes(1024**2))
    assert "more than 9 files or 1 MiB" in WorkingFiles(tmp_path).surplus(Limits(files=9, disk_mib=1))


def test_another_scene_takes_the_files_of_the_world_before(tmp_path):
    """They go, with the folders that are empty then; a student's own files stay where they are."""
    write(tmp_path, "step.ipynb", "result.txt")
    assert scene(tmp_path, PORT, "1", "bats/a.csv", "bats/deep/b.csv", "todo.txt") == []
    write(tmp_path, "bats/mine.txt")
    assert scene(tmp_path, PORT, "2", "dunes/a.csv") == []
    assert list(seen(tmp_path)) == ["bats/mine.txt", "dunes/a.csv", "result.txt", "step.ipynb"]
    assert not (tmp_path / "bats/deep").exists()
    assert scene(tmp_path, PORT, "3") == []
    assert names_in(tmp_path) == ["bats", "result.txt", "step.ipynb"]


def test_a_file_is_as_the_scene_made_it(tmp_path):
    """Permissions and the time of change are those that the scene gave, as in grading; and so is what checks know."""
    with world.staged(tmp_path, PORT) as stage:
        write(stage, "keys/ours.pem")
        (stage / "keys/ours.pem").chmod(0o400)
        os.utime(stage / "keys/ours.pem", (1e9, 1e9))
        files = world.read_stage(stage)
        world.put_files(tmp_path, PORT, stage, files)
    found = (tmp_path / "keys/ours.pem").stat()
    assert (found.st_mode & 0o777, found.st_mtime) == (0o400, 1e9)
    assert (files["keys/ours.pem"].mode, files["keys/ours.pem"].mtime) == (0o400, 1e9)
    assert list(files) == ["keys/ours.pem"]


def test_what_a_student_changed_is_kept_and_told(tmp_path):
    """Under another name, each time another one; what was only made unreadable is no change."""
    scene(tmp_path, PORT, "1", "bats/a.csv", "bats/b.csv")
    write(tmp_path, "bats/a.csv", text="mine")
    (tmp_path / "bats/b.csv").chmod(0)
    assert scene(tmp_path, PORT, "2", "bats/a.csv") == [
        "You had changed files of the world before. They are kept as kept/bats/a.csv."
    ]
    write(tmp_path, "bats/a.csv", text="again")
    assert scene(tmp_path, PORT, "3", "bats/a.csv") == [
        "You had changed files of the world before. They are kept as kept-2/bats/a.csv."
    ]
    assert seen(tmp_path) == {"bats/a.csv": "3", "kept/bats/a.csv": "mine", "kept-2/bats/a.csv": "again"}


def test_a_students_own_file_is_never_overwritten(tmp_path):
    """What has a name that the scene needs is moved out of its way, a folder as a whole, and that is told."""
    write(tmp_path, "todo.txt", "bats/mine.txt", text="mine")
    (told,) = scene(tmp_path, PORT, "1", "todo.txt", "bats/a.csv")
    assert told == "The scene needs names that were in use here. What had them is kept as kept/bats (and 1 more)."
    assert seen(tmp_path) == {
        "bats/a.csv": "1",
        "kept/bats/mine.txt": "mine",
        "kept/todo.txt": "mine",
        "todo.txt": "1",
    }


def test_notebooks_in_one_folder_leave_each_others_files_alone(tmp_path, alive, monkeypatch):
    """While the other's cloud runs its files stay, and a name that both need is told, with what to do."""
    monkeypatch.setattr(world, "_PATIENCE", 0.1)
    scene(tmp_path, alive, "theirs", "bats/a.csv")
    assert scene(tmp_path, PORT, "ours", "dunes/a.csv") == []
    assert seen(tmp_path) == {"bats/a.csv": "theirs", "dunes/a.csv": "ours"}
    with pytest.raises(UsageError, match=r"'bats' in this folder is in use by another notebook — shut down"):
        scene(tmp_path, PORT, "ours", "bats/b.csv")
    assert seen(tmp_path) == {"bats/a.csv": "theirs"}


def test_after_a_restart_the_files_of_the_kernel_before_go(tmp_path):
    """A cloud that has ended holds nothing back, even if it took a moment longer to end than the new one to start."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        before = listener.getsockname()[1]
        scene(tmp_path, before, "1", "bats/a.csv")
        scene(tmp_path, PORT, "2", "dunes/a.csv")
    assert scene(tmp_path, PORT, "3", "bats/b.csv") == []
    assert seen(tmp_path) == {"bats/b.csv": "3"}
    assert names_in(tmp_path) == [f".drycloud-{PORT}", "bats"]


def test_a_scene_that_was_killed_leaves_nothing_for_long(tmp_path):
    """What it had written is in no check's way, and gone with the next scene."""
    write(tmp_path / ".drycloud-2/scene", "bats/a.csv")
    assert seen(tmp_path) == {}
    scene(tmp_path, PORT, "1")
    assert names_in(tmp_path) == []


def test_a_list_of_files_is_not_trusted(tmp_path):
    """It comes from a folder that may be anybody's: nothing outside of that folder goes, nor through a link."""
    write(tmp_path, "outside.txt", "elsewhere/a.csv")
    here = tmp_path / "here"
    scene(here, PORT, "x", "bats/a.csv", "b.csv")
    shutil.rmtree(here / "bats")
    (here / "bats").symlink_to(tmp_path / "elsewhere")
    (here / "b.csv").unlink()
    (here / "b.csv").symlink_to(tmp_path / "outside.txt")
    noted = next(here.glob(".drycloud-*/files.json"))
    digest = noted.read_text().partition(":")[2].partition(",")[0]
    more = f'{{"../outside.txt":{digest},"{tmp_path}/outside.txt":{digest},'
    noted.write_text(noted.read_text().replace("{", more, 1))
    scene(here, PORT, "y")
    assert (tmp_path / "outside.txt").exists()
    assert (tmp_path / "elsewhere/a.csv").exists()

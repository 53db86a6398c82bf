"""`drycloud shell`, for real: shells on a terminal, kernels, the AWS CLI; each finds the right world."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest
from jupyter_client.manager import KernelManager
from patience import PATIENCE

from drycloud.lab import worlds

PROGRAM = Path(sys.executable).with_name("drycloud")
SHELLS = {name: shutil.which(name) for name in ("bash", "zsh", "fish", "sh")}

SCENE = """
from drycloud import simulate
def scene(s3, rng):
    name = f"lesson-{rng.randrange(16**6):06x}"
    s3.create_bucket(Bucket=name)
    return {"bucket": name, "motto": "it's \\u2018caf\\u00e9\\u2019 $HOME", "count": 3}
given = simulate(scene)
"""
ACCOUNT = (
    "AWS_PROFILE=work AWS_ENDPOINT_URL=https://example.org AWS_ENDPOINT_URL_S3=https://s3.example.org BOTO_CONFIG=x"
)


class Kernel:
    """A real kernel in a folder, as Jupyter Server starts one for a notebook."""

    def __init__(self, folder, notebook):
        self.manager = KernelManager()
        told = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        name = {"JPY_SESSION_NAME": str(folder / notebook)} if notebook else {}
        self.manager.start_kernel(cwd=str(folder), env=told | name)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def run(self, code):
        """Run code; returns what it printed."""
        said = []
        reply = self.client.execute_interactive(code, timeout=PATIENCE, output_hook=said.append)
        assert reply["content"]["status"] == "ok", reply
        return "".join(message["content"].get("text", "") for message in said)

    def end(self):
        """End it as Jupyter does."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files of this test's processes alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    for name in [name for name in os.environ if name.startswith(("AWS_", "DRYCLOUD_"))]:
        monkeypatch.delenv(name)
    yield folder
    monkeypatch.undo()


@pytest.fixture
def start(temporary):
    """Starts kernels whose scene is set, and ends them."""
    started = []

    def begin(folder, notebook="", code=SCENE):
        folder.mkdir(parents=True, exist_ok=True)
        started.append(Kernel(folder, notebook))
        started[-1].run(code)
        return started[-1]

    yield begin
    for kernel in started:
        kernel.end()


def drycloud(*words, cwd, **options):
    command = [str(PROGRAM), "shell", *words]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False, **options
    )


def until(condition):
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def bucket_of(kernel):
    return kernel.run("print(given.bucket)").strip()


def test_a_command_runs_in_the_world_of_the_folders_notebook(start, tmp_path):
    """`-c` and `--` see the bucket and what is given, in the folder and below it, and end with the command's status."""
    folder = tmp_path / "Übung 5 (cli)"
    kernel = start(folder, "sync.ipynb")
    (folder / "deep/down").mkdir(parents=True)
    for place in (folder, folder / "deep/down"):
        said = drycloud("-c", 'aws s3 ls && echo "$MOTTO $COUNT" && exit 7', cwd=place)
        assert said.returncode == 7, said.stderr
        assert bucket_of(kernel) in said.stdout
        assert said.stdout.endswith("it's \u2018caf\u00e9\u2019 $HOME 3\n")
        assert said.stderr == ""
    said = drycloud(
        "--", "python", "-c", "import boto3; print(boto3.client('s3').list_buckets()['Buckets'])", cwd=folder
    )
    assert bucket_of(kernel) in said.stdout, said.stderr
    said = drycloud(cwd=folder, input="aws s3 ls; exit 5\n")
    assert (said.returncode, bucket_of(kernel) in said.stdout) == (5, True)
    said = drycloud("--", "no-such-program", cwd=folder)
    assert (said.returncode, said.stderr) == (2, "drycloud: no-such-program: there is no such program\n")


def test_the_note_comes_with_the_scene_and_goes_with_the_cloud(start, temporary, tmp_path):
    """Nobody else may read it; a scene set again leaves one of the new scene; a kernel that ends leaves nothing."""
    kernel = start(tmp_path / "a", "one.ipynb")
    (first,) = worlds.running()
    assert first.note.parent.stat().st_mode & 0o777 == 0o700
    assert first.world.variables["BUCKET"] == bucket_of(kernel)
    kernel.run("given = simulate(scene)")
    (second,) = worlds.running()
    assert not first.note.exists()
    assert (second.world.port, second.world.variables["BUCKET"]) == (first.world.port, bucket_of(kernel))
    kernel.end()
    until(lambda: not list(temporary.glob("drycloud-*")))


def test_a_killed_clouds_note_is_taken_for_dead(start, temporary, tmp_path):
    """Its process gone, its port taken by somebody else who answers: it is not offered, and its note is taken away."""
    start(tmp_path / "a", "one.ipynb")
    (found,) = worlds.running()
    os.kill(found.world.process, signal.SIGKILL)
    until(lambda: worlds.running() == [])
    assert not list(temporary.glob("drycloud-world-*"))
    said = drycloud("--list", cwd=tmp_path / "a")
    assert (
        said.stdout
        == "No cloud is running. Run the scene cell of a notebook, then type 'drycloud shell' in its folder.\n"
    )


def test_several_notebooks_are_told_apart(start, tmp_path):
    """The latest of the folder is taken, and others by name, path, number; what does not run is said."""
    first, second = start(tmp_path / "a", "one.ipynb"), start(tmp_path / "a", "two.ipynb")
    other = start(tmp_path / "b")
    listed = drycloud("--list", cwd=tmp_path / "a").stdout.splitlines()
    assert [re.split(r"  +", line.strip())[-3] for line in listed[1:]] == ["a notebook in b", "two.ipynb", "one.ipynb"]
    assert [line[0] for line in listed] == [" ", " ", "*", " "]
    number = next(each.world.process for each in worlds.running() if not each.world.notebook)
    chosen = {
        (): second,
        ("one.ipynb",): first,
        ("one",): first,
        (str(tmp_path / "a/one.ipynb"),): first,
        (str(number),): other,
    }
    for words, kernel in chosen.items():
        assert bucket_of(kernel) in drycloud(*words, "-c", "aws s3 ls", cwd=tmp_path / "a").stdout, words
    assert drycloud("one", "--", "pwd", cwd=tmp_path).stdout == f"{tmp_path / 'a'}\n"
    said = drycloud("three.ipynb", cwd=tmp_path / "a")
    assert said.returncode == 2
    assert said.stderr.startswith("drycloud: no cloud of 'three.ipynb' runs")


def test_without_a_notebook_there_is_a_cloud_of_its_own(temporary, tmp_path):
    """It says so, works, and leaves nothing behind; settings of a real account do not reach it."""
    (tmp_path / "a").mkdir()
    account = dict(pair.split("=") for pair in ACCOUNT.split())
    command = "aws s3 mb s3://mine && aws s3 ls"
    said = drycloud("-c", command, cwd=tmp_path / "a", env=os.environ | account)
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1].endswith(" mine")
    assert "No notebook's cloud runs in this folder. Starting an empty one" in said.stderr
    assert list(temporary.iterdir()) == []


def test_a_foreground_cloud_is_found_too(temporary, tmp_path):
    """The world of `drycloud cloud` is that of its folder, until Ctrl-C or SIGTERM ends it and leaves nothing."""
    for number in (signal.SIGINT, signal.SIGTERM):
        command = [str(PROGRAM), "cloud", "--for", "sh"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=-1, stderr=-1, text=True) as process:
            try:
                until(worlds.running)
                large = "head -c 17M /dev/zero > large && aws s3api put-object --bucket shared --key large --body large"
                said = drycloud("-c", f"aws s3 mb s3://shared && {large}", cwd=tmp_path)
            finally:
                process.send_signal(number)
            _, told = process.communicate(timeout=PATIENCE)
        assert "make_bucket: shared" in said.stdout, said.stderr
        assert "ETag" in said.stdout, f"one call may have any size here: {said.stderr}"
        assert (process.returncode, told.splitlines()[-1]) == (0, "The cloud is gone, and all that was in it.")
        assert list(temporary.iterdir()) == []


# --- On a terminal ----------------------------------------------------------------------------------------------------

POSIX = f"export {ACCOUNT}; export PATH=/usr/bin:/bin; theirs=read\n"
HABITS = "python() { echo a function; }\npython3() { echo a function; }\ncd /\nset -u\n"
RC = {
    "bash": (
        ".bashrc",
        f"{POSIX}{HABITS}alias aws='aws --profile work'\nPS1='mine> '\n",
    ),
    "zsh": (
        ".zshrc",
        f"{POSIX}{HABITS}alias aws='aws --profile work'\nPROMPT='mine> '\n",
    ),
    "fish": (
        ".config/fish/config.fish",
        "".join(f"set -gx {pair.replace('=', ' ', 1)}\n" for pair in ACCOUNT.split())
        + "set -gx PATH /usr/bin /bin\nset theirs read\ncd /\n"
        + "function aws; echo a function; end\nfunction python; echo a function; end\n"
        + "function fish_prompt; printf 'mine> '; end\n",
    ),
    "sh": (".shrc", POSIX + HABITS),
}


def terminal(shell, cwd, home, *words, **more):
    """`drycloud shell` on a terminal, for a user with that shell, whose own files name an account."""
    name, text = RC[shell]
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(text)
    environ = {name: value for name, value in os.environ.items() if name in ("TMPDIR", "LANG")}
    environ |= {
        "HOME": str(home),
        "SHELL": SHELLS[shell],
        "PATH": os.defpath,
        "TERM": "dumb",
        "ENV": str(home / ".shrc"),
    }
    return pexpect.spawn(
        str(PROGRAM),
        ["shell", *words],
        cwd=str(cwd),
        env=environ | more,
        encoding="utf-8",
        timeout=PATIENCE,
        dimensions=(40, 250),
        echo=False,
    )


def asked(line, text):
    """What a shell answers to a line, on one line."""
    line.sendline(f"{text}; echo en''d")
    line.expect("\r\nend|^end")
    return line.before


@pytest.fixture(params=["bash", "zsh", "fish", "sh"])
def shell(request):
    if SHELLS[request.param] is None:
        pytest.skip(f"there is no {request.param} on this machine")
    return request.param


def test_an_interactive_shell_is_connected(shell, start, temporary, tmp_path):
    """The user's files are read and do not win; the prompt is marked; a new scene is told; exit has a status."""
    folder, home = tmp_path / "05_cli", tmp_path / "home"
    kernel = start(folder, "sync.ipynb")
    line = terminal(shell, folder, home)
    line.expect_exact("The world of sync.ipynb, whose scene was set at ")
    line.expect_exact("'exit' leaves.")
    line.expect_exact("(drycloud) ")
    assert bucket_of(kernel) in asked(line, "aws s3 ls")
    assert bucket_of(kernel) in asked(line, "echo $BUCKET")
    assert "read" in asked(line, "echo $theirs")
    left = asked(line, "env | grep -E '^(AWS_|BOTO)' | sort")
    assert "example.org" not in left
    assert "AWS_PROFILE" not in left
    assert str(PROGRAM.with_name("python")) in asked(line, "command -v python")
    assert "'42'" in asked(line, "python -c 'print(repr(str(6 * 7)))'")
    assert str(folder) in asked(line, "pwd")
    kernel.run("given = simulate(scene)")
    if shell != "sh":
        line.sendline("")
        line.expect_exact("Type 'exit', then 'drycloud shell'.")
    line.sendline("exit 3")
    line.expect(pexpect.EOF)
    line.close()
    assert line.exitstatus == 3
    assert not list(temporary.glob("drycloud-shell-*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_that_is_closed_leaves_nothing(number, temporary, tmp_path):
    """Told to end, it ends the shell, and the cloud of its own, and takes its files away."""
    line = terminal("bash", tmp_path, tmp_path / "home")
    line.expect_exact("(drycloud) ")
    assert "make_bucket: mine" in asked(line, "aws s3 mb s3://mine")
    line.kill(number)
    line.expect(pexpect.EOF)
    line.close()
    until(lambda: not list(temporary.glob("drycloud-*")))


def is_in_front(line, program):
    """Whether a program of this name has the terminal, as a person sees it do before pressing Ctrl-C."""
    try:
        return Path(f"/proc/{os.tcgetpgrp(line.child_fd)}/comm").read_text().strip() == program
    except FileNotFoundError:  # it ended just now
        return False


def test_ctrl_c_is_the_shells(start, tmp_path):
    """It ends what the shell runs, and neither the shell nor its cloud."""
    kernel = start(tmp_path / "a", "one.ipynb")
    for words in ((), ("--", "bash", "--norc", "-i")):
        line = terminal("bash", tmp_path / "a", tmp_path / "home", *words)
        line.expect(r"[$>#] ?$")
        line.sendline("sleep 1000; echo never")
        until(lambda: is_in_front(line, "sleep"))  # noqa: B023 -- called before the loop goes on
        line.sendintr()
        line.expect(r"[$>#] ?$")
        assert bucket_of(kernel) in asked(line, "aws s3 ls")
        line.sendline("exit 4")
        line.expect(pexpect.EOF)
        line.close()
        assert line.exitstatus == 4


def test_a_shell_that_misses_a_hangup_is_told_again(temporary, tmp_path):
    """Shells look for signals between lines, and what comes just before they wait for the next one can be lost."""
    first = tmp_path / "bash"
    first.write_text("#!/bin/sh\ntrap 'trap - HUP' HUP\necho up\nwhile :; do sleep 0.01; done\n")
    first.chmod(0o700)
    line = terminal("bash", tmp_path, tmp_path / "home", SHELL=str(first))
    line.expect_exact("up")
    line.kill(signal.SIGTERM)
    line.expect(pexpect.EOF)
    line.close()
    until(lambda: not list(temporary.glob("drycloud-*")))


def test_a_shell_in_a_shell_says_so(start, tmp_path):
    """Whose world one was in is said, and that `exit` leads back there; elsewhere it says where notebooks are."""
    first = start(tmp_path / "a", "one.ipynb")
    start(tmp_path / "b", "two.ipynb")
    line = terminal("bash", tmp_path / "b", tmp_path / "home")
    line.expect_exact("(drycloud) ")
    line.sendline("drycloud shell one")
    line.expect_exact("The world of one.ipynb, whose scene was set at ")
    line.expect_exact(f"You are in {tmp_path / 'a'}.")
    line.expect_exact("'exit' leaves, to the shell around it (you were in two.ipynb).")
    line.expect_exact("(drycloud) ")
    assert bucket_of(first) in asked(line, "aws s3 ls")
    line.sendline("cd ..; drycloud shell -c true")
    line.expect_exact("No notebook's cloud runs in this folder. Other folders have some: 'drycloud shell --list'.")


# --- Users ------------------------------------------------------------------------------------------------------------

OTHER = 54321  # a user of whom the machine knows nothing
SHARED = """
import sys, time
from pathlib import Path
from drycloud.lab import worlds
registration = worlds.Registration()
registration.publish(worlds.World(1, 2, str(Path.cwd()), "mine.ipynb", {}, time.time()))
print("told", flush=True)
sys.stdin.read()
registration.close()
"""


@pytest.fixture
def other(temporary, tmp_path):
    """Starts Python as another user."""
    if os.geteuid() != 0:
        pytest.skip("only root may become another user")
    python = shutil.which("python3", path=os.defpath)
    folders = [str(Path(worlds.__file__).parents[2]), str(Path(pexpect.__file__).parents[1])]
    environ = {"TMPDIR": str(temporary), "PYTHONPATH": ":".join(folders), "PATH": os.defpath, "HOME": "/nonexistent"}
    temporary.chmod(0o1777)
    for folder in temporary.parents:
        if folder.stat().st_uid == 0 and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)

    def begin(code):
        become = ["setpriv", f"--reuid={OTHER}", f"--regid={OTHER}", "--clear-groups"]
        return subprocess.Popen([*become, python, "-c", code], cwd="/", env=environ, stdin=-1, stdout=-1, text=True)

    with begin("import msgspec, drycloud.lab.worlds") as tried:
        pass
    if tried.returncode:
        pytest.skip("another user of this machine cannot run these packages")
    return begin


def test_users_do_not_see_each_others_worlds(other, start, temporary, tmp_path):
    """Neither a user root's nor root a user's, whose notes nobody believes; and each cleans up after itself alone."""
    start(tmp_path / "a", "one.ipynb")
    with other(SHARED) as process:
        try:
            assert process.stdout.readline() == "told\n"
            assert len(list(temporary.glob("drycloud-world-*"))) == 2
            assert [each.world.notebook for each in worlds.running()] == [str(tmp_path / "a/one.ipynb")]
            with other(
                "from drycloud.lab.worlds import running\nprint([e.world.notebook for e in running()])"
            ) as asker:
                assert asker.stdout.read() == "['mine.ipynb']\n"
            assert len(list(temporary.glob("drycloud-world-*"))) == 2
        finally:
            process.stdin.close()
    assert len(list(temporary.glob("drycloud-world-*"))) == 1

"""The README in a release's zip, as written, in a folder of a student who has nothing but Python."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import nbformat
import pexpect
import pytest
from jupyter_client.blocking import BlockingKernelClient
from patience import PATIENCE
from repository import ROOT

from drycloud.classroom.releases.packing import release
from drycloud.classroom.releases.wheel import build_wheel
from drycloud.course import load_course

JUPYTER = "c.ServerApp.allow_root = True\nc.ServerApp.open_browser = False\nc.ServerApp.token = 'told'\n"


def blocks(text):
    """The blocks of commands in a page."""
    return [re.sub("^ {7}", "", block, flags=re.M).strip() for block in re.findall(r"(?:^ {7}.*\n)+", text, re.M)]


def older_python():
    """A Python that is too old for drycloud, or None."""
    told = [shutil.which("python3.10"), *sorted(Path.home().glob(".pyenv/versions/3.10.*/bin/python3.10"))]
    return next((path for path in told if path and subprocess.run([path, "-c", ""], check=False).returncode == 0), None)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def test_pip_on_an_older_python_says_one_line(wheel, tmp_path):
    """Python is too old: that is all it says, and not which versions of pandas there are."""
    python = older_python()
    if python is None:
        pytest.skip("there is no Python 3.10 on this machine")
    subprocess.run([python, "-m", "venv", tmp_path / "venv"], check=True)
    command = [tmp_path / "venv/bin/pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    (line,) = [line for line in said.stderr.splitlines() if not line.startswith("WARNING")]
    assert re.fullmatch(r"ERROR: Package 'drycloud' requires a different Python: 3\.10\.\d+ not in '>=3\.11'", line)


def test_the_aws_cli_starts_where_a_path_has_a_space(wheel, tmp_path):
    """Its command is ours: the first line of the AWS CLI's own would hold a path that no system can run."""
    place = tmp_path / "my course"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    subprocess.run([place / "bin/pip", "install", "--quiet", "--no-index", "--no-deps", wheel], check=True)
    environ = {"PYTHONPATH": str(Path(pexpect.__file__).parents[1]), "PATH": os.defpath}
    said = subprocess.run([place / "bin/aws", "--version"], env=environ, capture_output=True, text=True, check=False)
    assert said.stdout.startswith("aws-cli/"), said.stderr


@pytest.fixture
def unpacked(tmp_path, monkeypatch):
    """The zip of an assignment, unpacked below a folder with a space and a letter that is not English."""
    monkeypatch.setenv("DRYCLOUD_BUILD", str(tmp_path / "build"))
    made = release(load_course(ROOT), "05_cli")
    home = tmp_path / "Zoë home"
    with zipfile.ZipFile(made.archive) as file:
        file.extractall(home)
    return home / "05_cli"


def test_it_names_each_command_for_each_system(unpacked):
    """The blocks are those that the test below runs, and those of Windows."""
    found = blocks((unpacked / "README.md").read_text(encoding="utf-8"))
    wheel = next(unpacked.glob("*.whl")).name
    assert found == [
        f"python3 -m venv venv\nsource venv/bin/activate\npip install {wheel} jupyterlab",
        f"py -m venv venv\nvenv\\Scripts\\Activate.ps1\npip install {wheel} jupyterlab",
        "jupyter lab",
        "drycloud shell",
    ]


class Terminal:
    """A bash in a folder, in the environment of a student."""

    def __init__(self, folder, **more):
        home = folder.parent
        path = f"{Path(sys.executable).resolve().parent}:{os.defpath}"
        pip = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "LANG"))}
        environ = pip | {"HOME": str(home), "PATH": path, "SHELL": "/bin/bash", "TERM": "dumb", **more}
        (home / ".bashrc").write_text("PS1='$ '\n")
        self.line = pexpect.spawn(
            "bash", ["-i"], cwd=str(folder), env=environ, encoding="utf-8", timeout=PATIENCE, echo=False
        )

    def run(self, command):
        """What a command prints; it must end in status 0."""
        self.line.sendline(f"{command}; echo status''=$?")
        self.line.expect(r"status=(\d+)")
        assert self.line.match[1] == "0", self.line.before
        return self.line.before


def started(runtime):
    """What a Jupyter Server has written down about itself."""
    end = time.monotonic() + PATIENCE
    while not (found := list(runtime.glob("jpserver-*.json"))):
        assert time.monotonic() < end
        time.sleep(0.1)
    return json.loads(found[0].read_text())


@pytest.mark.slow
def test_its_commands_run_as_written(unpacked, tmp_path):
    """An environment, Jupyter, a notebook's scene in it, and `drycloud shell` in a second terminal finds its world."""
    make, _, lab, shell = blocks((unpacked / "README.md").read_text(encoding="utf-8"))
    runtime = tmp_path / "runtime"
    config = tmp_path / "config"
    config.mkdir()
    (config / "jupyter_server_config.py").write_text(JUPYTER)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    more = {"JUPYTER_RUNTIME_DIR": str(runtime), "JUPYTER_CONFIG_DIR": str(config), "TMPDIR": str(temporary)}
    first = Terminal(unpacked, **more)
    for command in make.splitlines():
        first.run(command)
    first.line.sendline(lab)
    server = started(runtime)
    try:
        session = ask(
            server, "sessions", path="sync.ipynb", name="sync.ipynb", type="notebook", kernel={"name": "python3"}
        )
        run_scene(runtime / f"kernel-{session['kernel']['id']}.json", unpacked / "sync.ipynb")
        second = Terminal(unpacked, **more)
        second.run(make.splitlines()[1])
        second.line.sendline(shell)
        second.line.expect_exact("The world of sync.ipynb, whose scene was set at ")
        second.line.expect_exact("(drycloud) ")
        assert "make_bucket: by-hand" in second.run("aws s3 mb s3://by-hand")
        assert second.run("echo bucket is $BUCKET").split("bucket is ")[1].strip()
        assert "by-hand" in second.run("python -c \"import boto3; print(boto3.client('s3').list_buckets())\"")
        second.line.sendline("exit")
        assert "left as it was: ;" in second.run("echo left as it was: $DRYCLOUD_SHELL$BUCKET';'")
    finally:
        os.kill(server["pid"], signal.SIGTERM)  # it ends its kernels, too
        first.line.expect(r"\$ $")
        first.line.close(force=True)


def ask(server, what, **fields):
    """What Jupyter Server's interface answers to a request for something new."""
    request = urllib.request.Request(
        f"{server['url']}api/{what}", json.dumps(fields).encode(), {"Authorization": "token told"}
    )
    end = time.monotonic() + PATIENCE
    while True:  # it writes itself down before it listens
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            assert time.monotonic() < end
            time.sleep(0.1)


def run_scene(connection, notebook):
    """Run the scene cell of a notebook in a kernel."""
    source = next(
        c.source for c in nbformat.read(notebook, as_version=4).cells if "scene" in c.metadata.get("tags", [])
    )
    client = BlockingKernelClient(connection_file=str(connection))
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    reply = client.execute_interactive(source, timeout=PATIENCE, output_hook=lambda _: None)
    client.stop_channels()
    assert reply["content"]["status"] == "ok", reply

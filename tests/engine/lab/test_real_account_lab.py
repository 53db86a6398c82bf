"""The real account is out of reach in JupyterLab, used in Chromium with keys and clicks, and in its terminal."""

import json
import sys

import pytest
from account_check import HERE, RELEASE, environment_of, make_home, seen_of
from account_orders import NO_SCENE
from browser import needs_chromium
from witness import can_watch, watched

from drycloud.lab.settings import NO_CLOUD


@pytest.mark.slow
@needs_chromium
@pytest.mark.skipif(not can_watch(), reason="no network namespace can be made here (unshare, ip, setpriv)")
def test_in_jupyterlab(tmp_path):
    """Task, scene, task, aws, restart, task, terminal: one line where there is no scene, and nothing leaves."""
    home = make_home(tmp_path)
    command = [sys.executable, str(HERE / "lab_orders.py"), str(home / RELEASE)]
    report = watched(command, home, environment_of(home, sys.executable), home)
    assert report["status"] == 0, report["err"]
    said = json.loads(report["out"].splitlines()[-1])
    task, scene, again, aws, bash = (text.strip() for text in said["first"])
    assert task == said["restarted"].strip() == said["terminal"] == NO_SCENE
    assert said["endpoint"] == NO_CLOUD  # for tools of another installation, which take it from the terminal
    assert "given.bucket" in scene
    assert again == "['lesson']"
    assert aws.endswith("lesson")
    assert bash.endswith("lesson")
    assert seen_of(report) == {}, report["words"]

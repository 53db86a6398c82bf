"""The real AWS account is out of reach from the moment that Python starts in a release's folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from account_orders import EARLIER, ENDED, NO_SCENE, SCENE
from patience import PATIENCE

MARKER = '"""drycloud: keeps your own AWS account out of reach of this folder."""\n'
LIST = "import boto3\nboto3.client('s3').list_buckets()\n"


@pytest.fixture
def folder(tmp_path):
    """A release's folder, in a home folder with an account of its own."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/credentials").write_text("[default]\naws_access_key_id=AKIAREAL\naws_secret_access_key=real\n")
    (tmp_path / ".aws/config").write_text("[default]\nregion=eu-west-3\n[profile work]\nregion=eu-west-3\n")
    made = tmp_path / "course/02_ec2"
    made.mkdir(parents=True)
    (made / "botocore.py").write_text(MARKER)
    return made


def run(command, cwd, home, **environment):
    env = {"PATH": os.defpath, "HOME": str(home), **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


def python(text, folder, **environment):
    return run([sys.executable, "-c", text], folder, folder.parent.parent, **environment)


def aws(words, folder, **environment):
    command = [str(Path(sys.executable).with_name("aws")), *words.split()]
    return run(command, folder, folder.parent.parent, **environment)


def test_a_call_before_the_scene_is_one_line(folder):
    """boto3 in a script and the AWS CLI both say to run the scene cell first, and fail as they do otherwise."""
    said = python(LIST, folder, AWS_PROFILE="work")
    assert (said.returncode, said.stdout, said.stderr) == (1, "", f"{NO_SCENE}\n")
    said = aws("s3 ls", folder, AWS_PROFILE="work")
    assert (said.returncode, said.stdout, said.stderr.strip()) == (255, "", NO_SCENE)


def test_a_client_from_before_the_scene_refuses(folder):
    """The scene does not make an old client good, and a new one works."""
    text = f"import boto3\nold = boto3.client('s3')\n{SCENE}\nprint(boto3.client('s3').list_buckets()['Buckets'])\n"
    said = python(text + "old.list_buckets()\n", folder)
    assert "lesson" in said.stdout
    assert (said.returncode, said.stderr) == (1, f"{EARLIER}\n")


def test_a_cloud_that_has_ended_is_told(folder):
    """When the local cloud's process is gone, a call says so at once."""
    text = "from drycloud.lab import practice\npractice._cloud._process.kill()\npractice._cloud._process.wait()\n"
    said = python(f"{SCENE}\n{text}{LIST}", folder)
    assert (said.returncode, said.stderr) == (1, f"{ENDED}\n")


@pytest.mark.parametrize("place", ["", "deep/down"])
def test_a_guarded_process_reads_none_of_the_accounts_settings(folder, place):
    """Neither variables nor files: the session knows our profile and our key alone."""
    (folder / place).mkdir(parents=True, exist_ok=True)
    text = (
        "import boto3\ns = boto3.Session()\nprint(s.available_profiles, s.get_credentials().access_key, s.region_name)"
    )
    said = run(
        [sys.executable, "-c", text],
        folder / place,
        folder.parent.parent,
        AWS_PROFILE="work",
        AWS_ACCESS_KEY_ID="AKIA2",
    )
    assert said.stdout == "['default'] AKIADRYCLOUDSTUDENT1 us-east-1\n", said.stderr


def test_elsewhere_nothing_changes(folder):
    """In another folder of the same user and environment an account is what it was, and botocore as it is."""
    text = (
        "import os, boto3, botocore.httpsession as h\ns = boto3.Session()\n"
        "print(s.available_profiles, s.get_credentials().access_key, s.region_name, 'AWS_ENDPOINT_URL' in os.environ)\n"
        "print(s.client('s3').meta.endpoint_url)"
    )
    said = run([sys.executable, "-c", text], folder.parent, folder.parent.parent)
    assert said.stdout == "['default', 'work'] AKIAREAL eu-west-3 False\nhttps://s3.eu-west-3.amazonaws.com\n", (
        said.stderr
    )

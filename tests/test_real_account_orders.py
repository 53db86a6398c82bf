"""No order of cells reaches a real account: nothing goes to another address or a proxy, none of its files is read."""

import json
import sys
from pathlib import Path

import pytest
from account_orders import LINES, NO_SCENE, ORDERS, is_script
from witness import can_watch, plant, planted, watched

from drycloud.classroom.sources import marker

HERE = Path(__file__).parent
CALL = "import boto3\nboto3.client('s3').list_buckets()"
pytestmark = pytest.mark.skipif(not can_watch(), reason="no network namespace can be made here (unshare, ip, setpriv)")


@pytest.fixture
def home(tmp_path):
    """A home folder with an account, and a release's folder in it, which everybody may write to."""
    plant(tmp_path)
    folder = tmp_path / "course/02_ec2"
    folder.mkdir(parents=True)
    (folder / "botocore.py").write_text(marker())
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o777)
    return tmp_path


def seen_of(report):
    """What reached another machine, a proxy or a metadata service, and what was read of the account."""
    return {name: report[name] for name in ("sent", "words", "opened") if report[name]}


def test_the_witness_sees_what_an_account_is_used_for(home):
    """Outside of a release's folder the same settings lead to DNS, the web, a proxy and the account's files."""
    env = planted(home)
    through = watched([sys.executable, "-c", CALL], home, env, home)
    assert any("CONNECT" in word for word in through["words"])
    direct = watched(
        [sys.executable, "-c", CALL], home, {k: v for k, v in env.items() if "proxy" not in k.lower()}, home
    )
    assert any(word.startswith("dns") for word in direct["words"])
    assert any(word.startswith("443 b") for word in direct["words"])
    assert any(":443" in packet for packet in direct["sent"])
    assert {Path(path).name for path in direct["opened"]} >= {"config", "credentials", "token.json"}


def test_a_task_alone_sends_and_reads_nothing(home):
    """The shortest order of all, in a script and by the AWS CLI."""
    folder = home / "course/02_ec2"
    for command in ([sys.executable, "-c", CALL], [str(Path(sys.executable).with_name("aws")), "s3", "ls"]):
        report = watched(command, folder, planted(home), home)
        assert seen_of(report) == {}
        assert report["err"].strip() == NO_SCENE


def check(order, kind, home, user):
    command = [sys.executable, str(HERE / "account_orders.py"), kind, order, str(home / "course/02_ec2")]
    # A student's Jupyter keeps its files in the home folder; the runner itself starts outside of the release.
    env = planted(home) | {
        "PYTHONPATH": str(HERE),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ip"),
    }
    report = watched(command, home, env, home, user=user)
    assert report["status"] == 0, report["err"]
    shown = json.loads(report["out"].splitlines()[-1])
    for (source, wanted), text in zip(ORDERS[order], shown, strict=True):
        assert wanted in text, (source, text)
        if wanted in LINES:
            assert text.strip() == wanted or kind == "script", (source, text)
    assert seen_of(report) == {}


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
def test_in_jupyter(order, home):
    """A kernel shows one line where there is no scene, works once there is one, and reaches nobody else."""
    check(order, "notebook", home, user=False)


@pytest.mark.slow
@pytest.mark.parametrize("order", list(filter(is_script, ORDERS)))
def test_in_a_script(order, home):
    """As above, run by plain Python from another folder."""
    check(order, "script", home, user=False)

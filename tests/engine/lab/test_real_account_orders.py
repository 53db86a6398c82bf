"""No order of cells reaches a real account: nothing goes to another address or a proxy, none of its files is read."""

import sys
from pathlib import Path

import pytest
from account_check import CALL, RELEASE, check, make_home, seen_of
from account_orders import NO_SCENE, ORDERS, is_script
from witness import can_watch, planted, watched

pytestmark = pytest.mark.skipif(not can_watch(), reason="no network namespace can be made here (unshare, ip, setpriv)")


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path)


def test_the_witness_sees_what_an_account_is_used_for(home):
    """Outside of a release's folder the same settings lead to DNS, the web, a proxy and the account's files."""
    env = planted(home)
    through = watched([sys.executable, "-c", CALL], home, env, home)
    assert any("CONNECT" in word for word in through["words"])
    without = {name: value for name, value in env.items() if "proxy" not in name.lower()}
    direct = watched([sys.executable, "-c", CALL], home, without, home)
    assert any(word.startswith("dns") for word in direct["words"])
    assert any(word.startswith("443 b") for word in direct["words"])
    assert any(":443" in packet for packet in direct["sent"])
    assert {Path(path).name for path in direct["opened"]} >= {"config", "credentials", "token.json"}


def test_a_task_alone_sends_and_reads_nothing(home):
    """The shortest order of all, in a script and by the AWS CLI."""
    for command in ([sys.executable, "-c", CALL], [str(Path(sys.executable).with_name("aws")), "s3", "ls"]):
        report = watched(command, home / RELEASE, planted(home), home)
        assert seen_of(report) == {}
        assert report["err"].strip() == NO_SCENE


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
def test_in_jupyter(order, home):
    """A kernel shows one line where there is no scene, works once there is one, and reaches nobody else."""
    check(order, "notebook", home)


@pytest.mark.slow
@pytest.mark.parametrize("order", list(filter(is_script, ORDERS)))
def test_in_a_script(order, home):
    """As above, run by plain Python from another folder."""
    check(order, "script", home)

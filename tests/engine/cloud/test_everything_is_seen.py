"""Whatever a call changes shows in the snapshot: each changing operation of EC2 and S3, called in many ways.

A call that is refused changes nothing. What any other call changes in all that moto keeps, checks are told of.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from changing_calls import CHANGING, LOOKS, all_of_moto, calls, operations, quiet_cloud
from rich_account import special, world

from drycloud.cloud.account.snapshot import Snapshot, take_snapshot
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.warm import warm_up
from drycloud.grading.fork import in_fork
from drycloud.report import Frozen

UNKNOWN = ("NotImplemented", "501")
# What moto keeps and nobody can see, by operation.
UNSEEN = {
    "CreateBucket": "a bucket that is there gets an equal access list",
    "DeleteTags": "an empty table of tags stays behind",
    "DeleteObjectTagging": "an empty table of tags goes",
}


class Came(Frozen, frozen=True):
    """What came of a call: its error or "", whether moto keeps something else now, and what checks are told."""

    error: str
    changed: bool
    told: list[str]


class Account:
    """The account in which each call is made, in a fork of its own."""

    def __init__(self) -> None:
        warm_up(["ec2", "s3"])
        engine.reset()
        self.known = world()
        self.before, self.all = take_snapshot(), all_of_moto()
        self.tried: set[str] = set()
        self.changing: set[str] = set()

    def ask(self, service: str, method: str, words: dict[str, Any]) -> Came:
        """Make a call."""

        def work() -> Came:
            error = ""
            try:
                getattr(client(service), method)(**words)
            except ClientError as refused:
                error = str(refused.response["Error"]["Code"])
            except (BotoCoreError, ValueError) as refused:  # which botocore finds before it asks
                error = type(refused).__name__
            now = take_snapshot()
            return Came(error, all_of_moto() != self.all, [*now.changes_since(self.before), *made(now, self.before)])

        return in_fork(work, Came, 60)


def made(now: Snapshot, before: Snapshot) -> list[str]:
    """All that is new, be it over already."""
    return [identity for identity in now.resources if identity not in before.resources]


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with quiet_cloud():
        yield Account()


def test_looking_changes_nothing(account: Account) -> None:
    """Two snapshots of one state are alike, and all that moto keeps is as it was."""
    assert take_snapshot().changes_since(account.before) == []
    assert take_snapshot() == account.before
    assert all_of_moto() == account.all


def ways(account: Account, service: str, name: str) -> Iterator[dict[str, Any]]:
    """The ways in which to call an operation, each once."""
    shape = client(service).meta.service_model.operation_model(name).input_shape
    seen = set()
    for words in [*special(account.known).get(name, []), *calls(shape, account.known)]:
        if repr(words) not in seen:
            seen.add(repr(words))
            yield words


def test_every_operation_that_is_expected_is_one() -> None:
    """The lists here name operations that there are."""
    names = {name for service in ("ec2", "s3") for _, _, name in operations(service)}
    assert set(UNSEEN) <= names


def missed(account: Account, service: str, method: str, name: str) -> list[dict[str, Any]]:
    """The calls of an operation that change what moto keeps, and of which checks are told nothing."""
    account.tried.add(name)
    found = []
    for words in ways(account, service, name):
        came = account.ask(service, method, words)
        if came.error in UNKNOWN:
            break
        if not came.error and came.changed:
            account.changing.add(name)
            found += [words] if not came.told and name not in UNSEEN else []
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("service", "method", "name"), CHANGING, ids=[name for _, _, name in CHANGING])
def test_what_a_call_changes_is_told(account: Account, service: str, method: str, name: str) -> None:
    """Where moto keeps something else after a call that was answered, checks are told of a change or a new thing."""
    assert missed(account, service, method, name) == []


@pytest.mark.slow
def test_looks_change_nothing(account: Account) -> None:
    """An operation that looks is no change and adds nothing, whatever it is asked."""
    told = {}
    for service, method, name in LOOKS:
        shape = client(service).meta.service_model.operation_model(name).input_shape
        came = account.ask(service, method, next(calls(shape, account.known)))
        told[name] = came.told
    assert {name: texts for name, texts in told.items() if texts} == {}


@pytest.mark.slow
def test_the_calls_reach_what_moto_can_do(account: Account) -> None:
    """Most changing operations that this cloud has do change something here: else the test above says little."""
    for service, method, name in CHANGING:
        if name not in account.tried:
            missed(account, service, method, name)
    assert len(account.changing) > 100, sorted(account.changing)

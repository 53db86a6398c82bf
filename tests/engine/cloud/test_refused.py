"""A call that is refused changes nothing: each operation of EC2 and S3, spoiled in one place after another.

All that moto keeps is compared before and after each refused call, and no message holds what Python would write.
EVERY=1 spoils fields however deep they lie, and with more values.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from changing_calls import CHANGING, LOOKS, all_of_moto, calls, quiet_cloud
from rich_account import special, world
from spoiled_calls import (
    UNKNOWN,
    Call,
    ask,
    good_calls,
    of_form,
    plain_form,
    plain_request,
    prepare,
    spoiled_forms,
    spoiled_requests,
)

from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.warm import warm_up
from drycloud.grading.fork import in_fork
from drycloud.report import Frozen

_LONGEST = 600  # seconds of a fork, which is a matter of a second
OPERATIONS = [*CHANGING, *LOOKS]
PYTHON = re.compile(r"[\[{]['\"]|['\"][\]}]|\bNone\b|\bset\(|\{\}|<class|object at 0x")


class Came(Frozen, frozen=True):
    """What came of a call: its status, its error's code and words, and whether moto keeps something else now."""

    status: str
    code: str
    message: str
    changed: bool


class Account:
    """The account in which calls are made, in forks."""

    def __init__(self) -> None:
        warm_up(["ec2", "s3"])
        engine.reset()
        self.known = world()
        prepare(client("s3"))
        self.all = all_of_moto()
        self.special = special(self.known) | good_calls(self.known)
        config = Config(signature_version=UNSIGNED, parameter_validation=False, retries={"total_max_attempts": 1})
        self.clients: Any = {
            service: boto3.client(service, "us-east-1", endpoint_url="http://127.0.0.1", config=config)
            for service in ("ec2", "s3")
        }

    def model(self, service: str, name: str) -> Any:
        return self.clients[service].meta.service_model.operation_model(name)

    def plain(self, service: str, method: str, name: str) -> Call | None:
        """A call that is right, or else the first; None where this cloud has no such operation."""
        model, first = self.model(service, name), None
        for words in (*self.special.get(name, []), *calls(model.input_shape, self.known)):
            made = (
                of_form(plain_form(model, words))
                if service == "ec2"
                else plain_request(self.clients["s3"], method, words)
            )
            (came,) = self.ask([made])
            if came.code == "NotImplemented":
                return first
            first = first or made
            if came.status == "200":
                return made
        return first

    def ask(self, made: list[Call], *, looks: bool = False) -> list[Came]:
        """Make calls in the account as it was, each in a fork; what is refused, or only looks, needs no new one."""
        found: list[Came] = []
        while len(found) < len(made):
            left = made[len(found) :]
            found += in_fork(partial(self._until_one_is_done, left, looks), list[Came], _LONGEST)
        return found

    def _until_one_is_done(self, made: list[Call], looks: bool) -> list[Came]:
        found = []
        for call in made:
            status, _, body = ask(call)
            refused = not status.startswith(("2", "3"))
            text = body.decode("utf-8", "replace") if refused else ""
            code, message = (text.partition(f"<{name}>")[2].partition(f"</{name}>")[0] for name in ("Code", "Message"))
            changed = refused and all_of_moto() != self.all
            found.append(Came(status[:3], code, message, changed))
            if looks and not refused:  # moto makes some things when they are first looked at
                self.all = all_of_moto()
            if changed or (not refused and not looks):
                break
        return found


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with quiet_cloud():
        yield Account()


@pytest.mark.slow
@pytest.mark.parametrize(("service", "method", "name"), OPERATIONS, ids=[name for _, _, name in OPERATIONS])
def test_what_is_refused_changes_nothing(account: Account, service: str, method: str, name: str) -> None:
    """Where a call is answered with an error, all that moto keeps is as it was; the words are no Python.

    A parameter that the operation has not is refused.
    """
    plain = account.plain(service, method, name)
    if plain is None:
        return
    model = account.model(service, name)
    made = list((spoiled_forms if service == "ec2" else spoiled_requests)(model, plain))
    found = list(zip(made, account.ask(made, looks=(service, method, name) in LOOKS), strict=True))
    assert [f"{call.wrong}: {came.code} {came.message}" for call, came in found if came.changed] == []
    assert [f"{call.wrong}: {came.message}" for call, came in found if PYTHON.search(came.message)] == []
    unknown = {came.code for call, came in found if call.wrong == UNKNOWN}
    assert unknown <= {"UnknownParameter"}

"""botocore, made quicker, makes the same clients."""

import inspect
import subprocess
import sys
from functools import partial
from typing import Any

import pytest

from drycloud.cloud.patches.quick_botocore import _accepts_kwargs

MADE = """
import os, sys, boto3
os.environ.update(AWS_ACCESS_KEY_ID="A", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="us-east-1")
if sys.argv[1] == "quick":
    from drycloud.cloud.patches.quick_botocore import quicken_botocore
    quicken_botocore(shared=True)
for service in ("ec2", "s3", "dynamodb", "ec2", "timestream-query"):
    client = boto3.client(service)
    print(service, sorted(name for name in dir(client) if not name.startswith("_")))
    print(client.meta.service_model.endpoint_discovery_operation, client.meta.method_to_api_mapping)
    print(getattr(client, sorted(client.meta.method_to_api_mapping)[0]).__doc__)
"""

SENT = """
import io, os, sys, boto3
os.environ.update(AWS_ACCESS_KEY_ID="A", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="us-east-1")
if sys.argv[1] == "quick":
    from drycloud.cloud.patches.quick_botocore import quicken_botocore
    quicken_botocore(shared=True)
def tell(request, **_):
    print(sorted(request.headers))
    raise SystemExit
s3 = boto3.client("s3", endpoint_url="http://127.0.0.1")
s3.meta.events.register("before-send.s3", tell)
s3.put_object(Bucket="bucket", Key="key", Body=io.BytesIO(b"text"))
"""


def made(how: str) -> str:
    return subprocess.run([sys.executable, "-c", MADE, how], capture_output=True, text=True, check=True).stdout


def test_the_same_clients() -> None:
    """Their methods, what these say of themselves, and where an operation tells a service's endpoints."""
    quick = made("quick")
    assert quick == made("plain")
    assert "OperationModel(name=DescribeEndpoints)" in quick


def test_an_upload_does_not_ask_for_leave() -> None:
    """It sends what botocore would, but for the header with which it would wait."""
    quick, plain = (
        subprocess.run([sys.executable, "-c", SENT, how], capture_output=True, text=True, check=True).stdout
        for how in ("quick", "plain")
    )
    assert quick == plain.replace("'Expect', ", "")
    assert "'Expect'" in plain


class Handler:
    def __init__(self, **about: Any) -> None:
        self.about = about

    def __call__(self, event: str) -> str:
        return event

    def method(self, **event: Any) -> Any:
        return event

    @classmethod
    def of_class(cls, event: str) -> str:
        return event


class Keen(Handler):
    def __call__(self, **event: Any) -> Any:
        return event


def plain(event: str, flag: bool = False) -> str:
    return event if flag else ""


@pytest.mark.parametrize(
    "handler",
    [
        *(plain, lambda **event: event, Handler(), Keen(), Handler, Handler().method, Handler.of_class),
        *(
            partial(plain, flag=True),
            partial(Handler().method, name="x"),
            partial(Keen()),
            partial(partial(plain), "x"),
        ),
    ],
    ids=range(11),
)
def test_it_is_seen_which_handlers_take_any_keyword(handler: Any) -> None:
    """As botocore itself sees it, by the whole signature."""
    assert _accepts_kwargs(handler) == (inspect.getfullargspec(handler).varkw is not None)

"""One behaviour is one row: a call, AWS's answer, and stock moto's. Rows stand by themselves, in any order."""

import itertools
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from patience import PATIENCE

from drycloud.lab.settings import ENDPOINT, environment
from fidelity.waits import pause, tell

NO_ANSWER = "no answer of AWS's shape"
_numbers = itertools.count(1)


class Row(NamedTuple):
    """A behaviour. `number` is that by which rules and patches name it (up to 227: of the survey), or 0.

    `call` gets a Lab and returns a plain value; an error that AWS tells becomes "error CODE". `aws` is what AWS comes
    to, `stock` what moto alone does; `source` says how AWS's answer is known (tags of docs/fidelity.md).
    """

    number: int
    service: str
    what: str
    call: "Callable[[Lab], Any]"
    aws: Any
    stock: Any
    source: str


class Lab:
    """A student's desk: clients of one endpoint, and short ways to what most rows need."""

    def __init__(self, port: int):
        self.port = port
        self.endpoint = f"http://127.0.0.1:{port}"
        self._clients: dict[Any, Any] = {}

    @property
    def ec2(self) -> Any:
        return self.client("ec2")

    @property
    def s3(self) -> Any:
        return self.client("s3")

    def client(self, service: str, region: str = "us-east-1", **words: Any) -> Any:
        """A boto3 client; `words` are those of boto3.client."""
        key = (service, region, str(words))
        if key not in self._clients:
            known = environment(self.port)
            words.setdefault("aws_access_key_id", known["AWS_ACCESS_KEY_ID"])
            words.setdefault("aws_secret_access_key", known["AWS_SECRET_ACCESS_KEY"])
            words.setdefault("config", Config(retries={"max_attempts": 1}))
            made = boto3.client(service, region_name=region, endpoint_url=self.endpoint, **words)
            made.meta.events.register("before-send", tell)
            self._clients[key] = made
        return self._clients[key]

    def name(self, prefix: str = "row") -> str:
        """A name that no other row uses."""
        return f"{prefix}-{next(_numbers)}-{os.getpid()}"

    @property
    def image(self) -> str:
        """An x86_64 image that exists, of Amazon Linux 2023."""
        return _image(self.endpoint, self.ec2)

    def launch(self, count: int = 1, *, running: bool = True, **words: Any) -> list[str]:
        """The ids of new instances, which run unless told otherwise."""
        words = {"ImageId": self.image, "InstanceType": "t3.micro", **words}
        made = self.ec2.run_instances(MinCount=count, MaxCount=count, **words)["Instances"]
        ids = [i["InstanceId"] for i in made]
        if running:
            self.wait("instance_running", ids)
        return ids

    def wait(self, what: str, ids: list[str]) -> None:
        """botocore's waiter."""
        self.ec2.get_waiter(what).wait(InstanceIds=ids, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})

    def state(self, id: str) -> str:
        """An instance's state."""
        found = self.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0]
        return str(found["State"]["Name"])

    def bucket(self, **words: Any) -> str:
        """A new bucket's name."""
        name = self.name("bucket")
        self.s3.create_bucket(Bucket=name, **words)
        return name

    def http(self, method: str, url: str, body: bytes = b"", **headers: str) -> Any:
        """A plain HTTP request, unsigned: the status, or "error CODE" with its status."""
        request = urllib.request.Request(url, data=body or None, headers=headers, method=method)  # ours
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8", "replace")
            code = text.partition("<Code>")[2].partition("</Code>")[0]
            return f"error {error.code} {code}".rstrip()

    def cli(self, *words: str, without: tuple[str, ...] = (), **more: str) -> Any:
        """The AWS CLI: its standard output, or "error CODE" as it tells it; its environment `without` some names."""
        command = [sys.executable, "-m", "awscli", *words]
        without = (*without, ENDPOINT)  # else practice's guard would set up again what a row leaves out
        env = {name: value for name, value in {**os.environ, **environment(self.port)}.items() if name not in without}
        env |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}  # ours has keys and a region
        done = subprocess.run(command, capture_output=True, text=True, env=env | more, check=False)
        if done.returncode:
            code = done.stderr.partition("An error occurred (")[2].partition(")")[0]
            return f"error {code or done.returncode}"
        return done.stdout.strip()


def until(look: Callable[[], Any], wanted: Any) -> Any:
    """What is seen at last, which is `wanted` if that comes after a few waits."""
    for _ in range(10):
        if (seen := look()) == wanted:
            break
        pause()
    return seen


@cache
def _image(endpoint: str, ec2: Any) -> str:
    del endpoint
    names = [{"Name": "name", "Values": ["al2023-ami-2023*x86_64"]}]
    return str(sorted(i["ImageId"] for i in ec2.describe_images(Filters=names)["Images"])[0])


def outcome(row: Row, lab: Lab) -> Any:
    """What a row's call comes to at an endpoint."""
    try:
        return row.call(lab)
    except ClientError as error:
        code = error.response["Error"].get("Code", "")
        return NO_ANSWER if code in ("500", "501", "") else f"error {code}"
    except ResponseParserError:  # no BotoCoreError
        return NO_ANSWER
    except BotoCoreError as error:
        return f"error {type(error).__name__}"

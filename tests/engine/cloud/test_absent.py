"""Services that the course's cloud does not have: one sentence for each, whatever protocol its client speaks."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from every_operation import minimal

from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.moto import engine
from drycloud.cloud.request.keys import STUDENT_KEY, STUDENT_SECRET
from drycloud.lab.settings import environment

OURS = "it has EC2, S3 and STS."
FILE = engine.DATA / "services.json"
# botocore itself refuses these before it asks anybody: bearer tokens go over TLS only, SigV4A needs awscrt.
NEVER_ASKED = {"account-access-runtime", "codecatalyst", "cloudfront-keyvaluestore"}


def names() -> dict[str, str]:
    """The names of all services, by signing name and by botocore's own."""
    session, found, signing = botocore.session.get_session(), {}, {}
    for service in session.get_available_services():
        about = session.get_service_model(service).metadata
        found[service] = about.get("serviceAbbreviation") or about["serviceFullName"]
        signing.setdefault(about.get("signingName", about["endpointPrefix"]), []).append(service)
    found["s3express"] = "Amazon S3 Express One Zone"  # S3 signs by this name what it asks of directory buckets
    chief = {name: min(services, key=lambda each: (each != name, len(each))) for name, services in signing.items()}
    chief["IngestionService"] = "importexport"  # which stands in botocore's rules for endpoints
    return dict(sorted((found | {name: found[service] for name, service in chief.items()}).items()))


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, Cloud]]:
    """An endpoint's address, and its cloud."""
    cloud, listener = Cloud(["ec2", "s3", "sts"], Bounds(10**6)), socket.create_server(("127.0.0.1", 0))
    with Endpoint(cloud, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", cloud


def client(service: str, url: str) -> Any:
    """A client as practice makes it."""
    config = Config(retries={"max_attempts": 0}, inject_host_prefix=False, parameter_validation=False)
    return boto3.client(
        service,
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id=STUDENT_KEY,
        aws_secret_access_key=STUDENT_SECRET,
        config=config,
    )


def test_the_names_are_botocores() -> None:
    """Every name in the file is botocore's; DRYCLOUD_WRITE=1 writes the file anew."""
    if os.environ.get("DRYCLOUD_WRITE"):
        FILE.write_text(json.dumps(names(), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    known = json.loads(FILE.read_text(encoding="utf-8"))
    assert {name: known[name] for name in known.keys() & names().keys()} == {
        name: text for name, text in names().items() if name in known
    }
    assert len(known) > 400


def asked(made: Any, method: str, **words: Any) -> str:
    """What a student reads: the words of the ClientError that a call ends in."""
    with pytest.raises(ClientError) as told:
        getattr(made, method)(**words)
    return str(told.value)


def words_of(made: Any, method: str) -> dict[str, Any]:
    """The least that an operation asks for."""
    return minimal(made, made.meta.method_to_api_mapping[method])


def first_operation(made: Any) -> str:
    """The first of a client's operations."""
    return min(made.meta.method_to_api_mapping)


def is_reachable(request: Any, **_: Any) -> None:
    """S3 Control's clients put the account's number in front of the host's name, whatever is set: take it away."""
    request.url = request.url.replace("texttexttexttexttext.127.0.0.1", "127.0.0.1")


def test_every_service_that_botocore_knows_is_refused_in_a_sentence(served: Any) -> None:
    """One operation of each of 400 services ends in a ClientError with its name and what there is instead."""
    url, cloud = served
    known, protocols, wrong = names(), set(), {}
    cloud.start_clock()
    services = set(botocore.session.get_session().get_available_services()) - {"ec2", "s3", "sts"} - NEVER_ASKED
    for service in sorted(services):
        made = client(service, url)
        made.meta.events.register("before-send", is_reachable)
        protocols.add(made.meta.service_model.metadata["protocol"])
        said = asked(made, first_operation(made), **words_of(made, first_operation(made)))
        named = [f"has no {name}; {OURS}" for name in (known[service], known[made.meta.service_model.signing_name])]
        if "(UnsupportedService)" not in said or not said.endswith(tuple(named)):
            wrong[service] = said
    assert not wrong
    assert protocols == {"query", "json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor"}
    assert {call.error for call in cloud.trail} == {"UnsupportedService"}
    assert len(cloud.trail) == len(services)


def test_operations_that_nobody_signs_are_refused_too(served: Any) -> None:
    """Unsigned requests do not name their service; those of Cognito and of the single sign-on are recognised."""
    url, _ = served
    for service in ("cognito-idp", "cognito-identity", "sso", "sso-oidc", "signin"):
        made = client(service, url)
        for method, operation in made.meta.method_to_api_mapping.items():
            if made.meta.service_model.operation_model(operation).auth_type == "none":
                said = asked(made, method, **words_of(made, method))
                assert "(UnsupportedService)" in said
                assert said.endswith(OURS), said


def test_the_aws_cli_says_the_sentence_and_no_more(served: Any) -> None:
    """The AWS CLI ends in status 254 or 255 and that one line, for each protocol."""
    url, _ = served
    env = environment(int(url.rpartition(":")[2])) | {"PATH": os.environ["PATH"]}
    commands = {
        "dynamodb list-tables": "DynamoDB",
        "lambda list-functions": "AWS Lambda",
        "sqs list-queues": "Amazon SQS",  # which the AWS CLI asks at an address of its own, and so RDS
        "rds describe-db-instances": "Amazon RDS",
        "iam list-users": "IAM",
        "route53 list-hosted-zones": "Route 53",
        "cloudwatch list-metrics": "CloudWatch",
    }
    for command, name in commands.items():
        aws = [str(Path(sys.executable).with_name("aws")), *command.split()]
        done = subprocess.run(aws, env=env, capture_output=True, text=True, check=False)
        assert done.returncode in (254, 255), command
        (line,) = [line for line in done.stderr.splitlines() if line]
        assert line.endswith(f"This course's cloud has no {name}; {OURS}"), line


def test_other_errors_are_readable_by_their_clients_too(served: Any) -> None:
    """A limit of the run, met while a missing service is asked, is an error in that service's protocol."""
    url, cloud = served
    cloud.meter.bounds, usual = Bounds(0), cloud.meter.bounds
    try:
        for service, method in (("dynamodb", "list_tables"), ("lambda", "list_functions"), ("sqs", "list_queues")):
            assert "(RequestLimitExceeded)" in asked(client(service, url), method)
    finally:
        cloud.meter.bounds = usual


def test_an_object_that_nobody_signs_stays_one_of_s3(served: Any) -> None:
    """JSON that is sent to a bucket without a signature is S3's to refuse."""
    url, _ = served
    request = urllib.request.Request(f"{url}/bucket/key", b"{}", {"Content-Type": "application/json"}, method="PUT")
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(request)
    assert b"<Error><Code>" in told.value.read()
    told.value.close()

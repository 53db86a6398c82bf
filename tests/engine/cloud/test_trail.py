"""The trail keeps what checks need of instances: their states when a call named them, and those that answers told."""

import socket
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from drycloud.cloud.account.trail import TracedCall, Trail
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.moto import engine
from drycloud.cloud.state import states
from drycloud.cloud.warm import warm_up
from drycloud.lab.settings import environment


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A served cloud in which an instance stays pending for as long as a test likes, and clients that lead there."""
    warm_up(["ec2", "s3", "sts"])
    made, listener = Cloud(["ec2", "s3", "sts"]), socket.create_server(("127.0.0.1", 0))
    for name, value in environment(listener.getsockname()[1]).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    states.set_transition_seconds(3600)
    with Endpoint(made, listener):
        yield made
    states.set_transition_seconds(0)
    engine.reset()


def launched(ec2: Any) -> str:
    """The id of a new instance."""
    image = ec2.describe_images()["Images"][0]["ImageId"]
    made = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    return str(made["Instances"][0]["InstanceId"])


WAYS = {
    "by its id": lambda ec2, id: ec2.describe_instances(InstanceIds=[id]),
    "by a filter": lambda ec2, id: ec2.describe_instances(Filters=[{"Name": "instance-id", "Values": [id]}]),
    "among all": lambda ec2, id: ec2.describe_instances(),
    "page by page": lambda ec2, id: list(
        ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5})
    ),
    "its status": lambda ec2, id: ec2.describe_instance_status(InstanceIds=[id]),
    "by a waiter": lambda ec2, id: ec2.get_waiter("instance_running").wait(InstanceIds=[id]),
    "by a waiter for its status": lambda ec2, id: ec2.get_waiter("instance_status_ok").wait(InstanceIds=[id]),
    "as a resource": lambda ec2, id: boto3.resource("ec2").Instance(id).wait_until_running(),
    "a resource loaded": lambda ec2, id: boto3.resource("ec2").Instance(id).load(),
    "a resource's state": lambda ec2, id: boto3.resource("ec2").Instance(id).state["Name"],
    "a collection": lambda ec2, id: list(boto3.resource("ec2").instances.all()),
}


@pytest.mark.parametrize("look", WAYS.values(), ids=WAYS)
def test_who_looks_until_it_runs_has_waited(cloud: Cloud, look: Any) -> None:
    """In whichever way: what counts is that an answer told the state of this instance, and that it was running."""
    ec2 = boto3.client("ec2")
    id = launched(ec2)
    ec2.describe_instances(InstanceIds=[id])
    assert cloud.trail[-1].states_told == {id: "pending"}
    assert not Trail(cloud.trail, cloud.seconds).waited_for(id)
    states.set_transition_seconds(0)
    look(ec2, id)
    assert cloud.trail[-1].states_told == {id: "running"}
    assert Trail(cloud.trail, cloud.seconds).waited_for(id)


TELLS = "<instanceId>{}</instanceId><instanceState><code>16</code><name>running</name>"
OTHERS = {
    "another instance": lambda ec2, id, other: ec2.describe_instances(InstanceIds=[other]),
    "another's status": lambda ec2, id, other: ec2.describe_instance_status(InstanceIds=[other]),
    "another region": lambda ec2, id, other: boto3.client("ec2", "eu-west-1").describe_instances(),
    "its volumes": lambda ec2, id, other: ec2.describe_volumes(),
    "its type": lambda ec2, id, other: ec2.describe_instance_attribute(InstanceId=id, Attribute="instanceType"),
    "images": lambda ec2, id, other: ec2.describe_images(),
    "without leave": lambda ec2, id, other: ec2.describe_instances(InstanceIds=[id], DryRun=True),
    "a tag that shows it": lambda ec2, id, other: (
        ec2.create_tags(
            Resources=[other],
            Tags=[
                {
                    "Key": "a",
                    "Value": f"<instanceId>{id}</instanceId><instanceState><code>16</code><name>running</name>",
                }
            ],
        )
        or ec2.describe_instances(InstanceIds=[other])
    ),
}


@pytest.mark.parametrize("look", OTHERS.values(), ids=OTHERS)
def test_who_looks_at_something_else_has_not(cloud: Cloud, look: Any) -> None:
    """A describe call about anything else shows nothing of this instance, even when that runs already."""
    ec2 = boto3.client("ec2")
    states.set_transition_seconds(0)
    other = launched(ec2)
    states.set_transition_seconds(3600)
    id = launched(ec2)
    states.set_transition_seconds(0)
    try:
        look(ec2, id, other)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "DryRunOperation"  # noqa: PT017
    assert not Trail(cloud.trail, cloud.seconds).waited_for(id)


def test_a_call_knows_the_states_of_what_it_named(cloud: Cloud) -> None:
    """As they were when it came: of each instance, in whichever field, and in this region only."""
    ec2 = boto3.client("ec2")
    id = launched(ec2)
    ec2.create_tags(Resources=[id], Tags=[{"Key": id, "Value": "i-0"}])
    assert cloud.trail[-1].states_before == {id: "pending"}
    states.set_transition_seconds(0)
    ec2.stop_instances(InstanceIds=[id])
    assert cloud.trail[-1].states_before == {id: "running"}
    ec2.modify_instance_attribute(InstanceId=id, InstanceType={"Value": "t3.small"})
    assert cloud.trail[-1].states_before == {id: "stopped"}
    with pytest.raises(ClientError):
        boto3.client("ec2", "eu-west-1").terminate_instances(InstanceIds=[id])
    assert cloud.trail[-1].states_before == {}
    ec2.terminate_instances(InstanceIds=[id])
    trail = Trail(cloud.trail, cloud.seconds)
    assert trail.until("TerminateInstances", id) == trail[:-1]
    assert trail.until("StartInstances", id) == trail


def test_what_a_junk_of_fields_names_is_known(cloud: Cloud) -> None:
    """However many parameters a request has, the instances that it names are found."""
    ec2 = boto3.client("ec2")
    id = launched(ec2)
    ec2.terminate_instances(InstanceIds=[id] * 400)
    assert cloud.trail[-1].states_before == {id: "pending"}


def call(at: float, operation: str, error: str | None = None, **told: str) -> TracedCall:
    """A call that told the states of instances."""
    return TracedCall(at, "ec2", operation, "us-east-1", {}, error, {}, told)


def test_to_ask_nothing_for_long_is_to_wait() -> None:
    """A fixed time is a guess, but a good one when it is long; the time before the launch is none of it."""
    launch = call(20, "RunInstances", a="pending")
    assert Trail([launch, call(31, "TerminateInstances")], 31).waited_for("a")
    assert Trail([launch], 31).waited_for("a")
    assert Trail([call(1, "RequestSpotInstances")], 31).waited_for("a")
    assert not Trail([launch, call(22, "TerminateInstances")], 25).waited_for("a")
    assert not Trail([call(1, "DescribeImages"), launch], 25).waited_for("a")
    assert not Trail([call(1, "RequestSpotInstances", "InvalidParameterValue")], 31).waited_for("a")
    assert not Trail([call(1, "DescribeImages")], 31).waited_for("a")
    assert not Trail().waited_for("a")


def test_reports_do_not_hold_the_states() -> None:
    """They are for checks: what a report holds of a call is what it always was."""
    told = call(1, "RunInstances", a="pending").reported()
    assert type(told).__name__ == "Call"
    assert not hasattr(told, "states_told")

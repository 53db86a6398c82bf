"""The same submission gets the same report, however long it had to wait for a machine."""

from drycloud.cloud import upstream
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.report import Call, Report, Run


def launched(looks: int) -> str:
    """The id of an instance that is launched after that many looks at the account."""
    upstream.apply()
    engine.reset()
    ec2 = client("ec2")
    image = ec2.describe_images()["Images"][0]["ImageId"]
    engine.seed_ids(7)
    for _ in range(looks):
        ec2.describe_instances()
    made = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    return str(made["Instances"][0]["InstanceId"])


def test_ids_do_not_tell_how_often_was_asked() -> None:
    """Code that polls makes the same ids, whether the machine is fast or slow."""
    assert launched(looks=0) == launched(looks=3)


def test_a_settled_report_does_not_tell_how_often_was_asked() -> None:
    """The trail of a settled report holds each call once, whatever its order and times."""
    look, end = (Call(0.1, "ec2", operation, "us-east-1") for operation in ("DescribeInstances", "TerminateInstances"))
    again = Call(0.7, "ec2", "DescribeInstances", "us-east-1")
    failed = Call(0.7, "ec2", "DescribeInstances", "us-east-1", error="InvalidInstanceID.NotFound")

    def settled(*trail: Call) -> Report:
        run = Run(outcome="finished")
        return Report("ann", "02_ec2", "launch", "graded", 0.0, 1.0, run, [], list(trail)).settled()

    assert settled(look, again, end) == settled(end, look)
    assert settled(look, end) != settled(look, end, failed)

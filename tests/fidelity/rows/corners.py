"""What no lesson needs and a rule or a patch is there for all the same; limits of a new account."""

import contextlib
from typing import Any

from botocore.exceptions import ClientError

from fidelity.rows.buckets import filled
from fidelity.rows.disks import held
from fidelity.rows.policies import policy, put_policy, status, unblocked
from fidelity.table import NO_ANSWER, Lab, Row


def by_template(lab: Lab) -> list[tuple[Any, ...]]:
    """The volumes of an instance that is launched from a template."""
    words = {"ImageId": lab.image, "InstanceType": "t3.micro"}
    made = lab.ec2.create_launch_template(LaunchTemplateName=lab.name(), LaunchTemplateData=words)["LaunchTemplate"]
    template = {"LaunchTemplateId": made["LaunchTemplateId"]}
    launched = lab.ec2.run_instances(MinCount=1, MaxCount=1, LaunchTemplate=template)["Instances"]
    return held(lab, launched[0]["InstanceId"])


# --- limits -----------------------------------------------------------------------------------------------------------


def until_refused(make: Any, end: Any) -> tuple[int, str]:
    """How many of six can be made, and what AWS says of the next one; all are ended again."""
    made = []
    try:
        for _ in range(6):
            made.append(make())
    except ClientError as error:
        return len(made), error.response["Error"]["Code"]
    finally:
        for one in made:
            end(one)
    return len(made), ""


def networks(lab: Lab) -> tuple[int, str]:
    ec2 = lab.client("ec2", "eu-north-1")
    return until_refused(
        lambda: ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"], lambda id: ec2.delete_vpc(VpcId=id)
    )


def gateways(lab: Lab) -> tuple[int, str]:
    """Those that are there already are counted too: the default network has one."""
    ec2 = lab.client("ec2", "eu-north-1")
    there = len(ec2.describe_internet_gateways()["InternetGateways"])
    made, told = until_refused(
        lambda: ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"],
        lambda id: ec2.delete_internet_gateway(InternetGatewayId=id),
    )
    return there + made, told


def many_groups(lab: Lab, call: str) -> str:
    """Six security groups for one interface."""
    made = [lab.ec2.create_security_group(GroupName=lab.name(), Description="x")["GroupId"] for _ in range(6)]
    if call == "launch":
        lab.launch(running=False, SecurityGroupIds=made)
    else:
        lab.ec2.modify_instance_attribute(InstanceId=lab.launch(running=False)[0], Groups=made)
    return "done"


# --- buckets ----------------------------------------------------------------------------------------------------------


def copied_from_closed(lab: Lab) -> str:
    """Copy an object that a policy lets nobody read."""
    source, other = unblocked(lab, filled(lab, "a")), lab.bucket()
    put_policy(lab, source, policy(source, "s3:GetObject", Effect="Deny"))
    lab.s3.copy_object(Bucket=other, Key="a", CopySource=f"{source}/a")
    return "copied"


def answer_to_a_policy(lab: Lab) -> int:
    bucket = unblocked(lab, lab.bucket())
    told = lab.s3.put_bucket_policy(Bucket=bucket, Policy=policy(bucket, "s3:GetObject"))
    return int(told["ResponseMetadata"]["HTTPStatusCode"])


def left_of_bad_tags(lab: Lab) -> str:
    """Create a bucket with a tag twice, and look whether it is there."""
    name, tag = lab.name("bucket"), {"Key": "a", "Value": "b"}
    with contextlib.suppress(ClientError):
        lab.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"Tags": [tag, tag]})
    lab.s3.head_bucket(Bucket=name)
    return "made"


def begun_with_a_body(lab: Lab) -> str:
    """Begin an upload in parts with a request that has a body."""
    s3, bucket = lab.client("s3", use_ssl=False), lab.bucket()  # a client of its own

    def add(params: dict[str, Any], **_: Any) -> None:
        params["body"] = b"text"

    s3.meta.events.register("before-call.s3.CreateMultipartUpload", add)
    s3.create_multipart_upload(Bucket=bucket, Key="a")
    return "begun"


def role_of_another_account(lab: Lab) -> str:
    """Become somebody in another account, and read a private bucket."""
    bucket, role = filled(lab, "a"), "arn:aws:iam::999999999999:role/reader"
    got = lab.client("sts").assume_role(RoleArn=role, RoleSessionName="reader")["Credentials"]
    words = {"aws_access_key_id": got["AccessKeyId"], "aws_secret_access_key": got["SecretAccessKey"]}
    other = lab.client("s3", **words, aws_session_token=got["SessionToken"])
    return str(other.get_object(Bucket=bucket, Key="a")["Body"].read().decode())


def without_a_status(lab: Lab) -> str:
    lab.s3.put_bucket_versioning(Bucket=lab.bucket(), VersioningConfiguration={})
    return "put"


def address(lab: Lab, wanted: str) -> str:
    """Ask for an address by its number."""
    found = lab.ec2.allocate_address(Address=wanted)
    lab.ec2.release_address(AllocationId=found["AllocationId"])
    return "allocated"


def from_no_template(lab: Lab, **template: str) -> str:
    lab.ec2.run_instances(MinCount=1, MaxCount=1, LaunchTemplate=template)
    return "launched"


def delete_no_group(lab: Lab) -> str:
    lab.ec2.delete_security_group()
    return "deleted"


def words_of_no_allocation(lab: Lab) -> bool:
    """Whether the error's words show Python's own notation."""
    try:
        lab.ec2.release_address(AllocationId="eipalloc-0123456789abcdef0")
    except ClientError as error:
        return "[" in error.response["Error"]["Message"]
    return False


def attributes(lab: Lab, **words: Any) -> str:
    lab.ec2.modify_instance_attribute(InstanceId=lab.launch(running=False)[0], **words)
    return "modified"


def nothing_of_an_interface(lab: Lab) -> str:
    made = lab.ec2.describe_instances(InstanceIds=lab.launch(running=False))["Reservations"][0]["Instances"][0]
    nic = made["NetworkInterfaces"][0]["NetworkInterfaceId"]
    lab.ec2.modify_network_interface_attribute(NetworkInterfaceId=nic)
    return "modified"


def made_by_a_dry_run(lab: Lab) -> int:
    ec2 = lab.client("ec2", "eu-north-1")
    there = {vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"]}
    with contextlib.suppress(ClientError):
        ec2.create_vpc(CidrBlock="10.0.0.0/16", DryRun=True)
    made = {vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"]} - there
    for id in made:
        ec2.delete_vpc(VpcId=id)
    return len(made)


def with_host_bits(lab: Lab, more: str = "100.70.0.18/18") -> dict[str, str]:
    """The ranges of a network, of its subnet and of a further range, each asked for with host bits."""
    ec2 = lab.client("ec2", "eu-north-1")
    vpc = ec2.create_vpc(CidrBlock="100.68.0.18/18")["Vpc"]
    try:
        subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="100.68.1.18/24")["Subnet"]
        added = ec2.associate_vpc_cidr_block(VpcId=vpc["VpcId"], CidrBlock=more)["CidrBlockAssociation"]
        return {"VPC": vpc["CidrBlock"], "subnet": subnet["CidrBlock"], "further": added["CidrBlock"]}
    finally:
        for made in ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]:
            ec2.delete_subnet(SubnetId=made["SubnetId"])
        ec2.delete_vpc(VpcId=vpc["VpcId"])


def method_of_nothing(lab: Lab) -> Any:
    return lab.http("PUT", f"{lab.endpoint}/")


TOO_MANY = "error SecurityGroupsPerInterfaceLimitExceeded"
BY_HTTPS = {"Bool": {"aws:SecureTransport": "true"}}

ROWS = [
    Row(58, "ec2", "volumes of an instance that is launched from a template", by_template,
        [("/dev/xvda", 8, "gp3", True)], [("/dev/sda1", 8, "gp2", True)], "M"),
    Row(18, "ec2", 'delete_security_group(GroupId="foo")', lambda lab: lab.ec2.delete_security_group(GroupId="foo"),
        "error InvalidGroupId.Malformed", "error InvalidGroup.NotFound", "Q"),
    Row(30, "ec2", "VPCs that a dry run makes", made_by_a_dry_run, 0, 1, "M"),
    Row(45, "ec2", 'get_console_output("foo")', lambda lab: lab.ec2.get_console_output(InstanceId="foo"),
        "error InvalidInstanceID.Malformed", "error InvalidInstanceID.NotFound", "EC, Q"),
    Row(141, "ec2", "release_address, unknown allocation: its words show a list of Python", words_of_no_allocation,
        False, True, "EC"),
    Row(254, "ec2", "modify_instance_attribute of two attributes at once",
        lambda lab: attributes(lab, SourceDestCheck={"Value": False}, DisableApiTermination={"Value": False}),
        "error InvalidParameterCombination", "modified", "Q"),
    Row(254, "ec2", "modify_instance_attribute by a name that no attribute has",
        lambda lab: attributes(lab, Attribute="colour", Value="red"), "error InvalidParameterValue", "modified", "U"),
    Row(259, "ec2", "modify_network_interface_attribute without an attribute", nothing_of_an_interface,
        "error InvalidParameterCombination", "modified", "U"),
    Row(432, "ec2", "the range of a VPC with host bits", lambda lab: with_host_bits(lab)["VPC"],
        "100.68.0.0/18", "100.68.0.18/18", "M"),
    Row(432, "ec2", "the range of a subnet with host bits", lambda lab: with_host_bits(lab)["subnet"],
        "100.68.1.0/24", "100.68.1.18/24", "M"),
    Row(432, "ec2", "a further range of a VPC with host bits", lambda lab: with_host_bits(lab)["further"],
        "100.70.0.0/18", "100.70.0.18/18", "U"),
    Row(432, "ec2", "a further range of a VPC that is none", lambda lab: with_host_bits(lab, "100.70.0.18/33"),
        "error InvalidParameterValue", "error InvalidParameterValue", "EC"),
    Row(228, "ec2", "VPCs in a region, beside the default one", networks, (4, "VpcLimitExceeded"), (6, ""), "EC, UG"),
    Row(228, "ec2", "internet gateways in a region", gateways, (5, "InternetGatewayLimitExceeded"), (6, ""), "EC, UG"),
    Row(229, "ec2", "launch with six security groups", lambda lab: many_groups(lab, "launch"), TOO_MANY, "done", "EC"),
    Row(229, "ec2", "six security groups for an instance", lambda lab: many_groups(lab, "modify"),
        TOO_MANY, "done", "EC"),
    Row(260, "ec2", "a launch from a template that is not there, by its id",
        lambda lab: from_no_template(lab, LaunchTemplateId="lt-0123456789abcdef0"),
        "error InvalidLaunchTemplateId.NotFound", NO_ANSWER, "EC"),
    Row(260, "ec2", "a launch from a template that is not there, by its name",
        lambda lab: from_no_template(lab, LaunchTemplateName="nobodys"),
        "error InvalidLaunchTemplateName.NotFoundException", "error InvalidLaunchTemplateName.NotFoundException", "EC"),
    Row(261, "ec2", "allocate_address of an address that is somebody's", lambda lab: address(lab, "192.0.2.1"),
        "error InvalidAddress.NotFound", "allocated", "EC"),
    Row(262, "ec2", "delete_security_group, and say not which", delete_no_group,
        "error MissingParameter", "deleted", "U"),
    Row(180, "s3", "versioning without a word", without_a_status,
        "error IllegalVersioningConfigurationException", "error 404", "M"),
    Row(231, "s3", "copy what may not be read", copied_from_closed, "error AccessDenied", "copied", "M"),
    Row(233, "s3", "the HTTP status of a policy that is put", answer_to_a_policy, 204, 200, "M"),
    Row(234, "s3", "whether a policy for all who come by HTTPS is public", lambda lab: status(lab, Condition=BY_HTTPS),
        True, False, "UG"),
    Row(236, "s3", "a bucket after a tag twice at its creation", left_of_bad_tags, "error 404", "made", "M"),
    Row(241, "s3", "begin an upload in parts by a request with a body", begun_with_a_body, "begun", NO_ANSWER, "U"),
    Row(263, "s3", "a method that nothing has", method_of_nothing, "error 405 MethodNotAllowed", 200, "M"),
    Row(173, "s3", "somebody in another account reads a private bucket", role_of_another_account,
        "error AccessDenied", "text", "M"),
]  # fmt: skip

"""Calls that are malformed are refused, and what is refused changes nothing: EC2 as S3."""

from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError

from fidelity.rows.acls import ANYBODY, with_acls
from fidelity.table import NO_ANSWER, Lab, Row

UNCHECKED = Config(parameter_validation=False, retries={"max_attempts": 1})
NOBODY = "0123456789abcdef" * 4


def code(call: Any, **words: Any) -> str:
    """How a call ended."""
    try:
        call(**words)
    except ClientError as error:
        told = str(error.response["Error"]["Code"])
        return NO_ANSWER if told in ("500", "501") else told
    return "done"


# --- grantees ---------------------------------------------------------------------------------------------------------


def granted(lab: Lab, method: str, to: str) -> tuple[str, bool]:
    """Store an object that somebody may read: what came of it, and whether the object (or the upload) is there."""
    bucket = with_acls(lab, public=True)
    lab.s3.put_object(Bucket=bucket, Key="source", Body=b"text")
    words = {"CopySource": f"{bucket}/source"} if method == "copy_object" else {}
    words |= {"Body": b"text"} if method == "put_object" else {}
    came = code(getattr(lab.s3, method), Bucket=bucket, Key="a", GrantRead=to, **words)
    there = lab.s3.list_objects_v2(Bucket=bucket, Prefix="a").get("Contents")
    return came, bool(there or lab.s3.list_multipart_uploads(Bucket=bucket).get("Uploads"))


def granted_to_the_owner(lab: Lab) -> tuple[str, bool]:
    return granted(lab, "put_object", f'id="{owner(lab)}"')


def owner(lab: Lab) -> str:
    return str(lab.s3.get_bucket_acl(Bucket=lab.bucket())["Owner"]["ID"])


def new_bucket(lab: Lab, to: str) -> tuple[str, bool]:
    name = lab.name("bucket")
    came = code(lab.s3.create_bucket, Bucket=name, ObjectOwnership="ObjectWriter", GrantRead=to)
    return came, name in [bucket["Name"] for bucket in lab.s3.list_buckets()["Buckets"]]


def acl(lab: Lab, method: str, grantee: dict[str, str]) -> tuple[str, int]:
    """Set an ACL with a document: what came of it, and how many grants there are then."""
    bucket = with_acls(lab)
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text")
    of = {"Bucket": bucket} if "bucket" in method else {"Bucket": bucket, "Key": "a"}
    own = {"Grantee": {"Type": "CanonicalUser", "ID": owner(lab)}, "Permission": "FULL_CONTROL"}
    grants = [own, {"Grantee": grantee, "Permission": "READ"}]
    policy = {"Owner": {"ID": owner(lab)}, "Grants": grants}
    came = code(getattr(lab.s3, method), **of, AccessControlPolicy=policy)
    return came, len(getattr(lab.s3, method.replace("put", "get"))(**of)["Grants"])


# --- settings ---------------------------------------------------------------------------------------------------------


def lifecycle(lab: Lab, *rules: dict[str, Any]) -> tuple[str, list[str]]:
    """Give a bucket that has one rule others: what came of it, and which it has then."""
    bucket, usual = lab.bucket(), {"Status": "Enabled", "Expiration": {"Days": 1}}
    put = lab.s3.put_bucket_lifecycle_configuration
    put(Bucket=bucket, LifecycleConfiguration={"Rules": [{"ID": "old", "Filter": {"Prefix": ""}, **usual}]})
    came = code(put, Bucket=bucket, LifecycleConfiguration={"Rules": [{**usual, **rule} for rule in rules]})
    return came, ids(lab, bucket)


def ids(lab: Lab, bucket: str) -> list[str]:
    try:
        return [rule["ID"] for rule in lab.s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]]
    except ClientError as error:
        return [error.response["Error"]["Code"]]


def origins(lab: Lab, method: str) -> tuple[str, Any]:
    """Give a bucket another CORS rule: what came of it, and whose methods it has then."""
    bucket = lab.bucket()
    for name in ("GET", method):
        rules = [{"AllowedMethods": [name], "AllowedOrigins": ["*"]}]
        came = code(lab.s3.put_bucket_cors, Bucket=bucket, CORSConfiguration={"CORSRules": rules})
    try:
        return came, lab.s3.get_bucket_cors(Bucket=bucket)["CORSRules"][0]["AllowedMethods"]
    except ClientError as error:
        return came, error.response["Error"]["Code"]


def document(lab: Lab, method: str, **words: Any) -> str:
    """A call whose document boto3 does not look at."""
    bucket = lab.bucket(ObjectLockEnabledForBucket=True)
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text")
    of = {"Bucket": bucket} if "bucket" in method else {"Bucket": bucket, "Key": "a"}
    return code(getattr(lab.client("s3", config=UNCHECKED), method), **of, **words)


# --- EC2 --------------------------------------------------------------------------------------------------------------


def asked(lab: Lab, method: str, **words: Any) -> str:
    """A call whose parameters boto3 does not look at."""
    return code(getattr(lab.client("ec2", config=UNCHECKED), method), **words)


def words_of_rules(lab: Lab, *ranges: dict[str, str]) -> tuple[str, list[str | None]]:
    """Describe the rules of a group anew: what came of it, and how they are described then."""
    group = lab.ec2.create_security_group(GroupName=lab.name(), Description="x")["GroupId"]
    web = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80}
    old = [{"CidrIp": "192.0.2.0/24", "Description": "old"}]
    lab.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{**web, "IpRanges": old}])
    permissions = [{**web, "IpRanges": [each]} for each in ranges]
    update = lab.client("ec2", config=UNCHECKED).update_security_group_rule_descriptions_ingress
    came = code(update, GroupId=group, IpPermissions=permissions)
    (rules,) = lab.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    return came, [one.get("Description") for one in rules["IpRanges"]]


def tagged_gateway(lab: Lab, kind: str) -> str:
    tags = [{"ResourceType": kind, "Tags": [{"Key": "a", "Value": "b"}]}]
    return asked(lab, "create_vpn_gateway", Type="ipsec.1", TagSpecifications=tags)


BAD, MISSING, MALFORMED = "InvalidArgument", "MissingParameter", "MalformedXML"
EMAIL, VALUE = "UnresolvableGrantByEmailAddress", "InvalidParameterValue"
# What stock moto leaves of a call whose grant is empty.
LEFT = {name: (NO_ANSWER, name == "copy_object") for name in ("put_object", "copy_object", "create_multipart_upload")}
NEW = {"CidrIp": "192.0.2.0/24", "Description": "new"}
FILTER = {"ID": "new", "Filter": {"Prefix": ""}}
ROWS = [
    *(Row(348, "s3", f"{method} that {to or 'nobody'} may read", lambda lab, m=method, t=to: granted(lab, m, t),
          (told, False), ("done", True) if to else LEFT[method], "M")
      for method in ("put_object", "copy_object", "create_multipart_upload")
      for to, told in ((f'id="{NOBODY}"', BAD), ("emailAddress=nobody@example.org", EMAIL),
                       ('uri="http://example.org/all"', BAD), ("", BAD))),
    Row(348, "s3", "put_object that the owner may read", granted_to_the_owner, ("done", True), ("done", True), "M"),
    Row(348, "s3", "put_object that anybody may read", lambda lab: granted(lab, "put_object", f"uri={ANYBODY}"),
        ("done", True), ("done", True), "M"),
    Row(348, "s3", "create_bucket that nobody may read", lambda lab: new_bucket(lab, f'id="{NOBODY}"'),
        (BAD, False), ("done", True), "M"),
    *(Row(348, "s3", f"{method} to {list(grantee.values())[-1]}", lambda lab, m=method, g=grantee: acl(lab, m, g),
          (told, 1), ("done", 2 if "bucket" in method else 1), "M")
      for method in ("put_bucket_acl", "put_object_acl")
      for grantee, told in (({"Type": "CanonicalUser", "ID": NOBODY}, BAD),
                            ({"Type": "AmazonCustomerByEmail", "EmailAddress": "nobody@example.org"}, EMAIL),
                            ({"Type": "Group", "URI": "http://example.org/all"}, BAD))),
    Row(349, "ec2", "delete_vpc without an id", lambda lab: asked(lab, "delete_vpc"), MISSING,
        "InvalidVpcID.NotFound", "EC"),
    Row(349, "ec2", "create_snapshot without a volume", lambda lab: asked(lab, "create_snapshot"), MISSING,
        "InvalidVolume.NotFound", "EC"),
    Row(349, "ec2", "run_instances without a number",
        lambda lab: asked(lab, "run_instances", ImageId=lab.image, InstanceType="t3.micro"), MISSING, "done",
        "EC"),
    Row(349, "ec2", "run_instances with all that it needs",
        lambda lab: asked(lab, "run_instances", ImageId=lab.image, InstanceType="t3.micro", MinCount=1, MaxCount=1),
        "done", "done", "M"),
    Row(350, "ec2", "update the description of a rule", lambda lab: words_of_rules(lab, NEW),
        ("done", ["new"]), ("done", ["new"]), "M"),
    Row(350, "ec2", "update the description of a rule, and of one that cannot be",
        lambda lab: words_of_rules(lab, NEW, {"CidrIp": "192.0.2.0/33"}), (VALUE, ["old"]), (VALUE, ["new"]),
        "U"),
    Row(350, "ec2", "update the description of a rule without a source",
        lambda lab: words_of_rules(lab, {"Description": "new"}), (MISSING, ["old"]), (VALUE, ["old"]), "U"),
    Row(74, "ec2", "create_vpn_gateway with tags for it", lambda lab: tagged_gateway(lab, "vpn-gateway"), "done",
        "done", "M"),
    Row(74, "ec2", "create_vpn_gateway with tags for a VPC", lambda lab: tagged_gateway(lab, "vpc"), VALUE, "done",
        "U"),
    Row(351, "s3", "other lifecycle rules", lambda lab: lifecycle(lab, FILTER), ("done", ["new"]), ("done", ["new"]),
        "M"),
    Row(351, "s3", "other lifecycle rules, of which one has no filter", lambda lab: lifecycle(lab, FILTER, {"ID": "b"}),
        (MALFORMED, ["old"]), (MALFORMED, ["new"]), "M"),
    Row(351, "s3", "another CORS rule", lambda lab: origins(lab, "PUT"), ("done", ["PUT"]), ("done", ["PUT"]), "M"),
    Row(351, "s3", "another CORS rule, of a method that there is not", lambda lab: origins(lab, "NONE"),
        ("InvalidRequest", ["GET"]), ("InvalidRequest", "NoSuchCORSConfiguration"), "M"),
    Row(352, "s3", "put_object_legal_hold that says nothing",
        lambda lab: document(lab, "put_object_legal_hold", LegalHold={}), MALFORMED, NO_ANSWER, "M"),
    Row(352, "s3", "put_object_legal_hold", lambda lab: document(lab, "put_object_legal_hold", LegalHold={
        "Status": "OFF"}), "done", "done", "M"),
    Row(352, "s3", "put_bucket_cors without a name of an origin",
        lambda lab: document(lab, "put_bucket_cors", CORSConfiguration={
            "CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": [""]}]}), MALFORMED, NO_ANSWER, "U"),
    Row(352, "s3", "put_bucket_encryption with two rules",
        lambda lab: document(lab, "put_bucket_encryption", ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}] * 2}), MALFORMED, NO_ANSWER,
        "U"),
    Row(353, "ec2", "create_volume of many GiB",
        lambda lab: asked(lab, "create_volume", AvailabilityZone="us-east-1a", Size="many"), VALUE, NO_ANSWER,
        "U"),
    Row(353, "ec2", "create_volume of 9 GiB as a text",
        lambda lab: asked(lab, "create_volume", AvailabilityZone="us-east-1a", Size="9"), "done", "done", "M"),
]  # fmt: skip

"""Tags of buckets and objects."""

from typing import Any

from fidelity.rows.buckets import create, filled, versioned
from fidelity.table import NO_ANSWER, Lab, Row

Tags = list[dict[str, str]]


def tags(count: int) -> Tags:
    return [{"Key": f"k{n}", "Value": "v"} for n in range(count)]


def of_bucket(lab: Lab, given: Tags, then: Tags | None = None) -> Tags:
    """Tag a bucket, and tag it again: its tags."""
    bucket = lab.bucket()
    for some in (given, then):
        if some is not None:
            lab.s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": some})
    return list(lab.s3.get_bucket_tagging(Bucket=bucket)["TagSet"])


def of_object(lab: Lab, *sets: Tags, key: str = "a") -> Tags:
    """Tag an object with one set after the other: its tags."""
    bucket = filled(lab, "a")
    for some in sets:
        lab.s3.put_object_tagging(Bucket=bucket, Key=key, Tagging={"TagSet": some})
    return list(lab.s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"])


def at_once(lab: Lab, given: Tags) -> Tags:
    name = lab.name("bucket")
    create(lab, name, CreateBucketConfiguration={"Tags": given})
    return list(lab.s3.get_bucket_tagging(Bucket=name)["TagSet"])


def with_object(lab: Lab, text: str) -> Tags:
    bucket = lab.bucket()
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text", Tagging=text)
    return list(lab.s3.get_object_tagging(Bucket=bucket, Key="a")["TagSet"])


def of_version(lab: Lab) -> tuple[Tags, Tags]:
    """Tag the older of two versions: its tags, and the newer one's."""
    bucket = versioned(lab, b"one", b"two")
    words: dict[str, Any] = {"Bucket": bucket, "Key": "a"}
    old = words | {"VersionId": lab.s3.list_object_versions(Bucket=bucket)["Versions"][-1]["VersionId"]}
    lab.s3.put_object_tagging(**old, Tagging={"TagSet": tags(1)})
    return lab.s3.get_object_tagging(**old)["TagSet"], lab.s3.get_object_tagging(**words)["TagSet"]


def untagged(lab: Lab, key: str) -> str:
    lab.s3.delete_object_tagging(Bucket=filled(lab, "a"), Key=key)
    return "untagged"


ONE, EMPTY = tags(1), [{"Key": "a", "Value": ""}]
TWICE, AWS = tags(1) * 2, [{"Key": "aws:a", "Value": "b"}]
BAD, NONE = "error InvalidTag", "error NoSuchTagSet"

ROWS = [
    Row(0, "s3", "tags of a bucket", lambda lab: of_bucket(lab, ONE), ONE, ONE, "M"),
    Row(0, "s3", "other tags of a bucket", lambda lab: of_bucket(lab, EMPTY, ONE), ONE, ONE, "M"),
    Row(244, "s3", "a bucket's tag without a value", lambda lab: of_bucket(lab, EMPTY), EMPTY, [{"Key": "a"}], "M"),
    Row(0, "s3", "no tags of a bucket", lambda lab: of_bucket(lab, ONE, []), NONE, NONE, "M"),
    Row(0, "s3", "a bucket's tag twice", lambda lab: of_bucket(lab, TWICE), BAD, BAD, "M"),
    Row(0, "s3", "a bucket's tag of AWS's", lambda lab: of_bucket(lab, AWS), BAD, BAD, "M"),
    Row(244, "s3", "51 tags of a bucket", lambda lab: len(of_bucket(lab, tags(51))), "error BadRequest", 51, "U"),
    Row(236, "s3", "a tag twice at the creation", lambda lab: at_once(lab, TWICE), BAD, NONE, "M"),
    Row(0, "s3", "tags of an object", lambda lab: of_object(lab, ONE), ONE, ONE, "M"),
    Row(0, "s3", "tags that come with an object", lambda lab: with_object(lab, "k0=v"), ONE, ONE, "M"),
    Row(245, "s3", "no tags of an object", lambda lab: of_object(lab, ONE, []), [], NO_ANSWER, "M"),
    Row(245, "s3", "an object's tag twice", lambda lab: of_object(lab, TWICE), BAD, ONE, "M"),
    Row(0, "s3", "an object's tag of AWS's", lambda lab: of_object(lab, AWS), BAD, BAD, "M"),
    Row(214, "s3", "11 tags of an object", lambda lab: of_object(lab, tags(11)), *["error BadRequest"] * 2, "M"),
    Row(0, "s3", "tags of no object", lambda lab: of_object(lab, ONE, key="b"), *["error NoSuchKey"] * 2, "M"),
    Row(246, "s3", "take the tags of no object", lambda lab: untagged(lab, "b"), "error NoSuchKey", NO_ANSWER, "M"),
    Row(0, "s3", "tags of an older version", of_version, (ONE, []), (ONE, []), "M"),
]

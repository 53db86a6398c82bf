"""Buckets: their names, owners and places, their lists, and their versions."""

from typing import Any

from botocore.config import Config

from fidelity.table import Lab, Row

# --- names and places -------------------------------------------------------------------------------------------------


def create(lab: Lab, name: str = "", region: str = "us-east-1", times: int = 1, **words: Any) -> str:
    """Create a bucket so many times: "made"."""
    client = lab.client("s3", region)
    name = name or lab.name("bucket")
    for _ in range(times):
        client.create_bucket(Bucket=name, **words)
    return "made"


def place(lab: Lab, region: str, constraint: str | None = None) -> str | None:
    """Create a bucket: where it is then."""
    name = lab.name("bucket")
    words = {} if constraint is None else {"CreateBucketConfiguration": {"LocationConstraint": constraint}}
    create(lab, name, region, **words)
    found = lab.client("s3", region).head_bucket(Bucket=name)["ResponseMetadata"]["HTTPHeaders"]
    return str(found["x-amz-bucket-region"])


def kept_over_a_second_creation(lab: Lab) -> list[str]:
    name = filled(lab, "a")
    create(lab, name)
    return keys(lab, name)


def of_another_region(lab: Lab, ask: Any) -> Any:
    """Ask a client of us-east-1 about a bucket that is elsewhere."""
    name = lab.name("bucket")
    create(lab, name, "eu-west-1", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    lab.client("s3", "eu-west-1").put_object(Bucket=name, Key="a", Body=b"text")
    return ask(lab, name)


def link_of_the_wrong_region(lab: Lab, name: str) -> Any:
    """Nobody asks again for whoever opens a link."""
    client = lab.client("s3", config=Config(signature_version="s3v4"))
    return lab.http("GET", client.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "a"}))


def tags_at_once(lab: Lab) -> Any:
    name = lab.name("bucket")
    create(lab, name, CreateBucketConfiguration={"Tags": [{"Key": "owner", "Value": "me"}]})
    return lab.s3.get_bucket_tagging(Bucket=name)["TagSet"]


def in_pages(lab: Lab) -> bool:
    """Whether all buckets are told when they are told two at a time."""
    names = {lab.bucket() for _ in range(3)}
    pages = lab.s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2})
    return names <= {bucket["Name"] for page in pages for bucket in page["Buckets"]}


# --- deleting ---------------------------------------------------------------------------------------------------------


def filled(lab: Lab, *names: str, **words: Any) -> str:
    """A new bucket with an object under each of these keys."""
    bucket = lab.bucket(**words)
    for key in names:
        lab.s3.put_object(Bucket=bucket, Key=key, Body=b"text")
    return bucket


def delete_bucket(lab: Lab, bucket: str, region: str = "us-east-1") -> str:
    lab.client("s3", region).delete_bucket(Bucket=bucket)
    return "deleted"


def delete_versioned(lab: Lab, *, markers_too: bool) -> str:
    """Delete a bucket whose only object has been deleted; `markers_too`: versions and markers as well."""
    bucket = versioned(lab)
    lab.s3.delete_object(Bucket=bucket, Key="a")
    if markers_too:
        found = lab.s3.list_object_versions(Bucket=bucket)
        gone = [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in found["Versions"] + found["DeleteMarkers"]]
        lab.s3.delete_objects(Bucket=bucket, Delete={"Objects": gone})
    return delete_bucket(lab, bucket)


# --- what many rows need ---------------------------------------------------------------------------------------------


def switch(lab: Lab, bucket: str, status: str) -> str:
    lab.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})
    return str(lab.s3.get_bucket_versioning(Bucket=bucket).get("Status"))


def versioned(lab: Lab, *contents: bytes) -> str:
    """A bucket that keeps versions, with these of the object "a", or one."""
    bucket = lab.bucket()
    switch(lab, bucket, "Enabled")
    for content in contents or (b"one",):
        lab.s3.put_object(Bucket=bucket, Key="a", Body=content)
    return bucket


def body(lab: Lab, bucket: str, key: str, **words: Any) -> str:
    return str(lab.s3.get_object(Bucket=bucket, Key=key, **words)["Body"].read().decode())


def keys(lab: Lab, bucket: str, call: str = "list_objects_v2", **words: Any) -> list[str]:
    found = getattr(lab.s3, call)(Bucket=bucket, **words)
    return [o["Key"] for o in found.get("Contents", [])] + [p["Prefix"] for p in found.get("CommonPrefixes", [])]


BAD_NAMES = (
    "My-Bucket under_score -lead trail- .lead trail. a..b 192.168.5.4 xn--foo sthree-foo amzn-s3-demo-foo "
    "foo-s3alias foo--ol-s3 foo.mrap foo--table-s3"
)
INVALID, TAKEN = "error InvalidBucketName", "error BucketAlreadyExists"
ILLEGAL, NO_PLACE = "error IllegalLocationConstraintException", "error InvalidLocationConstraint"

ROWS = [
    *[
        Row(162, "s3", f"a bucket called {name}", lambda lab, name=name: create(lab, name), INVALID, "made", "UG")
        for name in BAD_NAMES.split()
    ],
    Row(163, "s3", "a bucket called ab", lambda lab: create(lab, "ab"), INVALID, INVALID, "UG"),
    Row(163, "s3", "a bucket with 64 characters", lambda lab: create(lab, "b" * 64), INVALID, INVALID, "UG"),
    Row(
        0,
        "s3",
        "a bucket with 63 characters",
        lambda lab: create(lab, f"{'b' * 50}-{lab.port:012}"),
        "made",
        "made",
        "UG",
    ),
    Row(
        164,
        "s3",
        "a bucket of a client in us-east-1",
        lambda lab: place(lab, "us-east-1"),
        "us-east-1",
        "us-east-1",
        "M",
    ),
    Row(165, "s3", "constraint us-east-1", lambda lab: place(lab, "us-east-1", "us-east-1"), NO_PLACE, NO_PLACE, "M"),
    Row(166, "s3", "another region's", lambda lab: place(lab, "us-east-1", "eu-west-1"), "eu-west-1", "eu-west-1", "M"),
    Row(167, "s3", "no constraint elsewhere", lambda lab: place(lab, "eu-west-1"), ILLEGAL, ILLEGAL, "Q/U"),
    Row(168, "s3", "two regions elsewhere", lambda lab: place(lab, "eu-west-1", "us-west-2"), ILLEGAL, ILLEGAL, "M"),
    Row(168, "s3", "us-east-1 from elsewhere", lambda lab: place(lab, "eu-west-1", "us-east-1"), ILLEGAL, ILLEGAL, "M"),
    Row(168, "s3", "a bogus one elsewhere", lambda lab: place(lab, "eu-west-1", "bogus"), ILLEGAL, ILLEGAL, "U"),
    Row(169, "s3", "a bucket on Mars", lambda lab: place(lab, "us-east-1", "mars-1"), NO_PLACE, "mars-1", "M"),
    Row(169, "s3", "a bucket in China", lambda lab: place(lab, "us-east-1", "cn-north-1"), NO_PLACE, "cn-north-1", "M"),
    Row(169, "s3", "a bucket nowhere", lambda lab: place(lab, "us-east-1", ""), "error MalformedXML", "us-east-1", "U"),
    Row(170, "s3", "a bucket in the EU", lambda lab: place(lab, "eu-west-1", "EU"), "eu-west-1", ILLEGAL, "M"),
    Row(236, "s3", "tags at the creation", tags_at_once, [{"Key": "owner", "Value": "me"}], "error NoSuchTagSet", "M"),
    Row(171, "s3", "the same bucket again", kept_over_a_second_creation, ["a"], ["a"], "M"),
    Row(
        171,
        "s3",
        "the same bucket again, elsewhere",
        lambda lab: create(
            lab, lab.name(), "eu-west-1", 2, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        ),
        *["error BucketAlreadyOwnedByYou"] * 2,
        "M",
    ),
    Row(172, "s3", "a bucket called test", lambda lab: create(lab, "test"), TAKEN, "made", "M"),
    Row(172, "s3", "a bucket called my-bucket", lambda lab: create(lab, "my-bucket"), TAKEN, "made", "M"),
    Row(
        172,
        "s3",
        "what is in others' bucket",
        lambda lab: keys(lab, "data"),
        "error AccessDenied",
        "error NoSuchBucket",
        "M",
    ),
    Row(
        174,
        "s3",
        "read from another region",
        lambda lab: of_another_region(lab, lambda lab, name: body(lab, name, "a")),
        "text",
        "text",
        "M",
    ),
    Row(
        174,
        "s3",
        "a link that is signed for another region",
        lambda lab: of_another_region(lab, link_of_the_wrong_region),
        "error 400 AuthorizationQueryParametersError",
        200,
        "U",
    ),
    Row(
        176,
        "s3",
        "delete a full bucket from another region",
        lambda lab: of_another_region(lab, delete_bucket),
        *["error BucketNotEmpty"] * 2,
        "M",
    ),
    Row(
        175,
        "s3",
        "delete a full bucket",
        lambda lab: delete_bucket(lab, filled(lab, "a")),
        *["error BucketNotEmpty"] * 2,
        "M",
    ),
    Row(
        175,
        "s3",
        "delete a bucket of old versions",
        lambda lab: delete_versioned(lab, markers_too=False),
        *["error BucketNotEmpty"] * 2,
        "M",
    ),
    Row(
        175,
        "s3",
        "delete a bucket without old versions",
        lambda lab: delete_versioned(lab, markers_too=True),
        "deleted",
        "deleted",
        "M",
    ),
    Row(
        0,
        "s3",
        "delete a bucket that is not there",
        lambda lab: delete_bucket(lab, lab.name()),
        *["error NoSuchBucket"] * 2,
        "M",
    ),
    Row(235, "s3", "buckets in pages", in_pages, True, False, "M"),
]

"""What S3 tells of buckets and uploads, parts that are read by number, and keys of the customer's own (SSE-C)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from fidelity.table import NO_ANSWER, Lab, Row

MIB = 1024**2
KEY = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
OTHER = {**KEY, "SSECustomerKey": "j" * 32}
OF_SOURCE = {f"CopySource{name}": value for name, value in KEY.items()}


def code(call: Callable[[], Any]) -> str:
    try:
        call()
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "done"


# --- buckets ----------------------------------------------------------------------------------------------------------


def location(lab: Lab, region: str) -> str:
    name = lab.name("bucket")
    words = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    made = lab.client("s3", region).create_bucket(Bucket=name, **words)
    return str(made.get("Location")).replace(name, "NAME")


def told_of_a_bucket(lab: Lab, **words: Any) -> list[str]:
    name = lab.bucket()
    words = {**words, "Prefix": name} if "Prefix" in words else words
    found = [one for one in lab.s3.list_buckets(**words)["Buckets"] if one["Name"] == name or "MaxBuckets" in words]
    return sorted(found[0])


def versioned(lab: Lab, **words: str) -> Any:
    bucket = lab.bucket()
    told = code(lambda: lab.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=words))
    found = lab.s3.get_bucket_versioning(Bucket=bucket)
    return told, found.get("Status"), found.get("MFADelete")


# --- uploads ----------------------------------------------------------------------------------------------------------


def begun(lab: Lab, key: str = "a", bucket: str = "", **words: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """What names an upload, and what its beginning answered."""
    bucket = bucket or lab.bucket()
    made = lab.s3.create_multipart_upload(Bucket=bucket, Key=key, **words)
    return {"Bucket": bucket, "Key": key, "UploadId": made["UploadId"]}, made


def uploaded(lab: Lab, parts: dict[int, bytes], **words: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """What names an object that was uploaded in parts, and what its completion answered."""
    upload, _ = begun(lab, **words)
    keys = {name: value for name, value in words.items() if name in KEY}
    told = [
        {"PartNumber": n, "ETag": lab.s3.upload_part(**upload, PartNumber=n, Body=data, **keys)["ETag"]}
        for n, data in parts.items()
    ]
    done = lab.s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": told})
    del upload["UploadId"]
    return upload, done


def is_new(lab: Lab) -> bool:
    upload, _ = begun(lab)
    (told,) = lab.s3.list_multipart_uploads(Bucket=upload["Bucket"])["Uploads"]
    return bool(abs(datetime.now(UTC) - told["Initiated"]) < timedelta(minutes=2))


def of_the_list(lab: Lab, name: str, **words: Any) -> Any:
    upload, _ = begun(lab, **words)
    return lab.s3.list_multipart_uploads(Bucket=upload["Bucket"])["Uploads"][0].get(name)


def of_the_parts(lab: Lab, name: str, **words: Any) -> Any:
    upload, _ = begun(lab, **words)
    return lab.s3.list_parts(**upload).get(name)


def initiator_is_the_caller(lab: Lab) -> bool:
    arn = lab.client("sts").get_caller_identity()["Arn"]
    return bool(of_the_list(lab, "Initiator")["ID"] == of_the_parts(lab, "Initiator")["ID"] == arn)


def pages(lab: Lab, **words: Any) -> list[list[str]]:
    """The keys and common prefixes of each page of uploads."""
    bucket = lab.bucket()
    for key in ("b", "a/2", "c", "a/1", "b"):
        begun(lab, key, bucket)
    found = lab.s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": 2}, **words
    )
    return [
        [one["Key"] for one in page.get("Uploads", [])] + [one["Prefix"] for one in page.get("CommonPrefixes", [])]
        for page in found
    ]


def encryption(lab: Lab, **words: Any) -> list[Any]:
    """As the beginning, a part and the completion of an upload tell it."""
    upload, first = begun(lab, **words)
    part = lab.s3.upload_part(**upload, PartNumber=1, Body=b"text")
    done = lab.s3.complete_multipart_upload(
        **upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    )
    return [answer.get("ServerSideEncryption") for answer in (first, part, done)]


def version_of_an_upload(lab: Lab) -> Any:
    return uploaded(lab, {1: b"text"})[1].get("VersionId")


# --- parts ------------------------------------------------------------------------------------------------------------


def part(lab: Lab, number: int, parts: dict[int, bytes], **words: Any) -> Any:
    """The status, the content and the number of parts, as GET tells them of a part."""
    place, _ = uploaded(lab, parts)
    found = lab.s3.get_object(**place, PartNumber=number, **words)
    return found["ResponseMetadata"]["HTTPStatusCode"], found["Body"].read()[-4:], found.get("PartsCount")


def head_of_a_part(lab: Lab, number: int) -> Any:
    place, _ = uploaded(lab, {2: b"a" * 5 * MIB, 7: b"text"})
    found = lab.s3.head_object(**place, PartNumber=number)
    return found["ContentLength"], found.get("PartsCount"), found.get("ContentRange")


def part_of_a_whole(lab: Lab, number: int) -> Any:
    bucket = lab.bucket()
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text")
    found = lab.s3.get_object(Bucket=bucket, Key="a", PartNumber=number)
    return found["Body"].read(), found.get("PartsCount")


def head_of_a_range(lab: Lab) -> Any:
    bucket = lab.bucket()
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text")
    found = lab.s3.head_object(Bucket=bucket, Key="a", Range="bytes=1-2")
    return found["ContentLength"], found.get("ContentRange")


# --- keys of the customer's own ---------------------------------------------------------------------------------------


def stored(lab: Lab, **words: Any) -> dict[str, str]:
    bucket = lab.bucket()
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text", **words)
    return {"Bucket": bucket, "Key": "a"}


def read(lab: Lab, by: dict[str, str], of: dict[str, str] | None = None) -> str:
    return str(lab.s3.get_object(**stored(lab, **(KEY if of is None else of)), **by)["Body"].read().decode())


def told_of_a_key(lab: Lab) -> Any:
    place = stored(lab, **KEY)
    found = lab.s3.head_object(**place, **KEY)
    return found.get("SSECustomerAlgorithm"), "SSECustomerKeyMD5" in found, found.get("ServerSideEncryption")


def copied(lab: Lab, **words: str) -> str:
    place = stored(lab, **KEY)
    lab.s3.copy_object(Bucket=place["Bucket"], Key="b", CopySource=place, **words)
    return str(lab.s3.get_object(Bucket=place["Bucket"], Key="b")["Body"].read().decode())


def of_parts(lab: Lab, by: dict[str, str]) -> str:
    place, _ = uploaded(lab, {1: b"text"}, **KEY)
    return str(lab.s3.get_object(**place, **by)["Body"].read().decode())


def part_without_the_key(lab: Lab) -> str:
    upload, _ = begun(lab, **KEY)
    lab.s3.upload_part(**upload, PartNumber=1, Body=b"text")
    return "stored"


def older_version(lab: Lab, by: dict[str, str]) -> str:
    """An object with a key, under a newer one without."""
    bucket = lab.bucket()
    lab.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = lab.s3.put_object(Bucket=bucket, Key="a", Body=b"old", **KEY)["VersionId"]
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"new")
    newest = lab.s3.get_object(Bucket=bucket, Key="a")["Body"].read().decode()
    return newest + " " + str(lab.s3.get_object(Bucket=bucket, Key="a", VersionId=first, **by)["Body"].read().decode())


def _row(number: int, what: str, call: Callable[[Lab], Any], aws: Any, source: str = "M") -> Row:
    return Row(number, "s3", what, call, aws, STOCK.get(what, aws), source)


NO_KEY = "error InvalidRequest"
# What stock moto comes to where that is not what AWS comes to.
STOCK: dict[str, Any] = {
    "the location of a bucket in eu-west-1": "/NAME",
    "list buckets with a size: what is told": ["CreationDate", "Name"],
    "list buckets with a prefix: what is told": ["CreationDate", "Name"],
    "versioning with MFADelete, without a device": ("done", "Enabled", None),
    "an upload begins now": False,
    "an upload's initiator is the caller": False,
    "the class of an upload, STANDARD_IA in the list": "STANDARD",
    "the class of an upload, STANDARD_IA of its parts": "STANDARD",
    "the checksum's algorithm of an upload, of its parts": None,
    "uploads in pages": [["b", "a/2", "c", "a/1", "b"]],
    "uploads in pages, with a delimiter": [["b", "a/2", "c", "a/1", "b"]],
    "uploads in pages, with a prefix": [["a/2", "a/1"]],
    "an upload's encryption, by default": [None, None, None],
    "the version of an upload where there are none": "null",
    "the first part": (200, b"text", None),
    "the second part": (200, b"text", None),
    "a part that is not there": (200, b"text", None),
    "a part called 0": (200, b"text", None),
    "a part called 10001": (200, b"text", None),
    "a part and a range": (206, b"aa", None),
    "the head of a part": (4, 2, None),
    "the head of a part that is not there": NO_ANSWER,
    "the second part of a whole object": "error 416",
    "read without the key of the customer": "text",
    "read with another key": "text",
    "read with a key what has none": "text",
    "a key that is too short": "text",
    "a key whose MD5 is another's": "text",
    "a key for another algorithm": "text",
    "what is told of an object with a key": (None, False, None),
    "the head of an object, without its key": "done",
    "copy without the key of the source": "text",
    "an upload with a key, read without": "text",
    "a part of it without the key": "stored",
    "an older version without its key": "new old",
}
TWO = {1: b"a" * 5 * MIB, 2: b"text"}
ROWS = [
    _row(294, "the location of a bucket in us-east-1", lambda lab: location(lab, "us-east-1"), "/NAME"),
    _row(
        294,
        "the location of a bucket in eu-west-1",
        lambda lab: location(lab, "eu-west-1"),
        "http://NAME.s3.amazonaws.com/",
    ),
    _row(294, "list buckets: what is told", told_of_a_bucket, ["CreationDate", "Name"]),
    _row(
        294,
        "list buckets with a size: what is told",
        lambda lab: told_of_a_bucket(lab, MaxBuckets=1000),
        ["BucketRegion", "CreationDate", "Name"],
    ),
    _row(
        294,
        "list buckets with a prefix: what is told",
        lambda lab: told_of_a_bucket(lab, Prefix=""),
        ["BucketRegion", "CreationDate", "Name"],
    ),
    _row(
        295,
        "versioning with MFADelete, without a device",
        lambda lab: versioned(lab, Status="Enabled", MFADelete="Enabled"),
        ("AccessDenied", None, None),
        "UG",
    ),
    _row(
        295,
        "versioning without MFADelete",
        lambda lab: versioned(lab, Status="Enabled", MFADelete="Disabled")[:2],
        ("done", "Enabled"),
        "U",
    ),
    Row(
        296,
        "sts",
        "the caller's ARN",
        lambda lab: lab.client("sts").get_caller_identity()["Arn"],
        "arn:aws:iam::123456789012:user/student",
        "arn:aws:sts::123456789012:user/moto",
        "M",
    ),
    _row(293, "an upload begins now", is_new, True),
    _row(293, "an upload's initiator is the caller", initiator_is_the_caller, True),
    *[
        _row(293, f"the class of an upload, {aws} {name}", partial(call, name="StorageClass", **words), aws)
        for name, call in (("in the list", of_the_list), ("of its parts", of_the_parts))
        for words, aws in (({}, "STANDARD"), ({"StorageClass": "STANDARD_IA"}, "STANDARD_IA"))
    ],
    _row(
        293,
        "the checksum's algorithm of an upload, of its parts",
        lambda lab: of_the_parts(lab, "ChecksumAlgorithm", ChecksumAlgorithm="SHA256"),
        "SHA256",
    ),
    _row(293, "uploads in pages", pages, [["a/1", "a/2"], ["b", "b"], ["c"]]),
    _row(293, "uploads in pages, with a delimiter", lambda lab: pages(lab, Delimiter="/"), [["b", "a/"], ["b", "c"]]),
    _row(293, "uploads in pages, with a prefix", lambda lab: pages(lab, Prefix="a/"), [["a/1", "a/2"]]),
    _row(293, "an upload's encryption, by default", encryption, ["AES256"] * 3),
    _row(
        293,
        "an upload's encryption, by KMS",
        lambda lab: encryption(lab, ServerSideEncryption="aws:kms"),
        ["aws:kms"] * 3,
    ),
    _row(293, "the version of an upload where there are none", version_of_an_upload, None),
    _row(292, "the first part", lambda lab: part(lab, 1, TWO), (206, b"aaaa", 2)),
    _row(292, "the second part", lambda lab: part(lab, 2, TWO), (206, b"text", 2)),
    _row(292, "a part that is not there", lambda lab: part(lab, 3, TWO), "error InvalidPartNumber"),
    _row(292, "a part called 0", lambda lab: part(lab, 0, TWO), "error InvalidArgument", "U"),
    _row(292, "a part called 10001", lambda lab: part(lab, 10001, TWO), "error InvalidArgument", "U"),
    _row(292, "a part and a range", lambda lab: part(lab, 1, TWO, Range="bytes=0-1"), "error InvalidRequest", "U"),
    _row(
        292,
        "the head of a part",
        lambda lab: head_of_a_part(lab, 7),
        (4, 2, f"bytes {5 * MIB}-{5 * MIB + 3}/{5 * MIB + 4}"),
    ),
    _row(292, "the head of a part that is not there", lambda lab: head_of_a_part(lab, 1), "error 416"),
    _row(292, "the first part of a whole object", lambda lab: part_of_a_whole(lab, 1), (b"text", None)),
    _row(292, "the second part of a whole object", lambda lab: part_of_a_whole(lab, 2), "error InvalidPartNumber"),
    _row(292, "the head of a range", head_of_a_range, (2, "bytes 1-2/4")),
    _row(291, "read with the key of the customer", lambda lab: read(lab, KEY), "text"),
    _row(291, "read without the key of the customer", lambda lab: read(lab, {}), NO_KEY),
    _row(291, "read with another key", lambda lab: read(lab, OTHER), "error AccessDenied"),
    _row(291, "read with a key what has none", lambda lab: read(lab, KEY, of={}), NO_KEY),
    _row(291, "read without a key what has none", lambda lab: read(lab, {}, of={}), "text"),
    _row(
        291, "a key that is too short", lambda lab: read(lab, {**KEY, "SSECustomerKey": "k"}), "error InvalidArgument"
    ),
    _row(
        291,
        "a key whose MD5 is another's",
        lambda lab: read(lab, {**KEY, "SSECustomerKeyMD5": "AAAAAAAAAAAAAAAAAAAAAA=="}),
        "error InvalidArgument",
    ),
    _row(
        291,
        "a key for another algorithm",
        lambda lab: read(lab, {**KEY, "SSECustomerAlgorithm": "AES128"}),
        "error InvalidEncryptionAlgorithmError",
        "GH",
    ),
    _row(291, "what is told of an object with a key", told_of_a_key, ("AES256", True, None)),
    _row(
        291,
        "the head of an object, without its key",
        lambda lab: code(lambda: lab.s3.head_object(**stored(lab, **KEY))),
        "400",
    ),
    _row(291, "copy with the key of the source", lambda lab: copied(lab, **OF_SOURCE), "text"),
    _row(291, "copy without the key of the source", copied, NO_KEY),
    _row(291, "an upload with a key, read with it", lambda lab: of_parts(lab, KEY), "text"),
    _row(291, "an upload with a key, read without", lambda lab: of_parts(lab, {}), NO_KEY),
    _row(291, "a part of it without the key", part_without_the_key, NO_KEY),
    _row(291, "an older version with its key", lambda lab: older_version(lab, KEY), "new old"),
    _row(291, "an older version without its key", lambda lab: older_version(lab, {}), NO_KEY),
]

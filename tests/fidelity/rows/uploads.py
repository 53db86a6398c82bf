"""Uploads in parts."""

import hashlib
import io
from functools import cache
from typing import Any

from fidelity.rows.buckets import body, filled
from fidelity.table import NO_ANSWER, Lab, Row

MIB = 1024**2
NO_UPLOAD = "error NoSuchUpload"


@cache
def part(number: int) -> bytes:
    return bytes([number]) * 5 * MIB


def parts(lab: Lab, contents: list[bytes]) -> tuple[str, str, list[dict[str, Any]]]:
    """An upload under way: its bucket, its id, and the parts as they are told at the end."""
    bucket = lab.bucket()
    id = lab.s3.create_multipart_upload(Bucket=bucket, Key="a")["UploadId"]
    told = []
    for number, data in enumerate(contents, 1):
        made = lab.s3.upload_part(Bucket=bucket, Key="a", UploadId=id, PartNumber=number, Body=data)
        told.append({"PartNumber": number, "ETag": made["ETag"]})
    return bucket, id, told


def complete(lab: Lab, bucket: str, id: str, told: list[dict[str, Any]], key: str = "a") -> str:
    words = {"Bucket": bucket, "Key": key, "UploadId": id, "MultipartUpload": {"Parts": told}}
    return str(lab.s3.complete_multipart_upload(**words)["ETag"])


def completed(lab: Lab, contents: list[bytes], change: Any = None) -> str:
    bucket, id, told = parts(lab, contents)
    return complete(lab, bucket, id, change(told) if change else told)


def etag_of_parts(*contents: bytes) -> str:
    digest = hashlib.md5(b"".join(hashlib.md5(data).digest() for data in contents))
    return f'"{digest.hexdigest()}-{len(contents)}"'


def numbered(lab: Lab, number: int) -> str:
    bucket, id, _ = parts(lab, [])
    lab.s3.upload_part(Bucket=bucket, Key="a", UploadId=id, PartNumber=number, Body=b"text")
    return "stored"


def with_unknown_upload(lab: Lab, call: str, **words: Any) -> Any:
    return getattr(lab.s3, call)(Bucket=filled(lab, "a"), Key="a", UploadId="nope", **words) and "done"


def completed_under_another_key(lab: Lab) -> str:
    bucket, id, told = parts(lab, [b"text"])
    return complete(lab, bucket, id, told, "b")


def completed_twice(lab: Lab) -> bool:
    bucket, id, told = parts(lab, [b"text"])
    return complete(lab, bucket, id, told) == complete(lab, bucket, id, told)


def aborted(lab: Lab, times: int) -> str:
    bucket, id, _ = parts(lab, [b"text"])
    for _ in range(times):
        lab.s3.abort_multipart_upload(Bucket=bucket, Key="a", UploadId=id)
    return "aborted"


def managed(lab: Lab) -> tuple[int, bool]:
    """Nine MiB by boto3's own upload: its size, and whether it went in parts."""
    bucket = lab.bucket()
    lab.s3.upload_fileobj(io.BytesIO(bytes(9 * MIB)), bucket, "a")
    found = lab.s3.head_object(Bucket=bucket, Key="a")
    return found["ContentLength"], "-2" in found["ETag"]


def copied_part(lab: Lab, **words: Any) -> str:
    bucket = filled(lab, "source")
    id = lab.s3.create_multipart_upload(Bucket=bucket, Key="a")["UploadId"]
    words = {"CopySource": f"{bucket}/source"} | words
    made = lab.s3.upload_part_copy(Bucket=bucket, Key="a", UploadId=id, PartNumber=1, **words)
    complete(lab, bucket, id, [{"PartNumber": 1, "ETag": made["CopyPartResult"]["ETag"]}])
    return body(lab, bucket, "a")


ROWS = [
    Row(
        205,
        "s3",
        "the ETag of two parts",
        lambda lab: completed(lab, [part(1), b"end"]),
        *[etag_of_parts(part(1), b"end")] * 2,
        "M",
    ),
    Row(205, "s3", "nine MiB", managed, (9 * MIB, True), (9 * MIB, True), "M"),
    Row(
        206,
        "s3",
        "parts that are too small",
        lambda lab: completed(lab, [b"one", b"two"]),
        *["error EntityTooSmall"] * 2,
        "M",
    ),
    Row(
        206,
        "s3",
        "a part with another ETag",
        lambda lab: completed(lab, [b"one"], lambda told: [told[0] | {"ETag": "x"}]),
        *["error InvalidPart"] * 2,
        "M",
    ),
    Row(
        206,
        "s3",
        "a part that was not stored",
        lambda lab: completed(lab, [b"one"], lambda told: [told[0] | {"PartNumber": 2}]),
        *["error InvalidPart"] * 2,
        "M",
    ),
    Row(206, "s3", "part 10,001", lambda lab: numbered(lab, 10_001), *["error InvalidArgument"] * 2, "M"),
    Row(206, "s3", "part 0", lambda lab: numbered(lab, 0), "error InvalidArgument", NO_UPLOAD, "M"),
    Row(206, "s3", "abort twice", lambda lab: aborted(lab, 2), NO_UPLOAD, NO_UPLOAD, "M"),
    Row(206, "s3", "abort", lambda lab: aborted(lab, 1), "aborted", "aborted", "M"),
    Row(
        207,
        "s3",
        "complete what never began",
        lambda lab: with_unknown_upload(
            lab, "complete_multipart_upload", MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": "x"}]}
        ),
        NO_UPLOAD,
        NO_ANSWER,
        "M",
    ),
    Row(
        207,
        "s3",
        "a part of what never began",
        lambda lab: with_unknown_upload(lab, "upload_part", PartNumber=1),
        NO_UPLOAD,
        NO_ANSWER,
        "M",
    ),
    Row(
        207,
        "s3",
        "list parts of what never began",
        lambda lab: with_unknown_upload(lab, "list_parts"),
        NO_UPLOAD,
        NO_UPLOAD,
        "M",
    ),
    Row(207, "s3", "complete under another key", completed_under_another_key, NO_UPLOAD, etag_of_parts(b"text"), "U"),
    Row(207, "s3", "complete twice", completed_twice, True, True, "M"),
    Row(
        207,
        "s3",
        "parts out of order",
        lambda lab: completed(lab, [part(1), part(2)], lambda told: told[::-1]),
        "error InvalidPartOrder",
        etag_of_parts(part(2), part(1)),
        "M",
    ),
    Row(207, "s3", "no parts", lambda lab: completed(lab, [b"one"], lambda _: []), *["error MalformedXML"] * 2, "U"),
    Row(0, "s3", "a part that is a copy", copied_part, "text", "text", "M"),
    Row(
        0,
        "s3",
        "a part that is a copy of a part",
        lambda lab: copied_part(lab, CopySourceRange="bytes=1-2"),
        "ex",
        "ex",
        "M",
    ),
    Row(
        242,
        "s3",
        "a part that is a copy of too much",
        lambda lab: copied_part(lab, CopySourceRange="bytes=1-9"),
        "error InvalidArgument",
        "ext",
        "U",
    ),
]

"""Objects: what is stored with them, digests, conditions and copies."""

import base64
import hashlib
import io
from typing import Any

from fidelity.rows.buckets import body, filled
from fidelity.table import NO_ANSWER, Lab, Row

# --- storing ----------------------------------------------------------------------------------------------------------


def put(lab: Lab, bucket: str = "", key: str = "a", **words: Any) -> str:
    bucket = bucket or lab.bucket()
    lab.s3.put_object(Bucket=bucket, Key=key, **({"Body": b"text"} | words))
    return "stored"


def content_type(lab: Lab, key: str, **words: Any) -> str:
    bucket = lab.bucket()
    put(lab, bucket, key, **words)
    return str(lab.s3.head_object(Bucket=bucket, Key=key)["ContentType"])


def uploaded_type(lab: Lab, tmp: str = "page.html") -> str:
    bucket = lab.bucket()
    lab.s3.upload_fileobj(io.BytesIO(b"<p>"), bucket, tmp)
    return str(lab.s3.head_object(Bucket=bucket, Key=tmp)["ContentType"])


def md5(text: bytes) -> str:
    return base64.b64encode(hashlib.md5(text).digest()).decode()


def with_md5(lab: Lab, digest: str) -> str:
    """boto3 says no MD5 itself."""
    return put(lab, ContentMD5=digest)


def sum_of(lab: Lab, **words: Any) -> Any:
    """What the answer about a stored object says of its checksum."""
    bucket = lab.bucket()
    put(lab, bucket, **words)
    found = lab.s3.get_object(Bucket=bucket, Key="a", ChecksumMode="ENABLED")
    return {name: value for name, value in found.items() if name in words}


SHA256 = base64.b64encode(hashlib.sha256(b"text").digest()).decode()
WRONG_SHA256 = base64.b64encode(hashlib.sha256(b"other").digest()).decode()

# --- conditions -------------------------------------------------------------------------------------------------------


def overwrite(lab: Lab, **words: Any) -> str:
    return put(lab, filled(lab, "a"), **words)


def read(lab: Lab, key: str = "a", **words: Any) -> str:
    return body(lab, filled(lab, "a"), key, **words)


def etag(data: bytes = b"text") -> str:
    return f'"{hashlib.md5(data).hexdigest()}"'


def head(lab: Lab, key: str, bucket: str = "") -> int:
    return int(lab.s3.head_object(Bucket=bucket or filled(lab, "a"), Key=key)["ContentLength"])


def delete(lab: Lab, key: str, bucket: str = "") -> int:
    found = lab.s3.delete_object(Bucket=bucket or lab.bucket(), Key=key)
    return int(found["ResponseMetadata"]["HTTPStatusCode"])


# --- copies -----------------------------------------------------------------------------------------------------------


def copy_where_encrypted(lab: Lab) -> str:
    """Copy onto itself in a bucket that was told how to encrypt."""
    bucket = filled(lab, "a")
    rules = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
    lab.s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})
    lab.s3.copy_object(Bucket=bucket, Key="a", CopySource=f"{bucket}/a")
    return body(lab, bucket, "a")


def copy(lab: Lab, to: str = "b", source: str = "", **words: Any) -> str:
    bucket = filled(lab, "a")
    lab.s3.copy_object(Bucket=bucket, Key=to, CopySource=source or f"{bucket}/a", **words)
    return body(lab, bucket, to)


# --- waiting ---------------------------------------------------------------------------------------------------------


def waited(lab: Lab, what: str) -> str:
    bucket = filled(lab, "a")
    words = {} if what.startswith("bucket") else {"Key": "a" if what == "object_exists" else "b"}
    name = lab.name() if what == "bucket_not_exists" else bucket
    lab.s3.get_waiter(what).wait(Bucket=name, WaiterConfig={"Delay": 0, "MaxAttempts": 1}, **words)
    return "waited"


BAD, FAILED = "error BadDigest", "error PreconditionFailed"
BINARY, HELD = "binary/octet-stream", "stored"
LARGE_KEY, LARGE_METADATA = "error KeyTooLongError", "error MetadataTooLarge"

ROWS = [
    Row(186, "s3", "the type of what is put", lambda lab: content_type(lab, "x.html"), BINARY, BINARY, "U"),
    Row(186, "s3", "the type of what is uploaded", uploaded_type, BINARY, BINARY, "U"),
    Row(
        0,
        "s3",
        "the type that was given",
        lambda lab: content_type(lab, "x", ContentType="text/csv"),
        *["text/csv"] * 2,
        "M",
    ),
    Row(
        205,
        "s3",
        "the ETag of an object",
        lambda lab: lab.s3.put_object(Bucket=lab.bucket(), Key="a", Body=b"text")["ETag"],
        etag(),
        etag(),
        "M",
    ),
    Row(
        208, "s3", "store what is there, if it is not", lambda lab: overwrite(lab, IfNoneMatch="*"), FAILED, FAILED, "M"
    ),
    Row(208, "s3", "store what is not there, if it is not", lambda lab: put(lab, IfNoneMatch="*"), HELD, HELD, "M"),
    Row(208, "s3", "store, if it is another", lambda lab: overwrite(lab, IfMatch='"x"'), FAILED, FAILED, "M"),
    Row(208, "s3", "store, if it is the same", lambda lab: overwrite(lab, IfMatch=etag()), HELD, HELD, "M"),
    Row(
        208,
        "s3",
        "store what is not there, if it is the same",
        lambda lab: put(lab, IfMatch='"x"'),
        *["error NoSuchKey"] * 2,
        "M",
    ),
    Row(209, "s3", "read, if it is another", lambda lab: read(lab, IfNoneMatch=etag()), "error 304", "error 304", "M"),
    Row(209, "s3", "read, if it is the same", lambda lab: read(lab, IfMatch='"x"'), FAILED, FAILED, "M"),
    Row(210, "s3", "a right Content-MD5", lambda lab: with_md5(lab, md5(b"text")), HELD, HELD, "M"),
    Row(210, "s3", "a wrong Content-MD5", lambda lab: with_md5(lab, md5(b"other")), BAD, HELD, "M"),
    Row(
        210, "s3", "a Content-MD5 that is none", lambda lab: with_md5(lab, "nonsense"), "error InvalidDigest", HELD, "M"
    ),
    Row(
        211,
        "s3",
        "a right SHA-256",
        lambda lab: sum_of(lab, ChecksumSHA256=SHA256),
        {"ChecksumSHA256": SHA256},
        {},
        "M",
    ),
    Row(211, "s3", "a wrong SHA-256", lambda lab: put(lab, ChecksumSHA256=WRONG_SHA256), BAD, HELD, "Q"),
    Row(211, "s3", "a wrong CRC32", lambda lab: put(lab, ChecksumCRC32="AAAAAA=="), BAD, HELD, "Q"),
    Row(211, "s3", "a wrong CRC32C", lambda lab: put(lab, ChecksumCRC32C="AAAAAA=="), BAD, HELD, "Q"),
    Row(211, "s3", "a CRC32 that is none", lambda lab: put(lab, ChecksumCRC32="x"), "error InvalidRequest", HELD, "M"),
    Row(212, "s3", "read what is not there", lambda lab: read(lab, "b"), *["error NoSuchKey"] * 2, "M"),
    Row(212, "s3", "look at what is not there", lambda lab: head(lab, "b"), *["error 404"] * 2, "M"),
    Row(
        212, "s3", "look in a bucket that is not there", lambda lab: head(lab, "a", lab.name()), *["error 404"] * 2, "M"
    ),
    Row(
        212,
        "s3",
        "store in a bucket that is not there",
        lambda lab: put(lab, lab.name()),
        *["error NoSuchBucket"] * 2,
        "M",
    ),
    Row(
        212,
        "s3",
        "read in a bucket that is not there",
        lambda lab: body(lab, lab.name(), "a"),
        *["error NoSuchBucket"] * 2,
        "M",
    ),
    Row(212, "s3", "delete what is not there", lambda lab: delete(lab, "b"), 204, 204, "M"),
    Row(
        212,
        "s3",
        "delete in a bucket that is not there",
        lambda lab: delete(lab, "a", lab.name()),
        *["error NoSuchBucket"] * 2,
        "M",
    ),
    Row(213, "s3", "a key of 1,025 bytes", lambda lab: put(lab, key="é" * 512 + "x"), LARGE_KEY, HELD, "M"),
    Row(213, "s3", "a key of 1,024 bytes", lambda lab: put(lab, key="é" * 512), HELD, HELD, "M"),
    Row(213, "s3", "3 KB of metadata", lambda lab: put(lab, Metadata={"a": "x" * 3000}), LARGE_METADATA, HELD, "M"),
    Row(213, "s3", "2 KB of metadata", lambda lab: put(lab, Metadata={"a": "x" * 2000}), HELD, HELD, "M"),
    Row(
        214,
        "s3",
        "eleven tags",
        lambda lab: put(lab, Tagging="&".join(f"k{n}=v" for n in range(11))),
        *["error BadRequest"] * 2,
        "M",
    ),
    Row(
        214,
        "s3",
        "a storage class that is none",
        lambda lab: put(lab, StorageClass="COLD"),
        *["error InvalidStorageClass"] * 2,
        "M",
    ),
    Row(214, "s3", "copy onto itself", lambda lab: copy(lab, "a"), *["error InvalidRequest"] * 2, "M"),
    Row(
        214,
        "s3",
        "copy onto itself with other metadata",
        lambda lab: copy(lab, "a", MetadataDirective="REPLACE"),
        "text",
        "text",
        "M",
    ),
    Row(214, "s3", "a range", lambda lab: read(lab, Range="bytes=1-2"), "ex", "ex", "M"),
    Row(214, "s3", "a range past the end", lambda lab: read(lab, Range="bytes=9-"), *["error InvalidRange"] * 2, "M"),
    Row(214, "s3", "a range that is none", lambda lab: read(lab, Range="some"), "text", NO_ANSWER, "M"),
    Row(
        214,
        "s3",
        "read from the Glacier",
        lambda lab: (put(lab, b := lab.bucket(), StorageClass="GLACIER"), body(lab, b, "a"))[1],
        *["error InvalidObjectState"] * 2,
        "M",
    ),
    Row(214, "s3", "copy onto itself where it encrypts", copy_where_encrypted, "text", "text", "M"),
    Row(0, "s3", "a copy", copy, "text", "text", "M"),
    Row(
        0,
        "s3",
        "a copy of what is not there",
        lambda lab: copy(lab, source=f"{filled(lab, 'a')}/b"),
        *["error NoSuchKey"] * 2,
        "M",
    ),
    Row(
        0,
        "s3",
        "a copy from a bucket that is not there",
        lambda lab: copy(lab, source=f"{lab.name()}/b"),
        *["error NoSuchBucket"] * 2,
        "M",
    ),
    Row(240, "s3", "a copy of nothing", lambda lab: copy(lab, source="nokey"), "error InvalidArgument", NO_ANSWER, "U"),
    Row(240, "s3", "a copy, if it is the same", lambda lab: copy(lab, CopySourceIfMatch='"x"'), FAILED, "text", "M"),
    Row(0, "s3", "a copy, if it is another", lambda lab: copy(lab, CopySourceIfNoneMatch=etag()), FAILED, FAILED, "M"),
    Row(0, "s3", "wait for a bucket", lambda lab: waited(lab, "bucket_exists"), "waited", "waited", "M"),
    Row(0, "s3", "wait for a bucket's end", lambda lab: waited(lab, "bucket_not_exists"), "waited", "waited", "M"),
    Row(0, "s3", "wait for an object", lambda lab: waited(lab, "object_exists"), "waited", "waited", "M"),
    Row(0, "s3", "wait for an object's end", lambda lab: waited(lab, "object_not_exists"), "waited", "waited", "M"),
]

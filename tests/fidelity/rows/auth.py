"""Who signed it: keys, clocks, and bodies."""

import base64
import hashlib
from typing import Any

from fidelity.rows.buckets import body
from fidelity.signing import chunked, signed
from fidelity.table import Lab, Row


def as_somebody(lab: Lab, service: str, **words: str) -> str:
    """Ask with another key or secret."""
    client = lab.client(service, **words)
    calls = {"s3": "list_buckets", "ec2": "describe_instances", "sts": "get_caller_identity"}
    getattr(client, calls[service])()
    return "answered"


def unsigned(lab: Lab, action: str) -> Any:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return lab.http("POST", f"{lab.endpoint}/", f"Action={action}&Version=2016-11-15".encode(), **kind)


def late(lab: Lab, service: str, age: float) -> Any:
    """A request whose clock is so many seconds off."""
    if service == "s3":
        headers, _ = signed(lab, "/", "GET", age=age)
        return lab.http("GET", f"{lab.endpoint}/", **headers)
    text = b"Action=DescribeInstances&Version=2016-11-15"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    headers, _ = signed(lab, "/", "POST", hashlib.sha256(text).hexdigest(), age, "ec2", **kind)
    return lab.http("POST", f"{lab.endpoint}/", text, **headers)


def sent(lab: Lab, text: bytes, payload: str, drop: str = "", **loose: str) -> Any:
    """Store with this payload hash; `drop` a header, add `loose` ones that are not signed."""
    bucket = lab.bucket()
    headers, _ = signed(lab, f"/{bucket}/a", payload=payload)
    headers.pop(drop, None)
    return lab.http(
        "PUT", f"{lab.endpoint}/{bucket}/a", text, **headers, **{n.replace("_", "-"): v for n, v in loose.items()}
    )


def in_chunks(lab: Lab, **words: Any) -> Any:
    bucket = lab.bucket()
    status = chunked(lab, bucket, b"one ", b"two", **words)
    return status if status != 200 else body(lab, bucket, "a")


def in_unsigned_chunks(lab: Lab, told: bytes) -> Any:
    bucket = lab.bucket()
    words = {"x-amz-trailer": "x-amz-checksum-crc32", "content-encoding": "aws-chunked", "content-type": "text/plain"}
    headers, _ = signed(lab, f"/{bucket}/a", "PUT", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", **words)
    data = b"4\r\ntext\r\n0\r\nx-amz-checksum-crc32:" + told + b"\r\n\r\n"
    status = lab.http("PUT", f"{lab.endpoint}/{bucket}/a", data, **headers)
    return (
        status
        if status != 200
        else (body(lab, bucket, "a"), lab.s3.head_object(Bucket=bucket, Key="a").get("ContentEncoding"))
    )


def digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


CRC32 = base64.b64encode((0x3B8BA7C7).to_bytes(4, "big"))  # of b"text"


CRC32 = base64.b64encode((0x3B8BA7C7).to_bytes(4, "big"))  # of b"text"
SAME, OTHER_BODY = "error 403 SignatureDoesNotMatch", "error 400 XAmzContentSHA256Mismatch"

ROWS = [
    *[
        Row(
            217,
            service,
            f"an unknown key for {service}",
            lambda lab, s=service: as_somebody(lab, s, aws_access_key_id="AKIAUNKNOWN000000001"),
            f"error {code}",
            "answered",
            "M, EC",
        )
        for service, code in (("s3", "InvalidAccessKeyId"), ("ec2", "AuthFailure"), ("sts", "InvalidClientTokenId"))
    ],
    *[
        Row(
            218,
            service,
            f"a wrong secret for {service}",
            lambda lab, s=service: as_somebody(lab, s, aws_secret_access_key="wrong"),
            f"error {code}",
            "answered",
            "M, EC",
        )
        for service, code in (("s3", "SignatureDoesNotMatch"), ("ec2", "AuthFailure"), ("sts", "SignatureDoesNotMatch"))
    ],
    *[
        Row(
            0,
            service,
            f"a token for {service}",
            lambda lab, s=service: as_somebody(lab, s, aws_session_token="token"),
            f"error {code}",
            "answered",
            "M, EC",
        )
        for service, code in (("s3", "InvalidToken"), ("ec2", "AuthFailure"), ("sts", "InvalidClientTokenId"))
    ],
    Row(
        219,
        "ec2",
        "an unsigned call of EC2",
        lambda lab: unsigned(lab, "DescribeInstances"),
        "error 401 AuthFailure",
        200,
        "EC",
    ),
    Row(
        220, "s3", "a clock one hour off", lambda lab: late(lab, "s3", 3600), "error 403 RequestTimeTooSkewed", 200, "M"
    ),
    Row(
        220,
        "s3",
        "a clock one hour ahead",
        lambda lab: late(lab, "s3", -3600),
        "error 403 RequestTimeTooSkewed",
        200,
        "M",
    ),
    Row(220, "s3", "a clock ten minutes off", lambda lab: late(lab, "s3", 600), 200, 200, "M"),
    Row(
        220,
        "ec2",
        "a clock one hour off for EC2",
        lambda lab: late(lab, "ec2", 3600),
        "error 400 RequestExpired",
        200,
        "EC",
    ),
    Row(220, "ec2", "a clock ten minutes off for EC2", lambda lab: late(lab, "ec2", 600), 200, 200, "EC"),
    Row(0, "s3", "the body that was signed", lambda lab: sent(lab, b"text", digest(b"text")), 200, 200, "M"),
    Row(
        0,
        "s3",
        "another body than was signed",
        lambda lab: sent(lab, b"other", digest(b"text")),
        OTHER_BODY,
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "a body where none was signed",
        lambda lab: sent(lab, b"other", digest(b"")),
        OTHER_BODY,
        200,
        "M",
    ),
    Row(0, "s3", "a body that is not signed", lambda lab: sent(lab, b"text", "UNSIGNED-PAYLOAD"), 200, 200, "M"),
    Row(
        0,
        "s3",
        "a body's hash that is none",
        lambda lab: sent(lab, b"text", "nonsense"),
        "error 400 InvalidArgument",
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "no word of the body",
        lambda lab: sent(lab, b"text", digest(b"text"), "x-amz-content-sha256"),
        "error 400 InvalidRequest",
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "a header that is not signed",
        lambda lab: sent(lab, b"text", digest(b"text"), x_amz_meta_a="b"),
        "error 403 AccessDenied",
        200,
        "M",
    ),
    Row(0, "s3", "store in signed chunks", in_chunks, "one two", "one two", "M"),
    Row(
        0,
        "s3",
        "store in signed chunks with a checksum",
        lambda lab: in_chunks(lab, trailer="x-amz-checksum-crc32:zQeJLw=="),
        "one two",
        "one two",
        "M",
    ),
    Row(0, "s3", "store a wrongly signed chunk", lambda lab: in_chunks(lab, flaw="chunk"), SAME, "one two", "M"),
    Row(
        0,
        "s3",
        "store with a wrongly signed checksum",
        lambda lab: in_chunks(lab, trailer="x-amz-checksum-crc32:zQeJLw==", flaw="trailer"),
        SAME,
        "one two",
        "M",
    ),
    Row(
        0,
        "s3",
        "store with a wrong checksum behind",
        lambda lab: in_chunks(lab, trailer="x-amz-checksum-crc32:AAAAAA=="),
        "error 400 BadDigest",
        "one two",
        "M",
    ),
    Row(
        0,
        "s3",
        "store in unsigned chunks",
        lambda lab: in_unsigned_chunks(lab, CRC32),
        ("text", None),
        ("text", None),
        "M",
    ),
    Row(
        0,
        "s3",
        "a wrong checksum behind unsigned chunks",
        lambda lab: in_unsigned_chunks(lab, b"AAAAAA=="),
        "error 400 BadDigest",
        ("text", None),
        "M",
    ),
]

"""Presigned links and forms, as a plain HTTP client uses them."""

from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config

from fidelity.rows.buckets import body, filled
from fidelity.signing import link
from fidelity.table import Lab, Row

V2, V4 = Config(signature_version="s3"), Config(signature_version="s3v4")

# --- links ------------------------------------------------------------------------------------------------------------


def open_link(lab: Lab, change: Any = None, **words: Any) -> Any:
    """Open a link to an object, after a change to it."""
    url = link(lab, f"/{filled(lab, 'a')}/a", **words)
    return lab.http("GET", change(url) if change else url)


def presigned(lab: Lab, config: Config, call: str = "get_object", seconds: int = 3600, **words: Any) -> str:
    """A link as boto3 makes it."""
    words = {"Bucket": filled(lab, "a", "b"), "Key": "a"} | words
    return str(lab.client("s3", config=config).generate_presigned_url(call, Params=words, ExpiresIn=seconds))


def opened(lab: Lab, config: Config, change: Any = None, **words: Any) -> Any:
    url = presigned(lab, config, **words)
    return lab.http("GET", change(url) if change else url)


def tampered(url: str) -> str:
    """The link with another signature."""
    return url.replace("ignature=", "ignature=0")


def stored_by_link(lab: Lab, config: Config, **headers: str) -> Any:
    """Store by a link for that, and read what was stored."""
    kind = {"ContentType": headers["content-type"]} if "content-type" in headers else {}
    url = presigned(lab, config, "put_object", **kind)
    headers = headers or {"content-type": ""}
    status = lab.http("PUT", url, b"new", **headers)
    return status if status != 200 else body(lab, urlsplit(url).path.split("/")[1], "a")


def metadata_by_link(lab: Lab, config: Config, **headers: str) -> Any:
    """Store by a link that gives metadata: what is kept."""
    url = presigned(lab, config, "put_object", Metadata={"a": "b"})
    status = lab.http("PUT", url, b"new", **{"content-type": ""}, **headers)
    place = urlsplit(url).path.split("/")[1]
    return status if status != 200 else lab.s3.head_object(Bucket=place, Key="a")["Metadata"]


def metadata_by_v2(lab: Lab) -> Any:
    bucket = lab.bucket()
    lab.client("s3", config=V2).put_object(Bucket=bucket, Key="a", Body=b"x", Metadata={"a": "b", "c": "d"})
    return lab.s3.head_object(Bucket=bucket, Key="a")["Metadata"]


def stored_as_a_form(lab: Lab) -> tuple[str, str]:
    """Python's urllib says of any body that it is a form."""
    url = link(lab, f"/{filled(lab, 'a')}/a", "PUT")
    lab.http("PUT", url, b"a=new")
    found = lab.s3.get_object(Bucket=urlsplit(url).path.split("/")[1], Key="a")
    return found["Body"].read().decode(), found["ContentType"]


def overwritten_by_link(lab: Lab, config: Config) -> Any:
    return lab.http("PUT", presigned(lab, config), b"new")


def with_duplicate(lab: Lab) -> Any:
    """A link to one version, with another version's id put before it."""
    url = link(lab, f"/{filled(lab, 'a')}/a", versionId="null")
    return lab.http("GET", url.replace("?", "?versionId=other&", 1))


# --- forms ------------------------------------------------------------------------------------------------------------


def post(
    lab: Lab, conditions: list[Any] | None = None, config: Config = V4, seconds: int = 3600, **changes: str
) -> Any:
    """Send a presigned form with four bytes: the status, or the error."""
    bucket = lab.bucket()
    words = {"Bucket": bucket, "Key": "up/${filename}", "ExpiresIn": seconds}
    made = lab.client("s3", config=config).generate_presigned_post(Conditions=conditions, **words)
    fields = made["fields"] | changes
    lines = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    lines.append('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\ntext\r\n--x--\r\n')
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    status = lab.http("POST", made["url"], "".join(lines).encode(), **kind)
    return status if status != 204 else body(lab, bucket, "up/a.txt")


FORM = "application/x-www-form-urlencoded"
SAME, DENIED = "error 403 SignatureDoesNotMatch", "error 403 AccessDenied"
PARAMETERS = "error 400 AuthorizationQueryParametersError"

ROWS = [
    Row(0, "s3", "metadata by a link (V2)", lambda lab: metadata_by_link(lab, V2), {"a": "b"}, {"a": "b"}, "U"),
    Row(
        0,
        "s3",
        "metadata by a link and a header (V2)",
        lambda lab: metadata_by_link(lab, V2, **{"x-amz-meta-a": "b"}),
        {"a": "b"},
        {"a": "b"},
        "M",
    ),
    Row(
        0,
        "s3",
        "metadata by a link and a header (V4)",
        lambda lab: metadata_by_link(lab, V4, **{"x-amz-meta-a": "b"}),
        {"a": "b"},
        {"a": "b"},
        "M",
    ),
    Row(0, "s3", "a link without its header (V4)", lambda lab: metadata_by_link(lab, V4), SAME, {}, "M"),
    Row(0, "s3", "metadata, signed by V2", metadata_by_v2, {"a": "b", "c": "d"}, {"a": "b", "c": "d"}, "M"),
    Row(188, "s3", "open a link (V4)", open_link, 200, 200, "M"),
    Row(188, "s3", "open a link of boto3's (V4)", lambda lab: opened(lab, V4), 200, 200, "M"),
    Row(188, "s3", "open a link of boto3's (V2)", lambda lab: opened(lab, V2), 200, 200, "M"),
    Row(188, "s3", "open an expired link (V4)", lambda lab: open_link(lab, age=7200), DENIED, 200, "Q"),
    Row(188, "s3", "open an expired link (V2)", lambda lab: opened(lab, V2, seconds=-10), DENIED, 200, "Q"),
    Row(188, "s3", "open a link of tomorrow", lambda lab: open_link(lab, age=-86400), DENIED, 200, "U"),
    Row(189, "s3", "open a tampered link (V4)", lambda lab: open_link(lab, tampered), SAME, 200, "M"),
    Row(189, "s3", "open a tampered link (V2)", lambda lab: opened(lab, V2, tampered), SAME, 200, "M"),
    Row(
        189,
        "s3",
        "open a link for another key (V4)",
        lambda lab: opened(lab, V4, lambda u: u.replace("/a?", "/b?")),
        SAME,
        200,
        "M",
    ),
    Row(
        189,
        "s3",
        "open a link for another key (V2)",
        lambda lab: opened(lab, V2, lambda u: u.replace("/a?", "/b?")),
        SAME,
        200,
        "M",
    ),
    Row(189, "s3", "store by a link for reading (V4)", lambda lab: overwritten_by_link(lab, V4), SAME, 200, "M"),
    Row(189, "s3", "store by a link for reading (V2)", lambda lab: overwritten_by_link(lab, V2), SAME, 200, "M"),
    Row(
        189,
        "s3",
        "a link that lasts longer than was signed",
        lambda lab: open_link(lab, lambda u: u.replace("Expires=3600", "Expires=7200")),
        SAME,
        200,
        "M",
    ),
    Row(
        189,
        "s3",
        "a link with one word more",
        lambda lab: open_link(lab, lambda u: u + "&versionId=null"),
        SAME,
        200,
        "M",
    ),
    Row(
        189,
        "s3",
        "a link with a word twice",
        with_duplicate,
        "error 400 InvalidArgument",
        "error 404 NoSuchVersion",
        "U",
    ),
    Row(190, "s3", "a link for eight days", lambda lab: open_link(lab, seconds=8 * 86400), PARAMETERS, 200, "Q"),
    Row(190, "s3", "a link for seven days", lambda lab: open_link(lab, seconds=7 * 86400), 200, 200, "M"),
    Row(190, "s3", "a link for no time", lambda lab: open_link(lab, seconds=0), PARAMETERS, 200, "U"),
    Row(
        190,
        "s3",
        "a link without its date",
        lambda lab: open_link(lab, lambda u: u.replace("X-Amz-Date", "Date")),
        PARAMETERS,
        200,
        "M",
    ),
    Row(221, "s3", "store by a link (V4)", lambda lab: stored_by_link(lab, V4), "new", "new", "M"),
    Row(221, "s3", "store by a link (V2)", lambda lab: stored_by_link(lab, V2), "new", "new", "M"),
    Row(
        0,
        "s3",
        "store by a link, with a type (V4)",
        lambda lab: stored_by_link(lab, V4, **{"content-type": "text/csv"}),
        "new",
        "new",
        "M",
    ),
    Row(
        0,
        "s3",
        "store by a link, with a type (V2)",
        lambda lab: stored_by_link(lab, V2, **{"content-type": "text/csv"}),
        "new",
        "new",
        "M",
    ),
    Row(237, "s3", "store what is said to be a form", stored_as_a_form, ("a=new", FORM), ("", FORM), "M"),
    Row(191, "s3", "send a form (V4)", post, "text", "text", "M"),
    Row(191, "s3", "send a form (V2)", lambda lab: post(lab, config=V2), "text", "text", "M"),
    Row(191, "s3", "send an expired form", lambda lab: post(lab, seconds=-10), DENIED, "text", "M"),
    Row(
        191,
        "s3",
        "send too large a file",
        lambda lab: post(lab, [["content-length-range", 1, 3]]),
        "error 400 EntityTooLarge",
        "text",
        "M",
    ),
    Row(
        191,
        "s3",
        "send too small a file",
        lambda lab: post(lab, [["content-length-range", 5, 9]]),
        "error 400 EntityTooSmall",
        "text",
        "M",
    ),
    Row(
        191, "s3", "send a form for another key", lambda lab: post(lab, key="elsewhere"), DENIED, "error NoSuchKey", "M"
    ),
    Row(
        191,
        "s3",
        "send a form with one field more",
        lambda lab: post(lab, **{"x-amz-meta-a": "b"}),
        DENIED,
        "text",
        "M",
    ),
    Row(191, "s3", "send a form with another policy", lambda lab: post(lab, policy="e30="), SAME, "text", "M"),
    Row(
        192,
        "s3",
        "boto3's usual link is of V2",
        lambda lab: "AWSAccessKeyId" in presigned(lab, Config()),
        True,
        True,
        "M",
    ),
]

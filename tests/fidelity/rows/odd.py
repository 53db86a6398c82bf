"""Keys with odd signs in them: stored, read, listed, copied and deleted like any other."""

import tempfile
from pathlib import Path
from typing import Any

from botocore.config import Config

from fidelity.rows.buckets import keys
from fidelity.rows.commands import in_a_folder
from fidelity.table import Lab, Row

ODD = (
    "a b",
    " a ",
    "a+b",
    "a%b",
    "a%20b",
    "a%2Fb",
    "ä/ö ü",
    "日本語.csv",
    "😀",
    "/lead",
    "a//b",
    "//",
    "a/",
    "../up",
    "a/../b",
    "./a",
    "..",
    "a?b=c",
    "a#b",
    "a&b=c",
    "a;b",
    "'a' \"b\"",
    "<a>",
    "a\\b",
    "a:b@c,d",
    "~{a}|^*!$()[]`",
    "a\nb\tc",
    "x" * 1024,
    "é" * 512,
)


def stock(key: str, well: Any = "same") -> Any:
    """Stock moto finds no route to a path with a line end."""
    return well if "\n" not in key else "error 404"


def round_trip(lab: Lab, key: str) -> str:
    """Do all that one does with an object: what went wrong first, or "same"."""
    bucket, data = lab.bucket(), key.encode()
    lab.s3.put_object(Bucket=bucket, Key=key, Body=data)
    other = lab.bucket()
    lab.s3.copy_object(Bucket=other, Key=key, CopySource={"Bucket": bucket, "Key": key})
    head = lab.s3.head_object(Bucket=bucket, Key=key)["ContentLength"]
    seen = {
        "read": lab.s3.get_object(Bucket=bucket, Key=key)["Body"].read() == data,
        "look": head == len(data),
        "list": keys(lab, bucket) == [key],
        "older list": keys(lab, bucket, "list_objects") == [key],
        "list by prefix": keys(lab, bucket, Prefix=key) == [key],
        "list after": keys(lab, bucket, StartAfter=key) == [],
        "versions": [v["Key"] for v in lab.s3.list_object_versions(Bucket=bucket)["Versions"]] == [key],
        "copy": lab.s3.get_object(Bucket=other, Key=key)["Body"].read() == data,
    }
    lab.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key}]})
    lab.s3.delete_object(Bucket=other, Key=key)
    seen |= {"delete many": keys(lab, bucket) == [], "delete": keys(lab, other) == []}
    return next((what for what, good in seen.items() if not good), "same")


def by_link(lab: Lab, key: str, version: str) -> Any:
    bucket = lab.bucket()
    lab.s3.put_object(Bucket=bucket, Key=key, Body=b"text")
    client = lab.client("s3", config=Config(signature_version=version))
    return lab.http("GET", client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}))


def folders(lab: Lab) -> list[str]:
    """Common prefixes with odd signs in them."""
    bucket = lab.bucket()
    for key in ("a b+c/1", "ä%/2", "//3", "d/4"):
        lab.s3.put_object(Bucket=bucket, Key=key, Body=b"text")
    return keys(lab, bucket, Delimiter="/")


def by_command(lab: Lab) -> Any:
    """Copy a folder of files with odd names up and down by the AWS CLI: the keys, and the files that came back."""

    def ask(lab: Lab, folder: Path) -> Any:
        bucket = lab.bucket()
        lab.cli("s3", "sync", str(folder), f"s3://{bucket}/up")
        with tempfile.TemporaryDirectory() as back:
            lab.cli("s3", "cp", "--recursive", f"s3://{bucket}/", back)
            there = {str(f.relative_to(back)): f.read_bytes() for f in Path(back).rglob("*") if f.is_file()}
        found = keys(lab, bucket)
        lab.cli("s3", "rm", "--recursive", f"s3://{bucket}")
        return found == sorted(f"up/{name}" for name in FILES), sorted(there) == found, keys(lab, bucket)

    return in_a_folder(lab, ask, **{name.replace("/", "__"): name.encode() for name in FILES})


FILES = ("a b", "a+b", "a%20b", "ä/ö ü", "日本語.csv", "😀", "a?b=c", "a#b", "a&b;c", "'a' <b>", "x" * 250)
ALL = (True, True, [])


def number(key: str) -> int:
    """The row: keys with line ends have one."""
    return 238 if "\n" in key else 0


ROWS = [
    *[
        Row(number(k), "s3", f"the key {k[:20]!r}", lambda lab, k=k: round_trip(lab, k), "same", stock(k), "M")
        for k in ODD
    ],
    *[
        Row(
            number(k),
            "s3",
            f"a link ({v}) to {k[:20]!r}",
            lambda lab, k=k, v=v: by_link(lab, k, v),
            200,
            stock(k, 200),
            "M",
        )
        for k in ODD
        for v in ("s3", "s3v4")
    ],
    Row(0, "s3", "folders with odd names", folders, ["/", "a b+c/", "d/", "ä%/"], ["/", "a b+c/", "d/", "ä%/"], "M"),
    Row(0, "cli", "files with odd names", by_command, ALL, ALL, "M"),
]

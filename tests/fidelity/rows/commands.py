"""The AWS CLI, as it is typed in a shell."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from fidelity.rows.buckets import filled, keys, versioned
from fidelity.signing import keys_of
from fidelity.table import Lab, Row

KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
REGION = ("AWS_DEFAULT_REGION", "AWS_REGION")
MIB = 1024**2


def in_a_folder(lab: Lab, ask: Any, **files: bytes) -> Any:
    """Ask with a folder that holds these files ("a__b.csv" is b.csv in the folder a)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, data in files.items():
            place = folder / path.replace("__", "/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            os.utime(place, (time.time() - 60,) * 2)  # stored in the same second, it would seem newer than the object
        return ask(lab, folder)


def words_of(told: str) -> list[str]:
    """What a transfer did with which file: ["upload a.csv"], in order."""
    lines = [line.strip() for line in told.replace("\r", "\n").splitlines()]
    done = [line for line in lines if line and not line.startswith("Completed")]
    return sorted(f"{line.partition(':')[0]} {line.split()[-1].rpartition('/')[2]}" for line in done)


def synced(lab: Lab, *options: str, change: Any = None) -> Any:
    """Sync a folder of two files, change it, and sync it again: what the second time did."""

    def ask(lab: Lab, folder: Path) -> Any:
        target = f"s3://{lab.bucket()}/data"
        lab.cli("s3", "sync", str(folder), target)
        if change:
            change(folder)
        return words_of(lab.cli("s3", "sync", str(folder), target, *options))

    return in_a_folder(lab, ask, **{"a.csv": b"1", "sub__b.csv": b"2"})


def edit(folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"changed")


def delete(folder: Path) -> None:
    (folder / "a.csv").unlink()


def add_two(folder: Path) -> None:
    (folder / "c.csv").write_bytes(b"3")
    (folder / "d.tmp").write_bytes(b"4")


def copied(lab: Lab, name: str, data: bytes = b"<p>") -> Any:
    """Copy a file up and down again: its content type, and whether it is the same."""

    def ask(lab: Lab, folder: Path) -> Any:
        bucket = lab.bucket()
        lab.cli("s3", "cp", str(folder / name), f"s3://{bucket}/")
        lab.cli("s3", "cp", f"s3://{bucket}/{name}", str(folder / "back"))
        kind = lab.s3.head_object(Bucket=bucket, Key=name)["ContentType"]
        return kind, (folder / "back").read_bytes() == data

    return in_a_folder(lab, ask, **{name: data})


def moved(lab: Lab) -> list[str]:
    bucket = filled(lab, "a", "b")
    lab.cli("s3", "mv", f"s3://{bucket}/a", f"s3://{bucket}/c/a")
    return keys(lab, bucket)


def downloaded(lab: Lab) -> list[str]:
    def ask(lab: Lab, folder: Path) -> list[str]:
        lab.cli("s3", "sync", f"s3://{filled(lab, 'a', 'sub/b', 'other/c')}", str(folder), "--exclude", "other/*")
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

    return in_a_folder(lab, ask)


def to_a_missing_bucket(lab: Lab) -> Any:
    return in_a_folder(lab, lambda lab, folder: lab.cli("s3", "cp", str(folder / "a"), f"s3://{lab.name()}/"), a=b"1")


def made_twice(lab: Lab) -> str:
    name = lab.name("bucket")
    lab.cli("s3", "mb", f"s3://{name}")
    return str(lab.cli("s3", "mb", f"s3://{name}")).replace(name, "NAME")


def removed(lab: Lab, bucket: str, *options: str) -> str:
    return str(lab.cli("s3", "rb", f"s3://{bucket}", *options)).splitlines()[-1].replace(bucket, "NAME")


def left_by_force(lab: Lab) -> tuple[str, int, int]:
    """Remove a versioned bucket by force: what it says, and how many versions and markers are left."""
    bucket = versioned(lab)
    said = removed(lab, bucket, "--force")
    found = lab.s3.list_object_versions(Bucket=bucket)
    return said, len(found.get("Versions", [])), len(found.get("DeleteMarkers", []))


def presigned(lab: Lab) -> Any:
    return lab.http("GET", lab.cli("s3", "presign", f"s3://{filled(lab, 'a')}/a", "--expires-in", "60"))


def configured(lab: Lab) -> tuple[str, str]:
    """Write the keys and a region into files, and read them: the region, and whether a call is answered."""

    def ask(lab: Lab, folder: Path) -> tuple[str, str]:
        known = {"AWS_CONFIG_FILE": str(folder / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials")}
        with_keys = dict(zip(("aws_access_key_id", "aws_secret_access_key"), keys_of(lab), strict=True))
        for name, value in (with_keys | {"region": "eu-west-1"}).items():
            lab.cli("configure", "set", name, value, without=KEYS + REGION, **known)
        region = lab.cli("configure", "get", "region", without=KEYS + REGION, **known)
        words = ("ec2", "describe-availability-zones", "--query", "AvailabilityZones[0].ZoneName", "--output", "text")
        return region, lab.cli(*words, without=KEYS + REGION, **known)

    return in_a_folder(lab, ask)


def elsewhere(lab: Lab) -> list[str]:
    """Make a bucket in another region, and list it without naming that."""
    name = lab.name("bucket")
    lab.cli("s3", "mb", f"s3://{name}", "--region", "eu-west-1")
    lab.client("s3", "eu-west-1").put_object(Bucket=name, Key="a", Body=b"text")
    return str(lab.cli("s3", "ls", f"s3://{name}")).split()[-1:]


def public(lab: Lab) -> Any:
    def ask(lab: Lab, folder: Path) -> Any:
        told = lab.cli("s3", "cp", str(folder / "a"), f"s3://{lab.bucket()}/", "--acl", "public-read")
        return told if told.startswith("error") else "copied"

    return in_a_folder(lab, ask, a=b"1")


def summarized(lab: Lab) -> list[str]:
    told = lab.cli("s3", "ls", f"s3://{filled(lab, 'a', 'sub/b')}", "--recursive", "--summarize")
    return [line.strip() for line in told.splitlines() if "Total" in line]


ZONE = ("eu-west-1", "eu-west-1a")
MADE, GONE, FULL = "make_bucket: NAME", "remove_bucket: NAME", "error BucketNotEmpty"
OFF, MISSING = "error AccessControlListNotSupported", "error NoSuchBucket"

ROWS = [
    Row(187, "cli", "the type of a page", lambda lab: copied(lab, "a.html"), *[("text/html", True)] * 2, "M"),
    Row(
        187,
        "cli",
        "nine MiB",
        lambda lab: copied(lab, "a.png", bytes(9 * MIB)),
        *[("image/png", True)] * 2,
        "M",
    ),
    Row(199, "cli", "a public object", public, OFF, "copied", "M, Q"),
    Row(222, "cli", "without keys", lambda lab: lab.cli("s3", "ls", without=KEYS), "error 255", "error 255", "M"),
    Row(
        222,
        "cli",
        "EC2 without a region",
        lambda lab: lab.cli("ec2", "describe-vpcs", without=REGION),
        *["error 255"] * 2,
        "M",
    ),
    Row(
        222,
        "cli",
        "S3 without a region",
        lambda lab: lab.cli("s3", "ls", f"s3://{filled(lab, 'a')}", without=REGION).split()[-1:],
        *[["a"]] * 2,
        "M",
    ),
    Row(223, "cli", "keys and region in files", configured, ZONE, ZONE, "M"),
    Row(224, "cli", "sync twice", synced, [], [], "M"),
    Row(224, "cli", "sync after an edit", lambda lab: synced(lab, change=edit), *[["upload a.csv"]] * 2, "M"),
    Row(224, "cli", "sync after a deletion", lambda lab: synced(lab, change=delete), [], [], "M"),
    Row(
        224,
        "cli",
        "sync a deletion too",
        lambda lab: synced(lab, "--delete", change=delete),
        *[["delete a.csv"]] * 2,
        "M",
    ),
    Row(
        224,
        "cli",
        "sync but some",
        lambda lab: synced(lab, "--exclude", "*.tmp", change=add_two),
        *[["upload c.csv"]] * 2,
        "M",
    ),
    Row(
        224,
        "cli",
        "sync for show",
        lambda lab: synced(lab, "--dryrun", change=edit),
        *[["(dryrun) upload a.csv"]] * 2,
        "M",
    ),
    Row(0, "cli", "sync down", downloaded, ["a", "sub/b"], ["a", "sub/b"], "M"),
    Row(0, "cli", "move", moved, ["b", "c/a"], ["b", "c/a"], "M"),
    Row(0, "cli", "list with a sum", summarized, *[["Total Objects: 2", "Total Size: 8"]] * 2, "M"),
    Row(0, "cli", "a presigned link", presigned, 200, 200, "M"),
    Row(0, "cli", "a bucket of another region", elsewhere, ["a"], ["a"], "M"),
    Row(225, "cli", "remove a bucket", lambda lab: removed(lab, lab.bucket()), GONE, GONE, "M"),
    Row(225, "cli", "remove a full bucket", lambda lab: removed(lab, filled(lab, "a")), FULL, FULL, "M"),
    Row(
        225,
        "cli",
        "remove a full bucket by force",
        lambda lab: removed(lab, filled(lab, "a", "b"), "--force"),
        GONE,
        GONE,
        "M",
    ),
    Row(225, "cli", "remove a versioned bucket by force", left_by_force, *[(FULL, 1, 1)] * 2, "Q"),
    Row(
        226,
        "cli",
        "a bucket called Cli_Bkt",
        lambda lab: lab.cli("s3", "mb", "s3://Cli_Bkt"),
        "error InvalidBucketName",
        "make_bucket: Cli_Bkt",
        "UG",
    ),
    Row(226, "cli", "the same bucket twice", made_twice, MADE, MADE, "M"),
    Row(
        227,
        "cli",
        "remove what is not there",
        lambda lab: lab.cli("s3", "rm", f"s3://{lab.bucket()}/zzz").partition(":")[0],
        *["delete"] * 2,
        "M",
    ),
    Row(227, "cli", "copy to a bucket that is not there", to_a_missing_bucket, MISSING, MISSING, "M"),
    Row(
        227,
        "cli",
        "list a bucket that is not there",
        lambda lab: lab.cli("s3", "ls", f"s3://{lab.name()}"),
        MISSING,
        MISSING,
        "M",
    ),
    Row(
        227,
        "cli",
        "list a prefix that is not there",
        lambda lab: lab.cli("s3", "ls", f"s3://{filled(lab, 'a')}/b/"),
        *["error 1"] * 2,
        "M",
    ),
]

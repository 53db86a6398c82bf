"""Versions of objects, and lists in pages."""

from functools import cache
from typing import Any

from fidelity.rows.buckets import body, filled, keys, switch, versioned
from fidelity.table import NO_ANSWER, Lab, Row

# --- versions ---------------------------------------------------------------------------------------------------------


def after_deleting(lab: Lab, ask: Any, key: str = "a") -> Any:
    bucket = versioned(lab)
    marker = lab.s3.delete_object(Bucket=bucket, Key=key).get("VersionId")
    return ask(lab, bucket, marker)


def error_headers(lab: Lab, bucket: str, marker: str) -> Any:
    """What a GET of a deleted object says in its headers."""
    try:
        lab.s3.get_object(Bucket=bucket, Key="a")
    except lab.s3.exceptions.NoSuchKey as error:
        return error.response["ResponseMetadata"]["HTTPHeaders"].get("x-amz-delete-marker")
    return "found"


def get_marker(lab: Lab, bucket: str, marker: str) -> str:
    lab.s3.get_object(Bucket=bucket, Key="a", VersionId=marker)
    return "found"


def undeleted(lab: Lab, bucket: str, marker: str) -> tuple[str, Any]:
    """Delete the marker: the object is there again, and the answer tells what was deleted."""
    told = lab.s3.delete_object(Bucket=bucket, Key="a", VersionId=marker).get("DeleteMarker")
    return body(lab, bucket, "a"), told


def first_version(lab: Lab) -> tuple[str, str]:
    bucket = versioned(lab, b"one", b"two")
    oldest = lab.s3.list_object_versions(Bucket=bucket)["Versions"][-1]["VersionId"]
    return body(lab, bucket, "a"), body(lab, bucket, "a", VersionId=oldest)


def suspended(lab: Lab, *, delete: bool = False) -> list[str]:
    """Store while versioning is on, then twice while it is suspended: the versions by their sizes."""
    bucket = versioned(lab, b"1", b"22")
    switch(lab, bucket, "Suspended")
    for content in (b"333", b"4444"):
        lab.s3.put_object(Bucket=bucket, Key="a", Body=content)
    if delete:
        lab.s3.delete_object(Bucket=bucket, Key="a")
    found = lab.s3.list_object_versions(Bucket=bucket)
    return [str(v["Size"]) for v in found.get("Versions", [])] + ["marker" for _ in found.get("DeleteMarkers", [])]


def one_deleted_while_suspended(lab: Lab) -> list[int]:
    bucket = versioned(lab, b"1", b"22", b"333")
    oldest = lab.s3.list_object_versions(Bucket=bucket)["Versions"][-1]["VersionId"]
    switch(lab, bucket, "Suspended")
    lab.s3.delete_object(Bucket=bucket, Key="a", VersionId=oldest)
    return [v["Size"] for v in lab.s3.list_object_versions(Bucket=bucket).get("Versions", [])]


def head_while_suspended(lab: Lab) -> int:
    bucket = versioned(lab, b"1", b"22")
    oldest = lab.s3.list_object_versions(Bucket=bucket)["Versions"][-1]["VersionId"]
    switch(lab, bucket, "Suspended")
    return int(lab.s3.head_object(Bucket=bucket, Key="a", VersionId=oldest)["ContentLength"])


def emptied_page_by_page(lab: Lab) -> list[str]:
    """Delete each page of versions before the next is asked for: what is left."""
    bucket = versioned(lab, *[b"x"] * 7)
    for page in lab.s3.get_paginator("list_object_versions").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}):
        for version in page.get("Versions", []):
            lab.s3.delete_object(Bucket=bucket, Key="a", VersionId=version["VersionId"])
    return [v["Key"] for v in lab.s3.list_object_versions(Bucket=bucket).get("Versions", [])]


def null_version(lab: Lab) -> list[str]:
    bucket = filled(lab, "a")
    switch(lab, bucket, "Enabled")
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"two")
    return [v["VersionId"] for v in lab.s3.list_object_versions(Bucket=bucket)["Versions"]][1:]


# --- lists ------------------------------------------------------------------------------------------------------------


@cache
def full(lab: Lab) -> str:
    """A bucket of 1,005 objects."""
    return filled(lab, *[f"{n:04}" for n in range(1005)])


def pages(lab: Lab, call: str, **words: Any) -> list[list[str]]:
    """Keys and common prefixes by page, as the paginator finds them."""
    found = lab.s3.get_paginator(call).paginate(**words)
    return [
        [o["Key"] for o in page.get("Contents", page.get("Versions", []))]
        + [p["Prefix"] for p in page.get("CommonPrefixes", [])]
        for page in found
    ]


def folders(lab: Lab, call: str) -> list[list[str]]:
    """Objects in folders, two to a page."""
    bucket = filled(lab, "a/1", "a/2", "b", "c/1", "d/1", "e")
    return pages(lab, call, Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 2})


FOLDERS = [["b", "a/"], ["c/", "d/"], ["e"]]


def delete_many(lab: Lab, count: int) -> int:
    bucket = filled(lab, "a")
    wanted = [{"Key": f"k{n}"} for n in range(count)]
    return len(lab.s3.delete_objects(Bucket=bucket, Delete={"Objects": wanted})["Deleted"])


def markers_told(lab: Lab) -> list[tuple[str, bool]]:
    """Delete two keys of a versioned bucket at once, one of which never was."""
    bucket = versioned(lab)
    told = lab.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a"}, {"Key": "never"}]})["Deleted"]
    return [(d["Key"], d.get("DeleteMarker", False)) for d in told]


ROWS = [
    Row(177, "s3", "read a version", first_version, ("two", "one"), ("two", "one"), "M"),
    Row(
        177,
        "s3",
        "read what is deleted",
        lambda lab: after_deleting(lab, lambda lab, bucket, _: body(lab, bucket, "a")),
        *["error NoSuchKey"] * 2,
        "M",
    ),
    Row(177, "s3", "the error tells of the marker", lambda lab: after_deleting(lab, error_headers), "true", None, "M"),
    Row(248, "s3", "delete a marker", lambda lab: after_deleting(lab, undeleted), ("one", True), ("one", None), "M"),
    Row(
        178,
        "s3",
        "read a marker",
        lambda lab: after_deleting(lab, get_marker),
        "error MethodNotAllowed",
        "error NoSuchVersion",
        "U",
    ),
    Row(
        179,
        "s3",
        "delete what never was, with versions",
        lambda lab: after_deleting(lab, lambda lab, bucket, marker: marker is not None, "never"),
        True,
        False,
        "M",
    ),
    Row(
        180,
        "s3",
        "versioning Disabled",
        lambda lab: switch(lab, lab.bucket(), "Disabled"),
        "error MalformedXML",
        "Disabled",
        "M",
    ),
    Row(
        180,
        "s3",
        "versioning Suspended",
        lambda lab: switch(lab, lab.bucket(), "Suspended"),
        "Suspended",
        "Suspended",
        "M",
    ),
    Row(
        181,
        "s3",
        "versioning of a new bucket",
        lambda lab: lab.s3.get_bucket_versioning(Bucket=lab.bucket()).get("Status"),
        None,
        None,
        "M",
    ),
    Row(181, "s3", "the version of what was there before", null_version, ["null"], ["null"], "M"),
    Row(247, "s3", "store while versioning is suspended", suspended, ["4", "2", "1"], ["4"], "M"),
    Row(
        247,
        "s3",
        "delete while versioning is suspended",
        lambda lab: suspended(lab, delete=True),
        ["2", "1", "marker"],
        [],
        "M",
    ),
    Row(247, "s3", "delete a version while suspended", one_deleted_while_suspended, [3, 2], [], "M"),
    Row(239, "s3", "look at a version while suspended", head_while_suspended, 1, "error 400", "M"),
    Row(243, "s3", "delete versions page by page", emptied_page_by_page, [], ["a"] * 5, "U"),
    Row(182, "s3", "1,005 keys in one answer", lambda lab: len(keys(lab, full(lab))), 1000, 1000, "M"),
    Row(
        182,
        "s3",
        "1,005 keys in all pages",
        lambda lab: [len(page) for page in pages(lab, "list_objects_v2", Bucket=full(lab))],
        *[[1000, 5]] * 2,
        "M",
    ),
    Row(183, "s3", "5,000 keys in a page", lambda lab: len(keys(lab, full(lab), MaxKeys=5000)), 1000, 1005, "M"),
    Row(
        183,
        "s3",
        "5,000 keys in a page of the older list",
        lambda lab: len(keys(lab, full(lab), "list_objects", MaxKeys=5000)),
        1000,
        1005,
        "M",
    ),
    Row(0, "s3", "no keys in a page", lambda lab: keys(lab, full(lab), MaxKeys=0), [], [], "M"),
    Row(
        184,
        "s3",
        "-1 keys in a page",
        lambda lab: keys(lab, filled(lab, "a", "b"), MaxKeys=-1),
        "error InvalidArgument",
        ["a"],
        "U",
    ),
    Row(
        184,
        "s3",
        "a token that is none",
        lambda lab: keys(lab, filled(lab, "a"), ContinuationToken="zzz"),
        "error InvalidArgument",
        NO_ANSWER,
        "U",
    ),
    Row(0, "s3", "keys after another", lambda lab: keys(lab, filled(lab, "a", "b"), StartAfter="a"), ["b"], ["b"], "M"),
    Row(0, "s3", "folders in pages", lambda lab: folders(lab, "list_objects_v2"), FOLDERS, FOLDERS, "M"),
    Row(
        243,
        "s3",
        "folders in pages of the older list",
        lambda lab: folders(lab, "list_objects"),
        FOLDERS,
        [["b", "e", "a/", "c/", "d/"]],
        "M",
    ),
    Row(
        243,
        "s3",
        "folders of versions in pages",
        lambda lab: folders(lab, "list_object_versions"),
        FOLDERS,
        [["b", "a/", "c/"], ["e", "d/"]],
        "M",
    ),
    Row(185, "s3", "delete 1,001 keys", lambda lab: delete_many(lab, 1001), "error MalformedXML", 1001, "M"),
    Row(0, "s3", "delete 1,000 keys", lambda lab: delete_many(lab, 1000), 1000, 1000, "M"),
    Row(
        248,
        "s3",
        "markers of many deletions",
        markers_told,
        [("a", True), ("never", True)],
        [("a", True), ("never", False)],
        "M",
    ),
]

# %% [markdown]
# # Empty and delete a bucket
#
# A project ends, but its bucket is still there. Nobody uses it, but somebody pays for it: a terabyte costs about 23
# dollars per month, as long as it is there. One day somebody wants to delete the bucket, and S3 returns an error.
#
# S3 deletes a bucket only if the bucket is completely empty. And a bucket with **versioning**, such as the one for your
# backup, contains more than you see: every version that somebody replaced or deleted is still there, and you pay for it
# like for any other object.
#
# In this step you empty such a bucket completely, and delete it.

# %% [markdown]
# ## What a listing does not show
#
# In a bucket with versioning, an upload to an existing key adds a new current **version**, and a deletion adds a
# **delete marker**. A delete marker has no content; it only says that the object is deleted from now on. S3 does not
# remove anything:
#
# | what somebody did with `calls.csv` | what the bucket contains, newest first | `list_objects_v2` shows |
# |---|---|---|
# | uploaded | version 1 | version 1 |
# | uploaded again | version 2, version 1 | version 2 |
# | deleted | delete marker, version 2, version 1 | nothing |
# | deleted again | delete marker, delete marker, version 2, version 1 | nothing |
#
# A program that deletes its temporary files every night, even if they do not exist, creates thousands of delete
# markers.
#
# How would you get version 1 of `calls.csv` after the last line of this table?

# %% [markdown]
# ## List versions, and delete them permanently
#
# `list_object_versions` returns all versions and delete markers, in two lists, with at most 1,000 entries per response:
#
# ```python
# {"Versions": [{"Key": "calls.csv", "VersionId": "Yq3…", "IsLatest": False, "Size": 812}, …],
#  "DeleteMarkers": [{"Key": "calls.csv", "VersionId": "fP0…", "IsLatest": True}, …]}
# ```
#
# The response does not contain a list if it would be empty. There is a paginator with this name, as there is for
# `list_objects_v2`.
#
# If you delete a key **with** a version ID, S3 permanently deletes this version or this delete marker. It does not add
# a delete marker, and nobody can bring the version back:
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# s3.delete_object(Bucket="whale-songs-7f3a", Key="calls.csv", VersionId="Yq3…")
# ```
#
# `delete_objects` does the same for up to 1,000 entries of the form `{"Key": …, "VersionId": …}` in one request.

# %% [markdown]
# ## Delete the bucket
#
# `s3.delete_bucket(Bucket=…)` deletes an empty bucket. If anything is left in the bucket, even a single delete marker,
# S3 returns the error `BucketNotEmpty`. The same is true for `aws s3 rb` ("remove bucket"): with `--force`, it first
# deletes the objects that `list_objects_v2` shows, and so it only adds delete markers.
#
# After you have deleted the bucket, anybody in the world can use its name.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Begin with `aws s3 ls --recursive`, and the S3 storage in the bill of a report:
# the two do not agree. Where is the rest?
#
# Demonstrate: delete an object twice and list its versions; then delete both delete markers by their version IDs, and
# the object is back. This is how people recover data.
#
# Before anybody deletes anything, ask: how do you make sure that it is the right bucket?

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students use `objects.all().delete()`, which adds delete markers; they delete the `Versions` and
# forget the `DeleteMarkers`; they use only the first page; they read `page["DeleteMarkers"]` on a page that has none;
# they suspend versioning and think that this removes old versions; they empty all buckets whose names begin with the
# same characters.
#
# For students who finish early: what could a lifecycle rule have done automatically?

# %% [markdown]
# The next cell prepares your simulated AWS account: it contains several buckets, and you will delete one of them. You
# do not have to read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost
# anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    subject, year = rng.choice(["moths", "quakes", "ports", "lakes"]), rng.randint(2019, 2024)
    bucket = f"{subject}-{year}-{rng.randrange(16**6):06x}"
    tables = [f"tables/{place}.csv" for place in ("east", "north", "south", "west")]
    scratch = [f"{rng.choice(['run', 'tmp', 'job'])}/{n:02}.part" for n in range(rng.randint(24, 30))]

    def store(name, key):
        s3.put_object(Bucket=name, Key=key, Body=rng.randbytes(rng.randint(20, 90)))

    def delete(name, keys):
        s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": key} for key in keys], "Quiet": True})

    def bucket_with_a_history(name):
        s3.create_bucket(Bucket=name)
        store(name, "about.txt")  # before versioning: its version is named "null"
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        for key in [*tables, "zones.csv", "about.txt"]:
            for _ in range(rng.randint(2, 4)):
                store(name, key)
        delete(name, [tables[0], "zones.csv"])

    bucket_with_a_history(f"{bucket}-archive")
    bucket_with_a_history(bucket)
    for key in scratch:
        store(bucket, key)
    for _ in range(1000 // len(scratch) + rng.randint(2, 4)):  # the nights on which there was nothing to delete
        delete(bucket, scratch)
    other = f"{subject}-{year + 1}-{rng.randrange(16**6):06x}"
    s3.create_bucket(Bucket=other)
    for key in tables:
        store(other, key)
    return {"bucket": bucket}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.bucket`, the name of a bucket with versioning.
#
# **Delete everything in this bucket, all versions and all delete markers, and then the bucket itself.** There are more
# than 1,000 of them. Do not change anything else in the account, especially the other buckets and their objects.
#
# Your code does not have to return anything: the checks look at the account.
#
# <details><summary>Hint</summary>
#
# Each page of the paginator `list_object_versions` contains at most as many entries as one call of `delete_objects`
# accepts. Join both lists of the page: `page.get("Versions", []) + page.get("DeleteMarkers", [])`. From each entry,
# pass only `Key` and `VersionId`. What does the response of `delete_objects` contain under `Errors`?
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. Delete all versions and all delete markers.

# 2. Delete the bucket.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether all other
# buckets are unchanged. If you deleted something by mistake, run the cell that defines `scene` above again: it prepares
# a new account.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_the_versions_are_gone(before, after, given):
    """The bucket contains no version of any object."""
    left = [v for v in after.versions(given.bucket) if not v.is_delete_marker]
    had = sum(not v.is_delete_marker for v in before.versions(given.bucket))
    if not had:
        raise LookupError("there was no version in the bucket when the scene was set")
    assert not left, (
        f"There are still {len(left)} versions of objects in the bucket (there were {had}), for example one of "
        f"{left[0].key!r}."
    )


@check(points=3)
def test_the_bucket_is_gone(before, after, given, trail):
    """The bucket itself is deleted."""
    if not before.bucket(given.bucket):
        raise LookupError("there was no bucket when the scene was set")
    asked = [
        call for call in trail if call.operation == "DeleteBucket" and call.parameters.get("Bucket") == given.bucket
    ]
    why = "Your code never asked AWS to delete it."
    if asked:
        why = (
            f"Your code asked AWS to delete it, but AWS returned the error {asked[-1].error}."
            if asked[-1].error
            else "AWS deleted it, but then your code created it again."
        )
    assert after.bucket(given.bucket) is None, f"The bucket is still there. {why}"


# %% [markdown]
# ## Key points
#
# - In a bucket with versioning, a simple deletion only hides an object. You still pay for it.
# - If you delete a version by its version ID, it is deleted permanently.
# - Before you delete anything permanently, check the name of the bucket twice.
#
# **Read more** in the S3 User Guide: *Deleting object versions from a versioning-enabled bucket*, *Working with delete
# markers*, *Emptying a bucket* and *Managing the lifecycle of objects*.

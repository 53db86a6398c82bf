# %% [markdown]
# # Clear away what you no longer need
#
# A project ends, and its bucket stays. Nobody looks at it, everybody pays: a terabyte costs about 23 dollars a month,
# for as long as it is there. One day somebody is asked to delete it, and finds that S3 says no.
#
# S3 deletes a bucket only when nothing at all is in it. And in a bucket with **versioning**, such as the one for your
# backup, there is more than you see: every version that was ever replaced or deleted is still there, and each of them
# is paid for like any other object.
#
# In this step you empty such a bucket completely, and delete it.

# %% [markdown]
# ## What a listing does not show
#
# In a bucket with versioning, an upload under a key that exists adds a **version** on top, and a deletion adds a
# **delete marker** on top. A marker holds nothing; it only says that, from here on, the object counts as deleted.
# Nothing is ever taken away:
#
# | what was done to `calls.csv` | what lies there | `list_objects_v2` shows |
# |---|---|---|
# | uploaded | version 1 | version 1 |
# | uploaded again | version 2, version 1 | version 2 |
# | deleted | delete marker, version 2, version 1 | nothing |
# | deleted once more | delete marker, delete marker, version 2, version 1 | nothing |
#
# A program that deletes its scratch files every night, whether they are there or not, leaves markers by the thousand.
#
# How would you get at version 1 of `calls.csv` after the last line?

# %% [markdown]
# ## Looking deeper, and deleting for good
#
# `list_object_versions` shows all of it, in two lists, and at most 1,000 entries at a time:
#
# ```python
# {"Versions": [{"Key": "calls.csv", "VersionId": "Yq3…", "IsLatest": False, "Size": 812}, …],
#  "DeleteMarkers": [{"Key": "calls.csv", "VersionId": "fP0…", "IsLatest": True}, …]}
# ```
#
# Either list is left out when there is nothing to put in it. There is a paginator of that name, as there is for
# objects.
#
# If you delete a key **with** its version's id, you take away just that version, or just that marker, for ever. No
# marker is left, and nobody can bring it back:
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# s3.delete_object(Bucket="whale-songs-7f3a", Key="calls.csv", VersionId="Yq3…")
# ```
#
# `delete_objects` does the same for up to 1,000 of them in one request, given as `{"Key": …, "VersionId": …}`.

# %% [markdown]
# ## And then the bucket
#
# `s3.delete_bucket(Bucket=…)` deletes an empty bucket. While anything is left in it, a single delete marker even, the
# answer is `BucketNotEmpty`. The same holds for `aws s3 rb` ("remove bucket"); its `--force` deletes the objects that
# `list_objects_v2` shows, as you would by hand, and so only adds markers.
#
# After that the name is free, and anybody in the world can take it.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Begin with `aws s3 ls --recursive` and the S3 storage in the bill that a report
# shows: they do not agree. Where is the rest?
#
# Demonstrate: delete an object twice and list its versions; then delete a marker by its version id, and the object is
# back. This is the way in which people rescue data.
#
# Ask before anybody deletes: how do you make sure that it is the right bucket?

# %% [markdown] tags=["notes"]
# **Common mistakes.** `objects.all().delete()`, which adds markers; `Versions` deleted and `DeleteMarkers` forgotten;
# the first page only; `page["DeleteMarkers"]` on a page that has none; versioning suspended in the belief that this
# removes old versions; all buckets emptied whose names begin alike.
#
# For those who are done early: what would a lifecycle rule have done by itself?

# %% [markdown]
# The next cell makes your world: an account with several buckets, one of which has to go. You need not read it, but you
# may. It is all a simulation on your own computer; nothing here can cost anything.

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
# than 1,000 of them. Leave everything else in the account as it is, above all the other buckets and what is in them.
#
# There is nothing to return: that the bucket is gone is the answer.
#
# <details><summary>Hint</summary>
#
# Each page of the paginator `list_object_versions` holds no more than one `delete_objects` can take. Put both lists of
# the page together: `page.get("Versions", []) + page.get("DeleteMarkers", [])`. Of each entry, only `Key` and
# `VersionId` may be sent. What does `delete_objects` say in its answer under `Errors`?
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. Delete all versions and all delete markers.

# 2. Delete the bucket.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether all other buckets are as they
# were. If you deleted something by mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_the_versions_are_gone(before, after, given):
    """No version of any object is left in the bucket."""
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
    why = "Your code never asked for its deletion."
    if asked:
        why = f"Your code asked for its deletion, and AWS answered {asked[-1].error or 'yes, so it was made again later'}."
    assert after.bucket(given.bucket) is None, f"The bucket is still there. {why}"


# %% [markdown]
# ## Key points
#
# - In a bucket with versioning, deleting hides. What is hidden is still paid for.
# - Only with its id is a version really deleted, and then for good.
# - Before you delete for good, look twice at the name of the bucket.
#
# **Read more** in the S3 User Guide: *Deleting object versions from a versioning-enabled bucket*, *Working with delete
# markers*, *Emptying a bucket* and *Managing the lifecycle of objects*.

# %% [markdown]
# # Back up a folder
#
# Disks fail, laptops are stolen, and most often somebody overwrites a file by mistake and notices it a week later. A
# copy of your folder in S3 helps in the first two cases. In the third case it helps only if you still have last week's
# copy after you made this week's copy.
#
# A good backup does two things: it **keeps old versions**, and it **uploads only what has changed**, so that it takes
# only seconds and can run every night.

# %% [markdown]
# ## Versioning
#
# A bucket has a setting for this: **versioning**. While versioning is enabled, an upload to an existing key does not
# replace the old object: S3 stores the new object as the current version, and keeps the older versions. If you delete
# the object, S3 only adds a **delete marker** as the current version. A request for the object returns the current
# version, or `404` if this is a delete marker; a request with a version ID returns that version.
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# s3.get_bucket_versioning(Bucket="whale-songs-7f3a").get("Status")  # "Enabled", "Suspended", or None if it never was on
# s3.list_object_versions(Bucket="whale-songs-7f3a", Prefix="calls/longest.csv")["Versions"]
# ```
#
# `put_bucket_versioning` enables versioning. It does not bring anything back: an object that you overwrite before you
# enable versioning is lost. But the objects that are in the bucket when you enable it become first versions, with the
# version ID `null`.
#
# S3 stores every version in full, and you pay for each of them, about 2 cents per GB and month. If a file of 1 GB
# changes every day, how much do you pay per month after a year? (S3 can delete old versions automatically after some
# time, with a *lifecycle rule*.)

# %% [markdown]
# ## What has changed?
#
# To upload only files that have changed, you must find out which files these are. There are several ways:
#
# | compare | how | note |
# |---|---|---|
# | **ETag** | S3 computes it from the object. For a simple upload it is the MD5 hash of the content, in quotation marks | you read each local file, but upload nothing; for large files, which are uploaded in parts, the ETag is not the MD5 hash |
# | **size and time** | the object's `Size` and `LastModified`, the file's size and modification time | fast, because you do not read the files; the size alone is not enough: if you correct one digit, it stays the same |
# | **your own list** | a file with a hash of each uploaded file, stored with the backup | you must make sure that the list always agrees with the objects in the bucket |
#
# ```python
# import hashlib
# from pathlib import Path
#
# item = s3.list_objects_v2(Bucket="whale-songs-7f3a", Prefix="calls/longest.csv")["Contents"][0]
# item["ETag"].strip('"')                                # e.g. 9e107d9d372bb6826bd81d3542a419d6
# hashlib.md5(Path("calls/longest.csv").read_bytes()).hexdigest()
# item["LastModified"].timestamp(), Path("calls/longest.csv").stat().st_mtime  # both in seconds
# ```
#
# `aws s3 sync` compares by size and time.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. First ask who has ever lost a file, and how; then ask which of the two properties
# of a good backup would have helped.
#
# Demonstrate: overwrite an object, and get the old version back by its version ID; delete an object, and then delete
# the delete marker. Then count what is stored: the bill in a report contains all versions.
#
# In pairs: one student changes a file in the folder without changing its size, and the other student's code must find
# it.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students enable versioning after the upload, when the old content is already lost; they compare
# the ETag including its quotation marks, and upload all files; they compare only the sizes; they put the name of the
# folder into the keys, so that every file looks new; they delete objects of deleted files before versioning is enabled,
# or delete their versions.
#
# For students who finish early: write a function that restores the folder as it was at a given time.

# %% [markdown]
# The next cell prepares your simulated AWS account: it creates a folder in your working directory, and a bucket with an
# earlier backup of this folder. You do not have to read the cell, but you can. Everything is a simulation on your own
# computer, so nothing here can cost anything.

# %% tags=["scene"]
import os
import time

from drycloud import simulate


def scene(s3, rng, workdir):
    subject = rng.choice(["otters", "bridges", "sonnets", "aurora"])
    folder, bucket = f"{subject}_thesis_{rng.randint(10, 99)}", f"{subject}-backup-{rng.randrange(16**6):06x}"
    months = rng.sample(["january", "april", "june", "september", "november"], 3)

    def table():
        return "".join(f"{rng.randint(10, 99)};{rng.uniform(1, 9):.3f}\n" for _ in range(rng.randint(4, 9))).encode()

    def write(path, data, changed):
        file = workdir / folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (changed, changed))

    once = ["outline.txt", "figures/map.png", *(f"{m}/{n}" for m in months for n in ("counts.csv", "sites.csv"))]
    same, edited, mended, gone = (
        once[:-4],
        once[-4:-2],
        once[-2:-1],
        [once[-1], "old_ideas.txt", f"{months[0]}/trial.csv"],
    )
    archive = f"{bucket}-2020"
    for name in (archive, bucket):
        s3.create_bucket(Bucket=name)
    old = {path: table() for path in [*same, *edited, *mended, *gone]}
    for path in rng.sample(sorted(old), len(old)):
        s3.put_object(Bucket=bucket, Key=path, Body=old[path])
        s3.put_object(Bucket=archive, Key=path, Body=table())

    for path in same:  # last changed long before that backup
        write(path, old[path], 1_700_000_000 + rng.randrange(10**7))
    now = int(time.time()) + 5
    for path in edited:
        write(path, old[path] + table(), now)
    for path in mended:  # one digit, so that the size is the same
        write(path, bytes([old[path][0] ^ 1]) + old[path][1:], now)
    for path in ("chapter_1.txt", f"{months[1]}/photos/nest.png", f"figures/{rng.choice(['a', 'b', 'c'])}.csv"):
        write(path, table(), now)
    (workdir / "letter.txt").write_bytes(b"Dear library, ...\n")
    return {"folder": folder, "bucket": bucket}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given two strings: `given.folder`, the name of a folder in your working directory, and `given.bucket`. The
# bucket contains an earlier backup of the folder; the key of each object is the file's path inside the folder. Since
# that backup some files in the folder have changed, some are new, and some were deleted. Versioning is off.
#
# **Update the backup, so that**
#
# 1. **versioning is on**;
# 2. **the bucket contains the current content of every file in the folder**, including sub-folders;
# 3. **your code does not upload files that have not changed**, and uploads each of the others once;
# 4. **nothing is lost**: the old content of a changed or deleted file can still be downloaded from the bucket, at least
#    by its version ID.
#
# If a file was deleted from the folder, you can decide whether the bucket still shows its object or has a delete marker
# for it. Do not change the folder, or anything else in the account. Your code does not have to return anything: the
# checks look at the bucket.
#
# | file in the folder | object in the backup | afterwards |
# |---|---|---|
# | `calls/long.csv`, unchanged | `calls/long.csv` | one version, as before |
# | `calls/short.csv`, changed | `calls/short.csv` | two versions, the new one is the current version |
# | `calls/deep.csv`, new | none | one version |
# | none | `calls/noise.csv` | the old version, with or without a delete marker |
#
# <details><summary>Hint</summary>
#
# Do it in this order: enable versioning; list the bucket and make a dict of keys and ETags; loop over the files with
# `Path(given.folder).rglob("*")`, and upload each file whose MD5 hash is not the ETag of its key in the dict.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. Enable versioning.

# 2. What does the bucket already contain?

# 3. Upload what is new or has changed, and nothing else.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example which files your
# code uploaded. If you lost something by mistake, run the cell that defines `scene` above again: it prepares a new
# account.

# %% tags=["check"]
import hashlib

from drycloud import check


@check(points=1)
def test_versioning_is_on(after, given):
    """Versioning is enabled for the bucket."""
    bucket = after.bucket(given.bucket)
    assert bucket, "The bucket is gone."
    assert bucket.versioning == "Enabled", f"Versioning is {bucket.versioning.lower() or 'off'} in this bucket."


@check(points=3)
def test_every_file_is_there(after, given, files_before):
    """The bucket contains the current content of every file in the folder."""
    start, stored = f"{given.folder}/", after.objects(given.bucket)
    names = sorted(name for name in files_before if name.startswith(start))
    if not names:
        raise LookupError(f"there was no file in the folder {given.folder!r} when the scene was set")
    for name in names:
        key = name.removeprefix(start)
        told = f"There is no object with the key {key!r} in the bucket {given.bucket!r}."
        if name in stored:
            told += f" There is one with the key {name!r}: the name of the folder does not belong in the key."
        assert key in stored, told
        same = stored[key].sha256 == hashlib.sha256(files_before[name].data).hexdigest()
        assert same, (
            f"The object {key!r} does not have the current content of the file. Did your code upload the changed file?"
        )


# %% [markdown]
# ## Key points
#
# - Enable versioning before you overwrite anything. You pay for more storage, but you can get old versions back.
# - First compare, then upload. You can compare hashes, or size and time, or use your own list.
# - You can rely on a backup only if you have tried to restore something from it. Try it.
#
# **Read more** in the S3 User Guide: *Retaining multiple versions of objects with S3 Versioning*, *Restoring previous
# versions* and *Checking object integrity*; in the AWS CLI Command Reference: *s3 sync*.

# %% [markdown]
# # A backup that forgets nothing
#
# Disks break, laptops are stolen, and most often somebody saves the wrong file over the right one and notices a week
# later. A copy of your folder in S3 helps against the first two. Against the third it only helps if the copy of last
# week is still there when this week's has been made.
#
# A good backup does two things: it **keeps old versions**, and it **sends only what has changed**, so that it is done
# in seconds and can run every night.

# %% [markdown]
# ## Versioning
#
# A bucket has a switch for this. While **versioning** is on, an upload to a key that exists replaces nothing: it
# becomes the newest version, and the older ones stay below it. A deletion only puts a **delete marker** on top. A
# request for the object gets the newest version, or `404` if that is a marker; a request for an older one, by its id,
# gets that one.
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# s3.get_bucket_versioning(Bucket="whale-songs-7f3a").get("Status")  # "Enabled", "Suspended", or None if it never was on
# s3.list_object_versions(Bucket="whale-songs-7f3a", Prefix="calls/longest.csv")["Versions"]
# ```
#
# `put_bucket_versioning` turns the switch. It does not work backwards: what is overwritten while it is off is gone. But
# what lies in the bucket when you turn it on becomes the first version, with the id `null`.
#
# Every version is stored in full and paid for, about 2 cents per GB and month. If a file of 1 GB changes every day, how
# much do you pay after a year? (S3 can delete old versions by itself after some time. This is called a lifecycle rule.)

# %% [markdown]
# ## What has changed?
#
# To send only what has changed, you have to find out without sending. There are several ways:
#
# | compare | how | mind |
# |---|---|---|
# | **ETag** | S3's fingerprint of an object. For a plain upload it is the MD5 of the content, in quotation marks | you read each local file, but send nothing; for large files, sent in parts, it is another value |
# | **size and time** | the object's `Size` and `LastModified`, the file's size and time of change | fast, as no file is read; a size alone says little, for a corrected digit does not change it |
# | **a list of your own** | a file with a fingerprint of all that was sent, kept with the backup | you have to keep it the same as what really lies there |
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
# **Instructor's notes.** 20 minutes. First ask who has ever lost a file, and how; then which of the two halves of a
# backup would have helped.
#
# Demonstrate: overwrite an object and get the old version back by its id; delete one, and delete the marker. Then count
# what is stored: all versions are in the bill that a report shows.
#
# In pairs: one changes a file in the folder without changing its size, the other's code has to find it.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Versioning switched on after the upload, when the old content is gone already; all files sent, as
# the ETag is compared with its quotation marks on; sizes alone compared; the folder's own name in the keys, by which
# everything looks new; what was deleted from the folder is deleted from the bucket before versioning is on, or version
# by version.
#
# For those who are done early: write the function that brings the folder back as it was at a given time.

# %% [markdown]
# The next cell makes your world: a folder in your working directory, and a bucket with its backup of some time ago. You
# need not read it, but you may. It is all a simulation on your own computer; nothing here can cost anything.

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
# You are given two strings: `given.folder`, the name of a folder in your working directory, and `given.bucket`. An
# earlier backup of the folder lies in the bucket; the key of each object is the file's path inside the folder. Since
# then some files of the folder were changed, some are new, some were deleted. Versioning is off.
#
# **Bring the backup up to date, so that**
#
# 1. **versioning is on**;
# 2. **every file of the folder is in the bucket as it is now**, sub-folders too;
# 3. **files that have not changed are not sent again**, and each of the others is sent once;
# 4. **nothing is lost**: what the bucket held for a changed or a deleted file can still be fetched, by its version id
#    at least.
#
# Whether a file that was deleted from the folder still shows in the bucket is up to you. Leave the folder, and
# everything else in the account, as they are. There is nothing to return; the bucket is the answer:
#
# | file in the folder | object in the backup | afterwards |
# |---|---|---|
# | `calls/long.csv`, as it was | `calls/long.csv` | one version, as before |
# | `calls/short.csv`, changed | `calls/short.csv` | two versions, the new one on top |
# | `calls/deep.csv`, new | none | one version |
# | none | `calls/noise.csv` | the version that there was, with a delete marker on top or without |
#
# <details><summary>Hint</summary>
#
# In this order: turn versioning on; list the bucket into a dict of key and ETag; go through the files with
# `Path(given.folder).rglob("*")`, and upload those whose MD5 is not in the dict under their key.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. From now on, keep old versions.

# 2. What does the bucket hold already?

# 3. Send what is new or has changed, and nothing else.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as what was sent. If you lost something by
# mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
import hashlib

from drycloud import check


@check(points=1)
def test_versioning_is_on(after, given):
    """The bucket keeps old versions."""
    bucket = after.bucket(given.bucket)
    assert bucket, "The bucket is gone."
    assert bucket.versioning == "Enabled", f"Versioning is {bucket.versioning.lower() or 'off'} in this bucket."


@check(points=3)
def test_every_file_is_there(after, given, files_before):
    """Every file of the folder is in the bucket, as it is now."""
    start, stored = f"{given.folder}/", after.objects(given.bucket)
    names = sorted(name for name in files_before if name.startswith(start))
    if not names:
        raise LookupError(f"there was no file in the folder {given.folder!r} when the scene was set")
    for name in names:
        key = name.removeprefix(start)
        told = f"There is no object with the key {key!r} in the bucket {given.bucket!r}."
        if name in stored:
            told += f" There is one with the key {name!r}: the folder's own name does not belong in the key."
        assert key in stored, told
        same = stored[key].sha256 == hashlib.sha256(files_before[name].data).hexdigest()
        assert same, (
            f"The object {key!r} does not hold what the file holds now. Was the file sent after it had changed?"
        )


# %% [markdown]
# ## Key points
#
# - Turn versioning on before anything is overwritten. It costs storage, and saves the day.
# - Compare first, then send: by fingerprint, by size and time, or by a list of your own.
# - A backup is as good as your last attempt to get something back from it. Try it.
#
# **Read more** in the S3 User Guide: *Retaining multiple versions of objects with S3 Versioning*, *Restoring previous
# versions* and *Checking object integrity*; in the AWS CLI Command Reference: *s3 sync*.

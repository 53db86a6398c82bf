# %% [markdown]
# # Read a data set and store the result
#
# Instruments, web crawlers and simulations rarely write one large file. They write a small file every minute, and after
# a year the data set in S3 has half a million objects. Nobody opens them by hand: a program lists the objects, reads
# them, and computes the few numbers that somebody wants to know.
#
# This is the most common job in data science in the cloud: **read data from S3, compute, store the result in S3**.
# After that you can terminate the instance that did it, and everybody finds the result in S3.
#
# What it costs: 1,000 list requests cost half a cent, 1,000 read requests cost a twenty-fifth of a cent. If you read
# the data on an instance in the same Region, you pay nothing else; if you download it from AWS, you pay about 9 cents
# per GB.

# %% [markdown]
# ## A list comes in pages
#
# `list_objects_v2` returns at most **1,000 keys**, even if there are more. This is not an error, and boto3 prints no
# warning; the response only contains `"IsTruncated": True`, and a token with which you can ask for the rest. A program
# that does not check this computes a mean from only a part of the data, and the result looks right.
#
# boto3 has a **paginator**, which asks for one page after another until it has all of them:
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# pages = s3.get_paginator("list_objects_v2").paginate(Bucket="whale-songs-7f3a", Prefix="calls/north/")
# for page in pages:
#     for item in page.get("Contents", []):
#         print(item["Key"], item["Size"])
# ```
#
# Why `.get("Contents", [])`, and not `["Contents"]`? What does a page contain if no key begins with the prefix?

# %% [markdown]
# ## End a prefix with a slash
#
# A prefix is only the beginning of a key. S3 compares it character by character and has no folders, so the `/` at the
# end is important:
#
# | key | begins with `calls/north/`? | begins with `calls/north`? |
# |---|---|---|
# | `calls/north/0001.csv` | yes | yes |
# | `calls/north-old/0001.csv` | no | **yes** |
# | `calls/northern.csv` | no | **yes** |
#
# So where do you store a result? Use a key that does not begin with the prefix of the data. If it does, the next run
# reads the result as data.

# %% [markdown]
# ## Read and write without a local file
#
# You do not have to save an object as a file on your disk. `get_object` returns its bytes, and `put_object` takes
# bytes:
#
# ```python
# data = s3.get_object(Bucket="whale-songs-7f3a", Key="calls/north/0001.csv")["Body"].read()
# text = data.decode()
# s3.put_object(Bucket="whale-songs-7f3a", Key="calls/longest.csv", Body=b"seconds\n41.5\n", ContentType="text/csv")
# ```
#
# If you prefer files, `!aws s3 sync s3://whale-songs-7f3a/calls/north/ calls` in a cell downloads all of them to a
# folder.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Before anybody reads an object, let pairs count: how many objects are there? Pairs
# who count exactly 1,000 have fallen into the trap; let them say how they could have noticed it.
#
# Demonstrate: `IsTruncated` and `KeyCount` in the first response, and a list request with `MaxKeys=2`.
#
# The run takes some seconds, because the program sends one request for each object. Ask what that means for half a
# million objects, and how to make it faster (several requests at the same time; fewer and larger objects).

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students read only the first page; they use the prefix without its `/`, so that they also read
# the trial data; they compute the mean of the objects' means, which is different if the objects have different numbers
# of rows; they count the header as a row; they store the result under the prefix of the data; they print the result but
# do not store it.
#
# For students who finish early: read the objects with `concurrent.futures.ThreadPoolExecutor`. How much faster is it,
# and why is it not even faster?

# %% [markdown]
# The next cell prepares your simulated AWS account: it contains a bucket with a data set of more than 1,000 objects.
# The cell takes some seconds. You do not have to read it, but you can. Everything is a simulation on your own computer,
# so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    subject, year = rng.choice(["rain", "traffic", "noise", "pollen"]), rng.randint(2019, 2025)
    place = f"{rng.choice(['lab', 'teams', 'projects'])}/{subject}"
    bucket, prefix = f"open-{subject}-{rng.randrange(16**6):06x}", f"{place}/{year}/"
    stations = rng.sample(["harbour", "park", "library", "school", "airport", "bridge", "market"], 4)
    base = rng.uniform(5, 20)

    def store(key, rows, level):
        lines = [f"{rng.choice(stations)},{level + rng.uniform(-2, 2):.1f}\n" for _ in range(rows)]
        s3.put_object(
            Bucket=bucket, Key=key, Body="".join(["station,value\n", *lines]).encode(), ContentType="text/csv"
        )

    s3.create_bucket(Bucket=bucket)
    count = rng.randint(1010, 1040)
    for n in range(count):  # more stations join in, and the level rises
        store(f"{prefix}{n:04}.csv", 1 + 3 * n // count + rng.randint(0, 1), base + 10 * n / count)
    for n in range(rng.randint(5, 9)):
        store(f"{place}/{year}-trial/{n:04}.csv", rng.randint(2, 4), base + 500)
        store(f"{place}/{year - 1}/{n:04}.csv", rng.randint(2, 4), base - 50)
    store(f"{subject}.csv", 9, base)
    return {"bucket": bucket, "prefix": prefix, "result_key": f"{place}/{year}-summary.csv"}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given three strings: `given.bucket`; `given.prefix`, which ends with a `/` and is the prefix of all objects of
# the data set; and `given.result_key`, a key that does not exist yet. Each object of the data set is a CSV file with a
# header and a few rows, such as
#
# ```
# station,value
# park,11.9
# bridge,12.4
# ```
#
# 1. **Set `rows` to the number of rows in the whole data set**, without the headers.
# 2. **Set `mean` to the mean of all values, not rounded.**
# 3. **Store the result as an object with the key `given.result_key` in the same bucket**: a CSV file with commas
#    between the columns, the header `rows,mean`, and one row with the two numbers. In this file, six decimal places of
#    the mean are enough.
#
# If the object above were the whole data set, `rows` would be `2`, `mean` would be `12.15`, and the result would be
#
# ```
# rows,mean
# 2,12.15
# ```
#
# Do not change anything that is already in the account. You may change settings of this bucket, such as tags and
# versioning.
#
# <details><summary>Hint</summary>
#
# Collect the values of all objects in one list; then compute `rows` and `mean` from it. `text.splitlines()[1:]` returns
# the lines without the header. How many objects did you read? There are more than 1,000.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. List all objects under the prefix.

# 2. Read them, and collect their values.

# 3. Compute rows and mean.

# 4. Store the result.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether the mean
# is right. If you changed something by mistake, run the cell that defines `scene` above again: it prepares a new
# account.

# %% tags=["check"]
import csv
import math

from drycloud import check


def number(value):
    """An answer as a number, not-a-number for anything else."""
    try:
        return math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def stated(name, answers, after, given):
    """The number in the variable of that name; if there is no such variable, the one in the stored file."""
    if name in answers:
        return number(answers.get(name))
    stored = after.objects(given.bucket).get(given.result_key)
    lines = (stored.data or b"").decode("utf-8-sig", "replace").splitlines() if stored else []
    return next((number(row.get(name)) for row in csv.DictReader(lines)), math.nan)


def objects_read(before, given, trail):
    """How many objects of the data set the student's code has read."""
    calls = [c.parameters for c in trail if c.operation == "GetObject" and not c.error]
    read = {call.get("Key") for call in calls if call.get("Bucket") == given.bucket}
    return len(read.intersection(before.objects(given.bucket, given.prefix)))


@check(points=1)
def test_the_data_set_is_read(before, given, trail):
    """Your code has read at least 1,000 objects of the data set."""
    read = objects_read(before, given, trail)
    assert read >= 1000, f"Your code has read {read} objects of the data set, which has more than 1,000."


@check(points=1, needs=test_the_data_set_is_read)
def test_there_are_two_numbers(answers):
    """There are variables named rows and mean, and both are numbers."""
    for name in ("rows", "mean"):
        value = getattr(answers, name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        assert is_number, f"The variable {name} must be a number, but it is {str(value)[:60]!r}."
    assert answers.rows > 0, f"The variable rows is {answers.rows}, but each object has at least one row."


@check(points=1)
def test_the_result_is_stored(before, after, given):
    """There is an object with the given key for the result."""
    new = after.made_since(before, "Object")
    told = f"There is no object with the key {given.result_key!r} in the bucket {given.bucket!r}."
    if new and new[0].key == given.result_key:
        told = f"The key is right, but your code stored the object in the bucket {new[0].bucket!r}."
    elif new:
        told += f" Your code stored an object with the key {new[0].key!r} in the bucket {new[0].bucket!r}."
    assert given.result_key in after.objects(given.bucket), told


@check(points=2, needs=test_the_data_set_is_read)
def test_all_rows_are_counted(before, after, given, answers):
    """The number of rows is right: all rows of the data set are counted, and no others."""
    stored, rows = before.objects(given.bucket, given.prefix), stated("rows", answers, after, given)
    if not stored:
        raise LookupError("the scene stored no data set")
    assert rows > 0, "There is no number of rows yet, or it is 0."
    wanted = sum(len(each.data.decode().splitlines()) - 1 for each in stored.values())
    told = f"Your code counts {rows:g} rows"
    assert rows != len(stored), f"{told}, which is the number of objects. An object can have more than one row."
    assert rows != wanted + len(stored), f"{told}. Did it count the headers too?"
    assert not rows < wanted, f"{told}, too few. How many objects did it read, and how many are there?"
    assert rows == wanted, f"{told}, too many. Is each object that it read part of the data set?"


# %% [markdown]
# ## Key points
#
# - AWS returns long lists in pages: always use a paginator.
# - A prefix is the beginning of a key. End it with `/` if you mean a folder.
# - Read from S3, compute, write to S3: then you can terminate the instance.
#
# **Read more** in the S3 User Guide: *Listing object keys programmatically*, *Organizing objects using prefixes* and
# *Downloading objects*; in the boto3 documentation: *Paginators*.

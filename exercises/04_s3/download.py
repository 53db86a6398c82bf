# %% [markdown]
# # A thousand files, two numbers
#
# Instruments, web crawlers and simulations rarely write one big file. They write a small one every minute, and after a
# year a data set in S3 has half a million objects. Nobody opens those by hand: a program lists them, reads them, and
# boils them down to the few numbers that somebody wants to know.
#
# That is the most ordinary job in data science in the cloud: **read what lies in S3, compute, put the result back**.
# The machine that did it is then given away, and the result is where everybody finds it.
#
# What it costs: 1,000 listings half a cent, 1,000 reads a twenty-fifth of a cent. Reading the data on a rented machine
# in the bucket's own region costs nothing more; taking it out of AWS costs about 9 cents per GB.

# %% [markdown]
# ## A list comes in pages
#
# `list_objects_v2` answers with at most **1,000 keys**, however many there are. It is not an error, and nothing is
# printed; the answer only says `"IsTruncated": True`, and how to ask for the rest. A program that does not look there
# computes a mean from part of the data, and the number looks fine.
#
# boto3 has a **paginator**, which asks again and again until there is no more:
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
# Why `.get("Contents", [])`, and not `["Contents"]`? What is in a page of a prefix below which there is nothing?

# %% [markdown]
# ## Below a prefix, and not beside it
#
# A prefix is nothing but how a key begins. S3 compares letter by letter and knows no folders, so the `/` at the end
# matters:
#
# | key | begins with `calls/north/`? | begins with `calls/north`? |
# |---|---|---|
# | `calls/north/0001.csv` | yes | yes |
# | `calls/north-old/0001.csv` | no | **yes** |
# | `calls/northern.csv` | no | **yes** |
#
# Where do you put a result, then? Beside the data, and not below its prefix: else the next run reads it as data.

# %% [markdown]
# ## Reading and writing without a file
#
# An object need not become a file on your disk. `get_object` hands you its bytes, `put_object` takes bytes:
#
# ```python
# data = s3.get_object(Bucket="whale-songs-7f3a", Key="calls/north/0001.csv")["Body"].read()
# text = data.decode()
# s3.put_object(Bucket="whale-songs-7f3a", Key="calls/longest.csv", Body=b"seconds\n41.5\n", ContentType="text/csv")
# ```
#
# If you like files better, `!aws s3 sync s3://whale-songs-7f3a/calls/north/ calls` in a cell brings all of them to a
# folder.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Before anybody reads anything, let the pairs count: how many objects are there?
# Those who come to exactly 1,000 have found the trap; let them say how they could have noticed.
#
# Demonstrate: `IsTruncated` and `KeyCount` in the first answer, and a listing with `MaxKeys=2`.
#
# The run takes some seconds, because each read is a request of its own. Ask what that means for half a million objects,
# and what one would do about it (several reads at once; fewer and bigger objects).

# %% [markdown] tags=["notes"]
# **Common mistakes.** The first page only; the prefix without its `/`, so that the trial data is read too; the mean of
# the objects' means, which is another number when the objects have different numbers of rows; the header counted as a
# row; the result stored below the prefix; the result printed and not stored.
#
# For those who are done early: read with `concurrent.futures.ThreadPoolExecutor`. How much faster is it, and why not
# faster still?

# %% [markdown]
# The next cell makes your world: a bucket with a data set in more than 1,000 objects. It takes some seconds. You need
# not read it, but you may. It is all a simulation on your own computer; nothing here can cost anything.

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
# You are given three strings: `given.bucket`; `given.prefix`, which ends with a `/` and below which the data set lies;
# and `given.result_key`, a key that does not exist yet. Each object of the data set is a CSV file with a header and a
# few rows, such as
#
# ```
# station,value
# park,11.9
# bridge,12.4
# ```
#
# 1. **Set `rows` to the number of rows of the whole data set**, headers not counted.
# 2. **Set `mean` to the mean of all values, unrounded.**
# 3. **Store the result as an object with the key `given.result_key` in the same bucket**: a CSV file, that is with
#    commas between the columns, with the header `rows,mean` and one row, the two numbers. Six decimals of the mean are
#    enough there.
#
# If the object above were the whole data set, `rows` would be `2`, `mean` would be `12.15`, and the result table
#
# ```
# rows,mean
# 2,12.15
# ```
#
# Leave everything that is already in the account as it is. The settings of your bucket, such as tags and versioning,
# are up to you.
#
# <details><summary>Hint</summary>
#
# Collect the values of all objects in one list; `rows` and `mean` both follow from it. `text.splitlines()[1:]` are the
# lines without the header. How many objects did you read? There are more than 1,000.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. List all objects below the prefix.

# 2. Read them, and collect their values.

# 3. Compute rows and mean.

# 4. Store the result table.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether the mean is right. If you changed
# something by mistake, run the scene cell above again: it makes you a new world.

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
    """The number in the variable of that name; where there is no such variable, the one in the stored table."""
    if name in answers:
        return number(answers.get(name))
    stored = after.objects(given.bucket).get(given.result_key)
    lines = (stored.data or b"").decode("utf-8-sig", "replace").splitlines() if stored else []
    return next((number(row.get(name)) for row in csv.DictReader(lines)), math.nan)


def objects_read(before, given, trail):
    """How many objects of the data set your code has read."""
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
        assert is_number, f"The variable {name} should be a number, and is {str(value)[:60]!r}."
    assert answers.rows > 0, f"The variable rows is {answers.rows}, though each object has at least one row."


@check(points=1)
def test_the_result_is_stored(before, after, given):
    """There is an object with the key that you were given for the result."""
    new = after.made_since(before, "Object")
    told = f"There is no object with the key {given.result_key!r} in the bucket {given.bucket!r}."
    if new and new[0].key == given.result_key:
        told = f"The key is right, but your code stored the object in the bucket {new[0].bucket!r}."
    elif new:
        told += f" Your code stored one with the key {new[0].key!r} in the bucket {new[0].bucket!r}."
    assert given.result_key in after.objects(given.bucket), told


@check(points=2, needs=test_the_data_set_is_read)
def test_all_rows_are_counted(before, after, given, answers):
    """The number of rows is that of the whole data set, and of nothing else."""
    stored, rows = before.objects(given.bucket, given.prefix), stated("rows", answers, after, given)
    if not stored:
        raise LookupError("the scene stored no data set")
    assert rows > 0, "There is no number of rows above 0 yet."
    wanted = sum(len(each.data.decode().splitlines()) - 1 for each in stored.values())
    told = f"Your code counts {rows:g} rows"
    assert rows != len(stored), f"{told}, which is the number of objects. Each object has one row or more."
    assert rows != wanted + len(stored), f"{told}. Are the headers among them?"
    assert not rows < wanted, f"{told}, too few. How many objects did it read, and how many are there?"
    assert rows == wanted, f"{told}, too many. Is each object that it read part of the data set?"


# %% [markdown]
# ## Key points
#
# - A list from AWS comes in pages: use a paginator, always.
# - A prefix is how a key begins. End it with `/` when you mean a folder.
# - Read from S3, compute, write to S3: then the machine can go.
#
# **Read more** in the S3 User Guide: *Listing object keys programmatically*, *Organizing objects using prefixes* and
# *Downloading objects*; in the boto3 documentation: *Paginators*.

# %% [markdown]
# # Upload a folder
#
# When you terminate an instance, its disk is deleted too. Store everything that you still need after that in **S3**
# (Simple Storage Service): it stores files of any type, each in several places at the same time, and your laptop, an
# instance and a colleague can all read them.
#
# You pay for the stored data: about 2 cents per GB and month. Uploads are free; downloads to a place outside AWS cost
# about 9 cents per GB, after the first 100 GB of each month.
#
# In this step you upload a folder with all its sub-folders.

# %% [markdown]
# ## Buckets and keys
#
# A **bucket** is a container with a name that is unique in the world. It contains **objects**. An object consists of
# some bytes and a **key**, which is its full name, such as `birds/2025/counts.csv`.
#
# S3 has no folders. It only has keys, and a `/` in a key is a character like any other. If all keys of a project begin
# with the same characters, this beginning is called a **prefix**, and many tools show prefixes as if they were folders.
# So you have to write the path into the key yourself:
#
# | on your disk | prefix | key |
# |---|---|---|
# | `birds_2025/counts.csv` | `lab/birds/` | `lab/birds/counts.csv` |
# | `birds_2025/may/counts.csv` | `lab/birds/` | `lab/birds/may/counts.csv` |
#
# What would happen if you left `may/` out of the second key? Each key exists only once in a bucket: if you upload
# another file to the same key, you **replace** the old object, and S3 does not ask.

# %% [markdown]
# ## The content type
#
# S3 stores a **content type** with each object. A browser uses it to decide whether it shows a page or an image, or
# only offers a download; other tools read it too. S3 does not guess the content type: if you do not specify it, it is
# `binary/octet-stream`, which means "some bytes".
#
# | file extension | content type |
# |---|---|
# | `.csv` | `text/csv` |
# | `.html` | `text/html` |
# | `.json` | `application/json` |
# | `.png` | `image/png` |
# | `.txt` | `text/plain` |
#
# Python can guess the content type from the file name: `mimetypes.guess_type("counts.csv")[0]` is `"text/csv"`.
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# s3.upload_file("birds_2025/counts.csv", "my-bucket", "lab/birds/counts.csv", ExtraArgs={"ContentType": "text/csv"})
# ```
#
# `upload_file` sends the bytes of the file unchanged. Do not read a file as text and write it again: an `é`, a Windows
# line ending or an image may change.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. First let the students draw the folder on paper and write the key next to each
# file. Pairs compare: did they write the name of the folder into the key? Did they leave out the sub-folder?
#
# Demonstrate: `Path.rglob("*")` also returns folders; `Path.relative_to`; `Path.as_posix` for students who use Windows.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students use only `path.name` as the key, so that the monthly files replace each other; they put
# the name of the folder into the key; they join prefix and path with one `/` too many or too few; they specify no
# content type; they use `open(…).read()` in text mode, which fails for the image and changes line endings in other
# files; they use a file name with a space in a command without quotation marks.
#
# For students who finish early: what does `list_objects_v2` with `Delimiter="/"` show?

# %% [markdown]
# The next cell prepares your simulated AWS account, in which other people already store files, and creates a folder in
# your working directory. You do not have to read the cell, but you can. Everything is a simulation on your own
# computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng, workdir):
    subject, year = rng.choice(["bees", "rivers", "trams", "glaciers"]), rng.randint(2019, 2025)
    folder, prefix = f"{subject}_{year}", f"{rng.choice(['teams', 'projects', 'lab'])}/{subject}/{year}/"
    bucket = f"open-{subject}-{rng.randrange(16**6):06x}"
    months = rng.sample(["january", "march", "may", "july", "october"], rng.randint(2, 3))
    places = rng.sample(["Zürich", "Łódź", "São Paulo", "Tromsø", "Århus", "Orléans"], 4)

    def write(path, data):
        file = workdir / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def table(end):
        rows = [f"{place};{rng.uniform(0, 40):.2f} µg" for place in places for _ in range(rng.randint(2, 5))]
        return end.join(["place;value", *rows, ""])

    write(f"{folder}/stations.csv", table("\n"))
    write(f"{folder}/report.html", f"<!doctype html><title>{subject} in {year}</title><p>{places[0]}</p>\n")
    write(f"{folder}/notes on method.txt", f"Measured twice in {places[1]}.\r\nPrecision ±{rng.randint(1, 9)} %.\r\n")
    for month in months:
        write(f"{folder}/{month}/measurements.csv", table("\r\n"))
        write(f"{folder}/{month}/sensor.json", f'{{"sensor": {rng.randint(100, 999)}, "unit": "µg"}}\n')
    write(f"{folder}/plots/overview.png", b"\x89PNG\r\n\x1a\n" + rng.randbytes(400))
    write(f"{folder}/plots/daily/means.json", "[]\n")
    write(f"{folder}/plots/daily/gaps.txt", "")
    write("draft_letter.txt", "Dear colleagues, …\n")
    write(f"{folder}_raw/unchecked.csv", table("\n"))

    def store(bucket, key, type="text/csv"):
        s3.put_object(Bucket=bucket, Key=key, Body=table("\n").encode(), ContentType=type)

    for name in (bucket, f"{bucket}-archive"):
        s3.create_bucket(Bucket=name)
        store(name, f"{prefix}license/terms.html", "text/html")
        store(name, f"{prefix.rstrip('/')}-pilot/stations.csv")
        store(name, f"{prefix.replace(str(year), str(year - 1))}stations.csv")
        store(name, "stations.csv")
        store(name, f"{folder}/report.html", "text/html")
    return {"bucket": bucket, "folder": folder, "prefix": prefix}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given three strings: `given.bucket`, a bucket that exists; `given.folder`, the name of a folder in your
# working directory; and `given.prefix`, which ends with a `/`.
#
# **Upload every file in the folder and in its sub-folders. The key of each object is the prefix, followed by the file's
# path inside the folder, and its content type is the one from the table above.** Upload nothing else, and do not change
# the folder or anything that is already in the account. You may change settings of this bucket, such as tags and
# versioning.
#
# Your code does not have to return anything: the checks look at the bucket. If, for example, the folder is `birds_2025`
# and the prefix is `lab/birds/`, you upload the file `birds_2025/may/counts.csv` to the key `lab/birds/may/counts.csv`,
# with the content type `text/csv`.
#
# <details><summary>Hint</summary>
#
# `pathlib.Path(given.folder).rglob("*")` returns everything inside the folder, files and folders; `is_file()` is true
# only for files. `path.relative_to(given.folder).as_posix()` is the path inside the folder.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# For each file of the folder: what is its key, what is its content type? Then upload it.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example the content types.
# If you replaced something by mistake, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


def missing(after, given, files_before, nested):
    """The files whose key is not in the bucket: those in sub-folders, or those directly in the folder."""
    paths = [name.removeprefix(f"{given.folder}/") for name in files_before if name.startswith(f"{given.folder}/")]
    paths = [path for path in sorted(paths) if ("/" in path) == nested]
    if not paths:
        raise LookupError(f"there was no such file in the folder {given.folder!r} when the scene was set")
    stored = after.objects(given.bucket, given.prefix)
    return [path for path in paths if given.prefix + path not in stored]


def told(left, before, after, given):
    """A message that says what is missing, and what is there instead."""
    new = [
        (name, key) for name in after.ids("Bucket") for key in after.objects(name) if key not in before.objects(name)
    ]
    same = [(name, key) for name, key in new if key.endswith(left[0])]
    text = f"There is no object with the key {given.prefix + left[0]!r} in the bucket {given.bucket!r} "
    text += f"(missing in total: {len(left)})."
    for name, key in same[:1]:
        if key == given.prefix + left[0]:
            text += f" The key is right, but your code stored it in the bucket {name!r}."
        else:
            text += f" There is one with the key {key!r}: compare the two keys, character by character."
    return text if same or not new else f"{text} Your code stored {new[0][1]!r}, for example."


@check(points=2)
def test_files_of_the_folder_are_uploaded(before, after, given, files_before):
    """The files that are directly in the folder are in the bucket, under the prefix."""
    left = missing(after, given, files_before, nested=False)
    assert not left, told(left, before, after, given)


@check(points=2)
def test_files_of_sub_folders_are_uploaded(before, after, given, files_before):
    """The files in sub-folders are there too, with the sub-folder in their keys."""
    left = missing(after, given, files_before, nested=True)
    assert not left, told(left, before, after, given)


# %% [markdown]
# ## Key points
#
# - Instances are temporary. Store everything that you want to keep in S3.
# - A key is a name, not a path: you decide how you organize your keys.
# - Upload files unchanged, and specify their content type.
#
# **Read more** in the S3 User Guide: *Uploading objects*, *Organizing objects using prefixes* and *Working with object
# metadata*; in the boto3 documentation: *Uploading files*.

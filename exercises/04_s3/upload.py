# %% [markdown]
# # Put your data where it stays
#
# A rented machine is given back, and its disk with it. What is to outlive it belongs in **S3** (Simple Storage
# Service): a store for files of any kind, which AWS keeps in several places at once, and which your laptop, a rented
# machine and a colleague can all reach.
#
# You pay for what lies there: about 2 cents per GB and month. Uploading is free; downloading to a place outside AWS
# costs about 9 cents per GB after the first 100 GB of a month.
#
# In this step you upload a folder as it is, sub-folders and all.

# %% [markdown]
# ## Buckets and keys
#
# A **bucket** is a container with a name that nobody else in the world has. In it lie **objects**: some bytes with a
# **key**, which is the object's full name, such as `birds/2025/counts.csv`.
#
# S3 knows no folders. It only knows keys, and a `/` in a key is a character like any other. When all keys of a project
# begin alike, that beginning is called a **prefix**, and many tools show prefixes as if they were folders. So it is
# up to you to write the path into the key:
#
# | on your disk | prefix | key |
# |---|---|---|
# | `birds_2025/counts.csv` | `lab/birds/` | `lab/birds/counts.csv` |
# | `birds_2025/may/counts.csv` | `lab/birds/` | `lab/birds/may/counts.csv` |
#
# What would happen if you left `may/` out of the second key? A key exists once in a bucket: if you upload to it
# again, you **replace** what was there, without a question.

# %% [markdown]
# ## What kind of file is it?
#
# With each object S3 keeps a **content type**. A browser decides by it whether to show a page, draw a picture or only
# offer a download; other tools read it too. S3 does not guess: unless you say something, boto3 stores
# `binary/octet-stream`, which means "some bytes".
#
# | ending | content type |
# |---|---|
# | `.csv` | `text/csv` |
# | `.html` | `text/html` |
# | `.json` | `application/json` |
# | `.png` | `image/png` |
# | `.txt` | `text/plain` |
#
# Python can guess it for you from the file's name: `mimetypes.guess_type("counts.csv")[0]` is `"text/csv"`.
#
# ```python
# import boto3
#
# s3 = boto3.client("s3")
# s3.upload_file("birds_2025/counts.csv", "my-bucket", "lab/birds/counts.csv", ExtraArgs={"ContentType": "text/csv"})
# ```
#
# `upload_file` sends the bytes of the file as they are. Do not read a file as text and write it again: an `é`, a line
# end from Windows or a picture may come out different.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. First let the students draw the folder on paper and write the key beside each
# file. Pairs compare: who wrote the folder's own name into the key, who left the sub-folder out?
#
# Demonstrate: `Path.rglob("*")` also yields folders; `Path.relative_to`; `Path.as_posix` for those with Windows.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Keys from `path.name` alone, so that the monthly files replace each other; the name of the
# folder in the key; the prefix joined with one `/` too many or too few; no content type; `open(…).read()` in text
# mode, which fails at the picture and changes line ends elsewhere; a file name with a space in an unquoted command.
#
# For those who are done early: what does `list_objects_v2` with `Delimiter="/"` show?

# %% [markdown]
# The next cell makes your world: a folder in your working directory, and an account in which others already keep
# things. You need not read it, but you may. It is all a simulation on your own computer; nothing here can cost
# anything.

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
# **Upload every file of the folder, in its sub-folders too. The key of each is the prefix followed by the file's path
# inside the folder, and its content type is the one of the table above.** Upload nothing else, and leave the folder and
# everything that is already in the account as they are. The settings of your bucket, such as tags and versioning, are
# up to you.
#
# There is nothing to return: the bucket is the answer. With the folder `birds_2025` and the prefix `lab/birds/`, the
# file `birds_2025/may/counts.csv` becomes the object `lab/birds/may/counts.csv` of the type `text/csv`.
#
# <details><summary>Hint</summary>
#
# `pathlib.Path(given.folder).rglob("*")` goes through everything below the folder, folders included; `is_file()` tells
# them apart. `path.relative_to(given.folder).as_posix()` is the path inside the folder.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# For each file of the folder: what is its key, what is its content type? Then upload it.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as the content types. If you replaced
# something by mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


def missing(after, given, files_before, nested):
    """The files of the folder whose key is not in the bucket: those in sub-folders, or those directly in it."""
    paths = [name.removeprefix(f"{given.folder}/") for name in files_before if name.startswith(f"{given.folder}/")]
    paths = [path for path in sorted(paths) if ("/" in path) == nested]
    if not paths:
        raise LookupError(f"there was no such file in the folder {given.folder!r} when the scene was set")
    stored = after.objects(given.bucket, given.prefix)
    return [path for path in paths if given.prefix + path not in stored]


def told(left, before, after, given):
    """What is missing, and what lies in its place."""
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
            text += f" There is one with the key {key!r}: compare the two, letter by letter."
    return text if same or not new else f"{text} Your code stored {new[0][1]!r}, for example."


@check(points=2)
def test_files_of_the_folder_are_uploaded(before, after, given, files_before):
    """The files that lie directly in the folder are in the bucket, below the prefix."""
    left = missing(after, given, files_before, nested=False)
    assert not left, told(left, before, after, given)


@check(points=2)
def test_files_of_sub_folders_are_uploaded(before, after, given, files_before):
    """The files that lie in sub-folders are there too, with the sub-folder in their keys."""
    left = missing(after, given, files_before, nested=True)
    assert not left, told(left, before, after, given)


# %% [markdown]
# ## Key points
#
# - Machines come and go; what is to stay lies in S3.
# - A key is a name and not a path: the order in it is the order that you make.
# - Send bytes as they are, and say what they are.
#
# **Read more** in the S3 User Guide: *Uploading objects*, *Organizing objects using prefixes* and *Working with object
# metadata*; in the boto3 documentation: *Uploading files*.

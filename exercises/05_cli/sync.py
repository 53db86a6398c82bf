# %% [markdown]
# # A folder goes to S3 in one line
#
# Lesson 4 uploaded a folder with a loop in Python. Most days you write no loop for that: the **AWS CLI** (command line
# interface) is a program named `aws`, which does from a terminal what boto3 does from Python. On a rented machine there
# is often no notebook at all, only a terminal; and what a terminal can do, a script can do every night while you sleep.
#
# Every command is built alike: `aws`, a service, what to do, and options that begin with `--`.
#
# | command | what it does |
# |---|---|
# | `aws s3 mb s3://glacier-photos` | makes a bucket ("make bucket") |
# | `aws s3 ls` | lists your buckets |
# | `aws s3 ls s3://glacier-photos` | lists what lies directly in the bucket; `--recursive` shows everything |
# | `aws s3 cp map.png s3://glacier-photos/maps/map.png` | copies one file; with `--recursive`, a whole folder |
# | `aws s3 sync photos s3://glacier-photos` | copies what the bucket does not yet have, or has in another state |
#
# A place that begins with `s3://` is in a bucket, any other is on your disk. Swap the two places of `cp` or `sync`,
# and you download.

# %% [markdown]
# ## Why sync?
#
# `sync` compares both sides, by size and by time of change, and sends only the difference. If the connection breaks
# after 40 of 50 GB, you give the same command again and it sends the other 10. If a script runs it every night, it
# sends what is new since yesterday. That is a backup in one line.
#
# It also saves money, if not much: sending data to S3 is free, but 1,000 uploads cost half a cent, whatever their
# size. A million tiny files cost 5 dollars to send, each time you send them all. What lies there then costs about 2
# cents per GB and month, rubbish as much as results. So you leave the rubbish at home.
#
# Things to know, or to learn the hard way:
#
# - **The content goes, the folder's name does not.** `photos/alps/a.jpg` becomes the key `alps/a.jpg`, in `cp
#   --recursive` as in `sync`. If you want `photos/` in the keys, write it after the bucket.
# - **`--dryrun`** only tells what would be sent. Look first.
# - **`--delete`** also deletes from the target whatever the source does not have. With a mistyped target, that is
#   everything in it. There is no question, and no way back.

# %% [markdown]
# ## Leaving files out, and a trap
#
# `--exclude PATTERN` leaves out what fits the pattern, at every depth, where `*` stands for any characters, `/`
# too. This sends everything but log files:
#
# ```bash
# aws s3 sync photos s3://glacier-photos --exclude "*.log" --dryrun
# ```
#
# The quotation marks matter. Without them the shell gets hold of `*.log` before `aws` does: if there happens to be a
# `today.log` where you stand, the shell puts that name in the place of the pattern. `aws` then leaves out this one file
# and sends all others, and no error tells you.
#
# The same goes for what you are given. The shell puts the value in the place of `"$FOLDER"`, and the quotation
# marks keep it in one piece, even if there is a space in it.

# %% [markdown]
# ## One key a line
#
# `aws s3 ls --recursive` is made for the eye: each line has a date, a time and a size before the key. A program
# needs the keys alone. The service's full interface is `aws s3api`. It answers in JSON, of which `--query` picks
# a part, and `--output text` prints this part without brackets and quotation marks:
#
# ```bash
# aws s3api list-objects-v2 --bucket glacier-photos --prefix alps/ --query "Contents[].[Key]" --output text
# ```
#
# A shell's own means do the rest: `|` hands what one command prints to the next, `sort` puts lines in order, and
# `>` writes them to a file instead of the screen, replacing what was in it. `sort prices.txt | head -3 > cheapest.txt`
# writes the first three lines in order. What would be in the file if `sort` came after the `>`?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Have everybody run `aws s3 sync` with `--dryrun` first and read the lines aloud:
# which file, to which key? That finds the name of the folder in the keys, and files that nobody wanted to send.
#
# Demonstrate the trap live: `echo *.tmp` and `echo "*.tmp"`, one after the other, where the notebook lies. There is
# exactly one such file beside the folder, so that the unquoted pattern fails silently.

# %% [markdown] tags=["notes"]
# **Common mistakes.** The pattern without quotation marks; `--exclude "*tmp*"`, which also leaves out the data of the
# sensor TMP117; `--exclude "$FOLDER/*.tmp"`, which fits nothing, as patterns are compared from the source folder on;
# the folder's name after the bucket, out of habit from `cp -r`; `aws s3 ls` without `--recursive`, or with all of
# its columns, in the file; the listing made before the upload.
#
# For those who are done early: run `sync` again and count the calls. What does it ask, and what does it send? Then
# `touch` one file.

# %% [markdown]
# The next cell makes your world: a folder in your working directory, and an account in which there are buckets already.
# You need not read it, but you may. It is all a simulation on your own computer; nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng, workdir):
    subject, year = rng.choice(["bats", "dunes", "ferries", "orchards"]), rng.randint(2019, 2025)
    folder, bucket = f"{subject}_{year}", f"{subject}-{year}-{rng.randrange(16**6):06x}"
    months = rng.sample(["january", "april", "june", "september", "november"], rng.randint(2, 3))
    rubbish = ["autosave", "cursor", "half_sorted", "lockfile", "old_plot", "undo"]

    def table():
        return "".join(f"{rng.randint(0, 23)};{rng.uniform(-5, 30):.1f}\r\n" for _ in range(rng.randint(3, 9))).encode()

    def write(path, data):
        file = workdir / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    # No name is the beginning of another before a "/" or a ".": whatever the language, they sort alike.
    write(f"{folder}/about.txt", f"Counted by hand, {rng.randint(2, 9)} people.\n".encode())
    write(f"{folder}/summary.csv", table())
    write(f"{folder}/plots/overview.png", b"\x89PNG\r\n\x1a\n" + rng.randbytes(300))
    write(f"{folder}/plots/hourly/means.json", f'{{"mean": {rng.uniform(0, 9):.2f}}}\n'.encode())
    for month in months:
        for week in range(1, rng.randint(2, 3)):
            write(f"{folder}/{month}/week{week}.csv", table())
        write(f"{folder}/{month}/sensors/tmp117.csv", table())
    places = ["", "cache/", "plots/hourly/", f"{months[0]}/", f"{months[-1]}/sensors/"]
    for place in places:
        write(f"{folder}/{place}{rng.choice(rubbish)}.tmp", table())
    write(f"{folder}/summary.csv.tmp", table())
    write(f"{rng.choice(rubbish)}.tmp", b"not for S3\n")
    write("todo.txt", b"write to the printers\n")
    write(f"{folder}_unchecked/summary.csv", table())

    others = [f"{bucket}-archive", f"{subject}-{year - 1}-{rng.randrange(16**6):06x}", f"team-{subject}"]
    for name in rng.sample(others, len(others)):
        s3.create_bucket(Bucket=name)
        for key in ["about.txt", "summary.csv", f"{folder}/summary.csv", f"{months[0]}/week1.csv", "undo.tmp"]:
            s3.put_object(Bucket=name, Key=key, Body=table(), ContentType="text/csv")
    return {"FOLDER": folder, "BUCKET": bucket}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given two strings, which the shell knows as `"$FOLDER"`, the name of a folder in your working directory, and
# `"$BUCKET"`, the name of a bucket that does not exist yet.
#
# 1. **Make the bucket.**
# 2. **Mirror the content of the folder into it, with all sub-folders, but without the files that end in `.tmp`.** The
#    key of each object is the file's path inside the folder.
# 3. **Write the file `listing.txt` in your working directory: the keys of all objects in the bucket, one a line,
#    sorted, and nothing else.**
#
# Leave the folder, and everything that others have in the account, as they are. With a folder that holds `about.txt`,
# `maps/north.png`, `maps/south.png` and `maps/edit.tmp`, the file `listing.txt` is
#
# ```
# about.txt
# maps/north.png
# maps/south.png
# ```
#
# The first line of the cell, `%%bash`, hands the rest of it to the shell. Should there be no bash on your computer,
# take that line out and do it in Python, with `given.FOLDER` and `given.BUCKET`: what counts is what you leave behind.
#
# To try a command first, use a cell of your own (`!aws …`), or type `drycloud shell` in a terminal, in the folder of
# this notebook: the step *A new machine for an old one* tells more.
#
# <details><summary>Hint</summary>
#
# Three commands, one for each part. For the second, `--dryrun` shows you the keys before anything is sent; no line of
# it should end in `.tmp`. For the third, put together the last example above, without its prefix, and the two signs `|`
# and `>`.
#
# </details>

# %% tags=["task"] language="bash"
# # 1. Make the bucket "$BUCKET".
#
# # 2. Mirror the content of "$FOLDER" into it, without *.tmp.
#
# # 3. Write the sorted keys to listing.txt.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether the rubbish stayed at home. If you
# changed something by mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from itertools import pairwise

from drycloud import check


def made(before, after, given):
    """The bucket that you were to make; where there is none of that name, the one that your code made in its place."""
    new = after.new_since(before, "Bucket")
    return given.BUCKET if after.bucket(given.BUCKET) or len(new) != 1 else new[0]


@check(points=1)
def test_the_bucket_is_there(before, after, given):
    """There is a bucket with the name that you were given."""
    new = "".join(f" Your code made {name!r}." for name in after.new_since(before, "Bucket")[:1])
    assert after.bucket(given.BUCKET), f"There is no bucket named {given.BUCKET!r}.{new}"


@check(points=3)
def test_the_folder_is_in_the_bucket(before, after, given, files_before):
    """Every file of the folder that does not end in .tmp is in the bucket, by its path inside the folder."""
    start, bucket = f"{given.FOLDER}/", made(before, after, given)
    paths = [name.removeprefix(start) for name in sorted(files_before) if name.startswith(start)]
    paths = [path for path in paths if not path.endswith(".tmp")]
    if not paths:
        raise LookupError(f"there was no such file in the folder {given.FOLDER!r} when the scene was set")
    stored = after.objects(bucket)
    left = [path for path in paths if path not in stored]
    known = [path for path in left if start + path in stored]
    there = (
        "Nothing is in the bucket yet."
        if not stored
        else f"In the bucket there is, for example, {next(iter(stored))!r}."
    )
    if known:
        there = f"There is {start + known[0]!r}: the folder's own name does not belong in the keys."
    assert not left, (
        f"There is no object with the key {left[0]!r} in the bucket {bucket!r} (missing in total: {len(left)}). {there}"
    )


def lines_of(files):
    """The lines of listing.txt; the check fails when there is no such file."""
    assert "listing.txt" in files, "There is no file listing.txt in your working directory."
    return [line.strip() for line in files["listing.txt"].text.splitlines() if line.strip()]


@check(points=1)
def test_the_listing_holds_the_keys(before, after, given, files):
    """listing.txt holds the key of every object in your bucket, one a line, and nothing else."""
    lines, stored = lines_of(files), after.objects(made(before, after, given))
    assert stored, "Your bucket is empty: there is nothing to list yet."
    ends = sorted(line.split()[-1] for line in lines if line not in stored)  # the start of a line may be the time
    assert lines, "The file listing.txt is empty."
    assert not ends, (
        f"listing.txt has a line that ends in {ends[0]!r} and is not the key of an object in your bucket "
        f"(such lines in all: {len(ends)}). A line is a whole key, and nothing before or after it."
    )
    left = [key for key in stored if key not in lines]
    assert not left, f"The key {left[0]!r} is in your bucket and not in listing.txt (missing in total: {len(left)})."
    assert len(lines) == len(stored), f"listing.txt has {len(lines)} lines for {len(stored)} objects: each key once."


@check(points=1)
def test_the_listing_is_sorted(before, after, given, files):
    """The lines of listing.txt are sorted."""
    stored = after.objects(made(before, after, given))
    lines = [line for line in lines_of(files) if line.split()[-1] in stored]
    assert lines, "No line of listing.txt ends in the key of an object in your bucket, so there is no order yet."
    wrong = [(one, two) for one, two in pairwise(lines) if one > two]
    assert not wrong, f"In listing.txt the line {wrong[0][0]!r} stands before {wrong[0][1]!r}."


# %% [markdown]
# ## Key points
#
# - `aws s3 sync` sends what is new, and can be given again at any time.
# - Put patterns and variables in quotation marks, and look at a `--dryrun` before you send or delete.
# - What you make for the eye and what you make for a program are two things: `s3 ls` and `s3api … --query`.
#
# **Read more** in the AWS CLI User Guide: *Using high-level (s3) commands*, and *Filtering output*; in the AWS CLI
# Command Reference: *s3 sync*, and *Use of Exclude and Include Filters* on the page *s3*.

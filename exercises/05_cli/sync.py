# %% [markdown]
# # Copy a folder to S3 with one command
#
# In `04_s3` you uploaded a folder with a loop in Python. Usually you do not need a loop for that: the **AWS CLI**
# (command line interface) is a program with the name `aws`. With it you do in a shell what you do with boto3 in Python.
# On an instance there is often no notebook, only a shell. And you can put the commands into a script that runs every
# night while you sleep.
#
# Every command has the same structure: `aws`, a service, an operation, and options that begin with `--`.
#
# | command | what it does |
# |---|---|
# | `aws s3 mb s3://glacier-photos` | creates a bucket ("make bucket") |
# | `aws s3 ls` | lists your buckets |
# | `aws s3 ls s3://glacier-photos` | lists what is directly in the bucket; `--recursive` shows everything |
# | `aws s3 cp map.png s3://glacier-photos/maps/map.png` | copies one file; with `--recursive`, a whole folder |
# | `aws s3 sync photos s3://glacier-photos` | copies only files that are not yet in the bucket, or that have changed |
#
# A path that begins with `s3://` is in a bucket; any other path is on your disk. If you swap the two paths of `cp` or
# `sync`, the command downloads.

# %% [markdown]
# ## Why sync?
#
# `sync` compares the source and the target, by size and modification time, and copies only the difference. If the
# connection fails after 40 of 50 GB, you run the same command again, and it uploads the other 10. If a script runs it
# every night, it uploads what is new since yesterday. This is a backup with one command.
#
# It also saves a little money: the transfer of data to S3 is free, but 1,000 upload requests cost half a cent, for
# files of any size. A million tiny files cost 5 dollars each time you upload all of them. In addition, you pay for the
# stored data, about 2 cents per GB and month, also for temporary files that nobody needs. So do not upload those.
#
# Three things are important:
#
# - **The keys do not contain the name of the folder.** `photos/alps/a.jpg` becomes the key `alps/a.jpg`, with
#   `cp --recursive` and with `sync`. If you want `photos/` in the keys, write it after the name of the bucket.
# - **`--dryrun`** only shows what the command would copy. Use it first.
# - **`--delete`** also deletes everything in the target that is not in the source. If you mistype the target, the
#   command deletes everything in it. It does not ask, and you cannot undo it.

# %% [markdown]
# ## Exclude files, and use quotation marks
#
# `--exclude PATTERN` leaves out all files that match the pattern, also in sub-folders. `*` matches any characters,
# including `/`. This command copies everything except log files:
#
# ```bash
# aws s3 sync photos s3://glacier-photos --exclude "*.log" --dryrun
# ```
#
# The quotation marks are important. Without them, the shell reads `*.log` before `aws` does: if the current folder
# contains a file `today.log`, the shell replaces the pattern by this name. Then `aws` leaves out only this one file and
# copies all other log files, and you get no error.
#
# Also put quotation marks around the given variables. The shell replaces `"$FOLDER"` by its value, and because of the
# quotation marks it does not split the value, even if the value contains a space.

# %% [markdown]
# ## One key per line
#
# The output of `aws s3 ls --recursive` is for people: each line has a date, a time and a size before the key. A program
# needs only the keys. `aws s3api` has a command for every operation of S3. It prints JSON; `--query` selects a part of
# it, and `--output text` prints this part without brackets and quotation marks:
#
# ```bash
# aws s3api list-objects-v2 --bucket glacier-photos --prefix alps/ --query "Contents[].[Key]" --output text
# ```
#
# The shell does the rest: `|` passes the output of one command to the next, `sort` sorts lines, and `>` writes the
# output to a file instead of the screen, and replaces the old content of the file.
# `sort prices.txt | head -3 > cheapest.txt` sorts the lines and writes the first three to the file. What would the file
# contain if `sort` came after the `>`?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Let everybody run `aws s3 sync` with `--dryrun` first, and read the lines aloud:
# which file goes to which key? So students notice the name of the folder in the keys, and files that they did not want
# to upload.
#
# Demonstrate the problem: run `echo *.tmp` and then `echo "*.tmp"` in the folder of the notebook. There is exactly one
# such file next to the data folder, so the pattern without quotation marks fails without an error.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students write the pattern without quotation marks; they use `--exclude "*tmp*"`, which also
# leaves out the data of the sensor TMP117; they use `--exclude "$FOLDER/*.tmp"`, which matches nothing, because
# patterns are relative to the source folder; they write the name of the folder after the bucket, because `cp -r` works
# like that; they write the output of `aws s3 ls` without `--recursive`, or with all its columns, to the file; they
# create the listing before the upload.
#
# For students who finish early: run `sync` again and count the calls. What does it ask AWS, and what does it upload?
# Then `touch` one file and run it again.

# %% [markdown]
# The next cell prepares your simulated AWS account, which already contains some buckets, and creates a folder in your
# working directory. You do not have to read the cell, but you can. Everything is a simulation on your own computer, so
# nothing here can cost anything.

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
# You are given two strings. In the shell they are the variables `"$FOLDER"`, the name of a folder in your working
# directory, and `"$BUCKET"`, the name of a bucket that does not exist yet.
#
# 1. **Create the bucket.**
# 2. **Copy the content of the folder to the bucket, with all sub-folders, but without the files whose names end in
#    `.tmp`.** The key of each object is the file's path inside the folder.
# 3. **Write the file `listing.txt` in your working directory: the keys of all objects in the bucket, one per line,
#    sorted, and nothing else.**
#
# Do not change the folder, or anything of others in the account. If, for example, the folder contains `about.txt`,
# `maps/north.png`, `maps/south.png` and `maps/edit.tmp`, the file `listing.txt` is
#
# ```
# about.txt
# maps/north.png
# maps/south.png
# ```
#
# The first line of the cell, `%%bash`, passes the rest of the cell to the shell. If your computer has no bash, remove
# this line and solve the task in Python, with `given.FOLDER` and `given.BUCKET`: the checks look only at the result.
#
# To try a command first, use a cell of your own (`!aws …`), or type `drycloud shell` in a terminal, in the folder of
# this notebook: `05_cli/instances` explains how.
#
# <details><summary>Hint</summary>
#
# Use three commands, one for each part. For the second, `--dryrun` shows you the keys before the command uploads
# anything; no key should end in `.tmp`. For the third, combine the last `aws s3api` example above, without its prefix,
# with `|` and `>`.
#
# </details>

# %% tags=["task"] language="bash"
# # 1. Create the bucket "$BUCKET".
#
# # 2. Copy the content of "$FOLDER" to it, without *.tmp.
#
# # 3. Write the sorted keys to listing.txt.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether you left
# out the temporary files. If you changed something by mistake, run the cell that defines `scene` above again: it
# prepares a new account.

# %% tags=["check"]
from itertools import pairwise

from drycloud import check


def made(before, after, given):
    """The bucket with the given name; if there is none, the only one that the student's code created."""
    new = after.new_since(before, "Bucket")
    return given.BUCKET if after.bucket(given.BUCKET) or len(new) != 1 else new[0]


@check(points=1)
def test_the_bucket_is_there(before, after, given):
    """There is a bucket with the given name."""
    new = "".join(f" Your code created {name!r}." for name in after.new_since(before, "Bucket")[:1])
    assert after.bucket(given.BUCKET), f"There is no bucket with the name {given.BUCKET!r}.{new}"


@check(points=3)
def test_the_folder_is_in_the_bucket(before, after, given, files_before):
    """Every file in the folder, except .tmp files, is in the bucket, with its path inside the folder as the key."""
    start, bucket = f"{given.FOLDER}/", made(before, after, given)
    paths = [name.removeprefix(start) for name in sorted(files_before) if name.startswith(start)]
    paths = [path for path in paths if not path.endswith(".tmp")]
    if not paths:
        raise LookupError(f"there was no such file in the folder {given.FOLDER!r} when the scene was set")
    stored = after.objects(bucket)
    left = [path for path in paths if path not in stored]
    known = [path for path in left if start + path in stored]
    there = "The bucket is empty." if not stored else f"The bucket contains, for example, {next(iter(stored))!r}."
    if known:
        there = f"There is {start + known[0]!r}: the name of the folder does not belong in the keys."
    assert not left, (
        f"There is no object with the key {left[0]!r} in the bucket {bucket!r} (missing in total: {len(left)}). {there}"
    )


def lines_of(files):
    """The lines of listing.txt; the check fails if there is no such file."""
    assert "listing.txt" in files, "There is no file listing.txt in your working directory."
    return [line.strip() for line in files["listing.txt"].text.splitlines() if line.strip()]


@check(points=1)
def test_the_listing_holds_the_keys(before, after, given, files):
    """listing.txt contains the key of every object in your bucket, one per line, and nothing else."""
    lines, stored = lines_of(files), after.objects(made(before, after, given))
    assert stored, "Your bucket is empty: there is nothing to list yet."
    ends = sorted(line.split()[-1] for line in lines if line not in stored)  # the start of a line may be the time
    assert lines, "The file listing.txt is empty."
    assert not ends, (
        f"listing.txt has a line that ends in {ends[0]!r} and is not the key of an object in your bucket "
        f"(such lines: {len(ends)}). Each line must be a whole key, with nothing before or after it."
    )
    left = [key for key in stored if key not in lines]
    assert not left, f"The key {left[0]!r} is in your bucket, but not in listing.txt (missing in total: {len(left)})."
    assert len(lines) == len(stored), f"listing.txt has {len(lines)} lines for {len(stored)} objects: each key once."


@check(points=1)
def test_the_listing_is_sorted(before, after, given, files):
    """The lines of listing.txt are sorted."""
    stored = after.objects(made(before, after, given))
    lines = [line for line in lines_of(files) if line.split()[-1] in stored]
    assert lines, "No line of listing.txt ends with the key of an object in your bucket, so there is no order yet."
    wrong = [(one, two) for one, two in pairwise(lines) if one > two]
    assert not wrong, f"In listing.txt, the line {wrong[0][0]!r} is before {wrong[0][1]!r}."


# %% [markdown]
# ## Key points
#
# - `aws s3 sync` copies only what is new, and you can run it again at any time.
# - Put patterns and variables in quotation marks, and use `--dryrun` before you copy or delete.
# - The output of `s3 ls` is for people; the output of `s3api … --query` is for programs.
#
# **Read more** in the AWS CLI User Guide: *Using high-level (s3) commands*, and *Filtering output*; in the AWS CLI
# Command Reference: *s3 sync*, and *Use of Exclude and Include Filters* on the page *s3*.

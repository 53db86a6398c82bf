# %% [markdown]
# # A new machine for an old one
#
# A machine that has run for months has been patched, filled and changed, until nobody knows any more what is on it.
# In the cloud you do not repair such a machine. You launch a fresh one from an image, see that it runs, and give the
# old one back. It takes a minute, and costs next to nothing: for that minute both machines are on the bill.
#
# Done once a year, that is a few clicks. Done each Monday at five, or for twenty machines, it is a **script**: a file
# of commands that a shell runs one after the other. In this step you write such a script with the **AWS CLI**. The
# calls are those of lesson 2; what is new is how one command hands its result to the next.

# %% [markdown]
# ## The same calls, in other words
#
# What boto3 calls `run_instances(ImageId=…)` is `aws ec2 run-instances --image-id …` in a shell: small letters, and
# hyphens between the words.
#
# | command | what it does |
# |---|---|
# | `aws ec2 run-instances --image-id ami-0aaa… --instance-type t3.nano --count 1` | launches an instance |
# | `aws ec2 create-tags --resources i-0bbb… --tags "Key=Name,Value=web-3"` | gives it a tag |
# | `aws ec2 describe-instances --instance-ids i-0bbb…` | tells all about it |
# | `aws ec2 wait instance-running --instance-ids i-0bbb…` | returns once it runs, and prints nothing |
# | `aws ec2 stop-instances --instance-ids i-0bbb…` | switches it off: the disk stays, and is paid for |
# | `aws ec2 terminate-instances --instance-ids i-0bbb…` | gives it back: nobody can start it again |
#
# A tag can also be given at launch, with an option that looks worse than it is:
# `--tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web-3}]"`.
#
# The `aws` of this course is **version 1** of the AWS CLI; on other machines you may meet **version 2**. All commands
# of this lesson are the same in both, and options that only version 2 has, such as `--no-cli-pager`, do no harm here.

# %% [markdown]
# ## From one command to the next
#
# `run-instances` answers with a page of JSON, and of all this the script needs one word: the id. `--query` picks a part
# of an answer, by the same path that you would write in Python. `--output text` takes off the quotation marks:
#
# ```bash
# aws ec2 describe-instances --instance-ids i-0bbb… --query "Reservations[0].Instances[0].PrivateIpAddress" --output text
# ```
#
# prints `172.31.7.12` and nothing else. The shell can keep what a command prints, and put it in where you name it:
#
# ```bash
# address=$(aws ec2 describe-instances … --output text)
# echo "The machine answers at $address"
# echo "$address" > address.txt
# ```
#
# There is no space on either side of the `=`. The last line writes it to a file, for a person or a program to find.

# %% [markdown]
# ## When a command fails
#
# A shell is not like Python: when a command fails, the script **goes on** with the next line. If the launch was refused
# (a typing mistake in the type is enough), the id is empty, the waiter complains, and the last line gives the old
# machine back all the same. Now you have none.
#
# ```bash
# set -e
# ```
#
# as the first line makes the script end at the first command that fails. Another habit protects as well: **first see
# that the new thing works, then take the old one away.** When would you notice the difference between these two orders?

# %% [markdown]
# ## Where to try a command
#
# An ordinary terminal knows nothing of this notebook's cloud. These do, once the scene cell below has run:
#
# - **a cell of your own** in this notebook: `!aws ec2 describe-instances --output table`, or several lines that begin
#   with `%%bash`;
# - **a terminal**, in the folder of this notebook and with the course's environment activated, in which you type
#   `drycloud shell`. The shell that opens is in this notebook's world: `aws` and `python` work there, and `"$IMAGE_ID"`
#   and the other values that you are given are set. `exit` leaves it; after you have run the scene cell again, open it
#   anew.
#
# On Windows that shell is PowerShell. Double quotation marks work there as in this lesson, but a variable is written
# `"$env:IMAGE_ID"`, and a line goes on after a backtick instead of a `\`. What `>` writes may be encoded in another
# way: so write files in the notebook.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Let pairs draw three lines of time on paper: the old machine, the new machine, the
# script. Where does each begin and end, in which order, and what would a visitor of the website see meanwhile?
#
# Demonstrate: `run-instances` with a type that does not exist, followed by `echo "and on it goes"`; then the same with
# `set -e`. And `echo [$id]` after a command that failed.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Spaces around `=`; the id looked up by name, where the old machine has the same one;
# `--output text` forgotten, so that the quotation marks get into the file (the CLI itself then says that the id is
# malformed); `run-instances` twice, once to look at the answer and once to keep the id; `stop-instances`; the old
# machine terminated before the new one runs; the whole JSON in the file.
#
# For those who are done early: what must change if the launch is to bring three machines?

# %% [markdown]
# The next cell makes your world: an account in which several machines run already. You need not read it, but you may.
# Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, variant):
    def one(options):
        """One of the options, another one in each variant, and one of the rest."""
        chosen = options[variant % len(options)]
        return chosen, rng.choice([option for option in options if option != chosen])

    images = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"]
    image, other_image = one(sorted(i["ImageId"] for i in images))
    wanted, other_type = one(["t3.micro", "t3.small", "t3.medium", "t2.small"])
    role, number = one(["dashboard", "crawler", "scheduler", "labelling"])[0], rng.randint(10, 98)
    name = f"{role}-{number}"

    def launch(name, image=other_image, type=wanted, count=1):
        started = ec2.run_instances(ImageId=image, InstanceType=type, MinCount=count, MaxCount=count)
        ids = [i["InstanceId"] for i in started["Instances"]]
        ec2.create_tags(Resources=ids, Tags=[{"Key": "Name", "Value": name}])
        return ids

    ec2.terminate_instances(InstanceIds=launch(name))  # the one before the old one, still listed
    made = {}

    def old_and_its_twin():  # one launch: who ends the whole reservation ends a machine that is still in use
        made["old"], twin = launch(name, type=rng.choice([wanted, other_type]), count=2)
        ec2.create_tags(Resources=[twin], Tags=[{"Key": "Name", "Value": f"{name}-spare"}])

    others = [
        lambda: launch(f"{role}-{number + 1}", image=image),
        lambda: launch("web", image=image, type=other_type, count=rng.randint(1, 2)),
        lambda: launch(f"old-{role}"),
        lambda: ec2.stop_instances(InstanceIds=launch(name, image=image)),
        lambda: ec2.stop_instances(InstanceIds=launch("archive", type=other_type)),
    ]
    chosen = [old_and_its_twin, *rng.sample(others, rng.randint(4, 5))]
    for make in rng.sample(chosen, len(chosen)):
        make()
    return {"IMAGE_ID": image, "INSTANCE_TYPE": wanted, "NAME": name, "OLD_INSTANCE_ID": made["old"]}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given four strings, which the shell knows as `"$IMAGE_ID"`, `"$INSTANCE_TYPE"`, `"$NAME"` and
# `"$OLD_INSTANCE_ID"`.
#
# 1. **Launch exactly one instance from this image, of this type, with the tag `Name` set to this name.**
# 2. **Write its id, and nothing else, to the file `instance_id.txt` in your working directory.**
# 3. **Wait until it is running, and only then terminate the old instance.**
#
# Leave everything else in the account as it is. The old instance has the name that you are given, and others may have
# it too: ids tell them apart. The file has one line, which looks like this:
#
# ```
# i-0c1a2b3d4e5f60718
# ```
#
# The first line of the cell, `%%bash`, hands the rest of it to the shell. Should there be no bash on your computer,
# take that line out and do it in Python, with `given.IMAGE_ID` and so on: what counts is what you leave behind.
#
# <details><summary>Hint</summary>
#
# Four commands: launch, write, wait, terminate. Only the first is long, and `id=$(…)` around it keeps what it prints.
# Let it print as little as possible: look at the JSON of `describe-instances` once (*Where to try a command* says
# where), and follow the path from the outside to `InstanceId`. Unlike `describe-instances`, a launch brings one
# reservation, so its answer begins with `Instances`.
#
# </details>

# %% tags=["task"] language="bash"
# # 1. Launch the new machine, and keep its id.
#
# # 2. Write the id to instance_id.txt.
#
# # 3. Wait until it is running, then terminate the old machine.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether everything else is still there.
# If you launched too many, or ended the wrong one, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


def launched(before, after):
    """The instances that your code launched and did not terminate again; the check fails when there is none."""
    new = [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]
    assert new, "There is no new instance in the account. What did the command that should have launched it print?"
    return new


@check(points=2)
def test_the_file_holds_the_new_id(before, after, files):
    """instance_id.txt holds the id of the instance that your code launched and that is running, and nothing else."""
    new = launched(before, after)
    assert "instance_id.txt" in files, "There is no file instance_id.txt in your working directory."
    text = files["instance_id.txt"].text.strip()
    assert text, "The file instance_id.txt is empty."
    bare = text.strip("\"'")
    assert bare not in before, "The id in instance_id.txt is of an instance that was there before your code ran."
    assert text == bare or bare not in new, "The id in instance_id.txt has quotation marks around it: write it bare."
    assert text in new, (
        f"instance_id.txt should hold the id of the instance that your code launched. Its {len(text)} characters "
        f"begin with {text[:30]!r}."
    )
    assert after.state(text) == "running", f"The instance whose id you wrote is {after.state(text)}, not running."


@check(points=1)
def test_it_has_its_name(before, after, given):
    """The instance that your code launched has the tag Name, with the value that was given."""
    for id in launched(before, after):
        tags = after[id].tags
        assert "Name" in tags, "The new instance has no tag with the key 'Name'. Capital letters count in tag keys."
        assert tags["Name"] == given.NAME, "The value of the new instance's tag 'Name' is not the name that was given."


@check(points=2)
def test_the_old_one_is_terminated(after, given):
    """The old instance is terminated."""
    state = after.state(given.OLD_INSTANCE_ID)
    assert state == "terminated", f"The old instance, {given.OLD_INSTANCE_ID}, is {state}, not terminated."


# %% [markdown]
# ## Key points
#
# - `--query` and `--output text` make of a page of JSON the one word that the next command needs.
# - A script goes on after an error unless you say `set -e`.
# - First the new, then the old.
#
# **Read more** in the AWS CLI User Guide: *Launching, listing, and deleting Amazon EC2 instances*, and *Filtering
# output*; in the AWS CLI Command Reference: *ec2 wait*; in the Bash manual: *The Set Builtin*.

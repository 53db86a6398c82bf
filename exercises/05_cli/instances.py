# %% [markdown]
# # Replace an instance with a script
#
# When an instance has been running for months, people have updated and changed it so often that nobody knows exactly
# what is on it. In the cloud you do not repair such an instance. You launch a new one from an image, check that it is
# running, and terminate the old one. This takes a minute and costs almost nothing: you pay for both instances only
# during that minute.
#
# If you do this once a year, you can do it with a few clicks in the console. If you do it each Monday at five o'clock,
# or for twenty instances, you write a **script**: a file of commands that a shell runs one after the other. In this
# step you write such a script with the **AWS CLI** (command line interface). The calls are the same as in `02_ec2`; the
# new part is how one command passes its result to the next.

# %% [markdown]
# ## The same calls as commands
#
# The boto3 call `run_instances(ImageId=…)` is the command `aws ec2 run-instances --image-id …` in a shell: with
# lowercase letters, and hyphens between the words.
#
# | command | what it does |
# |---|---|
# | `aws ec2 run-instances --image-id ami-0aaa… --instance-type t3.nano --count 1` | launches an instance |
# | `aws ec2 create-tags --resources i-0bbb… --tags "Key=Name,Value=web-3"` | adds a tag to it |
# | `aws ec2 describe-instances --instance-ids i-0bbb…` | shows everything about it |
# | `aws ec2 wait instance-running --instance-ids i-0bbb…` | waits until it is running, and prints nothing |
# | `aws ec2 stop-instances --instance-ids i-0bbb…` | stops it: the disk stays, and you pay for it |
# | `aws ec2 terminate-instances --instance-ids i-0bbb…` | terminates it: nobody can start it again |
#
# You can also add a tag at launch, with an option that looks more complicated than it is:
# `--tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web-3}]"`.
#
# The `aws` of this course is **version 1** of the AWS CLI; on other machines you may meet **version 2**. All commands
# in this lesson are the same in both versions. You can also use options that only version 2 has, such as
# `--no-cli-pager`; they have no effect here.

# %% [markdown]
# ## Pass a result to the next command
#
# `run-instances` prints a page of JSON, but the script needs only one word of it: the instance ID. `--query` selects a
# part of the response, with the same path that you would write in Python. `--output text` prints it without quotation
# marks:
#
# ```bash
# aws ec2 describe-instances --instance-ids i-0bbb… --query "Reservations[0].Instances[0].PrivateIpAddress" --output text
# ```
#
# prints `172.31.7.12` and nothing else. The shell can store the output of a command in a variable, and replace the
# variable by its value in later lines:
#
# ```bash
# address=$(aws ec2 describe-instances … --output text)
# echo "The machine answers at $address"
# echo "$address" > address.txt
# ```
#
# There must be no space before or after the `=`. The last line writes the value to a file, so that a person or a
# program can use it later.

# %% [markdown]
# ## When a command fails
#
# A shell is not like Python: when a command fails, the script **continues** with the next line. If the launch fails (a
# typing error in the instance type is enough), the ID is empty, the waiter prints an error, but the last line still
# terminates the old instance. Now you have no instance at all.
#
# ```bash
# set -e
# ```
#
# as the first line makes the script stop at the first command that fails. A second rule also protects you: **first
# check that the new instance works, and only then terminate the old one.** In which situation would you notice that the
# order is important?

# %% [markdown]
# ## Where to try a command
#
# An ordinary terminal has no access to the simulated cloud of this notebook. After you have run the cell below that
# defines `scene`, you can use:
#
# - **a cell of your own** in this notebook: `!aws ec2 describe-instances --output table`, or several lines that begin
#   with `%%bash`;
# - **a terminal**: go to the folder of this notebook, activate the course's environment, and type `drycloud shell`.
#   This opens a shell that is connected to the simulated cloud of this notebook: `aws` and `python` work in it, and
#   `"$IMAGE_ID"` and the other given values are set. You leave it with `exit`. If you run the cell that defines `scene`
#   again, you must also open a new `drycloud shell`.
#
# On Windows this shell is PowerShell. Double quotation marks work there as in this lesson, but you write a variable as
# `"$env:IMAGE_ID"`, and use a backtick instead of a `\` to continue a command on the next line. `>` may write files
# with another encoding: so write the files in the notebook.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Let pairs draw three timelines on paper: the old instance, the new instance, and
# the script. Where does each of them begin and end, in which order, and what would a user of the website see during
# this time?
#
# Demonstrate: `run-instances` with a type that does not exist, followed by `echo "the script continues"`; then the same
# with `set -e`. Then show `echo [$id]` after a command that failed.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students write spaces around `=`; they look up the ID by the name, but the old instance has the
# same name; they forget `--output text`, so that the file contains quotation marks (the CLI itself then reports that
# the ID is malformed); they call `run-instances` twice, once to see the response and once to store the ID; they use
# `stop-instances`; they terminate the old instance before the new one is running; they write the whole JSON to the
# file.
#
# For students who finish early: what must you change to launch three instances?

# %% [markdown]
# The next cell prepares your simulated AWS account, in which several instances are already running. You do not have to
# read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# You are given four strings. In the shell they are the variables `"$IMAGE_ID"`, `"$INSTANCE_TYPE"`, `"$NAME"` and
# `"$OLD_INSTANCE_ID"`.
#
# 1. **Launch exactly one instance from this image, of this type, with the tag `Name` set to this name.**
# 2. **Write its ID, and nothing else, to the file `instance_id.txt` in your working directory.**
# 3. **Wait until it is running, and only then terminate the old instance.**
#
# Do not change anything else in the account. The old instance already has the given name, and other instances may have
# it too: use IDs to distinguish them. The file has one line, which looks like this:
#
# ```
# i-0c1a2b3d4e5f60718
# ```
#
# The first line of the cell, `%%bash`, passes the rest of the cell to the shell. If your computer has no bash, remove
# this line and solve the task in Python, with `given.IMAGE_ID` and so on: the checks look only at the result.
#
# <details><summary>Hint</summary>
#
# You need four commands: launch, write, wait, terminate. Only the first is long, and `id=$(…)` around it stores what it
# prints. It should print only the ID: read the JSON of `describe-instances` once (see *Where to try a command*), and
# follow the path from the outside to `InstanceId`. The response of a launch contains only one reservation, so its path
# begins with `Instances`, unlike that of `describe-instances`.
#
# </details>

# %% tags=["task"] language="bash"
# # 1. Launch the new instance, and store its ID.
#
# # 2. Write the ID to instance_id.txt.
#
# # 3. Wait until it is running, then terminate the old instance.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether everything
# else is still there. If you launched too many instances, or terminated the wrong one, run the cell that defines
# `scene` above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


def launched(before, after):
    """The instances that the student's code launched and did not terminate; the check fails if there is none."""
    new = [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]
    assert new, "There is no new instance in the account. What did the command that should have launched it print?"
    return new


@check(points=2)
def test_the_file_holds_the_new_id(before, after, files):
    """instance_id.txt contains only the ID of the instance that your code launched, and the instance is running."""
    new = launched(before, after)
    assert "instance_id.txt" in files, "There is no file instance_id.txt in your working directory."
    text = files["instance_id.txt"].text.strip()
    assert text, "The file instance_id.txt is empty."
    bare = text.strip("\"'")
    assert bare not in before, "The ID in instance_id.txt belongs to an instance that was there before your code ran."
    assert text == bare or bare not in new, "The ID in instance_id.txt is in quotation marks: write it without them."
    assert text in new, (
        f"instance_id.txt must contain the ID of the instance that your code launched. It has {len(text)} characters, "
        f"and begins with {text[:30]!r}."
    )
    assert after.state(text) == "running", f"The instance with the ID in the file is {after.state(text)}, not running."


@check(points=1)
def test_it_has_its_name(before, after, given):
    """The instance that your code launched has the tag Name, with the given value."""
    for id in launched(before, after):
        tags = after[id].tags
        assert "Name" in tags, "The new instance has no tag with the key 'Name'. Tag keys are case-sensitive."
        assert tags["Name"] == given.NAME, "The value of the new instance's tag 'Name' is not the given name."


@check(points=2)
def test_the_old_one_is_terminated(after, given):
    """The old instance is terminated."""
    state = after.state(given.OLD_INSTANCE_ID)
    assert state == "terminated", f"The old instance, {given.OLD_INSTANCE_ID}, is {state}, not terminated."


# %% [markdown]
# ## Key points
#
# - `--query` and `--output text` select the one word that the next command needs from a page of JSON.
# - A script continues after an error, unless you use `set -e`.
# - First launch the new instance, then terminate the old one.
#
# **Read more** in the AWS CLI User Guide: *Launching, listing, and deleting Amazon EC2 instances*, and *Filtering
# output*; in the AWS CLI Command Reference: *ec2 wait*; in the Bash manual: *The Set Builtin*.

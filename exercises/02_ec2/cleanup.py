# %% [markdown]
# # Leave no bill
#
# The project is over, the article is written. What did it rent? Not only computers. Beside them lie disks, copies of
# disks and addresses, and each of them costs money until somebody gives it back, whether anything uses it or not.
# Months later that is often the larger part of a research group's bill: things that nobody remembers.
#
# In this step you find all that one project has left in an account, and give it back: that, and nothing else.

# %% [markdown]
# ## What goes on costing
#
# | | what it is | what it costs |
# |---|---|---|
# | **instance**, running | a computer | by its type; a `t3.micro` about 1 cent an hour |
# | **volume** (EBS) | a disk | about 8 cents per GiB and month, attached to a running instance, to a stopped one, or to none |
# | **snapshot** | a copy of a volume at one moment | about 5 cents per GiB and month; it stays when the volume is deleted |
# | **Elastic IP address** | an address that is yours until you release it | half a cent an hour, above 3 dollars a month, used or not |
#
# With an instance goes the volume that it started from. One that was **added** later stays: on it lies the data, and
# AWS would rather send a bill than lose it. Each volume has a flag for that, `DeleteOnTermination`, for each
# attachment.
#
# Which of the four would you have forgotten?

# %% [markdown]
# ## One thing after the other
#
# Some things hold others. AWS refuses to delete a volume while it is attached to an instance, with the error
# `VolumeInUse`. Two orders work:
#
# - **terminate** the instance, wait until it is terminated, and then delete the volume, which is free by then;
# - **detach** the volume first (`detach_volume`), wait until it is `available` (until then it is `detaching`, and in
#   use), delete it, and terminate the instance whenever you like.
#
# Terminating takes a while: the call returns at once, and the instance is `shutting-down`, with its volumes. To detach
# one from it in that time is refused, too. Waiters help here: `instance_terminated`, `volume_available`.
#
# What does not work is to catch the error and go on:
#
# ```python
# try:
#     ec2.delete_volume(VolumeId="vol-0aaa…")
# except Exception:
#     pass  # whatever it was, the volume is still there, and so is its price
# ```

# %% [markdown]
# ## Finding it
#
# There is no list of "everything". You ask kind by kind, and filter by the project's tag each time:
#
# | kind | ask | give back |
# |---|---|---|
# | instances | `describe_instances` | `terminate_instances` |
# | volumes | `describe_volumes` | `delete_volume`, one at a time |
# | addresses | `describe_addresses` | `release_address`, by its `AllocationId` |
# | snapshots | `describe_snapshots` | `delete_snapshot`, one at a time |
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# mine = [{"Name": "tag:owner", "Values": ["ada"]}]
# for volume in ec2.describe_volumes(Filters=mine)["Volumes"]:
#     print(volume["VolumeId"], volume["State"], volume["Size"], "GiB")
# ```
#
# All four take such filters. Only what was tagged is found, which is why you tag whatever you make.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Show the bill of a forgotten project first, line by line, and let pairs guess what
# each line is. Then let each pair write down an order of steps, and let another pair look for the step that fails.
#
# Demonstrate: `VolumeInUse`; an address's price in a year. The feedback tells what the account costs a month, before
# and after: ask for the difference.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Only the instances; only the running ones; the volume deleted right after `terminate_instances`,
# which fails, inside a `try` that hides it; every volume that is `available` deleted, a colleague's too; the address
# forgotten, since it stands in no list of instances.
#
# For those who are done early: how would you find what this project left and did **not** tag?

# %% [markdown]
# The next cell makes your world: an account that several projects share. You need not read it, but you may. Everything
# is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, variant):
    key = ["project", "experiment", "grant"][variant % 3]
    values = ["birds", "rivers", "trams", "glaciers", "bees"]
    value = values.pop(variant % 5)
    other = rng.choice(values)
    images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
    image = max(images, key=lambda i: i["CreationDate"])["ImageId"]
    types = ["t3.micro", "t3.small", "t3.medium"]

    def labels(kind, tags):
        return [{"ResourceType": kind, "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}] if tags else []

    def launch(tags, count=1):
        launched = ec2.run_instances(
            ImageId=image,
            InstanceType=rng.choice(types),
            MinCount=count,
            MaxCount=count,
            Placement={"AvailabilityZone": "us-east-1a"},
            TagSpecifications=labels("instance", tags),
        )
        return [i["InstanceId"] for i in launched["Instances"]]

    def volume(tags, instance=None):
        size, specified = rng.randint(2, 60) * 10, labels("volume", tags)
        made = ec2.create_volume(
            AvailabilityZone="us-east-1a", Size=size, VolumeType="gp3", TagSpecifications=specified
        )
        if instance:
            ec2.attach_volume(VolumeId=made["VolumeId"], InstanceId=instance, Device="/dev/sdf")
        return made["VolumeId"]

    def snapshot(tags, of=None):
        source = of or volume({})
        ec2.create_snapshot(VolumeId=source, TagSpecifications=labels("snapshot", tags))
        if not of:
            ec2.delete_volume(VolumeId=source)

    def address(tags, instance=None):
        made = ec2.allocate_address(Domain="vpc", TagSpecifications=labels("elastic-ip", tags))
        if instance:
            ec2.associate_address(AllocationId=made["AllocationId"], InstanceId=instance)

    def ours():
        tags = {key: value}
        running, stopped = launch(tags, rng.randint(2, 3)), launch(tags)[0]
        volume(tags, running[1])
        snapshot(tags, of=volume(tags, stopped))
        ec2.stop_instances(InstanceIds=[stopped])

    def theirs():
        tags = {key: other, "Name": value}
        [machine] = launch(tags)
        volume(tags, machine)
        address(tags, machine)
        snapshot(tags)

    rest = [
        lambda: address({key: value}),
        lambda: snapshot({key: value}),
        lambda: volume({key: other}),
        lambda: volume({key: f"{value}-2"}),
        lambda: address({key: f"{value}-2"}),
        lambda: launch({key: value.capitalize()}),
        lambda: snapshot({key: value.capitalize()}, of=volume({key: value.capitalize()})),
        lambda: ec2.stop_instances(InstanceIds=launch({"note": value})),
    ]
    for make in rng.sample([ours, theirs, *rest], len(rest) + 2):
        make()
    return {"tag_key": key, "tag_value": value}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.tag_key` and `given.tag_value`, two strings. Whatever belongs to the project has this tag, with
# exactly this value: instances, volumes, an address and snapshots.
#
# **Give back all of it, so that the project costs nothing any more: terminate its instances, running or stopped; delete
# the volumes that outlive them; release its address; delete its snapshots. Leave everything else in the account as it
# is.**
#
# There is nothing to return: the account itself is the answer.
#
# <details><summary>Hint</summary>
#
# Collect and print all ids first, of all four kinds. Then terminate the instances, and wait until they are terminated:
# after that nothing holds anything any more, and the order of the rest does not matter.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Find what belongs to the project: instances, volumes, addresses, snapshots.

# 2. Give it back, in an order that works.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as the other two kinds, and whether
# everything else is still there. If you deleted something by mistake, run the scene cell above again: it makes you a
# new world.

# %% tags=["check"]
from drycloud import check


@check(points=1)
def test_instances_are_terminated(before, after, given):
    """Every instance of the project is terminated, whether it ran or was stopped."""
    old = before.instances(tag=(given.tag_key, given.tag_value))
    if not old:
        raise LookupError("the scene made no such instance")
    left = [id for id in old if after.state(id) != "terminated"]
    assert not left, (
        f"Of the project's instances, {len(left)} of {len(old)} are not terminated, for example {left[0]}: "
        f"it is {after.state(left[0])}."
    )


@check(points=3)
def test_volumes_are_deleted(before, after, given):
    """Every volume of the project is deleted."""
    old = before.ids("Volume", tag=(given.tag_key, given.tag_value))
    if not old:
        raise LookupError("the scene made no such volume")
    left = [id for id in old if id in after]
    assert not left, (
        f"Of the project's volumes, {len(left)} of {len(old)} are still there, for example {left[0]}: it is "
        f"{after.state(left[0])}, and has {after[left[0]].size_gib} GiB. Did AWS refuse, and did your code notice?"
    )


# %% [markdown]
# ## Key points
#
# - Computers are not all that costs: disks, copies and addresses do, too, and for longer.
# - An error that is caught and forgotten is a bill. Look again afterwards: is the list empty now?
# - Tag all that you make. What is not tagged is found by nobody, except by AWS, each month.
#
# **Read more** in the EBS User Guide: *Delete an Amazon EBS volume* and *Delete an Amazon EBS snapshot*; in the EC2
# User Guide: *Elastic IP addresses* and *Preserve data when an instance is terminated*.

# %% [markdown]
# # Delete everything that a project left behind
#
# Your project is over, and you have written the article. What did the project rent? Not only instances, but also disks,
# copies of disks, and addresses. Each of them costs money until somebody deletes or releases it, even if nothing uses
# it. Some months later, such forgotten resources are often the larger part of a research group's bill.
#
# In this step you find everything that one project has left in an account, and delete or release it, and nothing else.

# %% [markdown]
# ## Resources that keep costing money
#
# | | what it is | what it costs |
# |---|---|---|
# | **instance**, running | a computer | depends on its type; a `t3.micro` costs about 1 cent per hour |
# | **volume** (EBS) | a disk | about 8 cents per GiB and month, whether it is attached to a running instance, to a stopped instance, or to none |
# | **snapshot** | a copy of a volume at a point in time | about 5 cents per GiB and month; it stays when you delete the volume |
# | **Elastic IP address** | an address that is yours until you release it | half a cent per hour, more than 3 dollars per month, whether you use it or not |
#
# When you terminate an instance, AWS also deletes the volume that the instance started from (its *root volume*). A
# volume that was **attached later** stays, because it may hold important data, and you keep paying for it. For each
# attached volume the flag `DeleteOnTermination` says whether AWS deletes the volume together with the instance.
#
# Which of these four would you have forgotten?

# %% [markdown]
# ## The order of the steps
#
# You cannot delete a resource while another one uses it. If a volume is attached to an instance, AWS does not delete
# it, and returns the error `VolumeInUse`. There are two orders that work:
#
# - **terminate** the instance, wait until it is terminated, and then delete the volume, which is no longer attached;
# - **detach** the volume first (`detach_volume`), wait until it is `available` (until then it is `detaching`, and in
#   use), delete it, and terminate the instance whenever you like.
#
# It takes some time to terminate an instance: the call returns at once, but the instance is first `shutting-down`, and
# its volumes are still attached. During this time AWS also does not let you detach a volume. These waiters help:
# `instance_terminated` and `volume_available`.
#
# It does not help to catch the error and continue:
#
# ```python
# try:
#     ec2.delete_volume(VolumeId="vol-0aaa…")
# except Exception:
#     pass  # the volume is still there, and you still pay for it
# ```

# %% [markdown]
# ## Find the resources
#
# There is no list of "everything". You have to list each type of resource, and filter by the project's tag each time:
#
# | resource | list with | delete or release with |
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
# All four accept such filters. You find only resources that have a tag, so tag everything that you create.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. First show the bill of a forgotten project, line by line, and let pairs guess what
# each line is. Then let each pair write down the order of their steps, and let another pair look for the step that
# fails.
#
# Demonstrate: the error `VolumeInUse`; the price of an address for one year. The feedback shows how much the account
# costs per month, before and after the student's code: ask for the difference.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students terminate only the instances, or only the running ones; they try to delete the volume
# right after `terminate_instances`, which fails, in a `try` that hides the error; they delete every volume that is
# `available`, including a colleague's; they forget the address, because `describe_instances` does not show it.
#
# For students who finish early: how would you find resources of this project that have **no** tag?

# %% [markdown]
# The next cell prepares your simulated AWS account, which several projects share. You do not have to read the cell, but
# you can. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# You are given `given.tag_key` and `given.tag_value`, two strings. Every resource of the project has this tag, with
# exactly this value: instances, volumes, an address and snapshots.
#
# **Delete or release all of them, so that the project costs nothing any more: terminate its instances, running and
# stopped; delete the volumes that are left after that; release its address; delete its snapshots. Do not change
# anything else in the account.**
#
# Your code does not have to return anything: the checks look at the account.
#
# <details><summary>Hint</summary>
#
# First collect and print all IDs, for all four types of resources. Then terminate the instances, and wait until they
# are terminated: after that the volumes are not attached any more, and the order of the rest does not matter.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Find what belongs to the project: instances, volumes, addresses, snapshots.

# 2. Delete or release them, in an order that works.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked: the address, the snapshots,
# and whether everything else is still there. If you deleted something by mistake, run the cell that defines `scene`
# above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


@check(points=1)
def test_instances_are_terminated(before, after, given):
    """Every instance of the project is terminated, whether it was running or stopped."""
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
        f"{after.state(left[0])}, and has {after[left[0]].size_gib} GiB. Did your code ignore an error of AWS?"
    )


# %% [markdown]
# ## Key points
#
# - Not only instances cost money: volumes, snapshots and addresses do, too, and often for longer.
# - If your code catches an error and ignores it, you may keep paying. List the resources again afterwards: is the list
#   empty now?
# - Tag everything that you create. You will not find a resource without a tag, but AWS bills you for it every month.
#
# **Read more** in the EBS User Guide: *Delete an Amazon EBS volume* and *Delete an Amazon EBS snapshot*; in the EC2
# User Guide: *Elastic IP addresses* and *Preserve data when an instance is terminated*.

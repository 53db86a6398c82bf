# %% [markdown]
# # Terminate instances
#
# A computer that you rent from AWS is called an **EC2 instance**. It keeps running when your program ends, when you
# close the notebook, and when you shut down your laptop. It runs until somebody stops or terminates it, and until then
# you pay for every second, whether it computes or is idle.
#
# This makes the cloud useful for data science, and it also makes it expensive. You can rent twenty machines for one
# afternoon; nobody would buy so many for that. But if you forget them, they are still there in a year. A small
# `t3.micro` costs about one US cent per hour, which is about 8 dollars per month; a machine with a graphics card
# (`g5.xlarge`) costs about one dollar per hour, which is more than 700 dollars per month.
#
# So in this step you clean up: you terminate all instances that have a certain tag, and nothing else.

# %% [markdown]
# ## Stop or terminate?
#
# | | what happens | what you still pay |
# |---|---|---|
# | **stop** | the machine is switched off; its disk stays, and you can start it again | the disk, about 8 cents per GB and month |
# | **terminate** | you give the machine back; AWS also deletes the disk that it started from | nothing |
#
# You cannot undo a termination. All data on that disk is deleted. So save your results in S3 (see `04_s3`), and check
# the list of instances twice before you terminate them.
#
# You can terminate a **stopped** instance just like a running one.

# %% [markdown]
# ## Which ones? Tags
#
# The ID of an instance, such as `i-0c1a2b3d4e5f60718`, does not say what the instance is for. For this people add
# **tags**: pairs of a key and a value, such as `owner` = `ada`. Both parts must match, and both are case-sensitive:
# `owner` = `Ada` is a different tag, and so is `reviewer` = `ada`.
#
# `describe_instances` lists instances. With a **filter**, AWS sends you only the instances that match it:
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.describe_instances(Filters=[{"Name": "tag:owner", "Values": ["ada"]}])
# ```
#
# The response is a dict with three levels. A **reservation** contains all instances of one launch: one or several.
#
# ```python
# {"Reservations": [
#     {"Instances": [{"InstanceId": "i-0aaa…", "State": {"Name": "running"}, "Tags": […]},
#                    {"InstanceId": "i-0bbb…", "State": {"Name": "stopped"}, "Tags": […]}]},
#     {"Instances": [{"InstanceId": "i-0ccc…", "State": {"Name": "running"}, "Tags": […]}]},
# ]}
# ```
#
# Why is `response["Reservations"][0]["Instances"]` not enough here? What would it miss?

# %% [markdown]
# ## Termination protection
#
# You can protect an important instance from termination by mistake: an instance has an attribute
# `disableApiTermination`. While this attribute is true, AWS does not terminate the instance, and returns the error
# `OperationNotPermitted`. If you pass several instances in one call and one of them is protected, the whole call may
# fail.
#
# The response of `describe_instances` does not contain this attribute. You get it with `describe_instance_attribute`,
# and you change it with `modify_instance_attribute`, for one instance at a time.
#
# Turn off termination protection only for the instances that you want to terminate. For all others, somebody turned it
# on for a reason.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes; works well in pairs. Before anybody types, let each pair write down what can go
# wrong when a script terminates instances by tag. Usual answers: a wrong filter, the wrong Region, a colleague's
# instance.
#
# Demonstrate: call `describe_instances` without a filter, and count the reservations together. Then show the error that
# a protected instance causes.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students use `["Reservations"][0]` (by far the most frequent mistake); they filter by
# `instance-state-name` = `running`, so that the stopped instances and their disks are left; they call `stop_instances`;
# they pass all IDs in one call, which fails because of the protected instance; they turn off termination protection for
# every instance in the account.
#
# A good question for the end: how would you notice that a filter with a typing error found nothing?

# %% [markdown]
# The next cell prepares your simulated AWS account, in which several people have left instances behind. You do not have
# to read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, variant):
    key = ["stage", "status", "phase"][variant % 3]
    value = ["old", "trial", "expired", "draft"][variant % 4]
    images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
    image = max(images, key=lambda i: i["CreationDate"])["ImageId"]
    people = rng.sample(["ada", "bola", "chen", "dima", "eszter", "fatima"], 3)
    types = ["t3.micro", "t3.small", "t3.medium"]

    def launch(count, **tags):
        started = ec2.run_instances(ImageId=image, InstanceType=rng.choice(types), MinCount=count, MaxCount=count)
        ids = [i["InstanceId"] for i in started["Instances"]]
        tags = {"owner": rng.choice(people), **tags}
        ec2.create_tags(Resources=ids, Tags=[{"Key": k, "Value": v} for k, v in tags.items()])
        return ids

    def protect(id):
        ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": True})

    def unfinished():  # one launch, of which the first instance is still in use
        ids = launch(rng.randint(3, 4), **{key: value})
        ec2.create_tags(Resources=ids[:1], Tags=[{"Key": key, "Value": "live"}])

    def database():
        protect(launch(1, Name="database", **{key: "live"})[0])

    def switched_off(**tags):
        ec2.stop_instances(InstanceIds=launch(rng.randint(2, 3), **tags))

    launch(rng.randint(1, 2), Name="web", **{key: "live"})
    protect(launch(2, Name="worker", **{key: value})[0])
    rest = [
        unfinished,
        database,
        lambda: switched_off(**{key: value}),
        lambda: switched_off(Name="archive"),
        lambda: launch(rng.randint(1, 2), **{key: value}),
        lambda: launch(1, **{key: value.capitalize()}),
        lambda: launch(1, **{key: f"{value}-2"}),
        lambda: launch(1, note=value, Name=value),
        lambda: launch(rng.randint(1, 2)),
    ]
    for make in rng.sample(rest, len(rest)):
        make()
    return {"tag_key": key, "tag_value": value}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.tag_key` and `given.tag_value`, two strings.
#
# **Terminate every instance that has this tag with exactly this value, whether it is running or stopped. Do not change
# anything else in the account**, including the termination protection of other instances. One instance with the tag is
# protected; terminate it too.
#
# Your code does not have to return anything: the checks look at the account.
#
# <details><summary>Hint</summary>
#
# Use three small steps: collect all IDs, with a loop over both lists (reservations and instances); set
# `DisableApiTermination` to `{"Value": False}` for each of them; then terminate them. Print the IDs before you
# terminate the instances: this is your last chance to notice a mistake.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Find the IDs of all instances with the tag.

# 2. Turn off their termination protection.

# 3. Terminate them.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether everything
# else is still there. If you terminated something by mistake, run the cell that defines `scene` above again: it
# prepares a new account.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_running_instances_are_terminated(before, after, given):
    """Every instance with the tag that was running is terminated."""
    ran = before.instances(tag=(given.tag_key, given.tag_value), state="running")
    old = [id for id in ran if not before[id].protected]  # the protected one has a check of its own
    if not old:
        raise LookupError("the scene made no such instance")
    left = [id for id in old if after.state(id) != "terminated"]
    assert not left, (
        f"Of the running instances with the tag that were not protected, {len(left)} of {len(old)} are not terminated, "
        f"for example {left[0]}: it is {after.state(left[0])}."
        + " Does your code look into every reservation?"
        * (len(left) < len(old))
    )


@check(points=2)
def test_stopped_instances_are_terminated(before, after, given):
    """Every instance with the tag that was stopped is terminated too."""
    old = before.instances(tag=(given.tag_key, given.tag_value), state="stopped")
    if not old:
        raise LookupError("the scene made no such instance")
    left = [id for id in old if after.state(id) != "terminated"]
    assert not left, (
        f"Of the stopped instances with the tag, {len(left)} of {len(old)} are not terminated, for example {left[0]}: "
        f"it is {after.state(left[0])}. Its disk still costs money."
    )


# %% [markdown]
# ## Key points
#
# - You pay for every instance that you do not terminate. A stopped instance is not free.
# - Tag your instances when you launch them: later nobody knows who they belong to.
# - First list the instances, then check the list, and only then terminate them.
#
# **Read more** in the EC2 User Guide: *Terminate Amazon EC2 instances*, *Change instance termination protection* and
# *Tag your Amazon EC2 resources*.

# %% [markdown]
# # Give the computers back
#
# A computer that you rent from AWS is called an **EC2 instance**. It has a life of its own: it does not end when
# your program ends, when you close the notebook or when you shut your laptop. It ends when somebody ends it, and
# until then it costs money, by the second, whether it computes or idles.
#
# That is what makes the cloud good for data science, and what makes it expensive. You can rent twenty machines for one
# afternoon, which nobody would ever buy. If you forget them, they are still there in a year. A small `t3.micro`
# costs about one US cent an hour, some 8 dollars a month; a machine with a graphics card (`g5.xlarge`) about one
# dollar an hour, over 700 dollars a month.
#
# So today you clean up: you end the instances of one kind, all of them, and nothing else.

# %% [markdown]
# ## Stop or terminate?
#
# | | what happens | what you still pay |
# |---|---|---|
# | **stop** | the machine is switched off; its disk stays, you can start it again | the disk, about 8 cents per GB and month |
# | **terminate** | the machine is given back, and with it the disk that it started from | nothing |
#
# Terminating cannot be undone. What was on the disk is gone, which is why results belong in S3 (lesson 4) and why
# you look twice at the list before you end anything.
#
# A **stopped** instance can be terminated just like a running one.

# %% [markdown]
# ## Which ones? Tags
#
# An instance's id, such as `i-0c1a2b3d4e5f60718`, tells you nothing. People therefore attach **tags**: pairs of a
# key and a value, such as `owner` = `ada`. Both parts count, and so do capital letters: `owner` = `Ada` is somebody
# else, and so is `reviewer` = `ada`.
#
# `describe_instances` lists instances; a **filter** narrows the list down before it is sent to you:
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.describe_instances(Filters=[{"Name": "tag:owner", "Values": ["ada"]}])
# ```
#
# The answer is a dict with three levels. A **reservation** is what one launch brought: one instance or several.
#
# ```python
# {"Reservations": [
#     {"Instances": [{"InstanceId": "i-0aaa…", "State": {"Name": "running"}, "Tags": […]},
#                    {"InstanceId": "i-0bbb…", "State": {"Name": "stopped"}, "Tags": […]}]},
#     {"Instances": [{"InstanceId": "i-0ccc…", "State": {"Name": "running"}, "Tags": […]}]},
# ]}
# ```
#
# Why is `answer["Reservations"][0]["Instances"]` not enough here? What would it miss?

# %% [markdown]
# ## A safety catch: protection against termination
#
# People who once lost a machine protect what matters: an instance has an attribute `disableApiTermination`. While it
# is true, AWS refuses to terminate the instance, with the error `OperationNotPermitted`. If you name several
# instances in one call and one of them is protected, the whole call may fail.
#
# You cannot see this attribute in the answer of `describe_instances`. You ask for it with
# `describe_instance_attribute` and change it with `modify_instance_attribute`, one instance at a time.
#
# Lift the protection only from what you are going to terminate. On everything else it is there for a reason.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes; works well in pairs. Before anybody types, let each pair write down what may go
# wrong when a script terminates by tag. Usual answers: a wrong filter, the wrong region, a colleague's machine.
#
# Demonstrate: `describe_instances` without a filter, and count the reservations together. Then the error of a
# protected instance.

# %% [markdown] tags=["notes"]
# **Common mistakes.** `["Reservations"][0]` (most frequent by far); a filter on `instance-state-name` = `running`,
# which leaves the stopped ones and their disks; `stop_instances`; one call for all ids, which the protected instance
# makes fail; lifting the protection of everything in the account.
#
# A good question for the end: how would you notice that a filter with a typing mistake found nothing?

# %% [markdown]
# The next cell makes your world: an account in which several people have left instances behind. You need not read
# it, but you may. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# **Terminate every instance that has this tag with exactly this value, whether it runs or is stopped. Leave everything
# else in the account as it is**, including the protection of other instances. One instance with the tag is protected;
# it has to go too.
#
# There is nothing to return: the account itself is the answer.
#
# <details><summary>Hint</summary>
#
# Three small steps: collect all ids, through both inner lists; set `DisableApiTermination` to `{"Value": False}` for
# each of them; then terminate. Print the ids before you terminate them: this is the last moment to notice a mistake.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Find the ids of all instances with the tag.

# 2. Lift their protection against termination.

# 3. Terminate them.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether everything else is still there.
# If you ended something by mistake, run the scene cell above again: it makes you a new world.

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
        f"Of the instances that ran with the tag and were not protected, {len(left)} of {len(old)} are not terminated, "
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
# - What you do not terminate, you pay for. Stopped is not free.
# - Tag what you launch, at once: later nobody knows whose it was.
# - Make the list first, look at it, then destroy.
#
# **Read more** in the EC2 User Guide: *Terminate Amazon EC2 instances*, *Change instance termination protection* and
# *Tag your Amazon EC2 resources*.

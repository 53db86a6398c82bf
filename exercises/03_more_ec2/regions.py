# %% [markdown]
# # Find forgotten instances in all Regions
#
# AWS has data centres in more than thirty places in the world. Each of these places is a **Region**, with a name such
# as `eu-central-1` (Frankfurt) or `us-east-1` (Virginia). You have reasons to use different Regions: the law may
# require that you store patients' data in one country; satellite images are stored in a certain Region, and it is best
# to process them there; and prices are different.
#
# In EC2 each Region is separate from all others. When you list instances, you get only those of one Region, and the
# console shows one Region at a time. So it happens that somebody selects another Region in the console, tries something
# out, goes back, and pays for a year for instances that nobody sees.
#
# In this step you search all Regions for the instances that a project left running, list them, and terminate them.

# %% [markdown]
# ## Which Region does my code use?
#
# It uses the Region that you specify, or else the default Region in your settings (here `us-east-1`):
#
# ```python
# import boto3
#
# here = boto3.client("ec2")
# there = boto3.client("ec2", region_name="eu-central-1")
# ```
#
# A client always belongs to one Region. If you use an instance ID in another Region, AWS returns the error
# `InvalidInstanceID.NotFound`, even if the instance is running.
#
# Which Regions are there? Do not type in a list: AWS opens new Regions, and your account cannot use all of them. At
# first it can use 17, and more when somebody enables them. `describe_regions` returns the Regions that your account can
# use:
#
# ```python
# here.describe_regions()["Regions"]  # [{"RegionName": "eu-north-1", …}, …]
# ```
#
# Does it matter for this call which Region the client belongs to? Which instances would a script miss if it contains a
# list of four Regions?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Put a map on the wall: where would you process satellite images of the Amazon,
# patients' data from your hospital, or a model that has to be cheap? Then ask: in how many Regions has each of you ever
# listed the instances?
#
# Demonstrate: `describe_instances` in two Regions, side by side, and the error for an ID of the other Region.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students use the client of the default Region for every Region, and find the same instances 17
# times; they type in a list of Regions; they create `found` after they have terminated the instances; they forget the
# filter, and terminate everybody's instances; they use only the first reservation of each Region.
#
# For students who finish early: what other resources can be forgotten in a Region, and which calls would find them?

# %% [markdown]
# The next cell prepares your simulated AWS account, which has been used in several Regions. You do not have to read the
# cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate

OFTEN = ["us-west-2", "eu-west-1", "eu-central-1"]
SELDOM = ["ap-northeast-3", "ap-south-1", "ap-southeast-2", "ca-central-1", "eu-north-1", "eu-west-3", "sa-east-1"]


def scene(client, rng, variant):
    key = ["project", "study", "course"][variant % 3]
    value, other = ["birds", "rivers", "trams", "glaciers"][variant % 4], rng.choice(["library", "weather", "museum"])
    often, seldom = OFTEN[variant % 3], SELDOM[variant % 7]
    empty = rng.choice([region for region in SELDOM if region != seldom])

    def launch(region, count=1, stopped=False, **tags):
        ec2 = client("ec2", region)
        images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
        words = {"ImageId": images[0]["ImageId"], "InstanceType": rng.choice(["t3.micro", "t3.small"])}
        if tags:
            labels = [{"Key": name, "Value": text} for name, text in tags.items()]
            words["TagSpecifications"] = [{"ResourceType": "instance", "Tags": labels}]
        ids = [i["InstanceId"] for i in ec2.run_instances(MinCount=count, MaxCount=count, **words)["Instances"]]
        if stopped:
            ec2.stop_instances(InstanceIds=ids)

    for region in ("us-east-1", often, seldom):
        others = [
            lambda region=region: launch(region, 1, **{key: other}),
            lambda region=region: launch(region, 1, **{key: value.upper()}),
            lambda region=region: launch(region, 1, stopped=True, Name=value),
            lambda region=region: launch(region),
        ]
        ours = [lambda region=region: launch(region, rng.randint(1, 2), **{key: value}) for _ in range(2)]
        makers = [*ours, *rng.sample(others, 2)]
        for make in rng.sample(makers, len(makers)):
            make()
    launch(empty, 2, **{key: other})
    return {"tag_key": key, "tag_value": value}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.tag_key` and `given.tag_value`, two strings. All instances with this tag are running, but you do
# not know in which Regions.
#
# **Find these instances in all Regions that your account can use. Put their IDs into the variable `found`: a dict with
# the names of the Regions as keys, and for each Region the sorted list of the instance IDs. Terminate all of these
# instances.** Do not change anything else, in any Region.
#
# The dict looks like this: `found = {"eu-north-1": ["i-0aaa…", "i-0bbb…"], "us-east-1": ["i-0ccc…"]}`. You can leave
# out a Region that has no such instance, or give it an empty list.
#
# <details><summary>Hint</summary>
#
# Write a loop over the names of the Regions, and create a client for each Region in the loop:
# `boto3.client("ec2", region_name=name)`. The rest of the loop is the same as in `02_ec2/terminate`. Save what you find
# in `found` before you terminate it.
#
# </details>

# %% tags=["task"]
import boto3

here = boto3.client("ec2")  # the client of the default Region

found = {}

# For each Region: which instances have the tag? Save their IDs, and terminate them.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example the other Regions.
# If you terminated something by mistake, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
import re

from drycloud import check

ID = re.compile("i-[0-9a-f]{8,17}")


@check(points=1)
def test_found_holds_lists_of_ids(answers):
    """`found` is a dict with names of Regions as keys and sorted lists of IDs as values."""
    found = answers.found
    assert isinstance(found, dict), f"`found` must be a dict, but it is {str(found)[:60]}."
    assert any(found.values()), "`found` does not contain any ID yet. Did your code save what it found?"
    for region, ids in found.items():
        assert region.count("-") >= 2, f"The keys of `found` must be names of Regions; {region!r} is not one."
        assert isinstance(ids, list), f"`found[{region!r}]` must be a list, but it is {str(ids)[:60]}."
        strange = [id for id in ids if not (isinstance(id, str) and ID.fullmatch(id))]
        assert not strange, (
            f"`found[{region!r}]` must contain only IDs such as 'i-0c1a…'; {str(strange[0])[:60]} is not one. In boto3's "
            "resource API, the attribute `id` of an instance is its ID."
        )
        assert ids == sorted(ids), f"The IDs in `found[{region!r}]` are not sorted."


@check(points=4)
def test_instances_of_the_default_region_are_terminated(before, after, given):
    """In the default Region, us-east-1, every instance with the tag is terminated."""
    ours = before.instances(tag=(given.tag_key, given.tag_value), region="us-east-1")
    if not ours:
        raise LookupError("the scene made no such instance")
    left = [id for id in ours if after.state(id) != "terminated"]
    assert not left, (
        f"{len(left)} of {len(ours)} are not terminated, for example {left[0]}: it is {after.state(left[0])}."
    )


# %% [markdown]
# ## Key points
#
# - A list shows one Region. The bill includes all Regions.
# - Ask AWS which Regions there are. If you type in a list, it will be out of date one day.
# - A client belongs to one Region. You need one client for each Region.
#
# **Read more** in the EC2 User Guide: *Regions and Zones*; in the AWS Account Management guide: *Enable or disable AWS
# Regions in your account*; in the boto3 documentation: *describe_regions*.

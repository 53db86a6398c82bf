# %% [markdown]
# # Lost in the world
#
# AWS has data centres in more than thirty places of the world. Each is a **region**, with a name such as `eu-central-1`
# (Frankfurt) or `us-east-1` (Virginia). If you keep patients' data, you may have to keep it in one country; if you
# fetch satellite pictures, you compute where they lie; and prices differ.
#
# To EC2 each region is a world of its own. What you list is what one region has, and the console shows one at a time.
# So it happens that somebody clicks on another region, tries something out, clicks back, and for a year pays for
# machines that nobody sees.
#
# In this step you search all regions for what a project left running, write it down, and end it.

# %% [markdown]
# ## Which region does my code talk to?
#
# The one that you name, or the default one of your settings (here `us-east-1`):
#
# ```python
# import boto3
#
# here = boto3.client("ec2")
# there = boto3.client("ec2", region_name="eu-central-1")
# ```
#
# A client always belongs to one region. An id of one region is unknown in another: AWS says
# `InvalidInstanceID.NotFound`, even though the instance runs.
#
# Which regions are there? Do not type a list. AWS opens new ones, and your account may not use them all: 17 at first,
# and more when somebody opts in. `describe_regions` tells those that your account can use:
#
# ```python
# here.describe_regions()["Regions"]  # [{"RegionName": "eu-north-1", …}, …]
# ```
#
# Does it matter which region's client you ask that? What would a script see that types in the four regions it knows?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. A map on the wall: where would you compute with pictures of the Amazon, with
# patients' data of your hospital, with a model that has to be cheap? Then: in how many regions has each of you ever
# looked?
#
# Demonstrate: `describe_instances` in two regions, side by side, and the error for an id of the other one.

# %% [markdown] tags=["notes"]
# **Common mistakes.** The client of the default region used for every region, which finds the same machines 17 times; a
# list of regions typed in; `found` built after the instances were terminated; the filter forgotten, so that everybody's
# machines end; only the first reservation of each region.
#
# For those who are done early: what else than instances may lie forgotten in a region, and which calls would find it?

# %% [markdown]
# The next cell makes your world: an account that has been used in several regions. You need not read it, but you may.
# Everything is a simulation on your own computer, so nothing here can cost anything.

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
# You are given `given.tag_key` and `given.tag_value`, two strings. All instances with this tag are running, and you do
# not know in which regions.
#
# **Find them in all regions that your account can use. Put into the variable `found` which there are: a dict with the
# names of the regions as keys, and for each the sorted list of the ids. Terminate them all.** Leave everything else as
# it is, in every region.
#
# The answer looks like this: `found = {"eu-north-1": ["i-0aaa…", "i-0bbb…"], "us-east-1": ["i-0ccc…"]}`. A region in
# which there is none is left out, or has an empty list.
#
# <details><summary>Hint</summary>
#
# A loop over the names of the regions, and in it a client of that region: `boto3.client("ec2", region_name=name)`. In
# the loop it is the same as in `02_ec2/terminate`. Note down what you find before you terminate it.
#
# </details>

# %% tags=["task"]
import boto3

here = boto3.client("ec2")  # the client of the default region

found = {}

# For each region: which instances have the tag? Note them down, and terminate them.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as the other regions. If you ended something
# by mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
import re

from drycloud import check

ID = re.compile("i-[0-9a-f]{8,17}")


@check(points=1)
def test_found_holds_lists_of_ids(answers):
    """`found` is a dict from names of regions to sorted lists of ids."""
    found = answers.found
    assert isinstance(found, dict), f"`found` must be a dict, but it is {str(found)[:60]}."
    assert any(found.values()), "`found` holds no id yet. Did your code note down what it found before it went on?"
    for region, ids in found.items():
        assert region.count("-") >= 2, f"The keys of `found` must be names of regions; {region!r} is none."
        assert isinstance(ids, list), f"`found[{region!r}]` must be a list, but it is {str(ids)[:60]}."
        strange = [id for id in ids if not (isinstance(id, str) and ID.fullmatch(id))]
        assert not strange, (
            f"`found[{region!r}]` must hold ids such as 'i-0c1a…', and nothing else; {str(strange[0])[:60]} is none. Of an "
            "instance as boto3's resource API gives it, `.id` is the id."
        )
        assert ids == sorted(ids), f"The ids in `found[{region!r}]` are not sorted."


@check(points=4)
def test_instances_of_the_default_region_are_terminated(before, after, given):
    """In the default region, us-east-1, every instance with the tag is terminated."""
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
# - What you list is one region. The bill is all of them.
# - Ask which regions there are. A list that you typed in is out of date one day.
# - One client, one region.
#
# **Read more** in the EC2 User Guide: *Regions and Zones*; in the AWS Account Management guide: *Enable or disable AWS
# Regions in your account*; in the boto3 documentation: *describe_regions*.

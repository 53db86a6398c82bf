# %% [markdown]
# # A place for your data
#
# A rented machine is given back when the work is done, and what was on its disk goes with it. Data needs a home of its
# own. That home is **S3** (Simple Storage Service): it keeps files of any kind and any size, each in several buildings
# at once, and gives them to everybody who may have them: your laptop, twenty rented machines, a colleague abroad.
#
# What you put there lies in a **bucket**. A bucket has a name, a place in the world, and an owner who pays for it:
#
# | | US dollars |
# |---|---|
# | the bucket itself | nothing |
# | what lies in it | about 2 cents per GB and month |
# | sending data in | nothing |
# | getting data out of AWS | about 9 cents per GB, after 100 GB a month |
#
# In this step you make a bucket as it should be from its first minute.

# %% [markdown]
# ## One name in the world
#
# Bucket names are shared by everybody who uses AWS. If anyone has a bucket `data`, nobody else can have one, and you
# get the error `BucketAlreadyExists`. So add something that nobody else will think of: your lab, a year, a few random
# letters.
#
# A name has 3 to 63 characters: small letters, digits, hyphens and dots. Strangers may see it, so put nothing
# private into it.

# %% [markdown]
# ## Where in the world?
#
# AWS has data centres in more than thirty **regions**, such as `eu-west-1` (Ireland) or `us-east-1` (Virginia). A
# bucket always lies in the one where it was made: it cannot be moved, only deleted and made again elsewhere. Which one
# matters because
#
# - **the law** may say where data about people must stay;
# - **the distance** costs time: a machine in the bucket's own region reads it fastest;
# - **the price**: between a bucket and a machine in the same region, data moves free. From another region you pay about
#   2 cents for each GB, every time.
#
# If you say nothing, you get the default of your client, here `us-east-1`. To make a bucket elsewhere, name the region
# twice, once to the client and once in the call:
#
# ```python
# import boto3
#
# s3 = boto3.client("s3", region_name="sa-east-1")
# s3.create_bucket(Bucket="whale-songs-7f3a", CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
# ```
#
# `us-east-1` alone, the oldest region, is never named in a `LocationConstraint`. `s3.head_bucket(Bucket=…)` tells you
# afterwards where a bucket lies.

# %% [markdown]
# ## Who may look in?
#
# Nobody but you. Since 2023 a new bucket has **Block Public Access** switched on, four settings which together mean:
# whatever else is set by mistake, no stranger gets in. Leaked data sets that made headlines mostly lay in a bucket
# that somebody had opened "for a moment".
#
# | setting | what it prevents |
# |---|---|
# | `BlockPublicAcls` | new access lists that let everybody in |
# | `IgnorePublicAcls` | that old ones count |
# | `BlockPublicPolicy` | new bucket policies that let everybody in |
# | `RestrictPublicBuckets` | that old ones count |
#
# You will find advice that begins with switching these off. There is rarely a reason: to share a file, you make a link
# (you will, in this lesson). `get_public_access_block` shows the settings, `put_public_access_block` sets all four at
# once, and a setting that you leave out there is then **off**.

# %% [markdown]
# ## Whose is it?
#
# Next year somebody will ask whether a bucket can go. A **tag**, a pair of a key and a value such as
# `project` = `whales`, answers them, and lets the bill be split by owner or by project. Key and value are taken
# letter by letter, so `Project` is another key.
#
# ```python
# s3.put_bucket_tagging(
#     Bucket="whale-songs-7f3a",
#     Tagging={"TagSet": [{"Key": "project", "Value": "whales"}, {"Key": "paid-by", "Value": "grant-7"}]},
# )
# ```
#
# This replaces **all** tags that the bucket had. What would you do to add one to a bucket that has some?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Start with the question where the group's own data lies today: in which country,
# and who could say? Then let everybody write down what the law or a grant says about it.
#
# Demonstrate: the error for a name that is taken (`create_bucket(Bucket="test")`), and
# `IllegalLocationConstraintException`, which is what one gets when region and `LocationConstraint` do not agree.

# %% [markdown] tags=["notes"]
# **Common mistakes.** No `LocationConstraint`, so that the bucket is made in Virginia; only two of the four settings
# given to `put_public_access_block`, which switches the others off; `delete_public_access_block`, copied from a page
# about websites; `Owner` for `owner`; a name typed in while practising.
#
# For those who are done early: what does `aws s3 mb s3://… --region …` do, and what not?

# %% [markdown]
# The next cell makes your world: an account in which others already have buckets. You need not read it, but you may.
# It is all a simulation on your own computer; nothing here can cost anything.

# %% tags=["scene"]
import json

from drycloud import simulate


def scene(client, rng):
    subject, year = rng.choice(["seals", "storms", "owls", "tides"]), rng.randint(2024, 2027)
    regions = rng.sample(["ap-southeast-2", "ca-central-1", "eu-central-1", "eu-west-1", "us-west-2"], 3)
    people = rng.sample(["ada", "bola", "chen", "dima", "eszter", "fatima"], 3)
    bucket = f"{subject}-{year}-{rng.randrange(16**6):06x}"

    def make(name, region, owner):
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3 = client("s3", region)
        s3.create_bucket(Bucket=name, **where)
        tags = {"owner": owner, "project": subject}
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": k, "Value": v} for k, v in tags.items()]})
        s3.put_object(Bucket=name, Key="about.txt", Body=f"{subject}, kept by {owner}\n".encode())
        return s3

    make(f"{bucket}-archive", "us-east-1", people[0])
    make(f"{subject}-{year - 1}-{rng.randrange(16**6):06x}", regions[0], people[1])
    make(f"team-{subject}-{rng.randrange(16**4):04x}", regions[1], people[2])
    site = f"{subject}-website-{rng.randrange(16**4):04x}"  # which everybody is to see
    s3 = make(site, regions[2], people[1])
    s3.delete_public_access_block(Bucket=site)
    read = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{site}/*"}
    s3.put_bucket_policy(Bucket=site, Policy=json.dumps({"Version": "2012-10-17", "Statement": [read]}))
    return {"bucket": bucket, "region": regions[0], "owner": people[0]}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given three strings: `given.bucket`, the name of a bucket that does not exist yet, `given.region` and
# `given.owner`.
#
# **Make the bucket in that region, private, with a tag whose key is `owner` and whose value is `given.owner`.** Private
# means that all four settings of Block Public Access are on. Leave everything else in the account as it is.
#
# There is nothing to return: the bucket is the answer. With `whale-songs-7f3a`, `sa-east-1` and `ada`, there should
# be a bucket of that name in São Paulo, closed to the public and tagged `owner` = `ada`.
#
# <details><summary>Hint</summary>
#
# Two calls are enough, and both are in the lesson: each needs other words in its quotation marks. Then ask what you
# have made: `head_bucket`, `get_bucket_tagging` and `get_public_access_block` change nothing.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. Make the bucket in the region that you were given.

# 2. Is it private? See to it that it is and stays so.

# 3. Tag it with its owner.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as the tag. If you changed something by
# mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_the_bucket_is_there(before, after, given, trail):
    """There is a bucket with the name that you were given."""
    told = "".join(f" Your code made {name!r}." for name in after.new_since(before, "Bucket")[:1])
    errors = [call.error for call in trail if call.operation == "CreateBucket" and call.error]
    if errors and not told:
        told = f" AWS refused to make one: {errors[-1]}."
    assert after.bucket(given.bucket), f"There is no bucket named {given.bucket!r}.{told}"


@check(points=3)
def test_it_lies_in_the_region(before, after, given):
    """The bucket that you made lies in the region that you were given."""
    new = after.new_since(before, "Bucket")
    assert new, "Your code made no bucket."
    region = after.bucket(given.bucket if given.bucket in new else new[0]).region
    assert region == given.region, (
        f"The bucket lies in {region}, and should lie in {given.region}. "
        "It cannot be moved; while it is empty, it can be deleted and made again."
    )


# %% [markdown]
# ## Key points
#
# - Name, region and privacy are settled when you make the bucket. Two of them cannot be changed later.
# - Keep data and the machines that read it in one region.
# - Leave Block Public Access on, and write the owner on everything that costs money.
#
# **Read more** in the S3 User Guide: *Bucket naming rules*, *Blocking public access to your Amazon S3 storage* and
# *Using cost allocation S3 bucket tags*; in the boto3 documentation: *Creating an Amazon S3 bucket*.

# %% [markdown]
# # Create a bucket
#
# When your work is done, you terminate your instance, and the data on its disk is deleted. So store your data in
# another place: **S3** (Simple Storage Service). S3 stores files of any type, each of them in several data centres at
# the same time. Your laptop, twenty instances, or a colleague abroad can read them, if you allow it.
#
# S3 stores your files in a **bucket**. A bucket has a name, a Region, and an owner, who pays for it:
#
# | | US dollars |
# |---|---|
# | the bucket itself | nothing |
# | the data in it | about 2 cents per GB and month |
# | uploading data | nothing |
# | downloading data from AWS | about 9 cents per GB, after the first 100 GB of each month |
#
# In this step you create a bucket with the right settings from the start.

# %% [markdown]
# ## A unique name
#
# A bucket name must be unique among all users of AWS. If somebody has a bucket with the name `data`, nobody else can
# create one with this name, and you get the error `BucketAlreadyExists`. So add something to the name that nobody else
# will use: your lab, a year, a few random letters.
#
# A bucket name has 3 to 63 characters: lowercase letters, digits, hyphens and dots. Strangers may see the name, so it
# must not contain private information.

# %% [markdown]
# ## The Region
#
# AWS has data centres in more than thirty **Regions**, such as `eu-west-1` (Ireland) or `us-east-1` (Virginia). A
# bucket always stays in the Region in which you created it: you cannot move it, but only delete it and create it again
# in another Region. The Region is important for three reasons:
#
# - **law**: the law may say in which country you must store data about people;
# - **distance**: an instance in the same Region as the bucket reads the data fastest;
# - **price**: data transfer between a bucket and an instance in the same Region is free. To read a bucket from another
#   Region costs about 2 cents per GB, each time.
#
# If you do not specify a Region, AWS creates the bucket in the default Region of your client, here `us-east-1`. To
# create a bucket in another Region, specify the Region twice, in the client and in the call:
#
# ```python
# import boto3
#
# s3 = boto3.client("s3", region_name="sa-east-1")
# s3.create_bucket(Bucket="whale-songs-7f3a", CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
# ```
#
# There is one exception: for `us-east-1`, the oldest Region, you must not use a `LocationConstraint`.
# `s3.head_bucket(Bucket=…)` shows in which Region a bucket is.

# %% [markdown]
# ## Who can read it?
#
# Only you. Since 2023 each new bucket has **Block Public Access** turned on. These are four settings, which together
# mean: strangers cannot read the bucket, even if another setting would allow it by mistake. Many data leaks that you
# read about in the news came from a bucket that somebody had made public "only for a short time".
#
# | setting | what it prevents |
# |---|---|
# | `BlockPublicAcls` | new access control lists (ACLs) that give access to everybody |
# | `IgnorePublicAcls` | access through ACLs that already exist |
# | `BlockPublicPolicy` | new bucket policies that give access to everybody |
# | `RestrictPublicBuckets` | access through public bucket policies that already exist |
#
# Many tutorials tell you to turn these settings off first. There is rarely a reason to do that: to share a file, you
# create a link, as you will see in `04_s3/share`. `get_public_access_block` shows the settings.
# `put_public_access_block` sets all four at the same time: a setting that you leave out is then **off**.

# %% [markdown]
# ## Tags: whose bucket is it?
#
# Next year somebody will ask whether they can delete this bucket. A **tag**, a pair of a key and a value such as
# `project` = `whales`, gives the answer. With tags, AWS can also show the costs for each owner or project. Keys and
# values are case-sensitive, so `Project` is another key.
#
# ```python
# s3.put_bucket_tagging(
#     Bucket="whale-songs-7f3a",
#     Tagging={"TagSet": [{"Key": "project", "Value": "whales"}, {"Key": "paid-by", "Value": "grant-7"}]},
# )
# ```
#
# This call replaces **all** tags of the bucket. How would you add a tag to a bucket that already has tags?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Start with a question: where is your group's own data stored today, in which
# country, and who knows that? Then let everybody write down what the law or their grant requires.
#
# Demonstrate: the error for a name that somebody else uses (`create_bucket(Bucket="test")`), and the error
# `IllegalLocationConstraintException`, which you get if the Region of the client and the `LocationConstraint` are
# different.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students leave out `LocationConstraint`, so that the bucket is created in Virginia; they pass
# only two of the four settings to `put_public_access_block`, which turns the others off; they copy
# `delete_public_access_block` from a page about websites; they write `Owner` instead of `owner`; they type in a bucket
# name while they practise.
#
# For students who finish early: what does `aws s3 mb s3://… --region …` do, and what does it not do?

# %% [markdown]
# The next cell prepares your simulated AWS account, in which other people already have buckets. You do not have to read
# the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# **Create the bucket in this Region. Make sure that it is private, and has a tag with the key `owner` and the value
# `given.owner`.** Private means that all four settings of Block Public Access are on. Do not change anything else in
# the account.
#
# Your code does not have to return anything: the checks look at the bucket. If, for example, you are given
# `whale-songs-7f3a`, `sa-east-1` and `ada`, you create a private bucket with the name `whale-songs-7f3a` in São Paulo,
# with the tag `owner` = `ada`.
#
# <details><summary>Hint</summary>
#
# Two calls are enough. The lesson contains both; you only have to change the strings. Then check the result:
# `head_bucket`, `get_bucket_tagging` and `get_public_access_block` do not change anything.
#
# </details>

# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. Create the bucket in the given Region.

# 2. Is it private? Make sure that it is and stays private.

# 3. Add the tag with its owner.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example the tag. If you
# changed something by mistake, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_the_bucket_is_there(before, after, given, trail):
    """There is a bucket with the given name."""
    told = "".join(f" Your code created {name!r}." for name in after.new_since(before, "Bucket")[:1])
    errors = [call.error for call in trail if call.operation == "CreateBucket" and call.error]
    if errors and not told:
        told = f" AWS did not create one, and returned the error {errors[-1]}."
    assert after.bucket(given.bucket), f"There is no bucket with the name {given.bucket!r}.{told}"


@check(points=3)
def test_it_lies_in_the_region(before, after, given):
    """The bucket that you created is in the given Region."""
    new = after.new_since(before, "Bucket")
    assert new, "Your code did not create a bucket."
    region = after.bucket(given.bucket if given.bucket in new else new[0]).region
    assert region == given.region, (
        f"The bucket is in {region}, but must be in {given.region}. "
        "You cannot move it; while it is empty, you can delete it and create it again."
    )


# %% [markdown]
# ## Key points
#
# - When you create a bucket, you decide its name, its Region and who can read it. You cannot change the first two
#   later.
# - Keep your data and the instances that read it in the same Region.
# - Leave Block Public Access on, and tag everything that costs money with its owner.
#
# **Read more** in the S3 User Guide: *Bucket naming rules*, *Blocking public access to your Amazon S3 storage* and
# *Using cost allocation S3 bucket tags*; in the boto3 documentation: *Creating an Amazon S3 bucket*.

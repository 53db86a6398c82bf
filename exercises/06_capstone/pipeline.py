# %% [markdown]
# # A complete project: launch, compute, store, clean up
#
# A measuring station has sent its data for a whole year. You have a budget and a price list, but no computer that is
# large enough. In this last step you need nothing new, but you need everything together. This is what a data scientist
# does with AWS on an ordinary day:
#
# | | | you learned it in |
# |---|---|---|
# | **1** | choose an instance type that fits the budget | `03_more_ec2/pricing` |
# | **2** | launch an instance of this type | `02_ec2/launch` |
# | **3** | read the dataset from S3 | `04_s3/download` |
# | **4** | compute | before this course |
# | **5** | store the result in S3 | `04_s3/upload` |
# | **6** | terminate the instance, and clean up | `02_ec2/terminate`, `02_ec2/cleanup` |
#
# The main idea is: **instances are temporary, data is permanent.** You pay for an instance by the second, so you keep
# it only as long as the computation runs. The input and the result are in S3, which costs 2 cents per GB and month. A
# `t3.large` costs 1.4 cents for ten minutes; if you forget it, the same instance costs 60 dollars per month.

# %% [markdown]
# ## Where does the computation run?
#
# In a real account, your program must run on the instance: you log in with ssh and start it there; or you pass a script
# to the instance when you launch it (`UserData`), and the instance runs the script automatically.
#
# The instances in this course are simulated. You launch them, they cost (play) money, and you terminate them; but there
# is no computer behind them, and nothing runs a script in `UserData`. So **this notebook takes the role of the
# instance**: it reads, computes and stores while your instance is running.

# %% [markdown]
# ## If something fails
#
# Steps 3 to 5 can fail: a typing error in a key, a column with another name, not enough memory. Then Python stops the
# cell at this line. It never runs step 6, so the instance keeps running, and you keep paying. Many forgotten instances
# come from this: nobody really forgot them, but a program ended too early.
#
# ```python
# machine = rent()
# try:
#     compute()
# finally:
#     give_back(machine)
# ```
#
# Python always runs the lines under `finally`: after a success, and also after an error, before it shows the error.
# Which lines belong under `try`, and why is `rent()` before it?

# %% [markdown]
# ## From S3 into a table and back
#
# You do not have to save an object as a file first. `get_object` returns a dict, and you can read its `"Body"` like a
# file. `put_object` takes bytes, so encode your text:
#
# ```python
# import boto3
# import pandas as pd
#
# s3 = boto3.client("s3")
# birds = pd.read_csv(s3.get_object(Bucket="my-bucket", Key="raw/birds.csv")["Body"])
# largest = birds.groupby("species")["wing_mm"].max()
# s3.put_object(Bucket="my-bucket", Key="results/birds.csv", Body=largest.to_csv().encode(), ContentType="text/csv")
# ```
#
# You do not have to use pandas: with the module `csv` and a dict of lists, ten lines are enough.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Before anybody types, let pairs write the six steps on cards, and for each step
# what it costs and what is left of it afterwards. Which cards can they swap?
#
# Demonstrate `try`/`finally` with a computation that fails: run it twice, without and with `try`/`finally`, and check
# the account (or the bill in the feedback) after each run.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students compare prices as strings; they think that the budget is a price per month; they stop
# the instance at the end; they put `TerminateInstances` under `try`, as the last line; they compute the overall mean,
# or the mean of the groups' means; they write the result only to the disk, or overwrite the dataset; they create a
# volume or an address that they do not need, and leave it.
#
# For students who finish early: write a function that takes the computation as an argument, so that you can use the
# same code for other computations. Or use a Spot Instance.

# %% [markdown]
# The next cell prepares your simulated AWS account, which your colleagues use too and which has data in S3, and saves a
# price list in your working directory. You do not have to read the cell, but you can. Everything is a simulation on
# your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate

USD_PER_HOUR = {
    "t3.nano": 0.0052,
    "t3.micro": 0.0104,
    "t3.small": 0.0208,
    "t3.medium": 0.0416,
    "t3.large": 0.0832,
    "c5.large": 0.085,
    "m5.large": 0.096,
    "r5.large": 0.126,
    "c5.xlarge": 0.17,
    "m5.xlarge": 0.192,
    "r5.xlarge": 0.252,
    "g4dn.xlarge": 0.526,
    "g5.xlarge": 1.006,
    "m5.8xlarge": 1.536,
}


def scene(ec2, s3, rng, variant, workdir):
    subject, year = rng.choice(["rain", "noise", "tides", "pollen"]), rng.randint(2019, 2025)
    bucket = f"station-{subject}-{rng.randrange(16**6):06x}"
    dataset_key, result_key = f"raw/{subject}/{year}.csv", f"results/{subject}/{year}_means.csv"

    types = list(USD_PER_HOUR)[variant % 2 :: 2]  # the cheaper ones first
    last = rng.randint(1, 4)
    budget, costly = USD_PER_HOUR[types[last]], rng.sample(types[last + 1 :], 2)
    listed = [costly[0], *rng.sample([type for type in types if type not in costly], len(types) - 2), costly[1]]
    rows = [f"{type},{USD_PER_HOUR[type]}\n" for type in listed]
    (workdir / "prices.csv").write_text("".join(["instance_type,usd_per_hour\n", *rows]))

    images = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"]
    image, other_image = rng.sample(sorted(i["ImageId"] for i in images), 2)
    cheapest = types[0]

    def launch(name, image, type):
        started = ec2.run_instances(ImageId=image, InstanceType=type, MinCount=1, MaxCount=1)["Instances"][0]
        ec2.create_tags(Resources=[started["InstanceId"]], Tags=[{"Key": "Name", "Value": name}])
        return started

    ec2.terminate_instances(InstanceIds=[launch("pipeline", image, cheapest)["InstanceId"]])
    launch("pipeline", image, cheapest)
    zone = launch("web", other_image, "t3.micro")["Placement"]["AvailabilityZone"]
    ec2.create_volume(AvailabilityZone=zone, Size=20, VolumeType="gp3")
    ec2.allocate_address(Domain="vpc")

    sites = rng.sample(["bridge", "canal", "dam", "forest", "harbour", "market", "school", "tower"], rng.randint(5, 7))

    def dataset(count):
        rows = [(rng.choice(sites[:-1]), 40 * rng.betavariate(1.2, 4) - 4) for _ in range(count)]
        late = [(sites[-1], 10 * rng.betavariate(2, 2)) for _ in range(9)]  # the last site opened in autumn
        rows[count * 3 // 4 :] = rng.sample(rows[count * 3 // 4 :] + late, len(rows[count * 3 // 4 :]) + len(late))
        return "".join(["group,value\n", *(f"{site},{value:.2f}\n" for site, value in rows)]).encode()

    def store(key, body, name=bucket):
        s3.put_object(Bucket=name, Key=key, Body=body, ContentType="text/csv")

    for name in rng.sample([bucket, f"{bucket}-trial"], 2):
        s3.create_bucket(Bucket=name)
    store(dataset_key, dataset(rng.randint(700, 900)))
    store(f"raw/{subject}/{year - 1}.csv", dataset(90))
    store(dataset_key, dataset(60), name=f"{bucket}-trial")
    lines = "".join(f"{site},{rng.uniform(2, 9):.4f}\n" for site in sites)
    store(f"results/{subject}/{year - 1}_means.csv", f"group,mean\n{lines}".encode())
    return {
        "bucket": bucket,
        "dataset_key": dataset_key,
        "result_key": result_key,
        "image_id": image,
        "max_usd_per_hour": budget,
        "prices_file": "prices.csv",
    }


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.bucket`, a bucket that exists; `given.dataset_key` and `given.result_key`, two keys in it;
# `given.image_id`; `given.prices_file`, the name of a CSV file in your working directory with the columns
# `instance_type` and `usd_per_hour`; and `given.max_usd_per_hour`, a number.
#
# 1. **Launch an instance from this image, of any type in the price list that costs at most `given.max_usd_per_hour`.**
#    Put its ID, a string, into the variable `instance_id`.
# 2. **Compute the mean of each group in the dataset.** The dataset is a CSV file with the columns `group` and `value`.
# 3. **Store the result in the same bucket, with the key `given.result_key`**: a CSV file with commas between **the
#    columns `group` and `mean`, no other columns, and one row for each group**, in any order. Round the means to two
#    decimal places, or give more.
# 4. **Terminate or delete everything that costs money**: the instance, and everything else that your code created
#    (volumes, addresses, snapshots, images, other objects). Key pairs and security groups cost nothing, so you may
#    leave them.
#
# Do not change the dataset, or anything of others in the account.
#
# | dataset | result |
# |---|---|
# | `group,value` | `group,mean` |
# | `mill,4.20` | `mill,4.6` |
# | `quay,17.00` | `quay,17.0` |
# | `mill,5.00` | |
#
# The ID looks like this: `instance_id = "i-0c1a2b3d4e5f60718"`. Use the ID of the instance that you launched, even
# though it is terminated at the end: terminated instances stay in the list for some time.
#
# <details><summary>Hint</summary>
#
# First write the six steps as six comments, and then write the code for one after the other. For the first step: prices
# in the file are strings, so convert them with `float` (pandas does that automatically), keep the rows that fit the
# budget, and take any of them. Put the lines between launching and terminating under `try`, and the termination under
# `finally`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")
s3 = boto3.client("s3")

# 1. Choose a type that fits the budget.

# 2. Launch the instance.
instance_id = None

# 3. to 5. Read the dataset, compute the means, store the result.

# 6. Terminate and delete everything, even if something has failed.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example the means and the
# bill. If you changed something by mistake, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
import csv
import math

from drycloud import check


@check(points=1)
def test_instance_id_names_your_machine(before, after, answers):
    """The variable instance_id contains the ID of an instance that your code launched."""
    id = answers.instance_id
    assert id is not None, "The variable instance_id is still None: set it to the ID of the instance that you launched."
    assert isinstance(id, str), f"instance_id must be a string such as 'i-0c1a…', but it is {str(id)[:60]!r}."
    id = id.strip()  # what a command prints ends with a line end
    assert id in after.instances(), f"The value of instance_id, {id[:40]!r}, is not the ID of an instance here."
    assert id not in before, f"instance_id is {id}, which was there before your code ran: it is a colleague's."


@check(points=1)
def test_a_machine_was_rented(before, after):
    """Your code launched an instance."""
    assert after.new_since(before, "Instance"), "Your code launched no instance."


@check(points=3, needs=test_a_machine_was_rented)
def test_every_machine_was_given_back(before, after, answers):
    """Every instance that your code launched is terminated."""
    new = after.new_since(before, "Instance")
    assert new, "Your code launched no instance, so it terminated none."
    left = [id for id in new if after.state(id) != "terminated"]
    named = str(answers.get("instance_id")).strip()
    which = "the one in instance_id" if left[:1] == [named] else "not the one in instance_id"
    assert not left, (
        f"The instance {left[0]}, which your code launched, is {after.state(left[0])} and costs money. It is {which}. "
        f"Your code launched {len(new)} instances; not terminated: {len(left)}."
    )


def table_of(stored):
    """The rows of a CSV table, without empty lines."""
    text = (stored.data or b"").decode("utf-8-sig", "replace")
    rows = csv.reader(text.splitlines(), skipinitialspace=True)
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


@check(points=2)
def test_the_result_is_stored(before, after, given):
    """The object with the given key is a CSV file with the columns group and mean, and one row for each group."""
    result = after.objects(given.bucket).get(given.result_key)
    elsewhere = [name for name in after.ids("Bucket") if given.result_key in after.objects(name)]
    assert result is not None, (
        f"The key is right, but the bucket is not: your code stored the result in {elsewhere[0]!r}."
        if elsewhere
        else f"There is no object with the key {given.result_key!r} in the bucket {given.bucket!r}."
    )
    rows = table_of(result)
    assert rows, "The result is empty."
    head = ",".join(rows[0])
    hint = " If pandas wrote it: the first column without a name is the index." if rows[0][0] == "" else ""
    assert sorted(rows[0]) == ["group", "mean"], (
        f"The first line of the result is {head[:80]!r}. It must have two columns, group and mean.{hint}"
    )
    odd = [",".join(row) for row in rows if len(row) != 2]
    assert not odd, f"A row of the result does not have two columns: {odd[0][:80]!r}."
    dataset = before.objects(given.bucket)[given.dataset_key].data.decode()
    groups = {row["group"] for row in csv.DictReader(dataset.splitlines())}
    if not groups:
        raise LookupError("the scene's dataset names no group")
    named = [row[rows[0].index("group")] for row in rows[1:]]
    left, more = (
        sorted(groups.difference(named)),
        [name for name in named if name not in groups or named.count(name) > 1],
    )
    assert not left, f"The result has no row for the group {left[0]!r} (groups without a row: {len(left)})."
    assert not more, f"The result has {named.count(more[0])} rows for {more[0]!r}. It must have one for each group."
    means = [row[rows[0].index("mean")] for row in rows[1:]]
    bad = [mean for mean in means if not is_number(mean)]
    assert not bad, f"The column mean contains {bad[0][:40]!r}, which is not a number."


def is_number(text):
    """Whether a string is a number."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


@check(points=3, needs=test_a_machine_was_rented)
def test_it_fits_the_budget(before, after, given, answers, files_before):
    """The type of the instance is in the price list, and fits the budget."""
    new = after.new_since(before, "Instance")
    assert new, "Your code launched no instance, so there is no price to compare."
    rows = csv.DictReader(files_before[given.prices_file].text.splitlines())
    prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in rows}
    for id in [id for id in new if id == str(answers.get("instance_id")).strip()] or new:
        used = after[id].instance_type
        assert used in prices, f"The instance {id} is a {used}, which is not in the price list."
        assert prices[used] <= given.max_usd_per_hour, (
            f"The instance {id} is a {used}. It costs {prices[used]} dollars per hour, but you may pay only "
            f"{given.max_usd_per_hour}."
        )


# %% [markdown]
# ## Key points
#
# - Launch late, terminate early, and use `try` and `finally` in between.
# - Store everything that you want to keep in S3 before you terminate the instance.
# - At the end of the day, check the account; do not rely on your memory.
#
# **Read more** in the EC2 User Guide: *Run commands when you launch an EC2 instance with user data input*, and
# *Terminate Amazon EC2 instances*; in the AWS Billing User Guide: *Avoiding unexpected charges*; in the pandas User
# Guide: *Group by: split-apply-combine*.

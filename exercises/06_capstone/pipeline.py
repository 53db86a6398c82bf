# %% [markdown]
# # The whole round: rent, compute, store, give back
#
# A measuring station has sent its data of a whole year. You have a budget, a table of prices and no computer that is
# large enough. In this last step nothing new is asked of you, only everything at once; it is what a data scientist does
# with AWS on an ordinary day:
#
# | | | known from |
# |---|---|---|
# | **1** | choose a machine that fits the budget | *pricing* (lesson 3) |
# | **2** | rent it | *launch* (lesson 2) |
# | **3** | read the dataset from S3 | *download* (lesson 4) |
# | **4** | compute | what you knew before |
# | **5** | store the result in S3 | *upload* (lesson 4) |
# | **6** | give everything back | *terminate*, *cleanup* (lesson 2) |
#
# Behind it stands one idea: **machines come and go, data stays.** A rented machine is paid for by the second, so it
# lives as long as the computation. What goes in and what comes out lies in S3, which costs 2 cents per GB and month. A
# `t3.large` for ten minutes costs 1.4 cents; the same machine, forgotten, 60 dollars a month.

# %% [markdown]
# ## Where does it compute?
#
# On a real account, your program would have to get onto the machine: you log in by ssh and start it there; or you
# hand the machine a script when you launch it (`UserData`), and it runs the script by itself.
#
# The machines of this course are simulated. They start, they cost (play) money, they end; but there is no computer
# inside, and a script in `UserData` is kept and never run. So **this notebook plays the machine's part**: it reads,
# computes and stores, while the machine that you rented is running.

# %% [markdown]
# ## When something goes wrong on the way
#
# Steps 3 to 5 can fail: a typing mistake in a key, a column that is named otherwise, no more memory. Python then leaves
# the cell at that line. Step 6 is never reached, the machine runs on, and the bill with it. That is how most of the
# forgotten machines come about: nobody forgot them, a program ended too early.
#
# ```python
# machine = rent()
# try:
#     compute()
# finally:
#     give_back(machine)
# ```
#
# What stands under `finally` is done in any case: after success, and after an error too, before the error is shown.
# Which lines belong under `try`, and why does `rent()` stand before it?

# %% [markdown]
# ## From S3 into a table and back
#
# An object need not become a file first. `get_object` answers with a dict, whose `"Body"` can be read like a file, and
# `put_object` takes text as bytes:
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
# You need no pandas for this: the module `csv`, and a dict of lists, do it in ten lines.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Before anybody types, pairs write the six moves on cards and lay out beside each
# what it costs and what remains of it afterwards. Which cards may change places?
#
# Demonstrate `try`/`finally` with a computation that fails: run it twice, without and with, and look at the account (or
# at the bill in the feedback) after each.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Prices compared as text; the budget taken for the price of a month; the machine stopped in the
# end; `TerminateInstances` under `try`, as its last line; the overall mean, or the mean of the groups' means; the
# result written to the disk only, or over the dataset; a volume or an address for convenience, and left there.
#
# For those who are done early: let a function take the computation as an argument, so that the same frame serves any
# other. Or rent the machine as a Spot instance.

# %% [markdown]
# The next cell makes your world: an account in which colleagues work, with data in S3, and a price list in your working
# directory. You need not read it, but you may. It is all a simulation on your own computer; nothing can cost anything.

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
# 1. **Rent a machine from this image, of any type in the price list that costs at most `given.max_usd_per_hour`.** Put
#    its id, a string, into the variable `instance_id`.
# 2. **Compute the mean of each group of the dataset.** It is a CSV table with the columns `group` and `value`.
# 3. **Store the result table in the same bucket under `given.result_key`**: a CSV table, that is with commas between
#    its columns, with **the columns `group` and `mean` and no others, one row for each group**, in any order. Round the
#    means to two decimals, or give more.
# 4. **Give everything back that costs money**: the machine, and whatever else your code made (disks, addresses,
#    snapshots, images, other objects). Key pairs and security groups cost nothing and may stay.
#
# Leave the dataset, and everything that others have in the account, as they are.
#
# | of this dataset | this is the result |
# |---|---|
# | `group,value` | `group,mean` |
# | `mill,4.20` | `mill,4.6` |
# | `quay,17.00` | `quay,17.0` |
# | `mill,5.00` | |
#
# The answer looks like this: `instance_id = "i-0c1a2b3d4e5f60718"`. It is the id of the machine that you rented,
# although it is terminated by the end: terminated instances stay listed for a while.
#
# <details><summary>Hint</summary>
#
# Write the six moves as six comments first, and fill in one after the other. For the first: prices are text in the
# file, so make numbers of them with `float` (pandas does that by itself), keep the rows that fit, and take any of them.
# Put the lines between renting and giving back under `try`, and the giving back under `finally`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")
s3 = boto3.client("s3")

# 1. Choose a type that fits the budget.

# 2. Rent the machine.
instance_id = None

# 3. to 5. Read the dataset, compute the means, store the result.

# 6. Give everything back, even if something has failed.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as the means and the bill. If you changed
# something by mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
import csv
import math

from drycloud import check


@check(points=1)
def test_instance_id_names_your_machine(before, after, answers):
    """The variable instance_id holds the id of an instance that your code launched."""
    id = answers.instance_id
    assert id is not None, "The variable instance_id is still None: set it to the id of the machine that you rented."
    assert isinstance(id, str), f"instance_id should be a text such as 'i-0c1a…', and is {str(id)[:60]!r}."
    id = id.strip()  # what a command prints ends with a line end
    assert id in after.instances(), f"The value of instance_id, {id[:40]!r}, is no id of an instance in this account."
    assert id not in before, f"instance_id names {id}, which was there before your code ran: it is a colleague's."


@check(points=1)
def test_a_machine_was_rented(before, after):
    """Your code launched an instance."""
    assert after.new_since(before, "Instance"), "Your code launched no instance: nothing was rented."


@check(points=3, needs=test_a_machine_was_rented)
def test_every_machine_was_given_back(before, after, answers):
    """Every instance that your code launched is terminated."""
    new = after.new_since(before, "Instance")
    assert new, "Nothing was rented, so nothing was given back."
    left = [id for id in new if after.state(id) != "terminated"]
    named = str(answers.get("instance_id")).strip()
    which = "the one in instance_id" if left[:1] == [named] else "another one than that in instance_id"
    assert not left, (
        f"A machine that your code launched, {left[0]}, is {after.state(left[0])} and costs money. It is {which}; of the "
        f"machines that your code launched ({len(new)} in all), not terminated: {len(left)}."
    )


def table_of(stored):
    """The rows of a CSV table, without empty lines."""
    text = (stored.data or b"").decode("utf-8-sig", "replace")
    rows = csv.reader(text.splitlines(), skipinitialspace=True)
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


@check(points=2)
def test_the_result_is_stored(before, after, given):
    """Under the key that you were given there is a CSV table with the columns group and mean, a row for each group."""
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
    hint = " If pandas wrote it: the nameless first column is the index." if rows[0][0] == "" else ""
    assert sorted(rows[0]) == ["group", "mean"], (
        f"The first line of the result is {head[:80]!r}. It should name two columns, group and mean.{hint}"
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
    assert not more, f"The result has {named.count(more[0])} rows for {more[0]!r}. It should have one for each group."
    means = [row[rows[0].index("mean")] for row in rows[1:]]
    bad = [mean for mean in means if not is_number(mean)]
    assert not bad, f"In the column mean there is {bad[0][:40]!r}, which is no number."


def is_number(text):
    """Whether a text is that of a number."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


@check(points=3, needs=test_a_machine_was_rented)
def test_it_fits_the_budget(before, after, given, answers, files_before):
    """The machine is of a type in the price list that costs no more than you may spend."""
    new = after.new_since(before, "Instance")
    assert new, "Nothing was rented, so there is no price to compare."
    rows = csv.DictReader(files_before[given.prices_file].text.splitlines())
    prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in rows}
    for id in [id for id in new if id == str(answers.get("instance_id")).strip()] or new:
        used = after[id].instance_type
        assert used in prices, f"The machine {id} is a {used}, which is not in the price list."
        assert prices[used] <= given.max_usd_per_hour, (
            f"The machine {id} is a {used}, for {prices[used]} dollars an hour: more than {given.max_usd_per_hour}."
        )


# %% [markdown]
# ## Key points
#
# - Rent late, give back early; in between, `try` and `finally`.
# - What is to stay lies in S3 before the machine goes.
# - Look at the account at the end of the day, not at your memory.
#
# **Read more** in the EC2 User Guide: *Run commands when you launch an EC2 instance with user data input*, and
# *Terminate Amazon EC2 instances*; in the AWS Billing User Guide: *Avoiding unexpected charges*; in the pandas User
# Guide: *Group by: split-apply-combine*.

# %% [markdown]
# # What will it cost?
#
# AWS has more than a thousand instance types, and the most expensive type costs more than ten thousand times as much as
# the cheapest. If you use the type from a tutorial, your job may run too slowly, or you may pay for memory that you do
# not use. To choose a type, you do a small data analysis: one table says how large each type is, another table says
# what it costs, and you join the two tables.
#
# In this step you find the cheapest type that is large enough for a job, and calculate what the job will cost before it
# starts. You need such an estimate in every project proposal.

# %% [markdown]
# ## How large is large enough?
#
# | | what it is | what needs a lot of it |
# |---|---|---|
# | **vCPU** | a virtual processor; usually two vCPUs are the two threads of one core, so a type has more vCPUs than cores | programs that run in parallel |
# | **memory**, in GiB | how much data a program can hold at the same time; pandas needs several times the size of a table | large tables |
#
# A GiB is 1,024 MiB, a MiB is 1,024 KiB. AWS gives the memory of a type in MiB.
#
# The name of a type, such as `r5.2xlarge`, gives a rough idea: the family `r` (a lot of memory; `c` is for a lot of
# computing, `m` is for general purposes), the generation `5`, and the size `2xlarge`. But never calculate from names.
# Ask AWS:
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.describe_instance_types(InstanceTypes=["c5.large"])
# response["InstanceTypes"][0]["VCpuInfo"]["DefaultVCpus"]  # 2
# response["InstanceTypes"][0]["MemoryInfo"]["SizeInMiB"]  # 4096
# ```
#
# Without the parameter `InstanceTypes` you get all types. AWS then returns them in several pages, and a paginator gets
# all the pages for you.

# %% [markdown]
# ## What does it cost?
#
# Prices are per hour, and are different in each Region. You pay for the time that the instance is running, to the
# second, whether it computes or waits for you. If you need it for eight hours a day, but let it run day and night, you
# pay three times as much.
#
# An instance costs 20 cents per hour. What do you pay if it runs for 6 hours on each of 10 days? And what do you pay if
# you forget it for a month?
#
# `describe_instance_types` does not return prices. AWS publishes them as long price lists; a price list with a few
# types is in your working directory. Its prices are invented, but close to the real ones.
#
# | instance_type | usd_per_hour |
# |---|---|
# | c5.large | 0.0850 |
# | m5.large | 0.0960 |
#
# `pandas.read_csv` reads such a file into a table. `csv.DictReader` reads it row by row; it returns strings, so convert
# the prices with `float`.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes; in pairs. Begin with an estimate: how many cents per hour does an instance with 32
# GiB cost? Write the guesses down; the largest is usually a hundred times the smallest.
#
# Demonstrate: sort the joined table by price and show it. The cheapest types that do not fit are at the top.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students check only one of the two requirements; they divide MiB by 1,000, and accept a type with
# half a GiB too little; they compare prices as strings; they use 24 hours or 30 days instead of the given numbers; they
# round to whole dollars, or they round the price before they multiply.
#
# For students who finish early: how many hours a day would the second cheapest type have to save to be the better
# choice?

# %% [markdown]
# The next cell prepares your simulated AWS account, and saves a price list in your working directory. You do not have
# to read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate

LIKE_R5 = ["r5", "r5a", "r5b", "r5n", "r6a", "r6i", "r7i"]


def scene(ec2, rng, workdir, variant):
    # For each size: the types that fit tightly, some that fit with room, others that nearly fit, and some that do not.
    size = ["xlarge", "2xlarge", "4xlarge"][variant % 3]
    half, double, vcpus, memory = {
        "xlarge": ("large", "2xlarge", 4, 31),
        "2xlarge": ("xlarge", "4xlarge", 8, 62),
        "4xlarge": ("2xlarge", "8xlarge", 16, 124),
    }[size]
    tight = [f"{family}.{size}" for family in rng.sample(LIKE_R5, 5)]
    roomy = [f"{family}.{double}" for family in ["m5", "m6i", "r5", *rng.sample(["m5a", "m7i", "r6a"], 2)]]
    nearly = [f"r4.{size}", f"i3.{size}", f"x2gd.{half}"]
    small = [f"{family}.{size}" for family in ["c5", "m5", "m6i", "m5a", "c6i"]]
    small += [f"{family}.{half}" for family in ["r5", "r6i", "m5", "c5"]] + ["t3.micro", "t3.large", f"c6i.{double}"]

    def usual(names):
        """Prices like AWS's: so much for a vCPU, and so much for a GiB."""
        types = ec2.describe_instance_types(InstanceTypes=names)["InstanceTypes"]
        for type in sorted(types, key=lambda type: type["InstanceType"]):
            price = 0.036 * type["VCpuInfo"]["DefaultVCpus"] + 0.0034 * type["MemoryInfo"]["SizeInMiB"] / 1024
            yield type["InstanceType"], round(price * rng.uniform(0.93, 1.15), 4)

    prices = dict(usual([*tight, *roomy, *small]))
    best = rng.choice(tight)
    least = min(prices[name] for name in tight)
    in_between = [p for p in range(int(least * 9300), int(least * 9850)) if 15 <= p % 100 <= 85]  # not on a cent
    prices[best] = rng.choice(in_between) / 10_000
    prices |= {name: round(prices[best] * rng.uniform(0.75, 0.97), 4) for name in nearly}

    name = f"{rng.choice(['prices', 'price_list', 'on_demand'])}_{rng.choice(['us-east-1', 'virginia'])}.csv"
    rows = [f"{type},{prices[type]:.4f}\n" for type in rng.sample(sorted(prices), len(prices))]
    (workdir / name).write_text("".join(["instance_type,usd_per_hour\n", *rows]))

    image = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"][0]["ImageId"]
    ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    plans = [(hours, days) for hours in range(3, 12) for days in range(5, 23)]
    no_round_sum = [(hours, days) for hours, days in plans if 0.1 < prices[best] * hours * days % 1 < 0.9]
    hours, days = rng.choice(no_round_sum)
    return {
        "prices_file": name,
        "min_vcpus": vcpus,
        "min_memory_gib": memory,
        "hours_per_day": hours,
        "days": days,
    }


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.prices_file`, the name of the price list in your working directory, and four numbers. A job needs
# at least `given.min_vcpus` vCPUs and at least `given.min_memory_gib` GiB of memory; the type of processor does not
# matter. It runs for `given.hours_per_day` hours on each of `given.days` days of a month.
#
# **Find the cheapest type in the price list that is large enough, and put its name into the variable `instance_type`.
# Put the cost of the job in this month into `monthly_usd`: the price per hour, times the hours per day, times the days,
# in dollars, accurate to the cent.** Do not launch anything, and do not change anything in the account: you only have
# to read, which costs nothing.
#
# The answers are a string and a number, and look like this: `instance_type = "c5.large"`, `monthly_usd = 5.1`. You can
# round to the cent at the end, or not round at all.
#
# <details><summary>Hint</summary>
#
# Read the prices into a dict or a table. Describe all types of the list in one call, `InstanceTypes=list(prices)`. Keep
# the types that meet both requirements, and take the cheapest of these with `min`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Read the price list.

# 2. Which of its types are large enough, and which of these is the cheapest?
instance_type = None

# 3. What does the job cost in this month?
monthly_usd = None

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether there is a
# cheaper type.

# %% tags=["check"]
import csv
import io

from drycloud import check

CENT = 0.01


@check(points=2)
def test_type_is_large_enough(ec2, given, answers):
    """`instance_type` is a type that is large enough."""
    name = answers.instance_type
    assert name is not None, "`instance_type` is still None: set it to the name of a type."
    assert isinstance(name, str), f"`instance_type` must be a string such as 'c5.large', but it is {str(name)[:60]}."
    known = ec2.describe_instance_types(Filters=[{"Name": "instance-type", "Values": [name]}])["InstanceTypes"]
    found = [one for one in known if one["InstanceType"] == name]
    assert found, "`instance_type` is not the name of an instance type."
    vcpus, mib = found[0]["VCpuInfo"]["DefaultVCpus"], found[0]["MemoryInfo"]["SizeInMiB"]
    assert vcpus >= given.min_vcpus, f"{name} has {vcpus} vCPUs, but the job needs {given.min_vcpus}."
    assert mib >= given.min_memory_gib * 1024, (
        f"{name} has {mib / 1024:g} GiB of memory, but the job needs {given.min_memory_gib}."
    )


@check(points=5)
def test_monthly_usd_is_what_the_type_costs(given, answers, files_before):
    """`monthly_usd` is what an instance of the type `instance_type` costs in this month, accurate to the cent."""
    usd = answers.monthly_usd
    assert usd is not None, "`monthly_usd` is still None: set it to an amount of dollars."
    assert isinstance(usd, int | float), f"`monthly_usd` must be a number such as 5.1, but it is {str(usd)[:60]}."
    rows = csv.DictReader(io.StringIO(files_before[given.prices_file].text))
    prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in rows}
    assert answers.instance_type in list(prices), "`instance_type` is not a type in the price list."
    hour = prices[answers.instance_type]
    right = hour * given.hours_per_day * given.days
    assert abs(usd - right) < CENT / 2 + 1e-6, (
        f"{answers.instance_type} costs {hour} dollars per hour, and runs {given.hours_per_day} hours on each of "
        f"{given.days} days: the result is not {usd:.6g}. Round only at the end, and only to the cent."
    )


# %% [markdown]
# ## Key points
#
# - First find the types that are large enough, then the cheapest of them. Use the tables, not the names.
# - You pay price times time. You control the time: terminate an instance when you do not need it.
# - Calculate the costs before you start.
#
# **Read more** in the Amazon EC2 instance types guide: *Instance type naming conventions*; in the AWS Pricing
# Calculator guide: *Generate an estimate*; on the web, the page *EC2 On-Demand Pricing*.

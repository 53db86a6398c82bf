# %% [markdown]
# # What will it cost?
#
# AWS has more than a thousand instance types, and the most expensive costs more than ten thousand times what the
# cheapest does. If you take the one from the tutorial, you compute too slowly, or pay for memory that stays empty.
# Choosing is a small data analysis of its own: one table says what each type can do, another what it costs, and you
# join them.
#
# In this step you find the cheapest type that is large enough for a job, and say before it starts what the job will
# cost. That sentence belongs in every project proposal.

# %% [markdown]
# ## How large is large enough?
#
# | | what it is | what needs it |
# |---|---|---|
# | **vCPU** | a virtual processor; two of them are usually the two threads of one core, so there are more of them than cores | what runs side by side |
# | **memory**, in GiB | what a program can hold at the same time; pandas wants a table to fit in, several times over | large tables |
#
# A GiB is 1,024 MiB, a MiB is 1,024 KiB. AWS gives the memory of a type in MiB.
#
# The name `r5.2xlarge` says it roughly: the family `r` (much memory; `c` is for much computing, `m` for a bit of both),
# its generation `5`, and the size `2xlarge`. Never compute with names. Ask:
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.describe_instance_types(InstanceTypes=["c5.large"])
# answer["InstanceTypes"][0]["VCpuInfo"]["DefaultVCpus"]  # 2
# answer["InstanceTypes"][0]["MemoryInfo"]["SizeInMiB"]  # 4096
# ```
#
# Without `InstanceTypes` you get them all. AWS then answers in pages, and a paginator turns them.

# %% [markdown]
# ## What does it cost?
#
# Prices are per hour, and differ between regions. What you pay is the time for which the machine runs, to the second,
# whether it computes or waits for you. If you need it eight hours a day and let it run day and night, you pay three
# times.
#
# What does a machine of 20 cents an hour cost, if it runs for 6 hours on each of 10 days? And what if you forget it for
# a month?
#
# `describe_instance_types` tells no prices. AWS publishes them as long lists; one with a few types lies in your working
# directory. Its numbers are made up, and near the real ones.
#
# | instance_type | usd_per_hour |
# |---|---|
# | c5.large | 0.0850 |
# | m5.large | 0.0960 |
#
# `pandas.read_csv` reads such a file into a table, `csv.DictReader` row by row (as texts, so mind `float`).

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes; pairs. First the estimate: what would you guess for a machine with 32 GiB, in
# cents an hour? Write the guesses down; they usually spread over two orders of magnitude.
#
# Demonstrate: sort the joined table by price and show it. The cheapest types that do not fit are at the top.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Only one of the two needs looked at; MiB divided by 1,000, which lets in a type with half a GiB
# too little; prices compared as texts; 24 hours, or 30 days, where others were given; rounding to whole dollars, or the
# price before it is multiplied.
#
# For those who are done early: how many hours a day would the second cheapest have to save to be the better choice?

# %% [markdown]
# The next cell makes your world: a price list in your working directory, and an account. You need not read it, but you
# may. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# at least `given.min_vcpus` vCPUs and at least `given.min_memory_gib` GiB of memory; the kind of processor does not
# matter to it. It runs for `given.hours_per_day` hours on each of `given.days` days of a month.
#
# **Find the cheapest type of the price list that is large enough, and put its name into the variable `instance_type`.
# Put what it costs in the month into `monthly_usd`: the price of an hour, times the hours per day, times the days, in
# dollars, to the cent.** Rent nothing, and leave everything in the account as it is: to look costs nothing.
#
# The answers are a string and a number, and look like this: `instance_type = "c5.large"`, `monthly_usd = 5.1`. Whether
# you round to the cent at the end or not at all makes no difference.
#
# <details><summary>Hint</summary>
#
# Read the prices into a dict, or a table. Ask for all types of the list in one call, `InstanceTypes=list(prices)`. Keep
# those that fit both needs, and take the `min` of these by price.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Read the price list.

# 2. Which of its types are large enough, and which of these is the cheapest?
instance_type = None

# 3. What does it cost in the month?
monthly_usd = None

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether there is a cheaper one.

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
    assert vcpus >= given.min_vcpus, f"{name} has {vcpus} vCPUs, and the job needs {given.min_vcpus}."
    assert mib >= given.min_memory_gib * 1024, (
        f"{name} has {mib / 1024:g} GiB of memory, and the job needs {given.min_memory_gib}."
    )


@check(points=5)
def test_monthly_usd_is_what_the_type_costs(given, answers, files_before):
    """`monthly_usd` is what a machine of the type `instance_type` costs in the month, to the cent."""
    usd = answers.monthly_usd
    assert usd is not None, "`monthly_usd` is still None: set it to an amount of dollars."
    assert isinstance(usd, int | float), f"`monthly_usd` must be a number such as 5.1, but it is {str(usd)[:60]}."
    rows = csv.DictReader(io.StringIO(files_before[given.prices_file].text))
    prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in rows}
    assert answers.instance_type in list(prices), "`instance_type` is not the name of a type of the price list."
    hour = prices[answers.instance_type]
    right = hour * given.hours_per_day * given.days
    assert abs(usd - right) < CENT / 2 + 1e-6, (
        f"An hour of {answers.instance_type} costs {hour} dollars, and it runs {given.hours_per_day} hours on each of "
        f"{given.days} days: that does not come to {usd:.6g}. Round at the end, and not further than to the cent."
    )


# %% [markdown]
# ## Key points
#
# - Large enough first, cheap second; both come from tables, not from names.
# - The bill is price times time. The time is up to you: what does not run costs nothing.
# - Say the sum before you start.
#
# **Read more** in the Amazon EC2 instance types guide: *Instance type naming conventions*; in the AWS Pricing
# Calculator guide: *Generate an estimate*; on the web, the page *EC2 On-Demand Pricing*.

# %% [markdown]
# # What AWS offers
#
# **Amazon Web Services** (AWS) rents out computers and everything that computers need: disks, networks, databases and
# ready-made programs. You order them from a program or on a web page, get them within seconds or minutes, give them
# back when you have finished, and pay only for the time you had them. This is what people call **the cloud**.
#
# For data science this changes the question. You no longer ask *what can I do with the computer that I have?* but
# *which computer does this job need, and for how long?* A model that trains for a week on your laptop may be ready in
# an hour on a machine that costs 4 dollars, and a dataset that is too large for any laptop fits into a storage service
# that never runs out of space.
#
# AWS has more than 200 services. Most data science projects use about twelve of them. In this step you learn their
# names and what each of them is for. The rest of the course uses the two most important ones, EC2 and S3.

# %% [markdown]
# ## The services that you will meet
#
# | category | service | what it gives you |
# |---|---|---|
# | compute | **EC2** | a virtual computer (an *instance*) of the size that you choose; you log in and install what you like |
# | | **Lambda** | runs a function that you wrote each time an event occurs, for 15 minutes at most; you do not manage any machine |
# | | **Batch** | a queue for many long jobs; it launches instances while there are jobs, and terminates them afterwards |
# | storage | **S3** | stores any number of files of any type, each under a name, and serves them over HTTPS; independent of any machine |
# | | **EBS** | a disk (a *volume*) for one instance at a time |
# | | **EFS** | a file system that many instances can use at the same time |
# | databases | **RDS** | a relational database (PostgreSQL, MySQL and others); AWS does the backups and updates for you |
# | | **DynamoDB** | a table in which you find items by their key, very fast at any size; no joins |
# | | **Redshift** | a data warehouse: a database that runs all day and is built for reports on a company's whole history |
# | | **Athena** | runs SQL queries on files in S3; nothing runs between two queries, and you pay for the amount of data that a query reads |
# | | **EMR** | a cluster of machines with Spark or Hadoop on it |
# | machine learning | **SageMaker AI** | notebooks, training jobs, and a web address (an *endpoint*) that returns your model's predictions |
# | | **Rekognition** | finds objects, faces and text in images, with a model that is already trained |
# | network | **VPC** | a private network of your own: ranges of addresses, subnets, routes |
# | | **Route 53** | domain names such as `lab.example.org`, and the address that each of them points to |
# | account | **IAM** | who is allowed to do what: users, roles and their permissions |
# | | **Budgets** | a limit for the month's costs, and an email before the bill exceeds it |
#
# For many tasks more than one service would work. You could run a database on an EC2 instance, and people do; but then
# you have to do the updates and the backups yourself, and to notice when the disk is full. So ask: **which service is
# made for this task, and what would I have to manage myself?**

# %% [markdown]
# ## What you pay for
#
# There is no single price for "the cloud". Each service has its own prices, but they follow a few rules:
#
# - **Compute: you pay for time, not for work.** A running instance costs the same per second whether it computes or
#   waits. A small `t3.micro` costs about 1 US cent per hour; an instance with a graphics card (GPU) costs from half a
#   dollar to 50 dollars per hour.
# - **Storage: you pay for size and time, even if nothing uses it.** One GB for one month costs about 8 cents on a disk
#   (EBS) and about 2 cents in S3. You pay for a disk as long as it exists, even while its instance is switched off
#   (*stopped*).
# - **Data transfer: in is free, out is not.** Sending data to AWS costs nothing. Downloading data from AWS to your
#   laptop costs about 9 cents per GB, after the first 100 GB of each month. Data transfer between S3 and an instance in
#   the same Region is free.
# - **You stop paying when you give something back.** When you *terminate* an instance, it is deleted, and usually its
#   disk is deleted too. Files that you copied to S3 before are still there, and you pay the S3 price for them.
#
# The same machine can also have several prices:
#
# | how you rent | price | disadvantage |
# |---|---|---|
# | **On-Demand** | the list price, per second | none: launch and terminate when you like |
# | **Savings Plans** and **Reserved Instances** | up to about 70 % less | you commit to pay for one or three years |
# | **Spot** | often 60 to 90 % less | AWS may take the machine back; it warns you two minutes before |
#
# Because you pay for time, a hundred On-Demand machines for one hour cost the same as one machine for a hundred hours.
# If you can divide your work into parts, you get the result a hundred times sooner for the same money.

# %% [markdown]
# ## Where your resources are
#
# AWS has data centres in about forty places in the world, which it calls **Regions**, for example `us-east-1` in
# Virginia or `eu-central-1` in Frankfurt. Each Region consists of several **Availability Zones**. Each Availability
# Zone is one data centre or several, and they are so far apart that one fire cannot reach two of them. You choose the
# Region in which you create something. Consider where your users and your data are, what the law requires, and what it
# costs there.
#
# Regions are separate from one another. An instance in Virginia can read a bucket in Frankfurt, but the data travels
# far, and the transfer costs about 2 cents per GB. So keep your instances and your data in the same Region.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Begin without the table: let pairs name what a data project needs (a place for the
# raw files, a machine, a database, …) and write it on the board. Then add the names of the services. Students remember
# a service better when they were looking for it.
#
# Demonstrate: the list of all services in the AWS console, for a minute, so that everybody sees why the course covers
# only about twelve of them; then the price of one large instance for a month, and for the hour that the job needs.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students confuse EBS and S3: ask which of the two a second machine can read. They confuse Athena
# and RDS: ask what is running at night. They think that an idle machine is free: ask what a hotel charges for a room
# that you booked but did not sleep in.
#
# For students who finish early: on which of these services would you prefer not to depend, because it would be hard to
# replace?

# %% [markdown]
# The next cell prepares what you are given. In this step that is only a list of needs, in the words of a team; nothing
# is in the cloud yet. You do not have to read the cell, but you can.

# %% tags=["scene"]
from drycloud import simulate


def scene(rng):
    data = rng.choice(["bird counts", "tram delays", "glacier photographs", "river levels", "hospital visits"])
    who = rng.choice(["Ada", "Bola", "Chen", "Dima", "Eszter", "Fatima"])
    days, gib, limit = rng.randint(2, 6), rng.choice([64, 128, 256]), rng.choice([20, 50, 80])
    needs = {
        "own_machine": f"{who} wants to log in to a Linux computer with {gib} GiB of memory for {days} days, and to "
        "install a simulation there that only runs on it.",
        "all_files": f"The {data} of ten years, {days} TB in files of every kind, must lie in one place, outlive every "
        "machine and be read from anywhere over HTTPS.",
        "one_disk": f"The one computer needs {gib} GB more of disk, and what is on it must still be there when the "
        "computer was stopped and started again.",
        "tables": f"{who}'s web application keeps {data} in tables with foreign keys and transactions, day and night. "
        "Nobody in the team wants to care for backups and updates of the database.",
        "by_key": f"A game of {who}'s looks up the profile of a player by the player's number, {gib},000 times a second. "
        "It needs no joins, but an answer in milliseconds.",
        "ask_files": f"{rng.choice(['Twice', 'Three times'])} a week somebody asks a question in SQL of the {data}, "
        "which lie in S3 as CSV files. Between the questions nothing should run.",
        "model": f"{who} trains a model on the {data}, in a notebook that somebody else keeps running, and wants a web "
        "address that answers with its predictions.",
        "each_arrival": f"Whenever a file with {data} arrives, {days * 3} lines of Python should look at it for some "
        "seconds. On many days no file comes.",
        "many_jobs": f"{gib * 20} simulations of an hour each wait in a queue. Machines should be there while there is "
        "work, and gone afterwards, without anybody watching.",
        "private_net": f"The team's machines must see each other under addresses from {rng.choice(['10.0', '172.31'])}"
        ".0.0/16, in two subnets, of which the internet reaches only one.",
        "who_may": f"{who} may read the {data}, but not delete them; a student may start machines, but only small ones.",
        "the_bill": f"{who} wants a mail before the month's costs go beyond {limit} dollars.",
    }
    services = [
        "EC2", "Lambda", "Batch", "S3", "EBS", "EFS", "RDS", "DynamoDB", "Redshift", "Athena", "EMR", "SageMaker AI",
        "Rekognition", "VPC", "Route 53", "IAM", "Budgets",
    ]  # fmt: skip
    return {
        "needs": {key: needs[key] for key in rng.sample(list(needs), len(needs))},
        "services": rng.sample(services, len(services)),
    }


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.needs`, a dict of twelve needs (each with a short key, and a sentence that describes it), and
# `given.services`, a list of the names of the services in the table above.
#
# **1. Set `service_for` to a dict that has the key of each need, and as its value the name of the service that is made
# for this need.** It looks like this (these two needs are not in your list):
#
# ```python
# service_for = {"website_name": "Route 53", "faces": "Rekognition"}
# ```
#
# When your work is graded, the sentences contain other names and numbers and are in another order, but the twelve keys
# and their meaning stay the same. So you can type in the dict; you do not need code that computes it. Each service is
# the answer to one need at most, and some services are not the answer to any.
#
# **2. Set `choices` to a dict with the letter of your answer to each of these seven questions**, for example
# `choices = {"stopped": "a", …}`. For each question exactly one answer is right.
#
# | key | question | `"a"` | `"b"` | `"c"` | `"d"` |
# |---|---|---|---|---|---|
# | `"stopped"` | You stop an instance that has a disk. What do you still pay for? | nothing | the instance, at half its price | its disk | the instance and its disk |
# | `"terminated"` | You terminate an instance. Which of its results are still there? | those that you copied to S3 | those in its memory | those on its root volume (the disk that it started from) | all of them |
# | `"idle"` | An instance runs all night, and nobody uses it. What does the night cost? | nothing | as much as a night of work | only the disk | only the processor time that was used |
# | `"month"` | Somebody forgets a running `t3.micro` for a month. About how much does that cost? | 10 cents | 80 cents | 3 dollars | 8 dollars |
# | `"may_wait"` | A job takes many hours, saves its state every minute, and may be interrupted. What is the cheapest way to run it? | On-Demand | Spot | a Savings Plan for three years | Reserved Instances |
# | `"transfer"` | You transfer 500 GB. In which direction does that cost money? | laptop to S3 | S3 to an instance in the same Region | S3 to a laptop | none of them |
# | `"hundred"` | A job would take one instance 100 hours. How much do 100 such On-Demand Instances cost, for one hour each? | a hundred times as much | ten times as much | about the same | a hundredth of it |
#
# <details><summary>Hint</summary>
#
# Begin with the needs for which only one service is possible. For the others ask: does something have to run all the
# time? Who manages the machine? How many machines must have access to it?
#
# </details>

# %% tags=["task"]
for key, sentence in given.needs.items():
    print(f"{key}: {sentence}")

service_for = {}

choices = {}

# %% [markdown]
# Did you name a service for every need, and spell it as in the list? Run the next cell to find out. For six of the
# needs it also shows whether the service is the right one. The other needs and the questions are checked when you
# submit your work.

# %% tags=["check"]
import hashlib

from drycloud import check

# Full names, and names that AWS used before.
ALSO = {
    "elasticcomputecloud": "ec2",
    "simplestorageservice": "s3",
    "elasticblockstore": "ebs",
    "elasticfilesystem": "efs",
    "relationaldatabaseservice": "rds",
    "elasticmapreduce": "emr",
    "sagemaker": "sagemakerai",
    "virtualprivatecloud": "vpc",
    "identityandaccessmanagement": "iam",
    "identity&accessmanagement": "iam",
}


def plain(name):
    """A service's name in lower case, without spaces, brackets, and the company's name before it."""
    words = name.lower().partition("(")[0].replace("-", " ").split() if isinstance(name, str) else []
    found = "".join(words[1:] if words[:1] in (["amazon"], ["aws"]) else words)
    return ALSO.get(found, found)


def judge_need(given, answers, key, digest):
    """Fail unless the right service is named for the need; here is only a digest of its name, not the name."""
    named = answers.service_for
    assert isinstance(named, dict), "`service_for` is not a dict."
    assert key in named, f"There is no service for {key!r} in `service_for`."
    found = hashlib.sha256(f"{key}: {plain(named[key])}".encode()).hexdigest()
    assert found.startswith(digest), (
        f"For {key!r} you chose {named[key]!r}. Read the need again ({given.needs[key]}) and compare it with what "
        "the lesson's table says about that service."
    )


@check(points=0.5)
def test_every_need_has_a_service(given, answers):
    """`service_for` names a service of the list for every need."""
    named = answers.service_for
    assert isinstance(named, dict), (
        "`service_for` is not a dict: it starts with { and has a key and a service name for each need."
    )
    left = [key for key in given.needs if key not in named]
    assert not left, f"`service_for` has no service for {left[0]!r} (missing in total: {len(left)})."
    known = {plain(name) for name in given.services}
    strange = [key for key in given.needs if plain(named[key]) not in known]
    assert not strange, f"{named[strange[0]]!r}, for {strange[0]!r}, is not in the list given.services."


@check(points=0.5)
def test_every_question_has_an_answer(answers):
    """`choices` has one of the letters a, b, c and d for every question."""
    chosen = answers.choices
    assert isinstance(chosen, dict), (
        "`choices` is not a dict: it starts with { and has a key and a letter for each question."
    )
    questions = ["stopped", "terminated", "idle", "month", "may_wait", "transfer", "hundred"]
    left = [key for key in questions if key not in chosen]
    assert not left, f"`choices` has no answer to {left[0]!r} (missing in total: {len(left)})."
    strange = [key for key in questions if str(chosen[key]).strip().lower() not in ("a", "b", "c", "d")]
    assert not strange, f"{chosen[strange[0]]!r} is not an answer to {strange[0]!r}: use 'a', 'b', 'c' or 'd'."


@check(points=1)
def test_own_machine(given, answers):
    """The service for a computer that you log in to."""
    judge_need(given, answers, "own_machine", "e14b13abac76")


@check(points=1)
def test_all_files(given, answers):
    """The service for files that do not depend on any machine."""
    judge_need(given, answers, "all_files", "37f2b5a911d7")


@check(points=1)
def test_tables(given, answers):
    """The service for tables with foreign keys and transactions."""
    judge_need(given, answers, "tables", "3b8660f3ed02")


@check(points=1)
def test_each_arrival(given, answers):
    """The service for a few lines of Python that run from time to time."""
    judge_need(given, answers, "each_arrival", "caec7889d201")


@check(points=1)
def test_private_net(given, answers):
    """The service for a private network."""
    judge_need(given, answers, "private_net", "42e7e7959ae7")


@check(points=1)
def test_the_bill(given, answers):
    """The service for a limit on costs."""
    judge_need(given, answers, "the_bill", "cee148dc80e7")


# %% [markdown]
# ## Key points
#
# - You pay for time and size, not for use. When you give something back, you no longer pay for it.
# - Instances are temporary. Keep your data in S3.
# - Before you build something yourself, check whether AWS has a service for it. Before you use a service, ask what it
#   costs when nobody uses it.
#
# **Read more** at AWS: the overview *Cloud products*; in *How AWS Pricing Works*: *Key principles*; and the *AWS
# Pricing Calculator*, which estimates the monthly price of a project.

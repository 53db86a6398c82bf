# %% [markdown]
# # What there is to rent
#
# **Amazon Web Services** (AWS) rents out computers, and what belongs to them: disks, networks, databases, and
# programs that run ready-made. You order by a program or on a web page, get it within seconds or minutes, give it
# back when you are done, and pay for what you had. That is what people mean by **the cloud**.
#
# For data science this turns a question around. It is no longer *what can I do with the computer that I have?* but
# *which computer does this job need, and for how long?* A model that trains for a week on your laptop may be done in
# an hour on a machine that costs 4 dollars, and a dataset that no laptop holds fits into a store that never is full.
#
# AWS has more than 200 services. Most projects in data science live on a dozen of them. In this step you learn what
# they are called and what they are for; the rest of the course works with the two most important ones, EC2 and S3.

# %% [markdown]
# ## The services that you will meet
#
# | kind | service | what it gives you |
# |---|---|---|
# | computing | **EC2** | a virtual computer (an *instance*) of the size that you choose; you log in and install what you like |
# | | **Lambda** | runs one function of yours whenever something happens, for 15 minutes at most; there is no machine to care for |
# | | **Batch** | a queue for many long jobs; it starts machines while there are jobs, and ends them afterwards |
# | storage | **S3** | a store for files of any kind and number, by name, over HTTPS; independent of any machine |
# | | **EBS** | a disk (a *volume*) for one instance at a time |
# | | **EFS** | a file system that many instances use at the same moment |
# | databases | **RDS** | a relational database (PostgreSQL, MySQL and others), with backups and updates done for you |
# | | **DynamoDB** | a table of items that are found by their key, very fast at any size; no joins |
# | | **Redshift** | a data warehouse: a database that is built for reports over a company's whole history, all day long |
# | | **Athena** | SQL on files that lie in S3; nothing runs between two questions, you pay by the data that is read |
# | | **EMR** | a cluster of machines with Spark or Hadoop on it |
# | learning | **SageMaker AI** | notebooks, training jobs and a web address that answers with your model's predictions |
# | | **Rekognition** | finds objects, faces and text in pictures, with a model that is trained already |
# | network | **VPC** | a private network of your own: ranges of addresses, subnets, routes |
# | | **Route 53** | names such as `lab.example.org`, and which address they lead to |
# | account | **IAM** | who may do what: users, roles and their permissions |
# | | **Budgets** | a limit for the month, and a mail before the bill passes it |
#
# Many of them could do one another's work. You could run a database on an EC2 instance, and people do; then updates,
# backups and a disk that runs full are yours to think of. The question to ask is: **which one is made for this, and
# what would I have to care for myself?**

# %% [markdown]
# ## What you pay for
#
# There is no price for "the cloud". Each thing has its own, and they follow a few rules:
#
# - **Computing: by time, not by work.** A running instance costs the same per second whether it computes or waits.
#   A small `t3.micro` costs about 1 US cent an hour, one with a graphics card half a dollar to 50 dollars.
# - **Storage: by size and time, used or not.** A month of one GB costs about 8 cents on a disk (EBS) and about 2 cents
#   in S3. A disk costs as long as it exists: also while its instance is switched off (*stopped*).
# - **Traffic: in is free, out is not.** Sending data to AWS costs nothing. Fetching it from there to your laptop costs
#   about 9 cents a GB, after the first 100 GB of a month. Between S3 and an instance in the same place it is free.
# - **What is given back costs nothing more.** An instance that is *terminated* is gone, and as a rule its disk is too.
#   What was copied to S3 before stays, and costs what S3 costs.
#
# And the same machine can have several prices:
#
# | how you rent | price | the catch |
# |---|---|---|
# | **on demand** | the list price, by the second | none: start and end when you like |
# | **Savings Plans** and reserved instances | up to about 70 % less | you promise to pay for one or three years |
# | **spot** | often 60 to 90 % less | AWS may take the machine back, two minutes after telling you |
#
# Because you pay by time, a hundred machines for one hour cost on demand what one machine costs for a hundred hours.
# If your work can be divided, the result is there a hundred times sooner, for the same money.

# %% [markdown]
# ## Where it stands
#
# AWS has buildings full of computers in some forty places of the world, the **Regions**, such as `us-east-1` in
# Virginia or `eu-central-1` in Frankfurt. Each Region consists of several **Availability Zones**, data centres so far
# apart that one fire does not reach two of them. You choose the Region of whatever you make: by where your users and
# your data are, by what the law asks, and by price.
#
# Regions know little of one another. An instance in Virginia can read a bucket in Frankfurt, but over a long way and
# for money: about 2 cents a GB. So keep machines and data together.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes. Begin without the table: let pairs name what a data project needs (a place for
# the raw files, a machine, a database, …) and write it on the board. Then hand out the names. Students remember the
# service that they were looking for.
#
# Demonstrate: the list of all services in the AWS console, for a minute, so that everybody sees why one learns a
# dozen of them; then the price of one large instance for a month, and for the hour that the job needs.

# %% [markdown] tags=["notes"]
# **Common mistakes.** EBS and S3 are taken for one another: ask which of them a second machine can read. Athena and
# RDS: ask what is running at night. "Idle is free": ask what a hotel charges for a night in which nobody sleeps.
#
# For those who are done early: which of these services would you rather not depend on, because it would be hard to
# move away from?

# %% [markdown]
# The next cell makes your world. Here it is only a list of needs, as a team might put them; there is nothing in the
# cloud yet. You need not read the cell, but you may.

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
# You are given `given.needs`, a dict of twelve needs (a short key, and what somebody said), and `given.services`, the
# names of the services in the table above.
#
# **1. Set `service_for` to a dict that names for the key of each need the service that is made for it.**
# Its shape, with two needs that do not occur:
#
# ```python
# service_for = {"website_name": "Route 53", "faces": "Rekognition"}
# ```
#
# When your work is marked, names and numbers in the sentences are others and they stand in another order, but the
# twelve keys and what they are about stay the same. A dict that you type in is as good as one that code makes.
# No service is needed twice, and some are not needed at all.
#
# **2. Set `choices` to a dict with the letter of your answer to each of these seven questions**, for example
# `choices = {"stopped": "a", …}`. One answer each is right.
#
# | key | question | `"a"` | `"b"` | `"c"` | `"d"` |
# |---|---|---|---|---|---|
# | `"stopped"` | An instance with a disk is stopped. What is still billed? | nothing | the instance, at half its price | its disk | the instance and its disk |
# | `"terminated"` | An instance is terminated. Which of its results are still there? | those that were copied to S3 | those in its memory | those on the disk that it started from | all of them |
# | `"idle"` | An instance runs all night, and nobody uses it. What does the night cost? | nothing | as much as a night of work | only the disk | what its processor used |
# | `"month"` | A `t3.micro` is forgotten for a month. About what does that cost? | 10 cents | 80 cents | 3 dollars | 8 dollars |
# | `"may_wait"` | A job of many hours saves its state every minute, and may be interrupted. How is it cheapest? | on demand | spot | a plan for three years | reserved |
# | `"transfer"` | 500 GB are moved. Which way costs money? | laptop to S3 | S3 to an instance in the same Region | S3 to a laptop | none of them |
# | `"hundred"` | One instance would need 100 hours. What do 100 such instances cost on demand, for one hour each? | a hundred times as much | ten times as much | about the same | a hundredth |
#
# <details><summary>Hint</summary>
#
# Begin with the needs for which only one service comes into question. For the others ask: does something have to
# run all the time? Who cares for the machine? How many machines have to see it?
#
# </details>

# %% tags=["task"]
for key, sentence in given.needs.items():
    print(f"{key}: {sentence}")

service_for = {}

choices = {}

# %% [markdown]
# Have you named a service for every need, and spelled it as in the list? Run the next cell. For six of the needs it also
# tells you whether the service is the right one; the other needs and the questions are looked at when you hand in.

# %% tags=["check"]
import hashlib

from drycloud import check

# Names in full, and those that AWS used before.
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
    """A service's name in small letters, without spaces, brackets and the company's name before it."""
    words = name.lower().partition("(")[0].replace("-", " ").split() if isinstance(name, str) else []
    found = "".join(words[1:] if words[:1] in (["amazon"], ["aws"]) else words)
    return ALSO.get(found, found)


def judge_need(given, answers, key, digest):
    """Fail unless the right service is named for the need; only a digest of its name stands here, not the name."""
    named = answers.service_for
    assert isinstance(named, dict), "`service_for` is no dict."
    assert key in named, f"There is no service for {key!r} in `service_for`."
    found = hashlib.sha256(f"{key}: {plain(named[key])}".encode()).hexdigest()
    assert found.startswith(digest), (
        f"For {key!r} you chose {named[key]!r}. Read the need once more ({given.needs[key]}) and compare it with what "
        "the lesson's table says about that service."
    )


@check(points=0.5)
def test_every_need_has_a_service(given, answers):
    """`service_for` names a service of the list for every need."""
    named = answers.service_for
    assert isinstance(named, dict), (
        "`service_for` is no dict: it starts with { and holds a key and a name for each need."
    )
    left = [key for key in given.needs if key not in named]
    assert not left, f"No service is named for {left[0]!r} (missing in all: {len(left)})."
    known = {plain(name) for name in given.services}
    strange = [key for key in given.needs if plain(named[key]) not in known]
    assert not strange, f"{named[strange[0]]!r}, for {strange[0]!r}, is not a name of the list given.services."


@check(points=0.5)
def test_every_question_has_an_answer(answers):
    """`choices` holds one of the letters a, b, c and d for every question."""
    chosen = answers.choices
    assert isinstance(chosen, dict), (
        "`choices` is no dict: it starts with { and holds a key and a letter for each question."
    )
    questions = ["stopped", "terminated", "idle", "month", "may_wait", "transfer", "hundred"]
    left = [key for key in questions if key not in chosen]
    assert not left, f"There is no answer to {left[0]!r} (missing in all: {len(left)})."
    strange = [key for key in questions if str(chosen[key]).strip().lower() not in ("a", "b", "c", "d")]
    assert not strange, f"{chosen[strange[0]]!r} is not an answer to {strange[0]!r}: say 'a', 'b', 'c' or 'd'."


@check(points=1)
def test_own_machine(given, answers):
    """The service for a computer to log in to."""
    judge_need(given, answers, "own_machine", "e14b13abac76")


@check(points=1)
def test_all_files(given, answers):
    """The service for files that outlive every machine."""
    judge_need(given, answers, "all_files", "37f2b5a911d7")


@check(points=1)
def test_tables(given, answers):
    """The service for tables with foreign keys and transactions."""
    judge_need(given, answers, "tables", "3b8660f3ed02")


@check(points=1)
def test_each_arrival(given, answers):
    """The service for a few lines of Python, now and then."""
    judge_need(given, answers, "each_arrival", "caec7889d201")


@check(points=1)
def test_private_net(given, answers):
    """The service for a network of one's own."""
    judge_need(given, answers, "private_net", "42e7e7959ae7")


@check(points=1)
def test_the_bill(given, answers):
    """The service for a limit to the costs."""
    judge_need(given, answers, "the_bill", "cee148dc80e7")


# %% [markdown]
# ## To take away
#
# - You pay for time and for size, not for use. What you give back costs nothing more.
# - Machines come and go; S3 is where data stays.
# - Before you build something yourself, look whether there is a service for it; before you take a service, ask what it
#   costs when nobody uses it.
#
# **Read on** at AWS: the overview *Cloud products*; in *How AWS Pricing Works*: *Key principles*; and the *AWS Pricing
# Calculator*, in which you can put together a project and see its monthly price.

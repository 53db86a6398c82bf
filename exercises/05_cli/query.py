# %% [markdown]
# # Ask for what you need, and no more
#
# "Which of our training machines are still running?" The account knows. But `aws ec2 describe-instances` answers with
# some hundred lines for each instance, and nobody reads ten thousand lines. Worse: a script cannot, and it is scripts
# that ask this question, every evening, to switch off what somebody forgot. A forgotten `g5.xlarge` costs a dollar an
# hour, and 60 dollars by the end of a weekend.
#
# Asking costs nothing. In this step you ask so precisely that the answer can go straight into a file, one id a line.

# %% [markdown]
# ## Twice a sieve
#
# | | where it works | what it does |
# |---|---|---|
# | `--filters` | at AWS, before the answer is sent | chooses **which instances** you hear of |
# | `--query` | on your computer, when the answer has come | chooses **what is printed**, and which of it |
#
# A filter is a name with one value or several; several filters must all be fulfilled:
#
# ```bash
# aws ec2 describe-instances --filters "Name=tag:owner,Values=ada" "Name=availability-zone,Values=us-east-1a"
# ```
#
# Instances can be filtered by `tag:KEY`, `instance-type`, `instance-state-name`, `image-id` and dozens more. Both
# sides of a tag are compared to the letter: `owner` = `ada` is not `Owner` = `ada`, and not `owner` = `Ada`.
#
# Which state an instance is in matters more than you may think: those that are stopped, and those that were terminated
# within the last hour, are listed like all others.

# %% [markdown]
# ## A path through the answer
#
# `--query` takes a path in a small language of its own, **JMESPath**:
#
# | query | what it picks |
# |---|---|
# | `Reservations[0].Instances[0].ImageId` | one value: of the first instance of the first launch |
# | `Reservations[].Instances[].ImageId` | a list: of every instance of every launch |
# | `Reservations[].Instances[].[ImageId, KeyName]` | a table: a row of two values for each instance |
# | `Reservations[].Instances[?KeyName=='ada-laptop'][].ImageId` | a list: of those only that fulfil a condition |
#
# Words in a condition have single quotation marks. So put the whole path in double ones: then the shell leaves it in
# one piece, and still puts in the value of a `$VARIABLE`.

# %% [markdown]
# ## Lines
#
# `--output text` takes brackets, commas and quotation marks away. What is left depends on the shape:
#
# - a **list** is printed on **one line**, with tabs between the values;
# - a **table** is printed **row by row**, a line each, with tabs between the columns.
#
# Programs such as `sort`, `wc -l` (count), `diff` or a loop of the shell work line by line, so you want the second.
# Which small change to the second query above turns its list into a table with a single column? (The step *A folder
# goes to S3 in one line* had one.) Or you let the shell do it: `tr "\t" "\n"` puts the end of a line in the place of
# each tab.
#
# Why sort? AWS promises no order. Two lists in the same order can be compared: `diff yesterday.txt today.txt` shows at
# once what has come and what has gone.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Begin without filters, with `describe-instances | wc -l`; add one filter after the
# other and count again. Let the students guess each number before they run the command.
#
# Demonstrate: the same query with `--output json`, `text` and `table`. Who is each of them for?

# %% [markdown] tags=["notes"]
# **Common mistakes.** No filter on the state; `Reservations[0]` or `Reservations[*].Instances[0]`; ids on one line,
# with tabs; JSON in the file; a filter for the tag's value alone (`tag-value` does that, under any key); a tag's key in
# capitals; `sort` after `>`; `sort` given a list on one line, which it leaves as it is.
#
# For those who are done early: the same without `--filters`, then without `--query`. Which is longer, which is slower
# with 5,000 instances, and why?

# %% [markdown]
# The next cell makes your world: an account in which a team's machines run. You need not read it, but you may.
# Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, variant):
    key, value = ["project", "study", "team"][variant % 3], ["bats", "glaciers", "ferries", "orchards"][variant % 4]
    images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
    image = max(images, key=lambda i: i["CreationDate"])["ImageId"]
    types = ["t3.micro", "t3.small", "t3.medium", "t2.micro"]
    wanted = types.pop(variant % 4)
    other_type = rng.choice(types)
    people = rng.sample(["ada", "bola", "chen", "dima", "eszter", "fatima"], 3)

    def launch(count, type=wanted, **tags):
        started = ec2.run_instances(ImageId=image, InstanceType=type, MinCount=count, MaxCount=count)
        ids = [i["InstanceId"] for i in started["Instances"]]
        tags = {"owner": rng.choice(people), **tags}
        ec2.create_tags(Resources=ids, Tags=[{"Key": k, "Value": v} for k, v in tags.items()])
        return ids

    def half_asleep():  # one launch, of which the first instance is stopped
        ec2.stop_instances(InstanceIds=launch(rng.randint(3, 4), **{key: value})[:1])

    def half_moved():  # one launch, of which the first instance works for somebody else now
        ids = launch(rng.randint(2, 3), **{key: value})
        ec2.create_tags(Resources=ids[:1], Tags=[{"Key": key, "Value": "lent"}])

    making = [
        half_asleep,
        half_moved,
        lambda: launch(rng.randint(2, 3), Name="worker", **{key: value}),
        lambda: launch(rng.randint(1, 2), **{key: value, "stage": "live"}),
        lambda: launch(rng.randint(1, 2), type=other_type, **{key: value}),
        lambda: ec2.stop_instances(InstanceIds=launch(rng.randint(1, 2), **{key: value})),
        lambda: ec2.terminate_instances(InstanceIds=launch(1, **{key: value})),
        lambda: launch(1, **{key: value.capitalize()}),
        lambda: launch(1, **{key.capitalize(): value}),
        lambda: launch(1, **{key: f"{value}-2"}),
        lambda: launch(1, Name=value, note=value),
        lambda: launch(1, Name="web"),
    ]
    for make in rng.sample(making, len(making)):
        make()
    return {"TAG_KEY": key, "TAG_VALUE": value, "INSTANCE_TYPE": wanted}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given three strings, which the shell knows as `"$TAG_KEY"`, `"$TAG_VALUE"` and `"$INSTANCE_TYPE"`.
#
# **Write the file `running.txt` in your working directory: the ids of all instances that are running, are of this type
# and have this tag with exactly this value; one id a line, sorted, and nothing else.** Change nothing in the account.
#
# With three such instances, the file is
#
# ```
# i-01c6e02f7b3a9d814
# i-0a2b3c4d5e6f70819
# i-0c1a2b3d4e5f60718
# ```
#
# The first line of the cell, `%%bash`, hands the rest of it to the shell. Should there be no bash on your computer,
# take that line out and do it in Python, with `given.TAG_KEY` and so on: what counts is what you leave behind.
#
# To try a command first, use a cell of your own (`!aws …`), or type `drycloud shell` in a terminal, in the folder of
# this notebook: the step *A new machine for an old one* tells more.
#
# <details><summary>Hint</summary>
#
# One command, with three filters, a query and `--output text`; then `|` to `sort`, and `>` into the file. The name of
# the first filter holds a value that you were given: `"Name=tag:$TAG_KEY,…"`. Build it up filter by filter.
#
# </details>

# %% tags=["task"] language="bash"
# # Write the sorted ids to running.txt.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether an id is in the file that should
# not be. It can be run as often as you like: asking changes nothing.

# %% tags=["check"]
import re
from itertools import pairwise

from drycloud import check


def ids_in(text):
    """Everything in the text that looks like the id of an instance, in order."""
    return re.findall(r"(?<![\w-])i-[0-9a-f]+", text)


def why_there_is_nothing(trail):
    """What may be the cause of an empty file, going by what your code asked AWS."""
    asked = [call for call in trail if call.operation == "DescribeInstances"]
    if not asked:
        return "Your code never asked AWS for instances. Did aws print an error?"
    if asked[-1].error:
        return f"AWS answered {asked[-1].error} to the question for instances. Look at the error that aws printed."
    literal = re.findall(r"\$\{?\w+\}?", str(asked[-1].parameters))
    if literal:
        return (
            f"Your code asked AWS for {literal[0]}, letter by letter, and not for its value: in single quotation marks "
            "the shell does not put the value in. In double ones it does."
        )
    if "'tag:'" in str(asked[-1].parameters) or "''" in str(asked[-1].parameters):
        return "Something in one of your filters is empty. Is the name of each variable spelt as in the task?"
    return (
        "AWS answered, and nothing of it was left. Look at each filter and each part of the query, and at the quotation "
        "marks: within single ones the shell does not put in the value of a variable."
    )


@check(points=1)
def test_there_are_ids_in_the_file(before, files, trail):
    """There is a file running.txt with ids of instances of this account in it."""
    assert "running.txt" in files, "There is no file running.txt in your working directory."
    text = files["running.txt"].text
    assert text.strip(), f"The file running.txt is empty. {why_there_is_nothing(trail)}"
    assert text.split() != ["None"], (
        f"In the file running.txt there is only None: the query found nothing. {why_there_is_nothing(trail)}"
    )
    assert ids_in(text), f"There is no id of an instance in running.txt. It begins with {text.strip()[:60]!r}."
    known = [id for id in ids_in(text) if id in before]
    assert known, (
        f"There is no instance {ids_in(text)[0]} in this account. Ids are others in each run: ask AWS for them."
    )


@check(points=2, needs=test_there_are_ids_in_the_file)
def test_all_of_them_are_in_the_file(before, given, files):
    """running.txt holds the id of every running instance of that type that has the tag."""
    found = ids_in(files["running.txt"].text)
    running = before.instances(tag=(given.TAG_KEY, given.TAG_VALUE), state="running")
    wanted = [id for id in running if before[id].instance_type == given.INSTANCE_TYPE]
    if not wanted:
        raise LookupError("the scene made no such instance")
    left = [id for id in wanted if id not in found]
    assert not left, (
        f"Of the {len(wanted)} ids, {len(left)} are missing in running.txt, for example {left[0]}. "
        "Does your query look at every instance of every reservation?"
    )


@check(points=1, needs=test_there_are_ids_in_the_file)
def test_each_line_is_one_id(files):
    """Each line of running.txt is one id and nothing else, and each id is there once."""
    lines = [line.strip() for line in files["running.txt"].text.splitlines() if line.strip()]
    assert not (len(lines) == 1 and len(ids_in(lines[0])) > 1), "All ids in running.txt are on one line."
    other = [line for line in lines if not re.fullmatch(r"i-[0-9a-f]+", line)]
    assert not other, f"This line of running.txt is not one bare id (in total: {len(other)}): {other[0][:60]!r}."
    assert len(set(lines)) == len(lines), "An id is in running.txt more than once."


@check(points=1, needs=test_there_are_ids_in_the_file)
def test_they_are_sorted(files):
    """The ids in running.txt are sorted."""
    found = ids_in(files["running.txt"].text)
    assert len(set(found)) > 1, "There is only one id in running.txt, so there is no order yet."
    wrong = [(one, two) for one, two in pairwise(found) if one > two]
    assert not wrong, f"In running.txt {wrong[0][0]} stands before {wrong[0][1]}."


# %% [markdown]
# ## Key points
#
# - Filter at AWS, pick on your computer, and let the shell have lines.
# - Ask for the state: what was stopped or terminated is in the list too.
# - Look at the shape before you write to a file: a list goes on one line, a table line by line.
#
# **Read more** in the AWS CLI User Guide: *Filtering output* and *Setting the output format*; in the EC2 User Guide:
# *Find your Amazon EC2 resources*; and the tutorial on jmespath.org.

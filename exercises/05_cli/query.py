# %% [markdown]
# # Filter instances and select values
#
# "Which of our training instances are still running?" `aws ec2 describe-instances` gives the answer, but it prints more
# than a hundred lines for each instance, and nobody reads ten thousand lines. A script cannot use them either, and
# usually a script asks this question, every evening, to stop the instances that somebody forgot. A forgotten
# `g5.xlarge` costs a dollar per hour, and 60 dollars by the end of a weekend.
#
# Such a request costs nothing. In this step you make the request so precise that you can write the output directly to a
# file, one ID per line.

# %% [markdown]
# ## Filter twice
#
# | | where it works | what it does |
# |---|---|---|
# | `--filters` | at AWS, before AWS sends the response | selects **which instances** the response contains |
# | `--query` | on your computer, after the response has arrived | selects **which parts of the response** the command prints |
#
# A filter has a name and one or more values. If you use several filters, an instance must match all of them:
#
# ```bash
# aws ec2 describe-instances --filters "Name=tag:owner,Values=ada" "Name=availability-zone,Values=us-east-1a"
# ```
#
# You can filter instances by `tag:KEY`, `instance-type`, `instance-state-name`, `image-id` and dozens of other names.
# Tag keys and values are case-sensitive: `owner` = `ada` is not `Owner` = `ada`, and not `owner` = `Ada`.
#
# The state of an instance is important: the list also contains instances that are stopped, and instances that were
# terminated within the last hour.

# %% [markdown]
# ## A path through the response
#
# `--query` takes a path in a small query language, **JMESPath**:
#
# | query | what it selects |
# |---|---|
# | `Reservations[0].Instances[0].ImageId` | one value: of the first instance of the first launch |
# | `Reservations[].Instances[].ImageId` | a list: of every instance of every launch |
# | `Reservations[].Instances[].[ImageId, KeyName]` | a table: a row of two values for each instance |
# | `Reservations[].Instances[?KeyName=='ada-laptop'][].ImageId` | a list: only of instances that meet a condition |
#
# Strings in a condition have single quotation marks. So put the whole path in double quotation marks: then the shell
# does not split it, but still replaces a `$VARIABLE` by its value.

# %% [markdown]
# ## Lines
#
# `--output text` prints the values without brackets, commas and quotation marks. The result depends on the structure:
#
# - the values of a **list** are all on **one line**, with tabs between them;
# - each **row of a table** is on **its own line**, with tabs between the columns.
#
# Programs such as `sort`, `wc -l` (which counts lines), `diff` or a loop in the shell work line by line, so you need a
# table. Which small change to the second query above turns its list into a table with a single column? (There was an
# example in `05_cli/sync`.) Or you can do it in the shell: `tr "\t" "\n"` replaces each tab by the end of a line.
#
# Why do you sort? AWS does not guarantee any order. If two lists are in the same order, you can compare them:
# `diff yesterday.txt today.txt` shows at once which instances are new and which are gone.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Begin without filters, with `describe-instances | wc -l`; then add one filter
# after the other and count again. Let the students guess each number before they run the command.
#
# Demonstrate: the same query with `--output json`, `text` and `table`. Who or what needs which format?

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students do not filter by state; they use `Reservations[0]` or `Reservations[*].Instances[0]`;
# they write all IDs on one line, with tabs; they write JSON to the file; they filter only by the tag's value
# (`tag-value`, which matches any key); they write the tag's key with a capital letter; they put `sort` after `>`; they
# sort a list that is on one line, which changes nothing.
#
# For students who finish early: do the same without `--filters`, and then without `--query`. Which command is longer,
# which is slower with 5,000 instances, and why?

# %% [markdown]
# The next cell prepares your simulated AWS account, in which a team's instances are running. You do not have to read
# the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# You are given three strings. In the shell they are the variables `"$TAG_KEY"`, `"$TAG_VALUE"` and `"$INSTANCE_TYPE"`.
#
# **Write the file `running.txt` in your working directory. It must contain the IDs of all instances that are running,
# have this type, and have this tag with exactly this value; one ID per line, sorted, and nothing else.** Do not change
# anything in the account.
#
# With three such instances, the file is
#
# ```
# i-01c6e02f7b3a9d814
# i-0a2b3c4d5e6f70819
# i-0c1a2b3d4e5f60718
# ```
#
# The first line of the cell, `%%bash`, passes the rest of the cell to the shell. If your computer has no bash, remove
# this line and solve the task in Python, with `given.TAG_KEY` and so on: the checks look only at the result.
#
# To try a command first, use a cell of your own (`!aws …`), or type `drycloud shell` in a terminal, in the folder of
# this notebook: `05_cli/instances` explains how.
#
# <details><summary>Hint</summary>
#
# Use one command with three filters, a query and `--output text`; then `|` to `sort`, and `>` into the file. The name
# of the first filter contains a given value: `"Name=tag:$TAG_KEY,…"`. Start with one filter and add the others one
# after the other.
#
# </details>

# %% tags=["task"] language="bash"
# # Write the sorted IDs to running.txt.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether the file
# contains an ID that should not be there. You can run your command as often as you like: it does not change anything.

# %% tags=["check"]
import re
from itertools import pairwise

from drycloud import check


def ids_in(text):
    """Everything in the text that looks like the ID of an instance, in order."""
    return re.findall(r"(?<![\w-])i-[0-9a-f]+", text)


def why_there_is_nothing(trail):
    """A possible cause of an empty file, found from the requests of the student's code."""
    asked = [call for call in trail if call.operation == "DescribeInstances"]
    if not asked:
        return "Your code never asked AWS for instances. Did the aws command print an error?"
    if asked[-1].error:
        return f"AWS returned the error {asked[-1].error} to describe-instances. Read the message that aws printed."
    literal = re.findall(r"\$\{?\w+\}?", str(asked[-1].parameters))
    if literal:
        return (
            f"Your code asked AWS for the text {literal[0]}, not for its value: in single quotation marks the shell "
            "does not replace a variable by its value. In double quotation marks it does."
        )
    if "'tag:'" in str(asked[-1].parameters) or "''" in str(asked[-1].parameters):
        return "Something in one of your filters is empty. Did you spell the name of each variable as in the task?"
    return (
        "AWS responded, but your filters and query left nothing. Check each filter and each part of the query, and the "
        "quotation marks: in single ones the shell does not replace a variable by its value."
    )


@check(points=1)
def test_there_are_ids_in_the_file(before, files, trail):
    """There is a file running.txt, and it contains IDs of instances in this account."""
    assert "running.txt" in files, "There is no file running.txt in your working directory."
    text = files["running.txt"].text
    assert text.strip(), f"The file running.txt is empty. {why_there_is_nothing(trail)}"
    assert text.split() != ["None"], (
        f"The file running.txt contains only None: the query found nothing. {why_there_is_nothing(trail)}"
    )
    assert ids_in(text), f"running.txt contains no ID of an instance. It begins with {text.strip()[:60]!r}."
    known = [id for id in ids_in(text) if id in before]
    assert known, (
        f"There is no instance {ids_in(text)[0]} in this account. IDs are different in each run: ask AWS for them."
    )


@check(points=2, needs=test_there_are_ids_in_the_file)
def test_all_of_them_are_in_the_file(before, given, files):
    """running.txt contains the ID of every running instance that has the given type and the tag."""
    found = ids_in(files["running.txt"].text)
    running = before.instances(tag=(given.TAG_KEY, given.TAG_VALUE), state="running")
    wanted = [id for id in running if before[id].instance_type == given.INSTANCE_TYPE]
    if not wanted:
        raise LookupError("the scene made no such instance")
    left = [id for id in wanted if id not in found]
    assert not left, (
        f"Of the {len(wanted)} IDs, {len(left)} are missing in running.txt, for example {left[0]}. "
        "Does your query select every instance of every reservation?"
    )


@check(points=1, needs=test_there_are_ids_in_the_file)
def test_each_line_is_one_id(files):
    """Each line of running.txt is one ID and nothing else, and each ID is there once."""
    lines = [line.strip() for line in files["running.txt"].text.splitlines() if line.strip()]
    assert not (len(lines) == 1 and len(ids_in(lines[0])) > 1), "All IDs in running.txt are on one line."
    other = [line for line in lines if not re.fullmatch(r"i-[0-9a-f]+", line)]
    assert not other, f"This line of running.txt is not just an ID (such lines: {len(other)}): {other[0][:60]!r}."
    assert len(set(lines)) == len(lines), "An ID is in running.txt more than once."


@check(points=1, needs=test_there_are_ids_in_the_file)
def test_they_are_sorted(files):
    """The IDs in running.txt are sorted."""
    found = ids_in(files["running.txt"].text)
    assert len(set(found)) > 1, "running.txt contains only one ID, so there is no order to check yet."
    wrong = [(one, two) for one, two in pairwise(found) if one > two]
    assert not wrong, f"In running.txt, {wrong[0][0]} is before {wrong[0][1]}."


# %% [markdown]
# ## Key points
#
# - Filter at AWS, select on your computer, and give other programs one value per line.
# - Filter by state: stopped and terminated instances are in the list too.
# - Check the structure before you write to a file: a list is on one line, each row of a table has its own line.
#
# **Read more** in the AWS CLI User Guide: *Filtering output* and *Setting the output format*; in the EC2 User Guide:
# *Find your Amazon EC2 resources*; and the tutorial on jmespath.org.

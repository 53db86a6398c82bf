# %% [markdown]
# # Launch an instance
#
# Your laptop is too small, or too slow, or you want to close it while your program runs. AWS rents you another
# computer: you say which type you want, and a minute later it runs in an AWS data centre. Such a rented computer is
# called an **instance**; the service that rents out instances is called **EC2** (Elastic Compute Cloud).
#
# Data scientists use instances to train a model overnight, to collect data with a web crawler, or to run a notebook
# that needs 64 GB of memory for one afternoon. You pay by the second while the instance runs: about one US cent per
# hour for the small types that this course uses. In addition, you pay half a cent per hour for its public address, and
# a little for its disk.
#
# In this step you launch one instance with exactly the given settings, and get its ID.

# %% [markdown]
# ## What you have to specify
#
# | | what it is | example |
# |---|---|---|
# | **image** (AMI, Amazon Machine Image) | what is on the disk at the first start: the operating system, and sometimes other software | `ami-0aaa…` |
# | **instance type** | how large the machine is: processors, memory | `t3.micro`: 2 virtual processors, 1 GiB |
# | **key pair** | the key that you need to log in with ssh; AWS keeps the public key, you keep the private key | `ada-laptop` |
# | **tags** | labels, pairs of a key and a value. The tag with the key `Name` is what the AWS console shows as the name | `Name` = `web-3` |
#
# AWS installs the public key on the instance when the instance is launched. If you launch an instance without a key
# pair, it runs and costs as much as any other, but you cannot log in with ssh: it is difficult to add a key later.

# %% [markdown]
# ## How you specify it
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.run_instances(
#     ImageId="ami-0aaa…", InstanceType="t3.nano", KeyName="ada-laptop", MinCount=1, MaxCount=1
# )
# ```
#
# `MinCount` and `MaxCount` are the smallest and the largest number of instances that you want. Specify both. Be careful
# with a loop around this call, and do not run the cell twice: each call launches new instances.
#
# The response is a dict. Its `"Instances"` is a list with one entry for each launched instance, and each entry has an
# `"InstanceId"` such as `i-0c1a2b3d4e5f60718`. **Keep this ID.** AWS makes sure that every instance ID is unique, but
# names are not: ten instances can have the same `Name`, and terminated instances also stay in the list for some time.
#
# The call returns before the instance is ready. The state of the instance is `pending` at first, and `running` some
# seconds later. A **waiter** asks AWS again and again until a resource reaches a certain state. The waiter that you
# need here is called `instance_running`.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Write the four settings (image, type, key, name) on the board, and let pairs say
# for each of them whether you can change it later: name always, type while the instance is stopped, key only with
# difficulty, image never.
#
# Demonstrate: the response of `run_instances`, and how to find the ID in it.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students forget `KeyName` (AWS gives no error); they write the tag key as `name`; they run the
# cell twice and have two instances; they look up the ID by the name and get last week's instance; they write
# `response["InstanceId"]` without `["Instances"][0]`.
#
# For students who finish early: what does `describe_images` show about the image?

# %% [markdown]
# The next cell prepares your simulated AWS account, in which your colleagues already have instances. You do not have to
# read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, variant):
    def one(options):
        """One of the options, another one in each variant, and one of the rest."""
        chosen = options[variant % len(options)]
        return chosen, rng.choice([option for option in options if option != chosen])

    images = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"]
    image, other_image = one(sorted(i["ImageId"] for i in images))
    wanted, other_type = one(["t3.micro", "t3.small", "t3.medium", "t2.small"])
    keys = [f"{who}-{what}" for who in ("ada", "bola", "chen") for what in ("laptop", "office")]
    key, other_key = one(keys)
    role, number = one(["notebook", "crawler", "training"])[0], rng.randint(10, 98)
    name = f"{role}-{number}"
    for key_name in rng.sample(keys, len(keys)):
        ec2.create_key_pair(KeyName=key_name, KeyType="ed25519")

    def launch(name, image=image, type=wanted, key=key):
        started = ec2.run_instances(ImageId=image, InstanceType=type, KeyName=key, MinCount=1, MaxCount=1)
        id = started["Instances"][0]["InstanceId"]
        ec2.create_tags(Resources=[id], Tags=[{"Key": "Name", "Value": name}])
        return id

    ec2.terminate_instances(InstanceIds=[launch(name)])  # last week's, still listed
    others = [
        lambda: launch(f"{role}-{number + 1}"),
        lambda: launch(name, type=other_type, key=other_key),
        lambda: launch("web", image=other_image),
        lambda: launch("database", key=other_key),
        lambda: ec2.stop_instances(InstanceIds=[launch(f"{name}-old")]),
        lambda: ec2.stop_instances(InstanceIds=[launch("archive", type=other_type)]),
    ]
    for make in rng.sample(others, rng.randint(5, 6)):
        make()
    return {"image_id": image, "instance_type": wanted, "key_name": key, "name": name}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given four strings: `given.image_id`, `given.instance_type`, `given.key_name` and `given.name`.
#
# **Launch exactly one instance from this image, of this type, with this key pair, and with the tag `Name` set to
# `given.name`. Wait until it is running. Put its ID into the variable `instance_id`.** Do not change anything else in
# the account.
#
# The ID is a string and looks like this: `instance_id = "i-0c1a2b3d4e5f60718"`. It is different in each run, so your
# code must take it from the response of AWS.
#
# <details><summary>Hint</summary>
#
# You can add the tag in the same call, with `TagSpecifications`, or right after it with `create_tags`. In both cases
# tags are a list of dicts: `[{"Key": "Name", "Value": "web-3"}]`. You use a waiter like this:
# `ec2.get_waiter("instance_running").wait(InstanceIds=[…])`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Launch one instance, and give it its name.

# 2. Keep its id.
instance_id = None

# 3. Wait until it is running.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example the image and the
# key. If you launched too many instances, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


@check(points=3)
def test_a_new_instance_runs(before, after, answers):
    """`instance_id` is the ID of an instance that your code launched, and it is running."""
    id = answers.instance_id
    assert id is not None, "`instance_id` is still None: set it to the ID of the instance that you launched."
    assert isinstance(id, str), f"`instance_id` must be a string such as 'i-0c1a…', but it is {str(id)[:60]}."
    id = id.strip()  # what a command prints ends with a line end
    assert id in after.instances(), (
        "`instance_id` is not the ID of an instance in this account. Take it from the response of `run_instances`: IDs "
        "are different in each run."
    )
    assert id not in before, (
        "`instance_id` is the ID of an instance that was there before your code ran. Names are not unique: take the ID "
        "from the response of `run_instances`."
    )
    assert after.state(id) == "running", f"The instance with the ID `instance_id` is {after.state(id)}, not running."


@check(points=1)
def test_it_has_its_name(before, after, given, answers):
    """The instance that your code launched has the tag Name, with the given value."""
    new = [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]
    assert new, "There is no new instance in this account."
    named = [id for id in new if id == str(answers.get("instance_id")).strip()]
    for id in named or new:
        tags = after[id].tags
        assert "Name" in tags, "The instance has no tag with the key 'Name'. Tag keys are case-sensitive."
        assert tags["Name"] == given.name, "The value of the instance's tag 'Name' is not `given.name`."


@check(points=2)
def test_exactly_one_was_launched(before, after):
    """Exactly one instance was launched."""
    new = [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]
    assert new, "There is no new instance in this account."
    assert len(new) == 1, f"Your code launched {len(new)} instances; each of them costs money. The task asks for one."


# %% [markdown]
# ## Key points
#
# - You specify an image, a type, a key pair and a name. If you forget the key pair or the name, AWS gives no error.
# - Only the ID is always unique. Keep it.
# - From now on you would pay for this instance. In the next steps you find an instance, log in to it, and terminate it.
#
# **Read more** in the EC2 User Guide: *Launch your Amazon EC2 instance*, *Amazon EC2 instance types* and *Amazon EC2
# key pairs and Amazon EC2 instances*; in the boto3 documentation: *Waiters*.

# %% [markdown]
# # Rent a computer
#
# Your laptop is too small, or too slow, or you want to close it while something computes. AWS rents you another
# computer: you say which kind, and a minute later it runs in one of their data centres. Such a rented computer is an
# **instance**; the service that rents them out is called **EC2** (Elastic Compute Cloud).
#
# In data science that is the machine on which a model trains overnight, a crawler collects, or a notebook runs that
# needs 64 GB of memory for one afternoon. You pay by the second while it runs: about one US cent an hour for the
# small types used here. Add half a cent an hour for its public address, and a little for its disk.
#
# In this step you launch one instance, exactly as ordered, and learn its id.

# %% [markdown]
# ## What you have to say
#
# | | what it is | example |
# |---|---|---|
# | **image** (AMI, Amazon Machine Image) | what is on the disk at the first start: the operating system, perhaps software | `ami-0aaa…` |
# | **instance type** | how large the machine is: processors, memory | `t3.micro`: 2 virtual processors, 1 GiB |
# | **key pair** | which key opens the door when you connect by ssh; AWS keeps the public half, you keep the private one | `ada-laptop` |
# | **tags** | labels, pairs of a key and a value. The tag with the key `Name` is what the AWS console shows as the name | `Name` = `web-3` |
#
# The key is put into the machine while it is launched. Launched without a key, an instance runs and costs like any
# other, but its door stays shut: to add a key afterwards is hard.

# %% [markdown]
# ## How you say it
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.run_instances(
#     ImageId="ami-0aaa…", InstanceType="t3.nano", KeyName="ada-laptop", MinCount=1, MaxCount=1
# )
# ```
#
# `MinCount` and `MaxCount` are how many you want at least and at most. Say both, and mind a loop around this call, or
# running the cell twice: each call is a new order.
#
# The answer is a dict. Its `"Instances"` is a list, one entry for each machine launched, and each entry has an
# `"InstanceId"` such as `i-0c1a2b3d4e5f60718`. **Keep this id.** AWS makes sure that it is unique; of names it does
# not: ten machines may have the same `Name`, and the terminated ones stay in the list for a while, too.
#
# The call returns before the machine is ready. Its state is `pending` at first and `running` some seconds later. A
# **waiter** asks again and again until a state is reached; the one for this is called `instance_running`.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Draw the four parts of the order (image, type, key, name) on the board and let
# pairs say for each of them whether it can be changed later: name always, type while stopped, key hardly, image never.
#
# Demonstrate: the answer of `run_instances`, and how to get to the id in it.

# %% [markdown] tags=["notes"]
# **Common mistakes.** `KeyName` forgotten (nothing complains); the tag key written `name`; running the cell twice and
# owning two machines; looking the id up by name and getting last week's machine; `answer["InstanceId"]` without
# `["Instances"][0]`.
#
# For those who are done early: what does `describe_images` tell about the image?

# %% [markdown]
# The next cell makes your world: an account in which colleagues already have machines. You need not read it, but you
# may. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# `given.name`. Wait until it is running. Put its id into the variable `instance_id`.** Leave everything else in the
# account as it is.
#
# The answer is a string and looks like this: `instance_id = "i-0c1a2b3d4e5f60718"`. It is another one each time, so
# let your code take it from what AWS answers.
#
# <details><summary>Hint</summary>
#
# A tag can be given in the same call, as `TagSpecifications`, or right after it with `create_tags`. In both cases tags
# are a list of dicts: `[{"Key": "Name", "Value": "web-3"}]`. A waiter is used as
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
# Did it work? Run the next cell. More is looked at when you hand in, such as the image and the key. If you launched too
# many, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


@check(points=3)
def test_a_new_instance_runs(before, after, answers):
    """`instance_id` is the id of an instance that your code launched, and it is running."""
    id = answers.instance_id
    assert id is not None, "`instance_id` is still None: set it to the id of the instance that you launched."
    assert isinstance(id, str), f"`instance_id` must be a text such as 'i-0c1a…', and is {str(id)[:60]}."
    id = id.strip()  # what a command prints ends with a line end
    assert id in after.instances(), (
        "`instance_id` is not the id of an instance in this account. Take it from what `run_instances` answers: ids are "
        "others in each run."
    )
    assert id not in before, (
        "`instance_id` is the id of an instance that was there before your code ran. Names are not unique: take the id "
        "from what `run_instances` answers."
    )
    assert after.state(id) == "running", f"The instance `instance_id` is {after.state(id)}, not running."


@check(points=1)
def test_it_has_its_name(before, after, given, answers):
    """The instance that your code launched has the tag Name, with the value that was given."""
    new = [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]
    assert new, "There is no new instance in this account."
    named = [id for id in new if id == str(answers.get("instance_id")).strip()]
    for id in named or new:
        tags = after[id].tags
        assert "Name" in tags, "The instance has no tag with the key 'Name'. Capital letters count in tag keys."
        assert tags["Name"] == given.name, "The value of the instance's tag 'Name' is not `given.name`."


@check(points=2)
def test_exactly_one_was_launched(before, after):
    """Exactly one instance was launched."""
    new = [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]
    assert new, "There is no new instance in this account."
    assert len(new) == 1, f"Your code launched {len(new)} instances, and each of them costs. One was ordered."


# %% [markdown]
# ## Key points
#
# - Image, type, key, name: an order has four parts, and AWS does not complain about a forgotten key or name.
# - The id is the only thing that is certainly unique. Keep it.
# - From now on the meter is running. The next steps find the machine, log in, and in the end give it back.
#
# **Read more** in the EC2 User Guide: *Launch your Amazon EC2 instance*, *Amazon EC2 instance types* and *Amazon EC2
# key pairs and Amazon EC2 instances*; in the boto3 documentation: *Waiters*.

# %% [markdown]
# # Where is my computer?
#
# You have launched a computer, or a colleague has launched one for you. It stands in a building that you will never
# see, and AWS has given it an address that nobody could guess. Before you can work on it you have to ask: where is it,
# does it run, what kind is it, and which key opens it?
#
# In data science this is a daily question: which of the machines still computes, and where do I reach the notebook on
# it? Asking costs nothing, as often as you like.
#
# In this step you read off five values, by which you connect in the next one.

# %% [markdown]
# ## Addresses, inside and outside
#
# An instance has more than one address:
#
# | | example | who can reach the instance by it |
# |---|---|---|
# | **private IP address** | `172.31.5.17` | other machines in the same network at AWS |
# | **public IP address** | `203.0.113.25` | anybody on the internet, if the firewall allows it |
# | **public DNS name** | `ec2-203-0-113-25.compute-1.amazonaws.com` | the same; the name stands for the address |
#
# A public address is lent. It goes back when the instance is stopped, and after the next start it is another one. While
# you have it, it costs half a US cent an hour. So an address that you wrote down last week, or typed into a script,
# may belong to a stranger today: ask each time. Only a fixed one, an **Elastic IP address**, stays with its machine,
# even while that is stopped; `03_more_ec2` tells of them.

# %% [markdown]
# ## Asking
#
# `describe_instances` answers with everything that AWS knows of your instances, on three levels: a list of
# **reservations** (one for each launch), in each a list of instances, and of each instance a dict.
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.describe_instances(InstanceIds=["i-0aaa…"])
# instance = answer["Reservations"][0]["Instances"][0]
# ```
#
# Here `[0]` is right twice, since you asked for a single instance by its id. What would it be if you had asked for all
# of them?
#
# Of the dict you need few entries. It looks like this, much shortened:
#
# ```python
# {"InstanceId": "i-0aaa…", "ImageId": "ami-0bbb…", "InstanceType": "t3.nano",
#  "KeyName": "ada-laptop", "State": {"Code": 80, "Name": "stopped"},
#  "PrivateIpAddress": "172.31.5.17", "PrivateDnsName": "ip-172-31-5-17.ec2.internal", …}
# ```
#
# This one is stopped, and has no fixed address: that is why it has no public one. A public address alone does not tell
# whether a machine runs, so look at its state, too.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Print one instance's whole dict, and let pairs find things in it: when was it
# launched, in which building (availability zone) does it stand, which disk has it, who may reach it?
#
# Demonstrate: stop an instance and start it again, and compare the addresses before and after.

# %% [markdown] tags=["notes"]
# **Common mistakes.** The first instance of the account instead of the given one; `Reservations[0]` taken for the
# instance; the private address; `state` left as the whole dict; the values copied from the output into the code, which
# is right until the next run.
#
# For those who are done early: the resource API, `boto3.resource("ec2").Instance(id)`, has each of them as an
# attribute.

# %% [markdown]
# The next cell makes your world: an account with several machines. You need not read it, but you may. Everything is a
# simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, variant):
    images = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"]
    image = rng.choice(sorted(i["ImageId"] for i in images))
    keys = [f"{who}-{what}" for who in ("ada", "bola", "chen", "dima") for what in ("laptop", "office")]
    types = ["t3.micro", "t3.small", "t3.medium", "t3.large", "m5.large"]
    name = rng.choice(["notebook", "crawler", "training"])
    for key_name in keys:
        ec2.create_key_pair(KeyName=key_name, KeyType="ed25519")

    def launch(count, type, key, name):
        launched = ec2.run_instances(ImageId=image, InstanceType=type, KeyName=key, MinCount=count, MaxCount=count)
        ids = [i["InstanceId"] for i in launched["Instances"]]
        ec2.create_tags(Resources=ids, Tags=[{"Key": "Name", "Value": name}])
        return ids

    def fix_address(id):
        ec2.associate_address(AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"], InstanceId=id)

    my_type, my_key = types.pop(variant % len(types)), keys.pop(variant % len(keys))
    others = list(zip(rng.sample(types, 3), rng.sample(keys, 3), strict=True))
    launch(1, *others[0], name)
    ec2.stop_instances(InstanceIds=launch(rng.randint(1, 2), *others[1], "archive"))
    mine = launch(rng.randint(3, 4), my_type, my_key, name)[rng.randint(1, 2)]
    web = launch(rng.randint(1, 2), *others[2], "web")[0]
    if variant % 2:  # a stopped machine, which has its address all the same
        fix_address(mine)
        ec2.stop_instances(InstanceIds=[mine])
    else:
        fix_address(web)
        ec2.stop_instances(InstanceIds=[web])
    return {"instance_id": mine}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given the id of an instance, `given.instance_id`.
#
# **Put its public IP address into the variable `public_ip`, its public DNS name into `public_dns`, its type into
# `instance_type`, the name of its key pair into `key_name`, and the name of its state into `state`.** Let your code
# read them from what AWS answers: when you hand in, it runs in other worlds, where they are others. Leave everything in
# the account as it is.
#
# All five are strings, and look like this:
#
# ```python
# public_ip = "203.0.113.25"
# public_dns = "ec2-203-0-113-25.compute-1.amazonaws.com"
# instance_type = "t3.nano"
# key_name = "ada-laptop"
# state = "stopped"
# ```
#
# <details><summary>Hint</summary>
#
# `print(sorted(instance))` shows which entries the dict has. Names there begin with a capital letter. One of the five
# lies one level deeper than the others.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Ask for the instance.

# 2. Read the values off.
public_ip = None
public_dns = None
instance_type = None
key_name = None
state = None

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as the addresses. If you changed something
# by mistake, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


def told(answers, name):
    """The answer of that name, which must be a string; the end of line of a command's output does not count."""
    value = getattr(answers, name)
    assert value is not None, f"`{name}` is still None: set it to what AWS answers."
    assert isinstance(value, str), f"`{name}` must be a text, and is {str(value)[:60]}."
    return value.strip()


@check(points=3)
def test_public_ip_is_right(before, given, answers):
    """`public_ip` is the instance's public IP address."""
    mine, value = before[given.instance_id], told(answers, "public_ip")
    assert value != mine.private_ip, f"{value} is the instance's private address, which you cannot reach from outside."
    assert value == mine.public_ip, f"{value!r} is not the public IP address of the instance."


@check(points=1)
def test_state_is_right(before, given, answers):
    """`state` is the name of the instance's state."""
    told = answers.state
    assert told is not None, "`state` is still None: set it to the name of the instance's state."
    assert isinstance(told, str), f"`state` must be a text such as 'stopped', and is {str(told)[:60]}."
    assert told.strip() == before.state(given.instance_id), f"The instance is not in the state {told!r}."


@check(points=1)
def test_instance_type_is_right(before, given, answers):
    """`instance_type` is the instance's type."""
    value = told(answers, "instance_type")
    assert value == before[given.instance_id].instance_type, f"The instance is not of the type {value!r}."


@check(points=1)
def test_key_name_is_right(before, given, answers):
    """`key_name` is the name of the instance's key pair."""
    value = told(answers, "key_name")
    assert value == before[given.instance_id].key_name, f"The instance was not launched with a key pair {value!r}."


# %% [markdown]
# ## Key points
#
# - Asking is free and changes nothing. Do not remember addresses: ask.
# - The public address is for you, the private one for machines beside it.
# - An id names one machine; a name or a position in a list does not.
#
# **Read more** in the EC2 User Guide: *Amazon EC2 instance IP addressing* and *EC2 instance hostnames and domains*; in
# the boto3 documentation: `describe_instances`.

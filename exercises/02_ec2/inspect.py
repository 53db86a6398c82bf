# %% [markdown]
# # Find your instance
#
# You have launched an instance, or a colleague has launched one for you. It runs in a building that you will never see,
# and AWS has given it an address that you cannot guess. Before you can work on it, you have to ask AWS: What is its
# address? Is it running? Which type is it? Which key pair do you need to log in?
#
# Data scientists ask this every day: which of my instances is still working, and at which address is the notebook that
# runs on it? You can ask as often as you like; it costs nothing.
#
# In this step you ask AWS for five values of an instance. You need such values in the next step, to connect.

# %% [markdown]
# ## Private and public addresses
#
# An instance has more than one address:
#
# | | example | who can use it to reach the instance |
# |---|---|---|
# | **private IP address** | `172.31.5.17` | other machines in the same AWS network |
# | **public IP address** | `203.0.113.25` | anybody on the internet, if the firewall allows it |
# | **public DNS name** | `ec2-203-0-113-25.compute-1.amazonaws.com` | the same; the name stands for the address |
#
# You only borrow a public address. When you stop the instance, AWS takes the address back, and after the next start the
# instance has another one. While you have the address, it costs half a US cent per hour. So an address that you wrote
# down last week, or typed into a script, may belong to a stranger today: ask AWS each time. Only an **Elastic IP
# address** stays with its instance, even while the instance is stopped; you learn about these in `03_more_ec2`.

# %% [markdown]
# ## Ask AWS about your instances
#
# `describe_instances` returns everything that AWS knows about your instances, on three levels: a list of
# **reservations** (one for each launch), in each reservation a list of instances, and for each instance a dict.
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.describe_instances(InstanceIds=["i-0aaa…"])
# instance = response["Reservations"][0]["Instances"][0]
# ```
#
# Here `[0]` is right both times, because you asked for a single instance by its ID. Would it also be right if you had
# asked for all instances?
#
# You need only a few entries of the dict. It looks like this (many entries are left out):
#
# ```python
# {"InstanceId": "i-0aaa…", "ImageId": "ami-0bbb…", "InstanceType": "t3.nano",
#  "KeyName": "ada-laptop", "State": {"Code": 80, "Name": "stopped"},
#  "PrivateIpAddress": "172.31.5.17", "PrivateDnsName": "ip-172-31-5-17.ec2.internal", …}
# ```
#
# This instance is stopped and has no Elastic IP address, so it has no public address. A public address alone does not
# show whether an instance is running, so check its state, too.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Print the whole dict of one instance, and let pairs find things in it: when was
# the instance launched, in which Availability Zone is it, which disk does it have, who can reach it?
#
# Demonstrate: stop an instance and start it again, and compare the addresses before and after.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students take the first instance of the account instead of the given one; they use
# `Reservations[0]` as the instance; they use the private address; they set `state` to the whole dict; they copy the
# values from the output into the code, which is right only until the next run.
#
# For students who finish early: in the resource API, `boto3.resource("ec2").Instance(id)` has an attribute for each of
# these values.

# %% [markdown]
# The next cell prepares your simulated AWS account with several instances. You do not have to read the cell, but you
# can. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# You are given the ID of an instance, `given.instance_id`.
#
# **Put its public IP address into the variable `public_ip`, its public DNS name into `public_dns`, its type into
# `instance_type`, the name of its key pair into `key_name`, and the name of its state into `state`.** Your code must
# take them from the response of AWS: when your work is graded, your code runs in other accounts, in which the values
# are different. Do not change anything in the account.
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
# `print(sorted(instance))` shows the names of all entries of the dict. These names begin with a capital letter. One of
# the five values is one level deeper than the others.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Ask for the instance.

# 2. Take the values from the response.
public_ip = None
public_dns = None
instance_type = None
key_name = None
state = None

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example the DNS name. If
# you changed something by mistake, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


def told(answers, name):
    """The student's variable of that name, which must be a string; a line end, as a command prints it, is ignored."""
    value = getattr(answers, name)
    assert value is not None, f"`{name}` is still None: set it to the value from the response of AWS."
    assert isinstance(value, str), f"`{name}` must be a string, but it is {str(value)[:60]}."
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
    assert isinstance(told, str), f"`state` must be a string such as 'stopped', but it is {str(told)[:60]}."
    assert told.strip() == before.state(given.instance_id), f"The instance is not in the state {told!r}."


@check(points=1)
def test_instance_type_is_right(before, given, answers):
    """`instance_type` is the instance's type."""
    value = told(answers, "instance_type")
    assert value == before[given.instance_id].instance_type, f"The type of the instance is not {value!r}."


@check(points=1)
def test_key_name_is_right(before, given, answers):
    """`key_name` is the name of the instance's key pair."""
    value = told(answers, "key_name")
    assert value == before[given.instance_id].key_name, f"The instance was not launched with the key pair {value!r}."


# %% [markdown]
# ## Key points
#
# - To ask AWS is free and changes nothing. Do not write addresses down: ask each time.
# - You connect to the public address. Other machines in the same network use the private one.
# - An ID always means the same instance; a name or a position in a list does not.
#
# **Read more** in the EC2 User Guide: *Amazon EC2 instance IP addressing* and *EC2 instance hostnames and domains*; in
# the boto3 documentation: `describe_instances`.

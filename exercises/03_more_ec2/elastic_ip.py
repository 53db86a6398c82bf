# %% [markdown]
# # Move an Elastic IP address
#
# Other computers find a machine on the internet by its **IP address**, four numbers such as `203.0.113.7`. AWS gives an
# instance a public IP address while it is running, and takes the address back when the instance stops; at the next
# start the instance gets another one. That is no problem as long as only you connect to it.
#
# But later other people read your dashboard, a sensor sends its data to that address, or the hospital's database
# accepts connections from only one address. For this you need an **Elastic IP address**: it belongs to your account and
# not to an instance, so it stays the same when you replace the instance.
#
# In this step you replace an instance so that no user notices it, and release an address that nobody needs.

# %% [markdown]
# ## What it costs
#
# Each public IPv4 address costs half a US cent per hour, which is about 3.65 dollars per month. There are too few of
# these addresses in the world, so you also pay for an address that nobody uses, and at first an account can have only
# five Elastic IP addresses per Region.
#
# When you terminate an instance, you do not release its Elastic IP address. The address stays in your account, is not
# associated with any instance, and is on each month's bill until you **release** it. After that, AWS may give it to
# somebody else: if a program still uses the address, it then connects to a stranger's machine.

# %% [markdown]
# ## Two IDs, and the calls
#
# | | what it is | example |
# |---|---|---|
# | **allocation** | the address belongs to your account | `eipalloc-0aaa…` |
# | **association** | the address is used by an instance at the moment | `eipassoc-0bbb…` |
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# ec2.describe_addresses(AllocationIds=["eipalloc-0aaa…"])["Addresses"][0]
# # {"PublicIp": "203.0.113.7", "AllocationId": "eipalloc-0aaa…", "AssociationId": "eipassoc-0bbb…", "InstanceId": …}
# ec2.associate_address(AllocationId="eipalloc-0aaa…", InstanceId="i-0ccc…")
# ec2.release_address(AllocationId="eipalloc-0ddd…")
# ```
#
# What happens if the address is already associated with another instance? `associate_address` moves it, without asking.
# With `AllowReassociation=False`, AWS returns the error `Resource.AlreadyAssociated` instead. Older tutorials first
# remove the address from the old instance (`disassociate_address`); that works too, but for a short time the address is
# not associated with any instance.
#
# The old instance gets an ordinary public address again. What does ssh print when you connect to the same address as
# before and another machine answers? And why is it right to do so?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Act it out: one student is the address and stands behind the chair of another
# student, who is the instance. Move the address; stop the instance; terminate it. Who pays at each point?
#
# Demonstrate: `describe_addresses` before and after. You pay for an entry without `InstanceId`, but nobody uses it.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students allocate a new address for the new instance, which no user knows; they release the fixed
# address "to remove it from the old instance" (then it is gone); they disassociate the spare address but do not release
# it; they release every unused address, including a colleague's; they confuse the allocation ID and the association ID.
#
# For students who finish early: when is a DNS name better than a fixed address?

# %% [markdown]
# The next cell prepares your simulated AWS account with instances and addresses. You do not have to read the cell, but
# you can. Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng):
    who = rng.sample(["ada", "bola", "chen", "dima", "eszter", "fatima"], 3)
    what = rng.choice(["dashboard", "survey", "sensors"])
    images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
    image = max(images, key=lambda i: i["CreationDate"])["ImageId"]

    def launch(name):
        launched = ec2.run_instances(
            ImageId=image, InstanceType=rng.choice(["t3.micro", "t3.small"]), MinCount=1, MaxCount=1
        )
        id = launched["Instances"][0]["InstanceId"]
        ec2.create_tags(Resources=[id], Tags=[{"Key": "Name", "Value": name}])
        return id

    def address(owner, instance=None):
        id = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.create_tags(Resources=[id], Tags=[{"Key": "owner", "Value": owner}])
        if instance:
            ec2.associate_address(AllocationId=id, InstanceId=instance)
        return id

    machines = {name: launch(name) for name in rng.sample([what, f"{what}-2", "crawler", "database"], 4)}
    make = {
        "fixed": lambda: address(who[0], machines[what]),
        "spare": lambda: address(who[0]),
        "reserved": lambda: address(who[1]),
        "other": lambda: address(who[2], machines["database"]),
    }
    made = {name: make[name]() for name in rng.sample(list(make), 4)}
    return {
        "allocation_id": made["fixed"],
        "old_instance_id": machines[what],
        "new_instance_id": machines[f"{what}-2"],
        "spare_allocation_id": made["spare"],
    }


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given four strings. `given.allocation_id` is the allocation ID of the Elastic IP address that your users know:
# the *fixed address*. It is associated with the instance `given.old_instance_id`, which you replace by the instance
# `given.new_instance_id`. `given.spare_allocation_id` is the allocation ID of another address, which you no longer
# need: the *spare address*.
#
# **Associate the fixed address with the new instance, and release the spare address. Put the fixed IP address itself
# into the variable `public_ip`.** Do not allocate any address. Do not change anything else: the old instance keeps
# running, and other people keep their addresses, even those that they do not use.
#
# The address is a string and looks like this: `public_ip = "203.0.113.7"`. It is different in each run, so your code
# must take it from the response of AWS.
#
# <details><summary>Hint</summary>
#
# Three calls are enough, one for each part of the task: `associate_address`, `release_address`, `describe_addresses`.
# All three take an `AllocationId` or `AllocationIds`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Associate the fixed address with the new instance.

# 2. Release the spare address.

# 3. Which address do the users know?
public_ip = None

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked. If you released the wrong
# address, run the cell that defines `scene` above again: it prepares a new account (the real AWS would not).

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_fixed_address_leads_to_the_new_machine(after, given):
    """The fixed address is associated with the new instance."""
    fixed = after.get(given.allocation_id)
    assert fixed is not None, "The fixed address is not yours any more: your code released it."
    assert fixed.instance_id is not None, "The fixed address is not associated with any instance."
    assert fixed.instance_id == given.new_instance_id, (
        "The fixed address is still associated with the old instance."
        if fixed.instance_id == given.old_instance_id
        else "The fixed address is associated with an instance that is neither the old nor the new one."
    )


@check(points=2)
def test_spare_address_is_released(before, after, given):
    """The spare address is released."""
    if given.spare_allocation_id not in before:
        raise LookupError("the scene allocated no spare address")
    assert given.spare_allocation_id not in after, "The spare address is still yours, and you pay for it."


# %% [markdown]
# ## Key points
#
# - An Elastic IP address is yours until you release it, whatever happens to the instance, and you pay for it until
#   then.
# - One call moves it, without asking for a confirmation.
# - You cannot undo a release: check twice that it is the right address.
#
# **Read more** in the EC2 User Guide: *Elastic IP addresses* and *Amazon EC2 instance IP addressing*; in the boto3
# documentation: *associate_address*.

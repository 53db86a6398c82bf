# %% [markdown]
# # Move the address, not the visitors
#
# A machine on the internet is found by its **IP address**, four numbers such as `203.0.113.7`. AWS gives an instance a
# public one while it runs, and takes it back when the instance stops; at the next start it is another. Nobody minds, as
# long as you are the only visitor.
#
# Then your dashboard has readers, a sensor sends its data to that address, or the hospital's database lets in just one
# address. For this there is the **Elastic IP address**: it belongs to your account and not to a machine, so it stays
# when machines come and go.
#
# In this step you replace a machine without any visitor noticing, and return an address that nobody needs.

# %% [markdown]
# ## What it costs
#
# Half a US cent an hour for each public IPv4 address, some 3.65 dollars a month. There are too few of them in the
# world, so you pay for one that nobody uses just the same, and an account gets five in a region at first.
#
# Terminating the machine does not return its Elastic IP address. It stays with your account, leads nowhere, and is on
# each month's bill until you **release** it. Once it is released somebody else may get it: whatever still points there
# then leads to a stranger.

# %% [markdown]
# ## Two ids, and the calls
#
# | | what it is | example |
# |---|---|---|
# | **allocation** | that the address is yours | `eipalloc-0aaa…` |
# | **association** | that it leads to a machine at the moment | `eipassoc-0bbb…` |
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
# What if the address leads to another machine already? Today `associate_address` moves it, without a question. With
# `AllowReassociation=False` AWS refuses instead (`Resource.AlreadyAssociated`). Older tutorials take the address off
# the first machine before (`disassociate_address`); that works too, with a moment in which it leads nowhere.
#
# The machine that lost the address gets an ordinary one again. What does your ssh say when behind the address that it
# knows there is suddenly another machine, and why is it right?

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 10 minutes. Play it: one student is the address and stands behind the chair of another, who is
# the machine. Move; stop the machine; terminate it. Who pays at each moment?
#
# Demonstrate: `describe_addresses` before and after. An entry without `InstanceId` is money for nothing.

# %% [markdown] tags=["notes"]
# **Common mistakes.** A new address allocated for the new machine, which no visitor knows; the fixed one released "to
# get it off the old machine" (it is gone then); the spare one taken off but not released; every idle address released,
# a colleague's too; allocation id and association id mixed up.
#
# For those who are done early: when is a name in the DNS better than a fixed address?

# %% [markdown]
# The next cell makes your world: an account with machines and addresses. You need not read it, but you may. Everything
# is a simulation on your own computer, so nothing here can cost anything.

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
# You are given four strings. Visitors know the fixed address, whose allocation is `given.allocation_id`. It leads to
# the machine `given.old_instance_id`; `given.new_instance_id` is to take over. The allocation
# `given.spare_allocation_id` is of an address that you need no more.
#
# **Let the fixed address lead to the new machine, and release the spare one. Put the fixed address itself into the
# variable `public_ip`.** Allocate none. Leave everything else as it is: the old machine runs on, and other people's
# addresses stay theirs, the idle ones too.
#
# The answer is a string and looks like this: `public_ip = "203.0.113.7"`. It is another one each time, so let your code
# take it from what AWS answers.
#
# <details><summary>Hint</summary>
#
# Three calls are enough, one for each sentence of the task: `associate_address`, `release_address`,
# `describe_addresses`. All three take an `AllocationId` or `AllocationIds`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Let the fixed address lead to the new machine.

# 2. Release the spare address.

# 3. Which address do the visitors use?
public_ip = None

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in. If you released the wrong one, run the scene cell
# above again: it makes you a new world, which AWS would not.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_fixed_address_leads_to_the_new_machine(after, given):
    """The fixed address leads to the new machine."""
    fixed = after.get(given.allocation_id)
    assert fixed is not None, "The fixed address is not yours any more: it was released."
    assert fixed.instance_id is not None, "The fixed address leads to no machine at all."
    assert fixed.instance_id == given.new_instance_id, (
        "The fixed address leads to the old machine as before."
        if fixed.instance_id == given.old_instance_id
        else "The fixed address leads to a machine that is neither the old nor the new one."
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
# - Machines come and go; an Elastic IP address stays until you release it, and costs until then.
# - Moving it takes one call. Nobody asks whether you meant it.
# - Released is gone: look twice which one it is.
#
# **Read more** in the EC2 User Guide: *Elastic IP addresses* and *Amazon EC2 instance IP addressing*; in the boto3
# documentation: *associate_address*.

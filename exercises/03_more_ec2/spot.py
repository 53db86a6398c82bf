# %% [markdown]
# # Machines on sale
#
# AWS has to keep more machines than are rented at any moment. What stands idle it sells at a discount: as **Spot
# Instances**, the very same machines, often at a third of the list price and sometimes at a tenth. There is one
# condition. When somebody pays the full price, AWS takes yours back, with two minutes' notice.
#
# For a website that is no bargain. For data science it often is: training a model that saves its state every few
# minutes, or a thousand independent simulations, of which one more or less has to be run again. What must not be lost
# lies in S3, not on the machine.
#
# In this step you get a Spot Instance, and leave nothing behind: that is the harder part.

# %% [markdown]
# ## A request, and an instance
#
# What you make is a **Spot request**: such a machine, for a certain price an hour at most. If the market is cheaper,
# the request is fulfilled by an instance, and you pay the market's price, not your maximum. If you name no maximum, it
# is the list price.
#
# | state of the request | what it means |
# |---|---|
# | `open` | it waits: being evaluated for a moment, or for as long as your price is too low |
# | `active` | it has its instance |
# | `closed` or `cancelled` | it is over |
#
# Request and instance are two things, and live on by themselves. **Cancelling the request does not end the
# instance**: it runs on, at your expense.
#
# There are two kinds of requests. A **one-time** request is over when its instance ends. A **persistent** one wants a
# new instance then: if you terminate the instance and not the request, another one runs a minute later. In which
# order do you clean up after a persistent request, and why?

# %% [markdown]
# ## Two ways to ask
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.request_spot_instances(
#     SpotPrice="0.0123",
#     Type="one-time",
#     LaunchSpecification={"ImageId": "ami-0aaa…", "InstanceType": "t3.medium"},
# )
# answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]  # sir-abcd1234
# ```
#
# The answer comes before the instance. The waiter `spot_instance_request_fulfilled` waits for that, and
# `describe_spot_instance_requests` then has the `"InstanceId"`.
#
# The other way, which AWS recommends today, is an ordinary launch with a few more words. It answers with the instance,
# and fails at once if the price is too low.
#
# ```python
# ec2.run_instances(
#     ImageId="ami-0aaa…", InstanceType="t3.medium", MinCount=1, MaxCount=1,
#     InstanceMarketOptions={
#         "MarketType": "spot",
#         "SpotOptions": {"MaxPrice": "0.0123", "SpotInstanceType": "one-time"},
#     },
# )
# ```
#
# The id of the request is in the instance's entry, as `"SpotInstanceRequestId"`. Prices are strings in both.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes; pairs. Ask first which of their own jobs could be cut off at any minute, and what
# they would have to change so that it does no harm.
#
# Demonstrate: a persistent request in the practice cloud. Terminate its instance, look at the list of instances a
# second later, and let the class explain what they see.

# %% [markdown] tags=["notes"]
# **Common mistakes.** The request cancelled, and its instance running for weeks; the id asked for before the request is
# fulfilled (`KeyError: 'InstanceId'`); no maximum price; `stop_instances`, which AWS refuses for a one-time request;
# all requests of the account cancelled.
#
# For those who are done early: what does `describe_spot_price_history` tell, and what would one look for in it?

# %% [markdown]
# The next cell makes your world: an account in which colleagues have Spot Instances, too. You need not read it, but you
# may. Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate

USD_PER_HOUR = {"c5.xlarge": 0.17, "c5.2xlarge": 0.34, "m5.xlarge": 0.192, "r5.xlarge": 0.252, "g4dn.xlarge": 0.526}


def scene(ec2, rng, variant):
    def one(options):
        """One of the options, another one in each variant, and one of the rest."""
        chosen = options[variant % len(options)]
        return chosen, rng.choice([option for option in options if option != chosen])

    images = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"]
    image, other_image = one(sorted(i["ImageId"] for i in images))
    wanted, other = one(list(USD_PER_HOUR))

    def request(type, image, price, kind="one-time"):
        launch = {"ImageId": image, "InstanceType": type}
        ec2.request_spot_instances(SpotPrice=f"{price:.4f}", Type=kind, LaunchSpecification=launch)

    others = [
        lambda: request(other, image, USD_PER_HOUR[other]),
        lambda: request(wanted, other_image, USD_PER_HOUR[wanted], "persistent"),
        lambda: request(wanted, image, USD_PER_HOUR[wanted] / 100),
        lambda: ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1),
    ]
    for make in rng.sample(others, 4):
        make()
    ec2.describe_spot_instance_requests()  # what can be fulfilled, is
    return {
        "image_id": image,
        "instance_type": wanted,
        "max_price": f"{USD_PER_HOUR[wanted] * rng.uniform(0.5, 0.85):.4f}",
    }


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given three strings: `given.image_id`, `given.instance_type` and `given.max_price`, the dollars an hour that
# you may spend at most.
#
# **Get a Spot Instance of this type, from this image, by a one-time request with that maximum price or a lower one, and
# wait until it runs.** Here your job would compute; in this exercise it has nothing to do. **Then end the instance, and
# see to it that no request of yours is left open.** Put the two ids into `request_id` and `instance_id`. Leave
# everything that others have in the account as it is, and nothing of yours that costs money.
#
# The answers are strings and look like this: `request_id = "sir-abcd1234"`, `instance_id = "i-0c1a2b3d4e5f60718"`.
#
# <details><summary>Hint</summary>
#
# Keep both ids before you clean up. `cancel_spot_instance_requests` takes `SpotInstanceRequestIds=[…]`,
# `terminate_instances` takes `InstanceIds=[…]`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Ask for a Spot Instance, at given.max_price at most.
request_id = None

# 2. Wait until the request has its instance, and until that one runs.
instance_id = None

# 3. Leave nothing behind.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as the price and the kind of the request. If
# something of yours is left, you can clean up with some more lines, or run the scene cell above again.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_request_id_is_of_a_new_request(before, after, answers):
    """`request_id` is the id of a Spot request that your code made."""
    id = answers.request_id
    assert id is not None, "`request_id` is still None: set it to the id of your Spot request."
    assert isinstance(id, str), f"`request_id` must be a string such as 'sir-abcd1234', but it is {str(id)[:60]}."
    assert id in after.ids("SpotRequest"), "`request_id` is not the id of a Spot request in this account."
    assert id not in before, "`request_id` is the id of a request that was there before your code ran."


@check(points=1)
def test_instance_id_is_of_a_spot_instance(before, after, answers):
    """`instance_id` is the id of a Spot Instance that your code got."""
    id = answers.instance_id
    assert id is not None, "`instance_id` is still None: set it to the id of your instance."
    assert isinstance(id, str), f"`instance_id` must be a string such as 'i-0c1a…', but it is {str(id)[:60]}."
    assert id in after.instances(), "`instance_id` is not the id of an instance in this account."
    assert id not in before, "`instance_id` is the id of an instance that was there before your code ran."
    assert after[id].lifecycle == "spot", (
        "`instance_id` is the id of an instance at the full price, not of the Spot market."
    )


@check(points=4, needs=test_instance_id_is_of_a_spot_instance)
def test_instance_is_ended(after, answers):
    """That instance is terminated."""
    state = after.state(answers.instance_id)
    assert state == "terminated", f"The instance `instance_id` is {state}, not terminated: it costs money."


# %% [markdown]
# ## Key points
#
# - Idle machines are cheap, and may be taken back at any minute: save what you have, often, in S3.
# - Say what you pay at most, and say that once is enough.
# - A request and its instance are two things. Clean up both, and look whether they are gone.
#
# **Read more** in the EC2 User Guide: *Spot Instances*, *Best practices for Amazon EC2 Spot* and *Cancel a Spot
# Instance request*.

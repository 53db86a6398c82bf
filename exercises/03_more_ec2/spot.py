# %% [markdown]
# # Launch a Spot Instance
#
# AWS always has more machines than its customers rent. It rents out the unused ones at a discount, as **Spot
# Instances**: the same machines, often at a third of the list price and sometimes at a tenth. There is one condition:
# when AWS needs the machine for somebody who pays the full price, it takes your instance back, and warns you two
# minutes before.
#
# A website should not run on such an instance. But for data science it is often a good choice: for example, you train a
# model and save its state every few minutes, or you run a thousand independent simulations and can easily repeat some
# of them. Store everything that you must not lose in S3, not on the instance.
#
# In this step you launch a Spot Instance, and then clean up completely: that is the harder part.

# %% [markdown]
# ## The request and the instance
#
# You send a **Spot Instance request** to AWS: it says which instance you want, and the maximum price per hour. If the
# current Spot price is lower, AWS fulfills the request with an instance, and you pay the Spot price, not your maximum
# price. If you specify no maximum price, it is the list price.
#
# | state of the request | what it means |
# |---|---|
# | `open` | AWS has not fulfilled it yet: for a short time while AWS evaluates it, or as long as your price is too low |
# | `active` | it has an instance |
# | `closed` or `cancelled` | it has ended |
#
# The request and the instance are two different things. **If you cancel the request, AWS does not terminate the
# instance**: it keeps running, and you keep paying for it.
#
# There are two types of requests. A **one-time** request ends when its instance ends. A **persistent** request then
# asks for a new instance: if you terminate the instance but do not cancel the request, a new instance is running a
# minute later. In which order do you clean up after a persistent request, and why?

# %% [markdown]
# ## Two ways to request a Spot Instance
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.request_spot_instances(
#     SpotPrice="0.0123",
#     Type="one-time",
#     LaunchSpecification={"ImageId": "ami-0aaa…", "InstanceType": "t3.medium"},
# )
# response["SpotInstanceRequests"][0]["SpotInstanceRequestId"]  # sir-abcd1234
# ```
#
# The call returns before the request has an instance. The waiter `spot_instance_request_fulfilled` waits until it has
# one, and then the response of `describe_spot_instance_requests` contains its `"InstanceId"`.
#
# The other way, which AWS recommends today, is an ordinary launch with a few more parameters. The response contains the
# instance, and the call fails at once if your price is too low.
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
# The entry of the instance in the response contains the ID of the request, as `"SpotInstanceRequestId"`. In both ways
# prices are strings.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 20 minutes; in pairs. First ask which of their own jobs could be interrupted at any minute,
# and what they would have to change so that nothing is lost.
#
# Demonstrate: a persistent request in the practice cloud. Terminate its instance, list the instances a second later,
# and let the class explain what they see.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students cancel the request, but leave its instance running for weeks; they read the instance ID
# before the request is fulfilled (`KeyError: 'InstanceId'`); they specify no maximum price; they call `stop_instances`,
# which AWS does not allow for a one-time request; they cancel all requests of the account.
#
# For students who finish early: what does `describe_spot_price_history` show, and what would you search for in it?

# %% [markdown]
# The next cell prepares your simulated AWS account, in which your colleagues have Spot Instances, too. You do not have
# to read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# You are given three strings: `given.image_id`, `given.instance_type` and `given.max_price`, the maximum price that you
# may pay, in dollars per hour.
#
# **Launch a Spot Instance of this type, from this image, with a one-time request that has this maximum price or a lower
# one, and wait until the instance is running.** Now your job would run; in this exercise there is no job. **Then
# terminate the instance, and make sure that no request of yours is left open or active.** Put the ID of the request
# into `request_id`, and the ID of the instance into `instance_id`. Do not change anything of others in the account, and
# do not leave anything of yours that costs money.
#
# The IDs are strings and look like this: `request_id = "sir-abcd1234"`, `instance_id = "i-0c1a2b3d4e5f60718"`.
#
# <details><summary>Hint</summary>
#
# Save both IDs before you clean up. `cancel_spot_instance_requests` takes `SpotInstanceRequestIds=[…]`,
# `terminate_instances` takes `InstanceIds=[…]`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Request a Spot Instance, with given.max_price as the maximum price.
request_id = None

# 2. Wait until the request has an instance, and until this instance is running.
instance_id = None

# 3. Clean up.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example the price and the
# type of the request. If something of yours is left, you can clean up with some more lines, or run the cell that
# defines `scene` above again.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_request_id_is_of_a_new_request(before, after, answers):
    """`request_id` is the ID of a Spot Instance request that your code made."""
    id = answers.request_id
    assert id is not None, "`request_id` is still None: set it to the ID of your Spot Instance request."
    assert isinstance(id, str), f"`request_id` must be a string such as 'sir-abcd1234', but it is {str(id)[:60]}."
    assert id in after.ids("SpotRequest"), "`request_id` is not the ID of a Spot Instance request in this account."
    assert id not in before, "`request_id` is the ID of a request that was there before your code ran."


@check(points=1)
def test_instance_id_is_of_a_spot_instance(before, after, answers):
    """`instance_id` is the ID of a Spot Instance that your code launched."""
    id = answers.instance_id
    assert id is not None, "`instance_id` is still None: set it to the ID of your instance."
    assert isinstance(id, str), f"`instance_id` must be a string such as 'i-0c1a…', but it is {str(id)[:60]}."
    assert id in after.instances(), "`instance_id` is not the ID of an instance in this account."
    assert id not in before, "`instance_id` is the ID of an instance that was there before your code ran."
    assert after[id].lifecycle == "spot", (
        "`instance_id` is the ID of an On-Demand Instance, at the full price, not of a Spot Instance."
    )


@check(points=4, needs=test_instance_id_is_of_a_spot_instance)
def test_instance_is_ended(after, answers):
    """Your Spot Instance is terminated."""
    state = after.state(answers.instance_id)
    assert state == "terminated", f"The instance with the ID `instance_id` is {state}, not terminated: it costs money."


# %% [markdown]
# ## Key points
#
# - Spot Instances are cheap, but AWS can take them back at any time: often save your results in S3.
# - Specify a maximum price, and a one-time request.
# - A request and its instance are two things. Clean up both, and check that nothing is left.
#
# **Read more** in the EC2 User Guide: *Spot Instances*, *Best practices for Amazon EC2 Spot* and *Cancel a Spot
# Instance request*.

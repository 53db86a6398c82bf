# %% [markdown]
# # Create an image of an instance
#
# You spent half a day to set up an instance: drivers, Python, libraries, settings, and small fixes that nobody wrote
# down. Next week you want the same on a larger instance, or on ten instances. You can do all the work again, or you can
# create an image now.
#
# Such an image is called an **AMI** (Amazon Machine Image): a copy of an instance's disks, from which you can launch
# new instances. You have already used AMIs from Amazon or Ubuntu. You can also create one from any instance of your
# own.
#
# In this step you create an image of an instance that somebody has set up, and launch a second instance from it.

# %% [markdown]
# ## What is in an image, and what it costs
#
# An image contains what was on the disks, but not what was in memory: programs that were running on the original do not
# run on the copy. The image also does not contain the instance type. You choose the type at each launch: so you can set
# up a small instance, and use its image on a large instance for one night.
#
# For each disk of the instance, AWS stores a **snapshot**, and you pay for the snapshots: about 5 cents per GB and
# month, as long as they exist. An image of 8 GB costs 40 cents per month; thirty forgotten images of 100 GB cost 150
# dollars per month.
#
# The image contains everything that is on the disk. This includes passwords, access keys and patients' data, and they
# are then on each instance that you launch from the image. What would you search for before you share an image with a
# colleague?

# %% [markdown]
# ## How to create an image
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.create_image(InstanceId="i-0aaa…", Name="geo-tools-2")
# response["ImageId"]  # ami-0bbb…
# ```
#
# AWS reboots the instance, so that no file in the image is only half written, unless you add `NoReboot=True`. After the
# reboot the instance is running again, but a computation that was running on it is lost.
#
# The call returns at once, but the copy takes minutes. Until it is complete, the state of the image is `pending`, and
# you cannot launch an instance from it (AWS returns the error `InvalidAMIID.Unavailable`). The waiter for this is
# called `image_available`, and takes `ImageIds=[…]`.
#
# The name must be unique: you cannot have two images with the same name in one Region.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. A good topic for a discussion: which parts of an instance are in an image? Let
# pairs sort cards: type, address, disk, key pair, security groups, running programs, installed packages, tags.
#
# Demonstrate: the `ImageId` of the original and of the clone. Many students expect that the original's `ImageId`
# changes.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students do not wait; they launch the second instance from the image of the first (the `ImageId`
# of the original, which is plain Amazon Linux); they terminate the original, because "it is saved now"; they leave
# their first attempt behind, with its snapshot; they think that `deregister_image` alone ends the costs.
#
# A good question for the end: image or script? When is a script that sets up a new instance better than an image?

# %% [markdown]
# The next cell prepares your simulated AWS account with some instances, and with older images of some of them. You do
# not have to read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost
# anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, variant):
    tools = ["geo-tools", "deep-learning", "genomics", "text-mining"]
    tools = [tools[variant % 4], tools[(variant + rng.randint(1, 3)) % 4]]
    number = rng.randint(3, 40)
    small, other = rng.sample(["t3.micro", "t3.small", "t3.medium"], 2)
    large = ["t3.large", "t3.xlarge", "m5.large", "m5.xlarge", "c5.xlarge"][variant % 5]
    images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
    plain = max(images, key=lambda i: i["CreationDate"])["ImageId"]

    def launch(name, type=small, image=plain):
        launched = ec2.run_instances(ImageId=image, InstanceType=type, MinCount=1, MaxCount=1)
        id = launched["Instances"][0]["InstanceId"]
        ec2.create_tags(Resources=[id], Tags=[{"Key": "Name", "Value": name}])
        return id

    def save(id, name):
        return ec2.create_image(InstanceId=id, Name=name)["ImageId"]

    first = [lambda: launch(tools[0], type=other), lambda: launch(tools[1])]
    for make in rng.sample(first, rng.randint(1, 2)):
        make()
    mine = launch(tools[0])
    save(mine, f"{tools[0]}-{number - 2}")
    before = save(mine, f"{tools[0]}-{number - 1}")
    launch(f"{tools[0]}-clone", type=large, image=before)
    save(launch(tools[1], type=other), f"{tools[1]}-{number}")
    ec2.stop_instances(InstanceIds=[launch("archive")])
    return {"instance_id": mine, "image_name": f"{tools[0]}-{number}", "instance_type": large}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given three strings. `given.instance_id` is the ID of the instance that somebody has set up.
#
# **Create an image of it with `create_image`, with the name `given.image_name`, and launch exactly one instance of the
# type `given.instance_type` from this image. Put the ID of the image into the variable `image_id`, and the ID of the
# new instance into `clone_id`.**
#
# **At the end both instances must be running**: wait until the new one is. `create_image` may reboot the original. You
# may also stop the original for the copy, if you start it again. Do not change anything else, and do not leave behind
# anything that the task does not ask for.
#
# The IDs are strings and look like this: `image_id = "ami-0c1a2b3d4e5f60718"`, `clone_id = "i-0c1a2b3d4e5f60718"`.
#
# <details><summary>Hint</summary>
#
# Four steps: `create_image`; `ec2.get_waiter("image_available").wait(ImageIds=[…])`; `run_instances` with the ID of the
# new image; wait until the new instance is running.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Create an image of the instance, and wait until it is available.
image_id = None

# 2. Launch one instance from it, and wait until it is running.
clone_id = None

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example which image the
# clone was launched from. If you made a mistake, run the cell that defines `scene` above again: it prepares a new
# account.

# %% tags=["check"]
from drycloud import check


@check(points=3)
def test_image_id_is_of_the_new_image(before, after, given, answers):
    """`image_id` is the ID of a new image of the instance."""
    id = answers.image_id
    assert id is not None, "`image_id` is still None: set it to the ID of the image that you created."
    assert isinstance(id, str), f"`image_id` must be a string such as 'ami-0c1a…', but it is {str(id)[:60]}."
    assert id in after.ids("Image"), "`image_id` is not the ID of an image that this account owns."
    assert id not in before, "`image_id` is the ID of an image that was there before your code ran."
    assert after[id].source_instance == given.instance_id, "`image_id` is not an image of `given.instance_id`."


@check(points=3)
def test_clone_id_is_of_a_new_instance(before, after, answers):
    """`clone_id` is the ID of an instance that your code launched, and it is running."""
    id = answers.clone_id
    assert id is not None, "`clone_id` is still None: set it to the ID of the instance that you launched."
    assert isinstance(id, str), f"`clone_id` must be a string such as 'i-0c1a…', but it is {str(id)[:60]}."
    assert id in after.instances(), "`clone_id` is not the ID of an instance in this account."
    assert id not in before, "`clone_id` is the ID of an instance that was there before your code ran."
    assert after.state(id) == "running", f"The instance with the ID `clone_id` is {after.state(id)}, not running."


# %% [markdown]
# ## Key points
#
# - An image contains the disks. You choose the type, the security groups and the tags at each launch.
# - It takes some time to create an image, and you pay for it as long as its snapshots exist.
# - An image contains everything on the disk, also passwords and keys.
#
# **Read more** in the EC2 User Guide: *Amazon Machine Images in Amazon EC2*, *Create an Amazon EBS-backed AMI* and
# *Deregister an Amazon EC2 AMI*, which explains what happens to the snapshots.

# %% [markdown]
# # Copy a machine
#
# Half a day went by until the machine was as you need it: drivers, Python, libraries, settings, the small fixes that
# nobody wrote down. Next week you want it again, larger, or ten of them. You can do it all anew, or you can take a
# picture now.
#
# That picture is an **AMI** (Amazon Machine Image): a copy of a machine's disks, from which new machines start. You
# have used those of Amazon or Ubuntu already. Any instance of yours can become one.
#
# In this step you save a machine that somebody has set up, and start a second one from it.

# %% [markdown]
# ## What is in an image, and what it costs
#
# An image holds what was on the disks, and nothing of what was in memory: programs that ran do not run in the copy.
# What it does not hold either is the size of the machine. You choose an instance type at each launch, which is how a
# small machine that you set up by hand becomes a large one for a night.
#
# For each disk AWS keeps a **snapshot**, and that is what you pay: about 5 cents per GB and month, for as long as it
# lies there. An image of 8 GB is 40 cents a month, thirty forgotten ones of 100 GB are 150 dollars.
#
# Everything on the disk is in the picture. Passwords, access keys and patients' data are in it too, and in each machine
# that is started from it. What would you look for before you give an image to a colleague?

# %% [markdown]
# ## How it is made
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.create_image(InstanceId="i-0aaa…", Name="geo-tools-2")
# answer["ImageId"]  # ami-0bbb…
# ```
#
# To get a picture in which nothing is half written, AWS restarts the machine, unless you add `NoReboot=True`. It comes
# back by itself, but a computation that runs there is lost.
#
# The call returns at once, and the copying takes minutes. Until it is done the image's state is `pending`, and AWS
# refuses to launch from it (`InvalidAMIID.Unavailable`). The waiter for this is called `image_available`, and takes
# `ImageIds=[…]`.
#
# A name is given once: AWS refuses a second image of yours with the same name.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes, good for a discussion: which parts of a machine are in an image? Let pairs sort
# cards: type, address, disk, key pair, security groups, running programs, installed packages, tags.
#
# Demonstrate: the original's `ImageId` and the clone's. Many expect that the original's changes.

# %% [markdown] tags=["notes"]
# **Common mistakes.** No waiting; the second machine launched from the image of the first (`ImageId` of the original,
# which is the plain Amazon Linux); the original terminated, since "it is saved now"; the first try left behind, with
# its snapshot; `deregister_image` taken for the end of the costs.
#
# A good question for the end: image or script? When is a script that sets up a fresh machine better than a picture?

# %% [markdown]
# The next cell makes your world: an account with machines, and with older pictures of some. You need not read it, but
# you may. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# You are given three strings. `given.instance_id` is the machine that somebody has set up.
#
# **Save it with `create_image` as an image with the name `given.image_name`, and launch exactly one instance of the
# type `given.instance_type` from that image. Put the two ids into the variables `image_id` and `clone_id`.**
#
# **At the end both machines run**: wait until the new one does. The restart that comes with `create_image` does no
# harm; you may also stop the original for the copy, if you start it again. Leave everything else as it is, and leave
# nothing behind that was not ordered.
#
# The answers are strings and look like this: `image_id = "ami-0c1a2b3d4e5f60718"`, `clone_id = "i-0c1a2b3d4e5f60718"`.
#
# <details><summary>Hint</summary>
#
# Four steps: `create_image`; `ec2.get_waiter("image_available").wait(ImageIds=[…])`; `run_instances` with the new
# image's id; wait until the new instance is running.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Save the machine as an image, and wait until it is available.
image_id = None

# 2. Launch one instance from it, and wait until it is running.
clone_id = None

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as what the clone was started from. If you
# went wrong, run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


@check(points=3)
def test_image_id_is_of_the_new_image(before, after, given, answers):
    """`image_id` is the id of a new image of the machine."""
    id = answers.image_id
    assert id is not None, "`image_id` is still None: set it to the id of the image that you made."
    assert isinstance(id, str), f"`image_id` must be a string such as 'ami-0c1a…', but it is {str(id)[:60]}."
    assert id in after.ids("Image"), "`image_id` is not the id of an image of this account's own."
    assert id not in before, "`image_id` is the id of an image that was there before your code ran."
    assert after[id].source_instance == given.instance_id, "The image `image_id` was not made of `given.instance_id`."


@check(points=3)
def test_clone_id_is_of_a_new_instance(before, after, answers):
    """`clone_id` is the id of an instance that your code launched, and it is running."""
    id = answers.clone_id
    assert id is not None, "`clone_id` is still None: set it to the id of the instance that you launched."
    assert isinstance(id, str), f"`clone_id` must be a string such as 'i-0c1a…', but it is {str(id)[:60]}."
    assert id in after.instances(), "`clone_id` is not the id of an instance in this account."
    assert id not in before, "`clone_id` is the id of an instance that was there before your code ran."
    assert after.state(id) == "running", f"The instance `clone_id` is {after.state(id)}, not running."


# %% [markdown]
# ## Key points
#
# - An image is the disks. Type, address, groups and tags are chosen at each launch.
# - It takes a while, and it costs as long as its snapshots lie there.
# - A picture keeps everything, the secrets too.
#
# **Read more** in the EC2 User Guide: *Amazon Machine Images in Amazon EC2*, *Create an Amazon EBS-backed AMI* and
# *Deregister an Amazon EC2 AMI*, which tells what becomes of the snapshots.

# %% [markdown]
# # Who may knock?
#
# A notebook server such as JupyterLab is a program that waits for visitors. On your laptop it waits at
# `localhost:8888`, where only you can come by. On a rented machine the whole internet could come by, and it does:
# machines that do nothing but try doors find a new one within minutes. Behind the door of a notebook lies everything,
# since anybody who reaches it can run code on your machine, read your data and use your AWS account.
#
# What lets in some visitors and not others is a **security group**: a firewall that AWS puts in front of an instance.
# It costs nothing.
#
# In this step you let a notebook be reached from your institute's network, and from nowhere else.

# %% [markdown]
# ## Rules, ports and networks
#
# A security group is a list of **rules**. Each inbound rule lets something in; what no rule lets in stays out. There
# are no rules that forbid. A rule has three parts:
#
# | part | what it says | example |
# |---|---|---|
# | protocol | how programs talk; notebooks, websites and ssh use `tcp`, and `-1` stands for everything | `tcp` |
# | ports | which door: a program waits at a numbered port; a rule has the first and the last of a range | 8888 to 8888 |
# | source | who: a network, or the members of another security group | `203.0.113.64/26` |
#
# A network is written as an address and a number of bits, which is called **CIDR** notation. In `203.0.113.64/26` the
# first 26 of an address's 32 bits are fixed, so it stands for the 64 addresses from `203.0.113.64` to `203.0.113.127`.
# `/32` is a single address. `0.0.0.0/0` is everybody, and `::/0` is everybody with the newer, longer IPv6 addresses.
#
# Two questions before you go on. How many addresses does a `/24` hold? And who can reach a machine that is in two
# groups, one with a narrow rule and one with `0.0.0.0/0`?

# %% [markdown]
# ## A group, and who is in it
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.create_security_group(GroupName="shiny-app", Description="the statistics group's apps")
# answer["GroupId"]  # sg-0aaa…
# ```
#
# A new group has no inbound rule. `authorize_security_group_ingress` adds some. Outbound everything is allowed, and
# the answers to what was let in need no rule.
#
# A group without members protects nothing. An instance gets its groups at launch, and you can change them while it
# runs: `modify_instance_attribute(InstanceId=…, Groups=[…])`. Mind that this **sets the whole list**: groups that you
# do not name are taken away, and with them perhaps the only rule by which anybody can log in. Which groups it has now,
# `describe_instances` tells you.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Start at the board: a house with 65,536 doors. Pairs write down, for a rule that
# they are shown, who can come in by which door; the last one shown is `-1` from `0.0.0.0/0`.
#
# Demonstrate: the log of refused logins of any machine with port 22 open to the world, if you have one at hand.

# %% [markdown] tags=["notes"]
# **Common mistakes.** `0.0.0.0/0`, "to make it work first"; `FromPort=0`, because it sounds like the visitor's port;
# the group made and never attached; `Groups=[new]` alone, after which nobody can log in any more; the rule added to a
# group that other machines are in, too.
#
# For those who are done early: a rule may name another group as its source. When is that better than a network?

# %% [markdown]
# The next cell makes your world: an account with some machines and their groups. You need not read it, but you may.
# Everything is a simulation on your own computer, so nothing here can cost anything.

# %% tags=["scene"]
import ipaddress

from drycloud import simulate


def scene(ec2, rng, variant):
    who, other = rng.sample(["ada", "bola", "chen", "dima", "eszter", "fatima"], 2)
    tool, port = [("jupyter", 8888), ("rstudio", 8787), ("jupyter", 8889), ("dash", 8050)][variant % 4]
    block = ipaddress.ip_network(["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"][variant % 3])
    network = str(rng.choice(list(block.subnets(new_prefix=rng.randint(25, 28)))))
    desk = f"{rng.choice(list(block.hosts()))}/32"
    name = f"{tool}-{who}"
    images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
    image = max(images, key=lambda i: i["CreationDate"])["ImageId"]

    def group(name, *rules):
        id = ec2.create_security_group(GroupName=name, Description="made by a colleague")["GroupId"]
        permissions = [
            {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": source}]}
            for port, source in rules
        ]
        ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=permissions)
        return id

    ssh = group(f"ssh-{who}", (22, desk))
    metrics = group("metrics", (9100, "10.0.0.0/8"))
    web = group("web", (80, "0.0.0.0/0"), (443, "0.0.0.0/0"))
    group(f"{name}-old", (port, "0.0.0.0/0"))
    group(f"{tool}-{other}", (port, network), (22, desk))

    def launch(name, *groups):
        launched = ec2.run_instances(
            ImageId=image, InstanceType="t3.large", MinCount=1, MaxCount=1, SecurityGroupIds=list(groups)
        )
        id = launched["Instances"][0]["InstanceId"]
        ec2.create_tags(Resources=[id], Tags=[{"Key": "Name", "Value": name}])
        return id

    launch("notebook", ssh, web)
    mine = launch("notebook", *rng.sample([ssh, metrics], 2))
    launch("database", ssh, metrics)
    return {"group_name": name, "port": port, "cidr": network, "instance_id": mine}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# A notebook server waits on the instance `given.instance_id`, at the port `given.port` (a number). `given.cidr` is the
# network of your institute.
#
# **Make a new security group with the name `given.group_name` that lets in TCP at this one port, from this network, and
# nothing else. Put the instance into it, beside the groups that it is in already. Put the group's id into the variable
# `group_id`.** Leave everything else in the account as it is.
#
# The answer is a string and looks like this: `group_id = "sg-0c1a2b3d4e5f60718"`.
#
# <details><summary>Hint</summary>
#
# `authorize_security_group_ingress` takes a single rule as `GroupId`, `IpProtocol`, `FromPort`, `ToPort` and `CidrIp`,
# or a list of rules as `IpPermissions`. An instance's entry in the answer of `describe_instances` has a list
# `"SecurityGroups"`, with a `"GroupId"` each. The new list is these ids, and one more.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Make the group, and keep its id.
group_id = None

# 2. Let the network in, at the port.

# 3. Put the instance into the group too.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in: who else could come in now? If you went wrong,
# run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_group_id_is_of_the_new_group(before, after, given, answers):
    """`group_id` is the id of a new security group with the name that was given."""
    id = answers.group_id
    assert id is not None, "`group_id` is still None: set it to the id of the group that you made."
    assert isinstance(id, str), f"`group_id` must be a string such as 'sg-0c1a…', but it is {str(id)[:60]}."
    assert id in after.ids("SecurityGroup"), "`group_id` is not the id of a security group in this account."
    assert id not in before, "`group_id` is the id of a group that was there before your code ran."
    assert after[id].name == given.group_name, "The name of the group `group_id` is not `given.group_name`."


@check(points=4)
def test_instance_is_in_the_new_group(before, after, given):
    """The instance is in the new security group."""
    new = after.new_since(before, "SecurityGroup")
    named = [id for id in new if after[id].name == given.group_name]
    assert any(id in after[given.instance_id].groups for id in named or new), (
        "The instance `given.instance_id` is not in a new group with the name `given.group_name`. As long as nothing "
        "is in it, a group lets nobody in and keeps nobody out."
    )


# %% [markdown]
# ## Key points
#
# - What no rule lets in stays out. Name the port, and name the network.
# - Rules only add up: the widest rule of all of a machine's groups decides.
# - Before you set a list, read what is in it.
#
# **Read more** in the Amazon VPC User Guide: *Control traffic to your AWS resources using security groups*; in the EC2
# User Guide: *Security group rules for different use cases* and *Change the security groups for your Amazon EC2
# instance*.

# %% [markdown]
# # Create a security group
#
# A notebook server such as JupyterLab is a program that waits for connections. On your laptop it listens on
# `localhost:8888`, which only you can reach. On a rented machine, anybody on the internet could reach it: attackers'
# programs search for open ports all day, and find a new one within minutes. A notebook is especially dangerous: anybody
# who reaches it can run code on your machine, read your data and use your AWS account.
#
# A **security group** is a firewall for an instance: it decides which connections can reach the instance. It costs
# nothing.
#
# In this step you make a notebook reachable from your institute's network, and from nowhere else.

# %% [markdown]
# ## Rules, ports and networks
#
# A security group is a list of **rules**. Each inbound rule allows some connections. If no rule allows a connection, it
# is blocked; there are no rules that deny. A rule has three parts:
#
# | part | what it says | example |
# |---|---|---|
# | protocol | the network protocol; notebooks, websites and ssh use `tcp`, and `-1` means all protocols and all ports | `tcp` |
# | ports | each program listens on a numbered port; a rule has the first and the last port of a range | 8888 to 8888 |
# | source | who may connect: a network, or the instances that have another security group | `203.0.113.64/26` |
#
# A network is written as an address and a number of bits; this is called **CIDR** notation. In `203.0.113.64/26` the
# first 26 of the address's 32 bits are fixed, so it means the 64 addresses from `203.0.113.64` to `203.0.113.127`.
# `/32` is a single address. `0.0.0.0/0` means everybody, and `::/0` means everybody with the newer, longer IPv6
# addresses.
#
# Two questions before you continue: How many addresses does a `/24` contain? And who can reach an instance that has two
# security groups, one with a narrow rule and one with `0.0.0.0/0`?

# %% [markdown]
# ## Create a group and add it to an instance
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.create_security_group(GroupName="shiny-app", Description="the statistics group's apps")
# response["GroupId"]  # sg-0aaa…
# ```
#
# A new security group has no inbound rules. You add them with `authorize_security_group_ingress`. All outbound
# connections are allowed, and the responses to an allowed inbound connection need no rule.
#
# A security group that no instance has does not protect anything. An instance gets its security groups at launch, and
# you can change them while it is running: `modify_instance_attribute(InstanceId=…, Groups=[…])`. Be careful: this call
# **sets the whole list**. It removes all groups that you do not name, perhaps also the one that allows you to log in.
# `describe_instances` shows which groups the instance has now.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Start at the board: an instance is a house with 65,536 doors. Show some rules. For
# each of them, pairs write down who can come in through which door. The last rule is `-1` from `0.0.0.0/0`.
#
# Demonstrate: the log of failed logins on any machine with port 22 open to the whole internet, if you have one.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students use `0.0.0.0/0`, "to make it work first"; they set `FromPort=0`, because they think it
# is the port of the client; they create the group but do not add it to the instance; they set `Groups=[new]` only,
# after which nobody can log in any more; they add the rule to a group that other instances have, too.
#
# For students who finish early: a rule can have another security group as its source. When is that better than a
# network?

# %% [markdown]
# The next cell prepares your simulated AWS account with some instances and their security groups. You do not have to
# read the cell, but you can. Everything is a simulation on your own computer, so nothing here can cost anything.

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
# A notebook server on the instance `given.instance_id` listens on the port `given.port` (a number). `given.cidr` is the
# network of your institute.
#
# **Create a new security group with the name `given.group_name` that allows inbound TCP connections to this port from
# this network, and nothing else. Add the group to the instance, which must also keep the groups that it has. Put the ID
# of the new group into the variable `group_id`.** Do not change anything else in the account.
#
# The ID is a string and looks like this: `group_id = "sg-0c1a2b3d4e5f60718"`.
#
# <details><summary>Hint</summary>
#
# `authorize_security_group_ingress` takes a single rule as `GroupId`, `IpProtocol`, `FromPort`, `ToPort` and `CidrIp`,
# or a list of rules as `IpPermissions`. In the response of `describe_instances`, an instance has a list
# `"SecurityGroups"`, and each entry of it has a `"GroupId"`. The new list consists of these IDs and one more.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Create the group, and keep its ID.
group_id = None

# 2. Allow connections from the network to the port.

# 3. Add the group to the instance.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example who else can
# connect now. If you made a mistake, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_group_id_is_of_the_new_group(before, after, given, answers):
    """`group_id` is the ID of a new security group with the given name."""
    id = answers.group_id
    assert id is not None, "`group_id` is still None: set it to the ID of the group that you created."
    assert isinstance(id, str), f"`group_id` must be a string such as 'sg-0c1a…', but it is {str(id)[:60]}."
    assert id in after.ids("SecurityGroup"), "`group_id` is not the ID of a security group in this account."
    assert id not in before, "`group_id` is the ID of a group that was there before your code ran."
    assert after[id].name == given.group_name, "The name of the group with the ID `group_id` is not `given.group_name`."


@check(points=4)
def test_instance_is_in_the_new_group(before, after, given):
    """The instance has the new security group."""
    new = after.new_since(before, "SecurityGroup")
    named = [id for id in new if after[id].name == given.group_name]
    assert any(id in after[given.instance_id].groups for id in named or new), (
        "The instance `given.instance_id` does not have a new group with the name `given.group_name`. As long as no "
        "instance has a group, its rules have no effect."
    )


# %% [markdown]
# ## Key points
#
# - A security group blocks every connection that no rule allows. In a rule, specify the port and the network.
# - The rules of all groups of an instance are added together: the widest rule decides who can connect.
# - Before you replace a list, read what is in it.
#
# **Read more** in the Amazon VPC User Guide: *Control traffic to your AWS resources using security groups*; in the EC2
# User Guide: *Security group rules for different use cases* and *Change the security groups for your Amazon EC2
# instance*.

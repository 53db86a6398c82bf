# %% [markdown]
# # Knock, and be let in
#
# Your machine runs, you know its address, and you have the key. To work on it, with its processors and its memory, you
# log in with **ssh** (secure shell): a program that opens a command line on a distant machine. Whatever you type there
# runs there. From there you start the training that takes the night, and from here you may close your laptop.
#
# Two things stand between you and the machine: a firewall, which lets nobody in until you say so, and ssh itself,
# which wants to know who you are. Neither costs anything.
#
# In this step you open the firewall for yourself, and for nobody else, and put the command together.

# %% [markdown]
# ## The firewall: security groups
#
# Programs on a machine wait for visitors at numbered doors, the **ports**. ssh waits at port **22**. In front of each
# instance stand one or several **security groups**: lists of rules, each of which lets somebody in at some ports. What
# no rule allows is refused. A rule says:
#
# | part | for ssh |
# |---|---|
# | protocol | `tcp`, the way in which nearly all programs talk |
# | from port, to port | 22 to 22: a single door |
# | source, a range of addresses | your own address and no other |
#
# A range is written as an address and a number: `203.0.113.25/32` is this one address, `203.0.113.0/24` are the 256
# that begin alike, and `0.0.0.0/0` is **everybody** on the internet (`::/0` is the same for the newer, longer
# addresses). Port 22 open to everybody is found within minutes by programs that try out passwords and keys all day.
# What would they find on your machine?
#
# ```python
# ec2.authorize_security_group_ingress(
#     GroupId="sg-0aaa…", IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="203.0.113.0/24"
# )
# ```
#
# Such a rule holds for every instance that is in the group. Which groups an instance is in stands in its dict, in the
# list `"SecurityGroups"`.

# %% [markdown]
# ## The command: who, where, with which key
#
#     ssh -i ada_laptop.pem alice@ec2-203-0-113-25.compute-1.amazonaws.com
#
# After `-i` comes the file with the private key; then who you want to be on that machine, an `@`, and where it is: its
# public DNS name or its public IP address. Who you can be depends on the **image** from which the machine was launched,
# since its makers have prepared one user, who may do everything:
#
# | image | its name begins with | user |
# |---|---|---|
# | Amazon Linux | `al2023-ami` | `ec2-user` |
# | Ubuntu | `ubuntu/` | `ubuntu` |
# | Debian | `debian-` | `admin` |
#
# With the wrong user, or the wrong key, ssh says *Permission denied (publickey)*. When the firewall does not let you
# in, it says nothing at all, until it gives up: *Connection timed out*. Knowing which is which saves hours.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Draw a house: fence (security group), door (port 22), lock (public key). Pairs get
# the three error messages *Connection timed out*, *Connection refused* and *Permission denied (publickey)* and say how
# far each visitor came.
#
# Demonstrate, if you have a machine with port 22 open to the world: `journalctl -u ssh`, after an hour.

# %% [markdown] tags=["notes"]
# **Common mistakes.** `0.0.0.0/0`, as in half of all tutorials; the address without `/32`, which AWS refuses; the rule
# in the group `default`, in which the instance is not; the instance's groups replaced by a new one, so that the website
# on it is gone; the private address; the name of the key pair where the file belongs; the whole command as one string.
#
# For those who are done early: your address changes tomorrow. What do you have to change then, and what stays open if
# you forget the old rule?

# %% [markdown]
# The next cell makes your world: an account with some machines, their groups, and two private keys in your working
# directory. You need not read it, but you may. Everything is a simulation on your own computer, so nothing here can
# cost anything; and nobody answers at these addresses.

# %% tags=["scene"]
import ipaddress

from drycloud import simulate


def scene(ec2, rng, workdir, variant):
    people = ["ada", "bola", "chen", "dima", "eszter", "fatima"]
    who, other, third = (people[(variant + n) % 6] for n in (0, *rng.sample(range(1, 6), 2)))
    number, tool = rng.randint(1000, 9999), rng.choice(["notebook", "dashboard", "labels"])
    addresses = rng.sample(list(ipaddress.ip_network("192.0.2.0/24").hosts()), 3)
    mine, office, home = (str(address) for address in addresses)
    images = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"]

    def image(start):
        return rng.choice(sorted(i["ImageId"] for i in images if i["Name"].startswith(start)))

    def key(owner):
        made = ec2.create_key_pair(KeyName=f"{owner}-laptop", KeyType="ed25519")
        file = workdir / f"{owner}_{number}.pem"
        file.write_text(made["KeyMaterial"])
        file.chmod(0o600)
        return file.name

    def group(name, *rules):
        id = ec2.create_security_group(GroupName=name, Description="made by a colleague")["GroupId"]
        permissions = [
            {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": source}]}
            for port, source in rules
        ]
        ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=permissions)
        return id

    def launch(name, image, owner, group):
        launched = ec2.run_instances(
            ImageId=image,
            InstanceType=rng.choice(["t3.small", "t3.medium", "t3.large"]),
            KeyName=f"{owner}-laptop",
            SecurityGroupIds=[group],
            MinCount=1,
            MaxCount=1,
        )
        id = launched["Instances"][0]["InstanceId"]
        ec2.create_tags(Resources=[id], Tags=[{"Key": "Name", "Value": name}])
        return id

    file, _ = key(who), key(other)
    ec2.create_key_pair(KeyName=f"{third}-laptop", KeyType="ed25519")
    groups = {
        f"{tool}-{other}": [(22, f"{office}/32"), (443, "0.0.0.0/0")],
        f"{tool}-{who}-old": [(22, "0.0.0.0/0")],
        f"{tool}-{who}": [(22, f"{home}/32"), (443, "0.0.0.0/0")],
        "database": [(5432, "172.31.0.0/16")],
    }
    ids = {name: group(name, *groups[name]) for name in rng.sample(list(groups), len(groups))}
    kinds = ["al2023-", "ubuntu/", "debian-"]
    kind, second, third_kind = (kinds[(variant + n) % 3] for n in range(3))  # the instance's own, and the others
    launch(tool, image(second), other, ids[f"{tool}-{other}"])
    launch(f"{tool}-old", image(third_kind), third, ids[f"{tool}-{who}-old"])
    instance = launch(tool, image(kind), who, ids[f"{tool}-{who}"])
    launch("database", image(second), who, ids["database"])
    return {"instance_id": instance, "my_ip": mine, "key_file": file}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given `given.instance_id`; `given.my_ip`, your own public address; and `given.key_file`, the file in your
# working directory with the private key for this instance.
#
# **Let your own address, and nobody else, reach TCP port 22 of this instance, by a rule of a security group. Put the
# ssh command into the variable `ssh_command`, as a list of words.** What others can reach, and everything else in the
# account, stays as it is.
#
# A list of words is what `subprocess.run` takes to start a program. It looks like this:
#
# ```python
# ssh_command = ["ssh", "-i", "ada_laptop.pem", "alice@203.0.113.25"]
# ```
#
# <details><summary>Hint</summary>
#
# One call of `describe_instances` tells you the group, the address and the image. `describe_images(ImageIds=[…])` tells
# the image's `"Name"`. An address becomes a range of one address when you put `/32` after it.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Look at the instance: its security group, its address, its image.

# 2. Open port 22 for your address.

# 3. Put the command together.
ssh_command = None

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in: who else can come in now? If you opened too much,
# run the scene cell above again: it makes you a new world.

# %% tags=["check"]
from drycloud import check


@check(points=4)
def test_a_rule_opens_port_22(before, after, given):
    """A group of the instance has a new rule for port 22."""
    old = [rule for id in before[given.instance_id].groups for rule in before[id].inbound]
    groups = [after[id] for id in after[given.instance_id].groups if id in after]
    new = [rule for group in groups for rule in group.inbound if rule not in old]
    assert new, "No security group that the instance is in has a new inbound rule."
    at_22 = [rule for rule in new if rule.protocol == "-1" or rule.from_port <= 22 <= rule.to_port]
    assert at_22, f"The new rule is not for port 22: {new[0]}."


@check(points=1)
def test_ssh_command_leads_to_an_instance(before, answers):
    """`ssh_command` is a list of words that begins with ssh and names an instance."""
    words = answers.ssh_command
    assert words is not None, "`ssh_command` is still None: set it to the command."
    is_list = isinstance(words, list | tuple) and all(isinstance(word, str) for word in words)
    assert is_list, "`ssh_command` must be a list of strings, one for each word, not one string or anything else."
    assert words, "`ssh_command` is an empty list."
    assert words[0].rpartition("/")[2] == "ssh", f"The first word of `ssh_command` is {words[0]!r}, not 'ssh'."
    spaced = [word for word in words if word != word.strip()]
    assert not spaced, f"A word of `ssh_command` has a space before or after it: {spaced[0]!r}."
    machines = [before[id] for id in before.instances()]
    names = [name for one in machines for name in (one.public_ip, one.public_dns, one.private_ip) if name]
    assert any(name in word.lower() for word in words for name in names), (
        "No word of `ssh_command` holds the address or the DNS name of an instance: where should ssh connect to?"
    )


# %% [markdown]
# ## Key points
#
# - What no rule lets in stays out. Name one port and one address.
# - *Timed out* is the firewall, *permission denied* is the user or the key.
# - Your address changes: take old rules away when you add new ones.
#
# **Read more** in the EC2 User Guide: *Connect to your Linux instance using SSH* and *Amazon EC2 security groups for
# your EC2 instances*; `man ssh`, for what else can stand in the command.

# %% [markdown]
# # Connect to an instance with ssh
#
# Your instance is running, you know its address, and you have the private key. To work on the instance, you log in with
# **ssh** (secure shell), a program that opens a command line on a remote machine. The commands that you type there run
# on the remote machine and use its processors and its memory. You can start a training that takes all night, and close
# your laptop.
#
# Two things protect the instance: a firewall, which blocks all connections that you have not allowed, and ssh itself,
# which checks who you are. Neither of them costs anything.
#
# In this step you open the firewall for yourself, and for nobody else, and write the ssh command.

# %% [markdown]
# ## The firewall: security groups
#
# Programs on a machine wait for connections on numbered **ports**. ssh listens on port **22**. Each instance has one or
# more **security groups**. A security group contains **inbound rules**, and each inbound rule allows connections from
# some addresses to some ports. If no rule allows a connection, it is blocked. An inbound rule consists of:
#
# | part | for ssh |
# |---|---|
# | protocol | `tcp`, which nearly all programs use |
# | from port, to port | 22 to 22: a single port |
# | source, a range of IP addresses | your own address and no other |
#
# A range is written as an address and a number (a *CIDR block*): `203.0.113.25/32` is only this one address,
# `203.0.113.0/24` is the 256 addresses that begin with `203.0.113.`, and `0.0.0.0/0` is **everybody** on the internet
# (`::/0` is the same for the newer, longer IPv6 addresses). If port 22 is open to everybody, attackers' programs find
# it within minutes, and try to log in all day. What would they find on your machine?
#
# ```python
# ec2.authorize_security_group_ingress(
#     GroupId="sg-0aaa…", IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="203.0.113.0/24"
# )
# ```
#
# Such a rule applies to every instance that has this security group. The dict of an instance shows which security
# groups the instance has, in the list `"SecurityGroups"`.

# %% [markdown]
# ## The command: which user, which machine, which key
#
#     ssh -i ada_laptop.pem alice@ec2-203-0-113-25.compute-1.amazonaws.com
#
# After `-i` comes the file with the private key; then the name of the user on the remote machine, an `@`, and the
# machine's public DNS name or its public IP address. The name of the user depends on the **image** from which the
# instance was launched. Each image has one user who is allowed to do everything:
#
# | image | its name begins with | user |
# |---|---|---|
# | Amazon Linux | `al2023-ami` | `ec2-user` |
# | Ubuntu | `ubuntu/` | `ubuntu` |
# | Debian | `debian-` | `admin` |
#
# If the user or the key is wrong, ssh prints *Permission denied (publickey)*. If the firewall blocks the connection,
# ssh prints nothing for a long time, and then *Connection timed out*. It saves hours if you know the difference.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Draw a house with a fence (security group), a door (port 22) and a lock (public
# key). Give pairs the three error messages *Connection timed out*, *Connection refused* and *Permission denied
# (publickey)*, and let them say how far the visitor came in each case.
#
# Demonstrate, if you have a machine whose port 22 is open to the whole internet: `journalctl -u ssh`, after an hour.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students use `0.0.0.0/0`, as many tutorials do; they write the address without `/32`, which AWS
# rejects; they add the rule to the group `default`, which the instance does not have; they replace the instance's
# security groups by a new one, so that nobody can reach the website on it any more; they use the private address; they
# use the name of the key pair instead of the file name; they write the whole command as one string.
#
# For students who finish early: your address changes tomorrow. What do you have to change then, and what stays open if
# you forget the old rule?

# %% [markdown]
# The next cell prepares your simulated AWS account with some instances and their security groups, and saves two private
# keys in your working directory. You do not have to read the cell, but you can. Everything is a simulation on your own
# computer, so nothing here can cost anything; you also cannot really connect to these addresses.

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
# **Add an inbound rule to a security group, so that your own address, and no other, can reach TCP port 22 of this
# instance. Put the ssh command into the variable `ssh_command`, as a list of words.** Do not change what others can
# reach, or anything else in the account.
#
# `subprocess.run` takes such a list to start a program. It looks like this:
#
# ```python
# ssh_command = ["ssh", "-i", "ada_laptop.pem", "alice@203.0.113.25"]
# ```
#
# <details><summary>Hint</summary>
#
# One call of `describe_instances` returns the security group, the address and the image.
# `describe_images(ImageIds=[…])` returns the image's `"Name"`. To write one address as a range, put `/32` after it.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Describe the instance: its security group, its address, its image.

# 2. Open port 22 for your address.

# 3. Write the command.
ssh_command = None

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example who else can
# connect now. If you opened too much, run the cell that defines `scene` above again: it prepares a new account.

# %% tags=["check"]
from drycloud import check


@check(points=4)
def test_a_rule_opens_port_22(before, after, given):
    """A security group of the instance has a new inbound rule for port 22."""
    old = [rule for id in before[given.instance_id].groups for rule in before[id].inbound]
    groups = [after[id] for id in after[given.instance_id].groups if id in after]
    new = [rule for group in groups for rule in group.inbound if rule not in old]
    assert new, "No security group of the instance has a new inbound rule."
    at_22 = [rule for rule in new if rule.protocol == "-1" or rule.from_port <= 22 <= rule.to_port]
    assert at_22, f"The new rule is not for port 22: {new[0]}."


@check(points=1)
def test_ssh_command_leads_to_an_instance(before, answers):
    """`ssh_command` is a list of words that begins with ssh and contains the address of an instance."""
    words = answers.ssh_command
    assert words is not None, "`ssh_command` is still None: set it to the command."
    is_list = isinstance(words, list | tuple) and all(isinstance(word, str) for word in words)
    assert is_list, "`ssh_command` must be a list of strings, one string for each word."
    assert words, "`ssh_command` is an empty list."
    assert words[0].rpartition("/")[2] == "ssh", f"The first word of `ssh_command` is {words[0]!r}, not 'ssh'."
    spaced = [word for word in words if word != word.strip()]
    assert not spaced, f"A word of `ssh_command` has a space before or after it: {spaced[0]!r}."
    machines = [before[id] for id in before.instances()]
    names = [name for one in machines for name in (one.public_ip, one.public_dns, one.private_ip) if name]
    assert any(name in word.lower() for word in words for name in names), (
        "No word of `ssh_command` contains the address or the DNS name of an instance: where should ssh connect to?"
    )


# %% [markdown]
# ## Key points
#
# - A security group blocks every connection that no rule allows. Allow one port and one address.
# - *Connection timed out* means: check the firewall. *Permission denied* means: check the user and the key.
# - Your own address changes from time to time: when you add a new rule, delete the old one.
#
# **Read more** in the EC2 User Guide: *Connect to your Linux instance using SSH* and *Amazon EC2 security groups for
# your EC2 instances*; `man ssh`, for other options of the command.

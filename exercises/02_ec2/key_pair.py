# %% [markdown]
# # Create a key pair
#
# The computers that you will rent have no screen and no keyboard. You log in over the network, with a program called
# **ssh**, and you prove who you are with a key instead of a password. Attackers' programs on the internet try to guess
# passwords day and night. They cannot guess a key.
#
# So you need a key before you launch your first machine. It costs nothing, and you can use it for any number of
# machines. A data scientist typically has one key for each laptop, and uses it for years.
#
# In this step you create a key pair and save the private key in such a way that ssh accepts it.

# %% [markdown]
# ## A public and a private key
#
# A **key pair** consists of two long texts that belong together:
#
# | part | works like | where it is kept |
# |---|---|---|
# | **public key** | a lock | AWS keeps it, and installs it on each machine that is launched with the name of this key pair |
# | **private key** | the key to this lock | in a file on your computer, and nowhere else |
#
# Anybody who has the file can log in to all those machines as you, without a password. If you lose the file, you can no
# longer log in: AWS shows the private key only once, when it creates the key pair, and keeps no copy. What would you do
# if your laptop were stolen? And if the only copy of the file were on it?

# %% [markdown]
# ## Two ways to get a key pair
#
# **AWS creates it.** You choose a name, which must be unique in your account and Region:
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# response = ec2.create_key_pair(KeyName="ada-laptop")
# response["KeyMaterial"]  # the private key: '-----BEGIN RSA PRIVATE KEY-----\nMIIEow…'
# ```
#
# With `KeyType="ed25519"` you get a newer, shorter type of key; without it you get an RSA key. Both are fine.
#
# **You create it**, for example with `ssh-keygen`, and give only the public key to AWS, with `import_key_pair`. Then
# the private key never travels over the network. Use this way also if you already have a key pair.
#
# In both cases, save the private key exactly as it is: it has several lines, the first one begins with `-----BEGIN`,
# and the last one ends with a line break. ssh does not accept a key if you have changed its text or its line breaks.

# %% [markdown]
# ## File permissions: who may read a file
#
# On Linux and macOS every file has **permissions** for its owner, for a group, and for everybody else. They are written
# as three digits, one for each of these. In each digit, 4 means *may read*, 2 means *may write*, 6 means both, and 0
# means neither:
#
# | digits | owner | group | everybody else |
# |---|---|---|---|
# | `644` | reads and writes | reads | reads |
# | `600` | reads and writes | nothing | nothing |
# | `400` | reads | nothing | nothing |
#
# A new file usually has the permissions `644`. That is wrong for a private key on a computer that several people use,
# such as a server in a research group. ssh checks the permissions. If anybody except the owner may read or write the
# file, ssh does not use the key and prints *UNPROTECTED PRIVATE KEY FILE*.
#
# In Python, `os.chmod("notes.txt", 0o640)` sets permissions. The prefix `0o` says that the digits are an octal number,
# not a decimal one. Without the prefix, `640` is a different number, and the file gets permissions that nobody wants.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Let pairs act it out first: one person is AWS, one is the student, and an envelope
# is the private key. Who has which key after each of the two ways? What does AWS answer when the student asks for the
# envelope again?
#
# Demonstrate: `ssh -i` with a key of mode 644, and its warning; `ls -l` before and after `chmod`.

# %% [markdown] tags=["notes"]
# **Common mistakes.** Students save the whole response instead of `KeyMaterial`; they forget `chmod`, or write
# `os.chmod(…, 600)` without `0o`; they save the public key, or save the file from `ssh-keygen` but do not import the
# key; they run the cell twice: the second time AWS returns `InvalidKeyPair.Duplicate`, and some then delete every key
# pair.
#
# For students who finish early: between `open` and `chmod` other people could read the file for a short time. How can
# you create a file with the right permissions from the start? (`os.open`, or `Path.touch(mode=0o600)` before writing.)

# %% [markdown]
# The next cell prepares your simulated AWS account: it contains key pairs of your colleagues, one of whom also left a
# private key in your working directory. You do not have to read the cell, but you can. Everything is a simulation on
# your own computer, so nothing here can cost anything.

# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, rng, workdir, variant):
    people = ["ada", "bola", "chen", "dima", "eszter", "fatima"]
    who = people.pop(variant % 6)
    other = rng.choice(people)
    where, number = ["laptop", "office", "lab"][variant % 3], rng.randint(1000, 9998)
    name = f"{who}-{where}-{number}"
    taken = [name.upper(), f"{name}-old", f"{who}-{where}", f"{who}-{where}-{number + 1}", f"{other}-{where}-{number}"]
    for key_name in rng.sample(taken, rng.randint(3, 4)):
        ec2.create_key_pair(KeyName=key_name, KeyType="ed25519")
    left = ec2.create_key_pair(KeyName=other, KeyType="ed25519")
    file = workdir / f"{other}_{number}.pem"
    file.write_text(left["KeyMaterial"])
    file.chmod(0o600)
    return {"key_name": name, "key_file": f"{[who, where, 'key', 'aws'][variant % 4]}_{number}.pem"}


given = simulate(scene)

# %% [markdown]
# ## Your task
#
# You are given two strings: `given.key_name`, the name of a key pair that does not exist yet, and `given.key_file`, the
# name of a file.
#
# **Create a key pair with this name, and save its private key in this file in your working directory, so that ssh would
# accept the file: without a passphrase, and only its owner may read or write it.** The key may be RSA or Ed25519, and
# either AWS or you may create it. Do not change anything else in the account, or the other files.
#
# Your code does not have to return anything: the checks look at the account and the file. The file begins like this:
# `-----BEGIN RSA PRIVATE KEY-----`; the words between `BEGIN` and `PRIVATE` depend on the kind of key.
#
# <details><summary>Hint</summary>
#
# Keep the response of `create_key_pair` in a variable: AWS does not show the private key again. If something goes wrong
# after that, delete this key pair, and no other, with `delete_key_pair(KeyName=given.key_name)`, and start again.
#
# You can save a text with `with open(given.key_file, "w") as file:` and `file.write(…)`.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Make the key pair.

# 2. Save the private key.

# 3. Let nobody but the owner read the file.

# %% [markdown]
# Did it work? Run the next cell to find out. When you submit your work, more is checked, for example whether the
# private key belongs to the key pair. To start again, run the cell that defines `scene` above: it prepares a new
# account, with other names.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_the_key_pair_is_there(before, after, given):
    """There is a new key pair with the given name."""
    new = [after[id] for id in after.new_since(before, "KeyPair")]
    pairs = [pair for pair in new if pair.name == given.key_name]
    assert pairs, f"There is no new key pair with the name {given.key_name!r}." + (
        f" Your code created one with the name {new[0].name!r}. Names are case-sensitive." if new else ""
    )
    here = [pair for pair in pairs if pair.region == "us-east-1"]
    assert here, f"Your key pair is in the Region {pairs[0].region}: machines in your Region, us-east-1, cannot use it."


@check(points=2)
def test_the_file_holds_a_private_key(files, given):
    """The file holds a private key."""
    assert given.key_file in files, (
        f"In your working directory there is no file {given.key_file!r} that can be read. If you set its permissions: "
        "may the owner still read it?"
    )
    text = files[given.key_file].text
    is_public = text.startswith("ssh-") or "PUBLIC KEY" in text
    assert not is_public, "The file holds a public key. Save the private key."
    first_line = text.strip().partition("\n")[0]
    is_private = first_line.startswith("-----BEGIN ") and "PRIVATE KEY-----" in first_line
    assert is_private, "The file does not begin with a line such as '-----BEGIN RSA PRIVATE KEY-----'."


# %% [markdown]
# ## Key points
#
# - Your machine is only as safe as your private key. Keep it in one file, which only you may read.
# - Never put it into a notebook, a repository, an email or a chat. If that has happened, create a new key pair and
#   delete the old one.
# - AWS keeps no copy of it. Unless you made a copy, there is no other.
#
# **Read more** in the EC2 User Guide: *Amazon EC2 key pairs and Amazon EC2 instances* and *Create a key pair for your
# Amazon EC2 instance*; `man ssh-keygen`.

# %% [markdown]
# # A key before the door
#
# The computers that you will rent have no screen and no keyboard. You log in over the network, with a program called
# **ssh**, and you prove who you are with a key instead of a password. A password can be guessed, and on the internet
# machines try day and night; a key cannot.
#
# So before the first machine there is a key. It costs nothing, and you can use it for as many machines as you like:
# for a data scientist, typically one for each laptop, used for years.
#
# In this step you make a key and put it where ssh will accept it.

# %% [markdown]
# ## Two halves
#
# A **key pair** consists of two long texts that belong together:
#
# | half | what it is like | where it goes |
# |---|---|---|
# | **public key** | the lock | AWS keeps it, and builds it into each machine that is launched with the name of the pair |
# | **private key** | the key | a file on your computer, and nowhere else |
#
# Anybody who has the file can log in to all those machines as you; no name and no password is asked for. And if you
# lose it, you cannot: AWS shows a private key once, when the pair is made, and keeps no copy. What would you do if your
# laptop were stolen? And if the only file were on it?

# %% [markdown]
# ## Two ways to get one
#
# **AWS makes it.** You choose a name, which is unique in your account and region:
#
# ```python
# import boto3
#
# ec2 = boto3.client("ec2")
# answer = ec2.create_key_pair(KeyName="ada-laptop")
# answer["KeyMaterial"]  # the private key: '-----BEGIN RSA PRIVATE KEY-----\nMIIEow…'
# ```
#
# `KeyType="ed25519"` makes one of a newer, shorter kind; without it you get RSA. Both are fine.
#
# **You make it**, for example with `ssh-keygen`, and give AWS the public half only, with `import_key_pair`. Then the
# private key was never on the network. If you have a key already, you take this way, too.
#
# Either way, keep the text exactly as it is: several lines that begin with `-----BEGIN`, and the last one ends with a
# line break. ssh refuses a key that was made prettier.

# %% [markdown]
# ## Who may read a file
#
# On Linux and macOS every file has **permissions**, for three kinds of people: its owner, a group, and everybody else.
# They are written as three digits, one for each, in which 4 means reading, 2 writing, and 0 nothing:
#
# | digits | owner | group | everybody else |
# |---|---|---|---|
# | `644` | reads and writes | reads | reads |
# | `600` | reads and writes | nothing | nothing |
# | `400` | reads | nothing | nothing |
#
# A new file usually is `644`. That is wrong for a private key on a computer that several people use, as servers in
# research are. ssh looks, and refuses a key that anybody but its owner may read or write: *UNPROTECTED PRIVATE KEY
# FILE*.
#
# In Python `os.chmod("notes.txt", 0o640)` sets permissions. The digits are not a decimal number: `0o` says so. Without
# it `640` is another number, with permissions that nobody wants.

# %% [markdown] tags=["notes"]
# **Instructor's notes.** 15 minutes. Let pairs act it out first: one is AWS, one the student, and an envelope is the
# private key. Who has which half after each way? What does AWS answer when the student asks for the envelope again?
#
# Demonstrate: `ssh -i` with a key of mode 644, and its warning; `ls -l` before and after `chmod`.

# %% [markdown] tags=["notes"]
# **Common mistakes.** The whole answer saved instead of `KeyMaterial`; no `chmod`, or `os.chmod(…, 600)` without
# `0o`; the public half saved, or the file from `ssh-keygen` without an import; the cell run twice: the second time AWS
# says `InvalidKeyPair.Duplicate`, and some then delete every pair in sight.
#
# For those who are done early: between `open` and `chmod` the file stood open for a moment. How can a file be made
# with the right permissions at once? (`os.open`, or `Path.touch(mode=0o600)` before writing.)

# %% [markdown]
# The next cell makes your world: an account with key pairs of your colleagues, one of whom also left a private key
# in your working directory. You need not read it, but you may. Everything is a simulation on your own computer, so
# nothing here can cost anything.

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
# You are given two strings: `given.key_name`, the name of a pair that does not exist yet, and `given.key_file`, the
# name of a file.
#
# **Make a key pair with this name, and save its private key in this file in your working directory, so that ssh would
# accept the file: without a passphrase, and readable for nobody but its owner.** It may be RSA or Ed25519, and either
# AWS or you may make it. Leave everything else in the account, and the other files, as they are.
#
# There is nothing to return: the account and the file are the answer. The file begins like this:
# `-----BEGIN RSA PRIVATE KEY-----`; the words between `BEGIN` and `PRIVATE` depend on the kind of key.
#
# <details><summary>Hint</summary>
#
# Keep the answer of `create_key_pair` in a variable: you will not get the private key again. If something goes wrong
# after that, delete this pair, and no other, with `delete_key_pair(KeyName=given.key_name)` and start again.
#
# `with open(given.key_file, "w") as file:` and `file.write(…)` save a text.
#
# </details>

# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Make the key pair.

# 2. Save the private key.

# 3. Let nobody but the owner read the file.

# %% [markdown]
# Did it work? Run the next cell. More is looked at when you hand in, such as whether the two halves belong together. To
# start anew, run the scene cell above again: it makes you a new world, with other names.

# %% tags=["check"]
from drycloud import check


@check(points=2)
def test_the_key_pair_is_there(before, after, given):
    """There is a new key pair with the name that was given."""
    new = [after[id] for id in after.new_since(before, "KeyPair")]
    pairs = [pair for pair in new if pair.name == given.key_name]
    assert pairs, f"There is no new key pair with the name {given.key_name!r}." + (
        f" Your code made one with the name {new[0].name!r}. Capital letters count." if new else ""
    )
    here = [pair for pair in pairs if pair.region == "us-east-1"]
    assert here, f"Your key pair is in the region {pairs[0].region}: machines in your region, us-east-1, cannot use it."


@check(points=2)
def test_the_file_holds_a_private_key(files, given):
    """The file holds a private key."""
    assert given.key_file in files, (
        f"In your working directory there is no file {given.key_file!r} that can be read. If you set its permissions: "
        "did the owner keep the right to read it?"
    )
    text = files[given.key_file].text
    is_public = text.startswith("ssh-") or "PUBLIC KEY" in text
    assert not is_public, "The file holds a public key: that is the lock."
    first_line = text.strip().partition("\n")[0]
    is_private = first_line.startswith("-----BEGIN ") and "PRIVATE KEY-----" in first_line
    assert is_private, "The file does not begin with a line such as '-----BEGIN RSA PRIVATE KEY-----'."


# %% [markdown]
# ## Key points
#
# - The private key is the only thing between the internet and your machine. It lies in one file, which is yours alone.
# - It never goes into a notebook, a repository, a mail or a chat. If it did, make a new pair and delete the old one.
# - There is no second copy: not at AWS, and nowhere else unless you made one.
#
# **Read more** in the EC2 User Guide: *Amazon EC2 key pairs and Amazon EC2 instances* and *Create a key pair for your
# Amazon EC2 instance*; `man ssh-keygen`.

"""Hidden checks of 02_ec2/connect: which sources can reach the instance only now, and what the ssh command says."""

import getopt
import ipaddress
import re
import shlex
from pathlib import PurePosixPath
from types import SimpleNamespace

from drycloud import check

USERS = {"al2023-ami": "ec2-user", "ubuntu/": "ubuntu", "debian-": "admin"}
DIRECTORY = "/home/student"  # where submissions run
# The options of ssh (man ssh), in the notation of getopt: a colon follows an option that has a value.
OPTIONS = "46AaCfGgKkMNnqsTtVvXxYyB:b:c:D:E:e:F:I:i:J:L:l:m:O:o:P:p:Q:R:S:W:w:"
NAMES = {"i": "identityfile", "l": "user", "p": "port"}


# --- the firewall -----------------------------------------------------------------------------------------------------


def rules(snapshot, given):
    """The inbound rules of all security groups of the instance."""
    return [rule for id in snapshot[given.instance_id].groups if id in snapshot for rule in snapshot[id].inbound]


def gained(before, after, given):
    """The rules that allow more than was allowed before."""
    old = rules(before, given)
    return [rule for rule in rules(after, given) if rule not in old]


def networks(rule, ec2):
    """The source of a rule as networks; None for a source that is not a range, such as a security group."""
    if rule.source.startswith("pl-"):
        entries = ec2.get_managed_prefix_list_entries(PrefixListId=rule.source)["Entries"]
        return [ipaddress.ip_network(entry["Cidr"]) for entry in entries]
    return [None if rule.source.startswith("sg-") else ipaddress.ip_network(rule.source)]


def lets_in(rule, port):
    """Whether the rule opens this port for TCP, and perhaps others too."""
    return rule.protocol == "-1" or (rule.protocol == "tcp" and rule.from_port <= port <= rule.to_port)


@check(points=1)
def test_you_can_reach_port_22(after, given, ec2):
    """Your address can reach TCP port 22 of the instance."""
    sources = [source for rule in rules(after, given) if lets_in(rule, 22) for source in networks(rule, ec2)]
    mine = ipaddress.ip_address(given.my_ip)
    assert any(source is not None and mine in source for source in sources), (
        f"No rule of the instance's security groups allows {given.my_ip} to reach TCP port 22. To which security group "
        "did your code add the rule, and does the instance have this group?"
    )


@check(points=2, needs=test_you_can_reach_port_22)
def test_nothing_else_changed(before, after, given, files, files_before):
    """The other instances and their security groups are unchanged, and who could reach the instance still can."""
    own = before[given.instance_id].groups
    changes = after.changes_since(before, but=[(given.instance_id, "groups"), *((id, "inbound") for id in own)])
    assert not changes, f"Your code changed something else: {changes[0]} (in total: {len(changes)})."
    left = [id for id in own if id not in after[given.instance_id].groups]
    assert not left, (
        f"The instance no longer has the security group {before[left[0]].name!r}, so connections that this group "
        "allowed are blocked now. If you set an instance's security groups, you replace the whole list."
    )
    lost = [rule for id in own for rule in before[id].inbound if rule not in after[id].inbound]
    assert not lost, f"A rule that allowed others to reach the instance is gone: {lost[0]}."
    costly = after.costs_since(before)
    assert not costly, f"Your code left something behind that costs money: {costly[0]} (in total: {len(costly)})."
    if not files_before:
        raise LookupError("the scene left no file to compare")
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, f"The file {altered[0]!r} has changed or is gone."


@check(points=3, needs=test_you_can_reach_port_22)
def test_nobody_else_is_let_in(before, after, given, ec2):
    """No new rule allows anybody except you to connect."""
    mine = ipaddress.ip_network(given.my_ip)
    wide = [rule for rule in gained(before, after, given) if any(source != mine for source in networks(rule, ec2))]
    assert not wide, f"A new rule allows more than your own address: {wide[0]}."


@check(points=1, needs=test_you_can_reach_port_22)
def test_no_other_port_is_opened(before, after, given):
    """No new rule opens any port except TCP port 22."""
    wide = [
        rule
        for rule in gained(before, after, given)
        if (rule.protocol, rule.from_port, rule.to_port) != ("tcp", 22, 22)
    ]
    assert not wide, f"A new rule opens more than TCP port 22: {wide[0]}."


# --- the command ------------------------------------------------------------------------------------------------------


def command(answers):
    """What the ssh command says, as ssh would read it: if a setting is given twice, the first one counts."""
    words = answers.ssh_command
    words = words_of(words) if isinstance(words, str) else words
    is_list = isinstance(words, list) and words and all(isinstance(word, str) for word in words)
    assert is_list, "`ssh_command` is not a list of words."
    assert PurePosixPath(words[0]).name == "ssh", f"The first word of `ssh_command` is {words[0]!r}, not 'ssh'."
    place, found, keys, rest = "", {}, [], words[1:]
    while rest and (not place or rest[0].startswith("-")):  # more options may follow the destination
        options, rest = parsed(rest)
        settings = [setting(name.lstrip("-"), value) for name, value in options]
        if rest and not place:
            place, *others = destination(rest.pop(0))
            settings += [(name, value) for name, value in zip(("user", "port"), others, strict=True) if value]
        keys += [value for name, value in settings if name == "identityfile"]
        found = dict(settings[::-1]) | found
    assert place, "`ssh_command` does not say where to connect to."
    host = found.get("hostname", place).lower()
    return SimpleNamespace(host=host, port=found.get("port", "22"), user=found.get("user", ""), keys=keys)


def destination(word):
    """The host, the user and the port of user@host or ssh://user@host:port; '' for what is not given."""
    uri = re.fullmatch(r"ssh://(?:(?P<user>[^@/]*)@)?(?P<host>[^@:/]*)(?::(?P<port>\d+))?/?", word)
    user, _, host = word.rpartition("@")
    return uri.group("host", "user", "port") if uri else (host, user, "")


def words_of(text):
    """A command in one string as a list of words; an empty list if a quotation mark is not closed."""
    try:
        return shlex.split(text)
    except ValueError:
        return []


def parsed(words):
    """Options with their values, and the words that follow them."""
    try:
        return getopt.getopt(words, OPTIONS)
    except getopt.GetoptError as error:
        raise AssertionError(f"ssh does not understand `ssh_command`: {error.msg}.") from None


def setting(option, value):
    """The setting that an option stands for, with ssh's name for it (man ssh_config)."""
    if option == "o":
        option, value = [*re.split(r"\s*=\s*|\s+", value.strip(), maxsplit=1), ""][:2]
    return NAMES.get(option, option).lower(), value


@check(points=1)
def test_the_command_goes_to_the_instance(before, given, answers):
    """The command connects to the instance's public address."""
    mine, told = before[given.instance_id], command(answers)
    assert told.host != mine.private_ip, f"{told.host} is the private address, which you cannot reach from outside."
    assert told.host in (mine.public_ip, mine.public_dns), (
        f"{told.host!r} is neither the public IP address nor the public DNS name of the instance."
    )
    assert told.port == "22", f"The command connects to port {told.port}, but ssh listens on port 22."


@check(points=1)
def test_the_command_names_the_right_user(before, given, answers, ec2):
    """The command logs in as the user of the instance's image."""
    image = ec2.describe_images(ImageIds=[before[given.instance_id].image_id])["Images"][0]["Name"]
    right = next(user for start, user in USERS.items() if image.startswith(start))
    told = command(answers).user
    assert told, "The command does not say which user logs in."
    assert told == right, f"There is no user {told!r} on this instance. From which image was it launched?"


@check(points=1)
def test_the_command_uses_the_right_key(given, answers):
    """The command uses the file with the private key."""
    keys = command(answers).keys
    assert keys, "The command names no file with a private key."
    right = [key for key in keys if is_the_file(key, given.key_file)]
    assert right, f"The command uses {keys[0]!r}, which is not the file `given.key_file` in your working directory."


def is_the_file(path, name):
    """Whether a path, as ssh reads it, means this file in the working directory."""
    place = PurePosixPath(DIRECTORY, path.replace("~", DIRECTORY, 1) if path.startswith("~/") else path)
    return place == PurePosixPath(DIRECTORY, name)

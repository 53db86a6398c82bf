"""pip, conda and apt as they are called inside the sandbox: nothing can be installed there, and they say so at once.

Runs there with `SITE` and `LIBRARIES` set, as a command of each of these names and as `python -m pip`. What is there
already is named, so that a notebook that begins with `!pip install boto3 pandas` goes on.
"""

import os
import re
import sys

SITE = ""
LIBRARIES: "tuple[str, ...]" = ()

_BUILT_IN = {"pip": "", "s3fs": ""}  # there, but as no distribution
_PROGRAMS = {"awscli": "aws", "openssh-client": "ssh", "procps": "ps", "python3-pip": "pip", "xz-utils": "xz"}
_OTHER_NAMES = {"bs4": "beautifulsoup4", "sklearn": "scikit-learn", "yaml": "pyyaml", "dateutil": "python-dateutil"}
_WITH_VALUE = re.compile(
    r"-[ceinfprt]|--(requirement|constraint|channel|name|prefix|target|python|timeout|proxy|root|log|retries|editable"
    r"|(extra-)?index-url|find-links|trusted-host|cache-dir|platform|abi|implementation|src|report)"
)


def main(arguments: "list[str] | None" = None, program: str = "pip") -> int:
    """Answer one command; returns its exit status: 1 where something that is asked for is not there."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if program == "uv":
        words = words[1:] if words[:1] == ["pip"] else words
    actions = [word for word in words if not word.startswith("-")]
    action = actions[0] if actions else ""
    if action in ("install", "add", "download"):
        names = _asked(words, action)
        answers = [_program(name) if program.startswith("apt") else _library(name) for name in names]
        print("\n".join(line for _, line in answers) or "There is nothing to install.")
        return int(not all(there for there, _ in answers))
    if action in ("list", "freeze", "show"):
        wanted = {_plain(name) for name in actions[1:]} if action == "show" else set()
        found = {name: version for name, version in _there().items() if name in wanted or not wanted}
        print("\n".join(f"{name}=={version}" for name, version in sorted(found.items()) if version))
        return int(not found)
    print(f"{program}: nothing is installed, changed or removed where work is graded; all that is named is there.")
    return 0


def _asked(words: "list[str]", action: str) -> "list[str]":
    """What is to be installed, also what stands in a file of requirements."""
    names, option = [], ""
    for word in words[words.index(action) + 1 :]:
        if option:
            if option in ("-r", "--requirement"):
                names += _required(word)
            option = ""
        elif word.startswith("-"):
            option = word if _WITH_VALUE.fullmatch(word) else ""
        else:
            names.append(word)
    return names


def _required(file: str) -> "list[str]":
    try:
        with open(file, encoding="utf-8") as lines:  # noqa: PTH123  # pathlib takes as long as all this
            told = [line.partition("#")[0].strip() for line in lines]
    except (OSError, UnicodeError):
        return [file]
    return [line for line in told if line and not line.startswith("-")]


def _library(asked: str) -> "tuple[bool, str]":
    found = re.match(r"[A-Za-z0-9][\w.-]*", os.path.basename(asked) if asked.endswith(".whl") else asked)  # noqa: PTH119
    name = _plain(found[0].partition("-")[0] if asked.endswith(".whl") and found else found[0] if found else asked)
    there = _there()
    if name in there and "://" not in asked:
        other = re.search(r"==\s*([\w.]+)", asked)
        instead = f", which is used in place of {other[1]}" if other and other[1] != there[name] else ""
        return True, f"{name} is already there: {there[name] or 'it is part of what runs here'}{instead}."
    has = ", ".join(f"{each} {there[each]}" for each in LIBRARIES if each in there)
    return False, f"{asked} is not there, and nothing can be installed where work is graded. The libraries are: {has}."


def _program(name: str) -> "tuple[bool, str]":
    plain = name.partition("=")[0]
    if any(os.access(f"{folder}/{_PROGRAMS.get(plain, plain)}", os.X_OK) for folder in os.get_exec_path()):
        return True, f"{plain} is already there."
    if plain.startswith("python3-"):
        return _library(plain.removeprefix("python3-"))
    return False, f"{name} is not there, and nothing can be installed where work is graded."


def _there() -> "dict[str, str]":
    """The versions of all that is installed, by name."""
    parts = [entry.removesuffix(".dist-info").rpartition("-") for entry in os.listdir(SITE) if ".dist-info" in entry]  # noqa: PTH208
    return _BUILT_IN | {_plain(name): version for name, _, version in parts}


def _plain(name: str) -> str:
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return _OTHER_NAMES.get(plain, plain)


def run() -> int:
    """Be the command whose name this was started by; `sudo` is no more than what stands behind it."""
    program, words = os.path.basename(sys.argv[0]), sys.argv[1:]  # noqa: PTH119
    if program == "sudo":
        words = [word for word in words if word not in ("-E", "-H", "-n", "-S")]
        program, words = (words[0], words[1:]) if words else ("sudo", [])
        if program not in COMMANDS:
            print("sudo: there is no other user here; leave sudo away.", file=sys.stderr)
            return 1
    return main(words, "pip" if program in ("__main__.py", "pip3") else program)


COMMANDS = ("apt", "apt-get", "conda", "mamba", "micromamba", "pip", "pip3", "sudo", "uv")

if __name__ == "__main__":
    sys.exit(run())

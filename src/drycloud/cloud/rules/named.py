"""What describe operations are asked for by id or name: each thing counts once."""

import re

from drycloud.cloud.ask import Ask
from drycloud.cloud.rules.registry import before

_MEMBER = re.compile(r"([A-Za-z]+)\.\d+")


@before("ec2", "*")
def what_is_named_twice_counts_once(ask: Ask) -> None:
    """moto says that it is not there, fails, or tells it twice (403)."""
    if not ask.operation.startswith("Describe"):
        return
    seen: set[tuple[str, str]] = set()
    for field, text in list(ask.form.items()):
        found = _MEMBER.fullmatch(field)
        if found and (found[1], text) in seen:
            del ask.form[field]
        elif found:
            seen.add((found[1], text))

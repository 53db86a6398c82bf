"""The items of a set in an EC2 answer, as XML."""

import re

from drycloud.cloud.rules.registry import Answer

_ITEM = re.compile(rb"<(/?)item>")


def items_of(answer: Answer, name: str) -> list[bytes]:
    """The outer items of the set with that name; items may contain further sets."""
    found, depth, start, content = [], 0, 0, _parts(answer, name)[1]
    for mark in _ITEM.finditer(content):
        if mark[1]:
            depth -= 1
            if depth == 0:
                found.append(content[start : mark.end()])
        else:
            start = start if depth else mark.start()
            depth += 1
    return found


def in_set(answer: Answer, name: str, items: list[bytes]) -> Answer:
    """The answer with only these items in the set with that name."""
    head, content, tail = _parts(answer, name)
    headers = [(name, value) for name, value in answer[1] if name.lower() != "content-length"]
    return answer[0], headers, head + b"".join(items) + tail if content else answer[2]


def _parts(answer: Answer, name: str) -> tuple[bytes, bytes, bytes]:
    """The text before, in and after a set."""
    start, end = f"<{name}>".encode(), f"</{name}>".encode()
    head, begin, rest = answer[2].partition(start)
    content, _, tail = rest.partition(end)
    return head + begin, content, end + tail

"""docs/fidelity.md, made of the table: `python tests/fidelity/document.py` writes it, a test compares it."""

import json
import sys
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

sys.path.extend(str(Path(__file__).resolve().parents[1] / name) for name in ("", "helpers"))

from fidelity.rows import ROWS
from fidelity.table import Row

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "fidelity.md"
HEAD = """# What the cloud answers

This page is made of the table in `tests/fidelity/` by `make fidelity`. Each row is one behaviour: a call or a few, what
AWS comes to, and what moto {moto} comes to by itself. A test asks stock moto and our cloud every row over HTTP, and
fails when ours is not as AWS, or when stock moto is no longer as the row says.

{rows} rows; stock moto answers {failed} of them otherwise than AWS, ours none.

How AWS's answer is known: **M** AWS's API reference text, as botocore holds it · **EC** AWS's list of EC2 error codes,
in an older copy · **UG** AWS's user guides · **GH** an error of real AWS, quoted in that GitHub thread · **Q** an error
of real AWS, quoted in public notes and logs · **CLI** names that stand in the examples of its command line tool · **U**
general knowledge, unverified: the error's code is what counts.
The numbers up to 227 are those of the survey of moto 5.2.5 that the table began with; 130 (SSM) and 216 (websites of
buckets) are left out, because this cloud has neither. Higher ones came later. Rules and patches of moto in
`src/drycloud/cloud` name the rows that they are there for; what has no number is named by none of them.
`python tests/fidelity/needed.py` takes them out one at a time, and tells which no row misses.
"""


MOTO = Path(__file__).with_name("moto_tests.json")
MOTO_HEAD = """
## moto's own tests

`python tests/fidelity/moto_tests.py CHECKOUT` runs moto's tests of EC2 and S3 against this cloud, and makes this list
anew. {passed} pass; {skipped} are skipped, most because they look into moto's own memory; {failed} fail. The reasons
say where this cloud means to differ; what is not sorted yet is said to be so.
"""


def page(rows: list[Row]) -> str:
    """The whole page."""
    from importlib.metadata import version

    failed = sum(row.aws != row.stock for row in rows)
    parts = [HEAD.format(moto=version("moto"), rows=len(rows), failed=failed)]
    for service, found in groupby(sorted(rows, key=_order), key=lambda row: row.service):
        parts.append(
            f"\n## {service}\n\n| | behaviour | AWS, and ours | stock moto | source |\n|---|---|---|---|---|\n"
        )
        parts += _lines(found)
    return "".join([*parts, *_of_moto()])


def _of_moto() -> Iterator[str]:
    """moto's own tests that fail here, by cause."""
    told = json.loads(MOTO.read_text(encoding="utf-8"))
    counts = told["counts"]
    yield MOTO_HEAD.format(**counts)
    for reason, names in sorted(told["failed"].items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"\n<details><summary>{len(names)}: {escape(reason)}</summary>\n\n"
        yield from (f"- `{name}`\n" for name in names)
        yield "\n</details>\n"


def _order(row: Row) -> tuple[str, int, str]:
    return row.service, row.number or 10**6, row.what


def _lines(rows: Iterator[Row]) -> Iterator[str]:
    for row in rows:
        stock = "the same" if row.stock == row.aws else _cell(row.stock)
        number = row.number or ""
        yield f"| {number} | {_cell(row.what)} | {_cell(row.aws)} | {stock} | {_cell(row.source)} |\n"


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(ROWS), encoding="utf-8")


if __name__ == "__main__":
    main()

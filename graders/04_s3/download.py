"""Hidden checks of 04_s3/download: the mean and the table, against the data set as the scene stored it."""

import csv
import math

from drycloud import check

CLOSE = 0.0051  # a mean that was rounded to two digits is fine


def values_of(before, given):
    """All values of the data set."""
    stored = before.objects(given.bucket, given.prefix).values()
    return [float(line.split(",")[1]) for each in stored for line in each.data.decode().splitlines()[1:]]


def number(value):
    """An answer or a cell as a number, not-a-number for anything else."""
    try:
        return math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


@check(points=1)
def test_nothing_else_changed(before, after, given, answers):
    """The data set was read, and what was stored before is as it was."""
    assert number(answers.rows) > 0, "`rows` is no number above 0, so nothing was read yet."
    changes = after.changes_since(before)
    assert not changes, f"Your code changed what was there before: {changes[0]} (in all: {len(changes)})."


@check(points=2, needs=test_nothing_else_changed)
def test_the_mean_is_right(before, given, answers):
    """`mean` is the mean of all values."""
    values, mean = values_of(before, given), number(answers.mean)
    assert abs(mean - sum(values) / len(values)) < CLOSE, (
        f"`mean` is {str(answers.mean)[:40]}, and that is not the mean of all values: each row counts the same, "
        "whichever object it is in."
    )


@check(points=2, needs=test_nothing_else_changed)
def test_the_table_holds_the_result(before, after, given):
    """The stored table has the columns rows and mean, with the right numbers."""
    values = values_of(before, given)
    table = table_of(after.objects(given.bucket).get(given.result_key))
    assert table, "There is no table under the key that you were given."
    rows, mean = cell(table, "row", "count"), cell(table, "mean", "average")
    assert None not in (rows, mean), (
        f"The table begins with the line {','.join(table[0])[:80]!r}. It needs a header that names rows and mean."
    )
    assert number(rows) == len(values), f"In the table, rows is {rows[:40]!r}: it is not the number of rows."
    assert abs(number(mean) - sum(values) / len(values)) < CLOSE, (
        f"In the table, mean is {mean[:40]!r}: it is not the mean of all values."
    )


def table_of(stored):
    """The cells of a CSV file, without empty lines; whatever stands between them, and with any line ends."""
    text = (stored.data or b"").decode("utf-8-sig", "replace") if stored else ""
    lines = [line for line in text.splitlines() if line.strip()]
    sign = next((sign for sign in ";\t" if sign in "".join(lines[:1])), ",")
    return [[part.strip() for part in row] for row in csv.reader(lines, delimiter=sign)]


def cell(table, *names):
    """The number that belongs to one of the names, which stand in the first line or in the first column; or None."""
    for row in table if len(table) > 1 else []:
        if any(name in row[0].lower() for name in names) and len(row) == 2 and not math.isnan(number(row[1])):
            return row[1]
    for place, head in enumerate(table[0] if len(table) > 1 else []):
        if any(name in head.lower() for name in names) and place < len(table[1]):
            return table[1][place]
    return None

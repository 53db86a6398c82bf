"""Hidden checks of 04_s3/download: they compare the mean and the result file with the data set of the scene."""

import csv
import math

from drycloud import check

EXACT = 1e-9  # for any order in which the values are added
SIX_DECIMALS = 5.1e-7  # what rounding to six decimal places may change


def data_set(before, given):
    """The objects of the data set, by key."""
    stored = before.objects(given.bucket, given.prefix)
    if not stored:
        raise LookupError("the scene stored no data set")
    return stored


def values_in(objects):
    """All values in the objects."""
    return [float(line.split(",")[1]) for each in objects for line in each.data.decode().splitlines()[1:]]


def read_by(before, given, trail):
    """The objects of the bucket that the code has read."""
    calls = [c.parameters for c in trail if c.operation == "GetObject" and not c.error]
    keys = {call.get("Key") for call in calls if call.get("Bucket") == given.bucket}
    return {key: stored for key, stored in before.objects(given.bucket).items() if key in keys}


def number(value):
    """An answer or a cell as a number, not-a-number for anything else."""
    try:
        return math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def table_of(after, given):
    """The cells of the stored table, without empty lines, and with any line ends."""
    stored = after.objects(given.bucket).get(given.result_key)
    text = (stored.data or b"").decode("utf-8-sig", "replace") if stored else ""
    lines = [line for line in text.splitlines() if line.strip()]
    return [[cell.strip() for cell in row] for row in csv.reader(lines, skipinitialspace=True)]


@check(points=1)
def test_most_of_it_was_read(before, given, trail):
    """Your code read most of the data set."""
    read = [key for key in read_by(before, given, trail) if key in data_set(before, given)]
    assert len(read) >= 1000, "Your code read too little of the data set; nothing else is checked."


@check(points=1, needs=test_most_of_it_was_read)
def test_nothing_else_changed(before, after, given):
    """Everything that was stored before is unchanged, and only the result is new."""
    changes = after.changes_since(before, but=[before.bucket(given.bucket)])
    assert not changes, f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)})."
    results = [new for new in after.made_since(before) if getattr(new, "key", None) == given.result_key]
    left = after.costs_since(
        before, but=[*results, *after.objects(given.bucket).values(), *after.versions(given.bucket)]
    )
    assert not left, f"Your code also left something else that costs money: {left[0]} (in total: {len(left)})."


@check(points=2, needs=test_most_of_it_was_read)
def test_the_mean_is_right(before, after, given, answers):
    """The mean is the mean of all values, not rounded."""
    mean, near = stated_mean(after, given, answers)
    assert not math.isnan(mean), "There is no number with the name mean yet."
    values = values_in(data_set(before, given).values())
    wanted = sum(values) / len(values)
    assert not near < abs(mean - wanted) < 0.051, (
        f"The mean is {mean:.12g}, which is close to the mean of all values, but not equal. Did your code round it?"
    )
    assert abs(mean - wanted) <= near, (
        f"The mean is {mean:.12g}, which is not the mean of all values. Each row must count the same, no matter "
        "which object it is in."
    )


def stated_mean(after, given, answers):
    """The mean, and its tolerance: from the variable, or from the result file if there is no such variable."""
    if "mean" in answers:
        return number(answers.mean), EXACT
    table = table_of(after, given)
    found = [cell for name, cell in zip(*table[:2], strict=False) if name == "mean"] if len(table) > 1 else []
    return number(found[0] if found else None), SIX_DECIMALS


@check(points=2, needs=test_most_of_it_was_read)
def test_the_table_holds_the_result(before, after, given, answers, trail):
    """The stored file has the header rows,mean and one row with the two numbers."""
    table, read = table_of(after, given), read_by(before, given, trail)
    assert table, "There is no CSV file under the given key."
    head = ",".join(table[0])
    assert len(table[0]) == 2 or "rows" not in table[0] or "mean" not in table[0], (
        f"The header of the file is {head[:80]!r}: it has other columns than rows and mean. If pandas wrote the "
        "file: the first column without a name is the index; index=False leaves it out."
    )
    assert table[0] == ["rows", "mean"], f"The file begins with the line {head[:80]!r}. Its header must be 'rows,mean'."
    assert len(table) == 2, f"After its header the file has {len(table) - 1} lines, but must have one."
    assert len(table[1]) == 2, f"The row of the file has {len(table[1])} values, but must have two."
    rows, mean = table[1]
    counts = [len(values_in(objects)) for objects in (data_set(before, given).values(), read.values())]
    assert number(rows) in counts, f"In the file, rows is {rows[:40]!r}: this is not the number of rows."
    means = [sum(values) / len(values) for values in [values_in(data_set(before, given).values())]]
    means.append(number(answers.get("mean")))
    assert any(abs(number(mean) - each) <= SIX_DECIMALS for each in means), (
        f"In the file, mean is {mean[:40]!r}: this is not the mean of all values with at least six decimal places."
    )

"""Hidden checks of 06_capstone/pipeline: the instance, the costs and the means, for any way to get them."""

import csv
from collections import defaultdict

from drycloud import check

NEAR = 0.0051  # means with two decimal places are accepted


def rented(before, after, answers):
    """The instances to judge: the one whose ID the student gave, else all that the code launched."""
    new = after.new_since(before, "Instance")
    assert new, "Your code launched no instance."
    return [id for id in new if id == str(answers.get("instance_id")).strip()] or new


def require_work(before, after, given):
    """Fail if the code did nothing: then it earns nothing for changing nothing else."""
    done = after.new_since(before, "Instance") or given.result_key in after.objects(given.bucket)
    assert done, "Your code launched no instance and stored no result."


@check(points=3)
def test_nothing_else_changed(before, after, given):
    """Your code did something, and the dataset and everything of others in the account are unchanged."""
    require_work(before, after, given)
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)}). "
        "Which IDs and keys do you use in the calls that change, terminate or delete something?"
    )


@check(points=1)
def test_image_is_the_given_one(before, after, given, answers):
    """The instance was launched from the given image."""
    used = [after[id].image_id for id in rented(before, after, answers)]
    other = [image for image in used if image != given.image_id]
    assert not other, f"The instance was launched from the image {other[0]}, which is not the given one."


@check(points=2)
def test_nothing_is_left(before, after, given):
    """Except instances and the result, your code left nothing that costs money."""
    require_work(before, after, given)
    machines = after.made_since(before, "Instance")  # another check judges them, with their disks
    left = after.costs_since(before, but=[after.objects(given.bucket).get(given.result_key), *machines])
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=4)
def test_the_means_are_right(before, after, given):
    """The result contains the mean of each group in the dataset."""
    result = after.objects(given.bucket).get(given.result_key)
    assert result is not None, "There is no result yet."
    wanted = means_of(before.objects(given.bucket)[given.dataset_key].data.decode())
    if not wanted:
        raise LookupError("the scene's dataset names no group")
    found = numbers_in((result.data or b"").decode("utf-8-sig", "replace"), wanted)
    left = [group for group in wanted if not found[group]]
    assert not left, f"The result has no row with a number for the group {left[0]!r} (in total: {len(left)})."
    twice = [group for group in wanted if len(found[group]) > 1]
    assert not twice, f"The result has {len(found[twice[0]])} rows for the group {twice[0]!r}; it must have one."
    wrong = [group for group in wanted if not abs(found[group][0] - wanted[group]) <= NEAR]
    assert not wrong, (
        f"The mean of the group {wrong[0]!r} is not {found[wrong[0]][0]:g} (wrong: {len(wrong)} of "
        f"{len(wanted)}). Does your code use each value of the dataset, in the right group?"
    )


def means_of(dataset):
    """The mean of each group."""
    values = defaultdict(list)
    for row in csv.DictReader(dataset.splitlines()):
        values[row["group"]].append(float(row["value"]))
    return {group: sum(found) / len(found) for group, found in values.items()}


def numbers_in(text, groups):
    """By group, the number in each of its rows: the one under "mean", else the last; for any order of columns."""
    delimiter = max(",;\t", key=text.count)
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=delimiter)]
    named = [n for n, title in enumerate(rows[0] if rows else []) if title.lower() in ("mean", "average", "avg")]
    found = defaultdict(list)
    for row in rows:
        group = next((cell for cell in row if cell in groups), None)
        numbers = [number_of(row[n]) for n in named if n < len(row)] or [number_of(cell) for cell in row]
        found[group] += [number for number in numbers if number is not None][-1:]
    return found


def number_of(text):
    """The number in a cell, or None."""
    try:
        return float(text)
    except ValueError:
        return None

"""Hidden checks of 06_capstone/pipeline: the machine, the money and the means, however they came about."""

import csv
from collections import defaultdict

from drycloud import check

NEAR = 0.0051  # means with two decimals are welcome


def rented(before, after, answers):
    """The machines to judge: the one that the student names, else all that the code launched."""
    new = after.new_since(before, "Instance")
    assert new, "Your code launched no instance: nothing was rented."
    return [id for id in new if id == str(answers.get("instance_id")).strip()] or new


def require_work(before, after, given):
    """Fails where nothing was done: then it is no merit that nothing else was."""
    done = after.new_since(before, "Instance") or given.result_key in after.objects(given.bucket)
    assert done, "Your code launched no instance and stored no result: nothing was done yet."


@check(points=3)
def test_nothing_else_changed(before, after, given):
    """Something was done, and the dataset and everything that others have in the account is as it was."""
    require_work(before, after, given)
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed what was there before: {changes[0]} (in total: {len(changes)}). "
        "Which ids and which keys do the calls name that change or end something?"
    )


@check(points=1)
def test_image_is_the_given_one(before, after, given, answers):
    """The machine was launched from the image that was given."""
    used = [after[id].image_id for id in rented(before, after, answers)]
    other = [image for image in used if image != given.image_id]
    assert not other, f"The machine was launched from the image {other[0]}, which is not the one given."


@check(points=2)
def test_nothing_is_left(before, after, given):
    """Whatever your code made besides machines and the result, and that costs money, is gone."""
    require_work(before, after, given)
    machines = after.made_since(before, "Instance")  # which are judged by another check, with their disks
    left = after.costs_since(before, but=[after.objects(given.bucket).get(given.result_key), *machines])
    assert not left, f"Your code made something that costs money, and left it: {left[0]} (in total: {len(left)})."


@check(points=4)
def test_the_means_are_right(before, after, given):
    """The result holds the mean of each group of the dataset."""
    result = after.objects(given.bucket).get(given.result_key)
    assert result is not None, "There is no result to look at."
    wanted = means_of(before.objects(given.bucket)[given.dataset_key].data.decode())
    if not wanted:
        raise LookupError("the scene's dataset names no group")
    found = numbers_in((result.data or b"").decode("utf-8-sig", "replace"), wanted)
    left = [group for group in wanted if not found[group]]
    assert not left, f"The result has no row with a number for the group {left[0]!r} (in total: {len(left)})."
    twice = [group for group in wanted if len(found[group]) > 1]
    assert not twice, f"The result has {len(found[twice[0]])} rows for the group {twice[0]!r}; there should be one."
    wrong = [group for group in wanted if not abs(found[group][0] - wanted[group]) <= NEAR]
    assert not wrong, (
        f"The mean of the group {wrong[0]!r} is not {found[wrong[0]][0]:g} (wrong in all: {len(wrong)} of "
        f"{len(wanted)}). Does each value of the dataset count, and in its own group?"
    )


def means_of(dataset):
    """The mean of each group."""
    values = defaultdict(list)
    for row in csv.DictReader(dataset.splitlines()):
        values[row["group"]].append(float(row["value"]))
    return {group: sum(found) / len(found) for group, found in values.items()}


def numbers_in(text, groups):
    """By group, the number of each of its rows: the one under "mean", else the last; whatever the columns' order."""
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
    """The number that a cell holds, or None."""
    try:
        return float(text)
    except ValueError:
        return None

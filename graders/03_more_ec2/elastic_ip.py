"""Hidden checks of 03_more_ec2/elastic_ip: by the allocations that were there before the student's code ran."""

from drycloud import check

ADDRESSES = ("public_ip", "public_dns")  # of a machine: what it gets and loses when the fixed one moves


@check(points=1)
def test_fixed_address_is_kept_and_has_moved(after, given):
    """The fixed address is still yours, and does not lead to the old machine any more."""
    fixed = after.get(given.allocation_id)
    assert fixed is not None, (
        "The fixed address was released. It may be somebody else's now, and no visitor knows a new one: to take it off "
        "a machine, it need not be released."
    )
    assert fixed.instance_id != given.old_instance_id, "The fixed address still leads to the old machine."


@check(points=3, needs=test_fixed_address_is_kept_and_has_moved)
def test_nothing_else_changed(before, after, given):
    """Both machines run on, and everything else is as it was."""
    changes = after.changes_since(
        before,
        but=[
            given.spare_allocation_id,
            (given.allocation_id, "instance_id"),
            (given.old_instance_id, *ADDRESSES),
            (given.new_instance_id, *ADDRESSES),
        ],
    )
    assert not changes, f"Your code changed something else: {changes[0]} (in total: {len(changes)})."
    left = after.costs_since(before, but=after.made_since(before, "Address"))
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=2, needs=test_fixed_address_is_kept_and_has_moved)
def test_no_address_is_added(before, after):
    """No further address was allocated."""
    new = after.new_since(before, "Address")
    assert not new, f"Your code allocated {after[new[0]].public_ip}, which nobody knows and which costs money."


@check(points=2)
def test_public_ip_is_the_fixed_address(before, given, answers):
    """`public_ip` is the fixed address."""
    answer = answers.public_ip
    assert answer is not None, "`public_ip` is still None: set it to the fixed address."
    assert isinstance(answer, str), f"`public_ip` must be a string such as '203.0.113.7', but it is {str(answer)[:60]}."
    assert answer.strip() == before[given.allocation_id].public_ip, (
        "`public_ip` is not the address of the allocation `given.allocation_id`."
    )

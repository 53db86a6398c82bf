"""Hidden checks of 03_more_ec2/elastic_ip: by the allocation IDs that existed before the student's code ran."""

from drycloud import check

ADDRESSES = ("public_ip", "public_dns")  # the attributes of an instance that change when the fixed address moves


@check(points=1)
def test_fixed_address_is_kept_and_has_moved(after, given):
    """The fixed address is still yours, and is not associated with the old instance any more."""
    fixed = after.get(given.allocation_id)
    assert fixed is not None, (
        "Your code released the fixed address. AWS may give it to somebody else now, and your users do not know a new "
        "one. You do not have to release an address to remove it from an instance."
    )
    assert fixed.instance_id != given.old_instance_id, "The fixed address is still associated with the old instance."


@check(points=3, needs=test_fixed_address_is_kept_and_has_moved)
def test_nothing_else_changed(before, after, given):
    """Both instances are still running, and everything else is unchanged."""
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
    """Your code did not allocate another address."""
    new = after.new_since(before, "Address")
    assert not new, f"Your code allocated {after[new[0]].public_ip}. Nobody knows this address, and it costs money."


@check(points=2)
def test_public_ip_is_the_fixed_address(before, given, answers):
    """`public_ip` is the fixed address."""
    answer = answers.public_ip
    assert answer is not None, "`public_ip` is still None: set it to the fixed address."
    assert isinstance(answer, str), f"`public_ip` must be a string such as '203.0.113.7', but it is {str(answer)[:60]}."
    assert answer.strip() == before[given.allocation_id].public_ip, (
        "`public_ip` is not the address of the allocation `given.allocation_id`."
    )

"""Hidden checks of 03_more_ec2/spot: they check the new Spot Instance requests that got an instance."""

from drycloud import check

OVER = ("closed", "cancelled", "failed")


def used(before, after):
    """The new Spot Instance requests that have, or had, an instance; one that was cancelled before is ignored."""
    new = [after[id] for id in after.new_since(before, "SpotRequest")]
    return [request for request in new if request.instance_id]


def judged(before, after):
    """The requests to judge, at least one."""
    found = used(before, after)
    assert found, (
        "No Spot Instance request of yours got an instance. An ordinary launch does not give you a Spot Instance; and "
        "a request gets no instance if you cancel it while it is open, or if its price is too low."
    )
    return found


@check(points=1)
def test_a_spot_request_got_its_instance(before, after):
    """A Spot Instance request of yours got an instance."""
    judged(before, after)


@check(points=4, needs=test_a_spot_request_got_its_instance)
def test_nothing_else_changed(before, after):
    """The requests and instances of others are unchanged."""
    changes = after.changes_since(before)
    assert not changes, f"Your code changed what is not yours: {changes[0]} (in total: {len(changes)})."


@check(points=3, needs=test_a_spot_request_got_its_instance)
def test_no_request_is_left(before, after, answers):
    """No request of yours is left open or active, and no other new instance is left."""
    left = [after[id] for id in after.new_since(before, "SpotRequest") if after[id].state not in OVER]
    assert not left, (
        f"Your Spot Instance request {left[0].id} is still {left[0].state}: it has an instance, or may get one."
    )
    other = [id for id in after.new_since(before, "Instance") if id != answers.get("instance_id")]
    running = [id for id in other if after.state(id) != "terminated"]
    assert not running, f"Your code left another instance: {running[0]}, which is {after.state(running[0])}."
    named = [id for id in after.new_since(before, "Instance") if id not in other]  # another check checks its end
    costly = after.costs_since(before, but=named)
    assert not costly, f"Your code left something behind that costs money: {costly[0]} (in total: {len(costly)})."


@check(points=2, needs=test_a_spot_request_got_its_instance)
def test_price_has_its_limit(before, after, given):
    """The request has a maximum price, which is not higher than the given one."""
    prices = [request.max_price for request in judged(before, after)]
    assert all(prices), "Your request has no maximum price, so you may pay up to the list price."
    highest = max(prices, key=float)
    assert float(highest) <= float(given.max_price), (
        f"Your request allows up to {highest} dollars per hour, but you may pay only {given.max_price}."
    )


@check(points=1, needs=test_a_spot_request_got_its_instance)
def test_request_is_one_time(before, after):
    """The request is a one-time request."""
    kinds = {request.kind for request in judged(before, after)}
    assert kinds == {"one-time"}, "Your request is persistent: it asks for a new instance each time one ends."


@check(points=1, needs=test_a_spot_request_got_its_instance)
def test_instance_is_as_ordered(before, after, given):
    """The instance was launched from the given image, and has the given type."""
    for request in judged(before, after):
        machine = after[request.instance_id]
        assert machine.image_id == given.image_id, f"The instance was launched from {machine.image_id}, another image."
        assert machine.instance_type == given.instance_type, f"The instance has another type, {machine.instance_type}."


@check(points=1, needs=test_a_spot_request_got_its_instance)
def test_your_code_waited_until_it_ran(before, after, trail):
    """Your code waited until the Spot Instance was running before it terminated the instance."""
    machines = [id for id in after.new_since(before, "Instance") if after[id].lifecycle == "spot"]
    assert any(trail.until("TerminateInstances", id).waited_for(id) for id in machines), (
        "Before your code terminated the instance, no response of AWS said that the instance was running. An active "
        "request has an instance, but the instance may still be pending: wait for it, too."
    )

"""Hidden checks of 03_more_ec2/pricing: they compare the answers with the price list that the scene wrote."""

import csv
import io

from drycloud import check


def prices(given, files_before):
    """The price per hour of each type."""
    rows = csv.DictReader(io.StringIO(files_before[given.prices_file].text))
    return {row["instance_type"]: float(row["usd_per_hour"]) for row in rows}


def cheapest(ec2, given, listed, count="DefaultVCpus"):
    """The cheapest of these types that is large enough; `count` says what counts as a processor; None if none is."""
    types = ec2.describe_instance_types(InstanceTypes=sorted(listed))["InstanceTypes"]
    enough = [
        type["InstanceType"]
        for type in types
        if type["VCpuInfo"][count] >= given.min_vcpus and type["MemoryInfo"]["SizeInMiB"] >= given.min_memory_gib * 1024
    ]
    return min(enough, key=listed.__getitem__, default=None)


@check(points=1)
def test_type_was_found_in_the_price_list(ec2, given, answers, files_before, trail):
    """`instance_type` is a type in the price list, and your code asked AWS how large the types are."""
    listed = prices(given, files_before)
    assert answers.instance_type in list(listed), "`instance_type` is not a type in the price list."
    # A right answer is not a guess, even without a call; a wrong answer without a call is.
    asked = any("InstanceType" in call.operation and not call.error for call in trail)
    assert asked or answers.instance_type == cheapest(ec2, given, listed), (
        "Your code never asked AWS how many vCPUs and how much memory a type has: call `describe_instance_types`."
    )


@check(points=3, needs=test_type_was_found_in_the_price_list)
def test_nothing_was_rented_or_changed(before, after):
    """Your code did not launch or change anything."""
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."
    changes = after.changes_since(before)
    assert not changes, f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)})."


@check(points=4, needs=test_type_was_found_in_the_price_list)
def test_type_is_the_cheapest_that_is_large_enough(ec2, given, answers, files_before):
    """`instance_type` is the cheapest type in the price list that is large enough."""
    listed = prices(given, files_before)
    best = cheapest(ec2, given, listed)
    by_cores = answers.instance_type == cheapest(ec2, given, listed, "DefaultCores")
    assert listed[answers.instance_type] <= listed[best], (
        f"{answers.instance_type} is not the cheapest: another type in the list is large enough and costs less."
        + by_cores
        * (
            " It would be right if the job needed so many cores. AWS returns both numbers: most cores count as two "
            "vCPUs, and the job needs vCPUs (`DefaultVCpus`)."
        )
    )
    assert answers.instance_type == best, (
        f"{answers.instance_type} is cheap, but not large enough: check the vCPUs and the memory, and note that AWS "
        "gives the memory in MiB."
    )

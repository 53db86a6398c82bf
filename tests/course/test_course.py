"""The content of this course: what students see of a step's points, and checks that find nothing to look at."""

import re
from collections.abc import Iterator

import course_worlds
import pytest
from course_worlds import COURSE, ROOT, Outcome, asked_for, suite_of

from drycloud.cloud.warm import warm_up
from drycloud.grading.guest import GUEST
from drycloud.notebook import load_exercise
from drycloud.sandbox import Zygote

STEPS = [f"{a.name}/{s.name}" for a in COURSE.assignments for s in a.steps if suite_of(a.name, s.name).checks]

# What is true where nothing was done, by why it is: each such check needs one that is not.
TRUE_OF_NOTHING = {
    "what was there is as it was": [
        "02_ec2/key_pair test_nothing_else_changed",
        "02_ec2/launch test_nothing_else_changed",
        "02_ec2/inspect test_nothing_changed",
        "02_ec2/connect test_nothing_else_changed",
        "02_ec2/terminate test_nothing_else_changed",
        "02_ec2/cleanup test_nothing_else_changed",
        "03_more_ec2/security_group test_nothing_else_changed",
        "03_more_ec2/security_group test_instance_keeps_its_groups",
        "03_more_ec2/image test_nothing_else_changed",
        "03_more_ec2/elastic_ip test_nothing_else_changed",
        "03_more_ec2/spot test_nothing_else_changed",
        "03_more_ec2/pricing test_nothing_was_rented_or_changed",
        "03_more_ec2/regions test_nothing_else_changed",
        "04_s3/bucket test_nothing_else_changed",
        "04_s3/upload test_nothing_else_changed",
        "04_s3/download test_nothing_else_changed",
        "04_s3/backup test_nothing_else_changed",
        "04_s3/share test_all_stays_private",
        "04_s3/backup test_old_versions_are_kept",
        "04_s3/backup test_deleted_files_are_kept",
        "05_cli/instances test_nothing_else_changed",
        "05_cli/sync test_nothing_else_changed",
        "05_cli/query test_nothing_changed",
    ],
    "nothing was made, sent or opened that should not be": [
        "02_ec2/connect test_nobody_else_is_let_in",
        "02_ec2/connect test_no_other_port_is_opened",
        "03_more_ec2/elastic_ip test_no_address_is_added",
        "03_more_ec2/spot test_no_request_is_left",
        "04_s3/upload test_only_files_of_the_folder_are_uploaded",
        "05_cli/sync test_the_rubbish_stayed_at_home",
        "05_cli/sync test_nothing_else_was_made",
    ],
}
# What is true, besides, where the account lost all that it held.
TRUE_OF_AN_ACCOUNT_THAT_LOST_ALL = {
    "what was to be given back is gone": [
        "02_ec2/cleanup test_volumes_are_deleted",
        "02_ec2/cleanup test_something_is_given_back",
        "02_ec2/cleanup test_addresses_are_released",
        "02_ec2/cleanup test_snapshots_are_deleted",
        "03_more_ec2/elastic_ip test_spare_address_is_released",
        "04_s3/empty test_the_versions_are_gone",
        "04_s3/empty test_the_bucket_is_gone",
        "04_s3/empty test_the_markers_are_gone",
    ]
}
# What holds although evidence that it asks for is missing, by why it does.
TRUE_WITHOUT = {
    "the answer is judged by another check; where it names no machine, all that the code launched are judged": [
        "02_ec2/launch answers test_it_has_its_name",
        "02_ec2/launch answers test_image_is_the_given_one",
        "02_ec2/launch answers test_type_is_the_given_one",
        "02_ec2/launch answers test_key_is_the_given_one",
        "02_ec2/launch answers test_your_code_waited",
        "03_more_ec2/spot answers test_no_request_is_left",
        "06_capstone/pipeline answers test_every_machine_was_given_back",
        "06_capstone/pipeline answers test_image_is_the_given_one",
        "06_capstone/pipeline answers test_it_fits_the_budget",
    ],
    "a number that is in no variable may stand in the table, and the other way round": [
        "04_s3/download answers test_all_rows_are_counted",
        "04_s3/download answers test_the_mean_is_right",
        "04_s3/download answers test_the_table_holds_the_result",
        "04_s3/download after test_all_rows_are_counted",
        "04_s3/download after test_the_mean_is_right",
    ],
    "the calls only tell why it failed": [
        "04_s3/bucket trail test_the_bucket_is_there",
        "04_s3/bucket trail test_the_bucket_is_tagged",
        "04_s3/empty trail test_the_bucket_is_gone",
        "05_cli/query trail test_there_are_ids_in_the_file",
    ],
    "a right answer was found, whoever was asked": [
        "03_more_ec2/pricing trail test_type_was_found_in_the_price_list",
    ],
}
# What passes without one call, where answers are right or only look so, by why it does. Nobody knows right
# ones without a call, except where they are the same in each world.
TRUE_WITHOUT_A_CALL = {
    "right: it is asked for what AWS tells, and the answer is all that is asked for": [
        "02_ec2/inspect test_state_is_right",
        "02_ec2/inspect test_instance_type_is_right",
        "02_ec2/inspect test_key_name_is_right",
        "02_ec2/inspect test_a_value_is_of_this_instance",
        "02_ec2/inspect test_nothing_changed",
        "02_ec2/inspect test_public_ip_is_right",
        "02_ec2/inspect test_public_dns_is_right",
        "02_ec2/connect test_ssh_command_leads_to_an_instance",
        "02_ec2/connect test_the_command_goes_to_the_instance",
        "02_ec2/connect test_the_command_names_the_right_user",
        "02_ec2/connect test_the_command_uses_the_right_key",
        "03_more_ec2/elastic_ip test_public_ip_is_the_fixed_address",
        "03_more_ec2/pricing test_type_is_large_enough",
        "03_more_ec2/pricing test_monthly_usd_is_what_the_type_costs",
        "03_more_ec2/pricing test_type_was_found_in_the_price_list",
        "03_more_ec2/pricing test_nothing_was_rented_or_changed",
        "03_more_ec2/pricing test_type_is_the_cheapest_that_is_large_enough",
        "03_more_ec2/regions test_found_holds_lists_of_ids",
        "03_more_ec2/regions test_found_tells_what_ran",
        "04_s3/share test_the_link_opens",
        "04_s3/share test_there_is_a_link",
        "04_s3/share test_it_leads_to_the_object",
        "04_s3/share test_all_stays_private",
        "04_s3/share test_it_holds_for_an_hour",
    ],
}
NO_CLOUD = "01_intro/services"  # its answers are the same for everybody
# What may be as it was although the solution made, changed or ended it: it follows from something that may not.
FOLLOWS = {
    "an instance's first disk": [
        "02_ec2/launch Volume made",
        "02_ec2/terminate Volume ended",
        "02_ec2/cleanup Volume ended",
        "03_more_ec2/image Volume made",
        "03_more_ec2/regions Volume ended",
        "05_cli/instances Volume made",
        "05_cli/instances Volume ended",
    ],
    "an image's copy of the disk": ["03_more_ec2/image DiskSnapshot made"],
    "a machine's own address": ["03_more_ec2/elastic_ip Instance changed"],
    "a region's first group and network": ["03_more_ec2/regions SecurityGroup made", "03_more_ec2/regions Other made"],
    "an instance's interface": [
        "02_ec2/launch Other made",
        "02_ec2/terminate Other ended",
        "02_ec2/cleanup Other ended",
        "03_more_ec2/image Other made",
        "03_more_ec2/regions Other ended",
        "05_cli/instances Other made",
        "05_cli/instances Other ended",
    ],
    "an object's version, or the object of versions": [
        "04_s3/upload ObjectVersion made",
        "04_s3/download ObjectVersion made",
        "04_s3/backup ObjectVersion made",
        "04_s3/backup ObjectVersion changed",
        "04_s3/empty Object ended",
        "05_cli/sync ObjectVersion made",
        "06_capstone/pipeline ObjectVersion made",
    ],
}


@pytest.mark.parametrize("step", STEPS)
def test_a_third_of_the_points_can_be_seen(step: str) -> None:
    """Practice shows what at least a third of a step's points are given for."""
    checks = suite_of(*step.split("/")).checks
    seen = sum(spec.points for spec in checks if not spec.hidden)
    assert seen >= sum(spec.points for spec in checks) / 3


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    """What the stubs and solutions run in."""
    warm_up(COURSE.services)
    with Zygote(GUEST) as one:
        yield one


def listed(reasons: dict[str, list[str]], step: str) -> set[str]:
    """What is listed of this step, without the step's name."""
    return {text.partition(" ")[2] for texts in reasons.values() for text in texts if text.split()[0] == step}


def passed(found: list[Outcome], world: str) -> set[str]:
    """The checks that passed in this world."""
    return {each.check for each in found if each.outcome == "passed" and each.world == world}


@pytest.mark.parametrize("step", STEPS)
def test_nothing_to_look_at_does_not_pass(step: str, zygote: Zygote) -> None:
    """Where nothing was done, and where a scene lacks what a check looks at, no check passes by itself.

    What is true of nothing passes, and only that; in grading it needs a check that does not.
    """
    found = course_worlds.with_nothing_done(*step.split("/"), zygote)
    true = listed(TRUE_OF_NOTHING, step)
    assert passed(found, "untouched") == true
    assert {each.check for each in found if each.outcome == "passed" and each.world != "all gone"} == true
    assert passed(found, "all gone") - true == listed(TRUE_OF_AN_ACCOUNT_THAT_LOST_ALL, step)
    needs = {spec.name: spec.needs for spec in suite_of(*step.split("/")).checks}
    assert all(reached(needs, check) - true for check in true)


def reached(needs: dict[str, tuple[str, ...]], check: str) -> set[str]:
    """The checks that one needs, and those that these need."""
    return {other for name in needs[check] for other in (name, *reached(needs, name))}


@pytest.mark.parametrize("step", STEPS)
def test_each_part_of_a_solution_matters(step: str, zygote: Zygote) -> None:
    """A check does not pass without the evidence that it asks for, and not all do where one thing is as it was."""
    found = course_worlds.with_parts_taken_away(*step.split("/"), zygote)
    suite = suite_of(*step.split("/"))
    asked = asked_for(suite)
    assert passed(found, "whole") == set(asked)
    true = listed(TRUE_OF_NOTHING, step), listed(TRUE_OF_AN_ACCOUNT_THAT_LOST_ALL, step)
    held = set()
    for each in found:
        part, _, how = each.world.partition(": ")
        is_true = each.check in true[how == "nothing"] and part != "answers" and how != "none"
        if each.outcome == "passed" and part in asked[each.check] and not is_true:
            held.add(f"{part} {each.check}")
    assert held == listed(TRUE_WITHOUT, step)
    if step != NO_CLOUD:
        for kind in ("right", "plausible"):
            reasons = {reason: texts for reason, texts in TRUE_WITHOUT_A_CALL.items() if reason.startswith(kind)}
            assert passed(found, f"calls: none, {kind} answers") == listed(reasons, step)
    less = [world for world in {each.world for each in found} if world.startswith("less: ")]
    needless = [world.split()[1:3] for world in less if passed(found, world) == set(asked)]
    assert {" ".join(words) for words in needless} == listed(FOLLOWS, step)


# What a reader whose first language is another may not know, or not in this sense.
ODD = re.compile(
    r"\b(amid|anew|dear(?:er|est)?|hence|lest|reckon\w*|shall|storeys?|thereby|utter|whoever)\b", re.IGNORECASE
)


def lesson(step: str) -> list[str]:
    """The texts of a lesson, without the instructor's notes."""
    return load_exercise(ROOT / f"exercises/{step}.py").sources("text")


@pytest.mark.parametrize("step", [f"{a.name}/{s.name}" for a in COURSE.assignments for s in a.steps])
def test_lessons_are_in_plain_words(step: str) -> None:
    """Words that are old, or that have another sense elsewhere, stand in no lesson, and in no check's message."""
    checks = load_exercise(ROOT / f"exercises/{step}.py").sources("check")
    hidden = (ROOT / f"graders/{step}.py").read_text(encoding="utf-8")
    assert [found for text in [*lesson(step), *checks, hidden] for found in ODD.findall(text)] == []


@pytest.mark.parametrize("step", STEPS)
def test_a_terminal_is_one_that_knows_the_notebooks_cloud(step: str) -> None:
    """Where a student is sent to a terminal, and in each step for the shell, the lesson says how it is connected."""
    texts = lesson(step)
    sent = [text for text in texts if re.search(r"\b(in|open|to|use) (a|your|the) terminal\b", text)]
    assert [text for text in sent if "drycloud shell" not in text] == []
    is_shell = any(text.startswith("%%bash") for text in load_exercise(ROOT / f"exercises/{step}.py").sources("task"))
    assert is_shell == any("`drycloud shell`" in text for text in texts)

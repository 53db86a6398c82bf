"""Hidden checks of 01_intro/services: one check for each other need and each question: a mistake costs once."""

from drycloud import check

# Full names, and names that AWS used before.
ALSO = {
    "elasticcomputecloud": "ec2",
    "simplestorageservice": "s3",
    "elasticblockstore": "ebs",
    "elasticfilesystem": "efs",
    "relationaldatabaseservice": "rds",
    "elasticmapreduce": "emr",
    "sagemaker": "sagemakerai",
    "virtualprivatecloud": "vpc",
    "identityandaccessmanagement": "iam",
    "identity&accessmanagement": "iam",
}


def plain(name):
    """A service's name in lower case, without spaces, brackets, and the company's name before it."""
    words = name.lower().partition("(")[0].replace("-", " ").split() if isinstance(name, str) else []
    found = "".join(words[1:] if words[:1] in (["amazon"], ["aws"]) else words)
    return ALSO.get(found, found)


def judge_need(given, answers, key, service):
    """Fail unless the student named that service for the need."""
    named = answers.service_for
    assert isinstance(named, dict), "`service_for` is not a dict."
    assert key in named, f"There is no service for {key!r} in `service_for`."
    assert plain(named[key]) == plain(service), (
        f"For {key!r} you chose {named[key]!r}. Read the need again ({given.needs[key]}) and compare it with what "
        "the lesson's table says about that service."
    )


def judge_choice(answers, key, letter, section):
    """Fail unless the answer to the question is that letter."""
    chosen = answers.choices
    assert isinstance(chosen, dict), "`choices` is not a dict."
    assert key in chosen, f"There is no answer to {key!r} in `choices`."
    assert str(chosen[key]).strip().lower() == letter, (
        f"Your answer to {key!r} was {chosen[key]!r}. Read the section {section!r} of the lesson again."
    )


@check(points=1)
def test_one_disk(given, answers):
    """The service for a disk of one computer."""
    judge_need(given, answers, "one_disk", "EBS")


@check(points=1)
def test_by_key(given, answers):
    """The service for finding items by their key."""
    judge_need(given, answers, "by_key", "DynamoDB")


@check(points=1)
def test_ask_files(given, answers):
    """The service for SQL queries on files."""
    judge_need(given, answers, "ask_files", "Athena")


@check(points=1)
def test_model(given, answers):
    """The service for training a model and getting predictions from it."""
    judge_need(given, answers, "model", "SageMaker AI")


@check(points=1)
def test_many_jobs(given, answers):
    """The service for a queue of long jobs."""
    judge_need(given, answers, "many_jobs", "Batch")


@check(points=1)
def test_who_may(given, answers):
    """The service for permissions."""
    judge_need(given, answers, "who_may", "IAM")


@check(points=1)
def test_stopped(answers):
    """What you pay for while an instance is stopped."""
    judge_choice(answers, "stopped", "c", "What you pay for")


@check(points=1)
def test_terminated(answers):
    """What is still there after an instance is terminated."""
    judge_choice(answers, "terminated", "a", "What you pay for")


@check(points=1)
def test_idle(answers):
    """What an instance costs when nobody uses it."""
    judge_choice(answers, "idle", "b", "What you pay for")


@check(points=1)
def test_month(answers):
    """What a small instance costs in a month."""
    judge_choice(answers, "month", "d", "What you pay for")


@check(points=1)
def test_may_wait(answers):
    """How to rent for a job that may be interrupted."""
    judge_choice(answers, "may_wait", "b", "What you pay for")


@check(points=1)
def test_transfer(answers):
    """In which direction data transfer costs money."""
    judge_choice(answers, "transfer", "c", "What you pay for")


@check(points=1)
def test_hundred(answers):
    """What many instances cost for a short time."""
    judge_choice(answers, "hundred", "c", "What you pay for")

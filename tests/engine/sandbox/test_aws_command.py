"""The AWS CLI: version 1, which understands what is written for version 2, and finds a profile; here as in grading."""

import pytest
from contract_toy import Ran, graded_like_practice, grading, practised

# Cells, and what they print in a kernel and in grading.
SAME: dict[str, tuple[str, str]] = {
    "--no-cli-pager": ("!aws s3 ls --no-cli-pager", " toy"),
    "before the command": ("!aws --no-cli-pager --no-cli-auto-prompt s3 ls", " toy"),
    "AWS_PAGER": ("%%bash\nAWS_PAGER=less AWS_CLI_AUTO_PROMPT=off aws s3 ls --cli-auto-prompt", " toy"),
    "yaml": ("!aws s3api list-buckets --output yaml --query 'Buckets[].{Name: Name, Empty: `[]`}'", "- Name: toy"),
    "yaml by a variable": (
        "%%bash\nexport AWS_DEFAULT_OUTPUT=yaml\naws s3api get-bucket-location --bucket toy",
        "Location",
    ),
    "yaml-stream": ("!aws s3api list-buckets --output yaml-stream --query 'Buckets[].Name'", "- - toy"),
    "one word of yaml": ("!aws s3api list-buckets --output yaml --query 'Buckets[0].Name'", "toy"),
    "off": ("%%bash\necho [$(aws s3api list-buckets --output off)]", "[]"),
    "raw binary values": (
        "!ssh-keygen -q -t ed25519 -N '' -f key; aws ec2 import-key-pair --key-name a --public-key-material fileb://key.pub"
        " --cli-binary-format raw-in-base64-out --query KeyName",
        '"a"',
    ),
    "binary values in base64": (
        "!ssh-keygen -q -t ed25519 -N '' -f key2; aws ec2 import-key-pair --key-name b --public-key-material"
        " $(base64 -w0 key2.pub) --cli-binary-format base64 --query KeyName",
        '"b"',
    ),
    "--profile default": ("!aws s3 ls --profile default", " toy"),
    "AWS_PROFILE": ("%%bash\nexport AWS_PROFILE=default\naws s3 ls", " toy"),
    "AWS_DEFAULT_PROFILE": ("import os\nos.environ['AWS_DEFAULT_PROFILE'] = 'default'\n!aws s3 ls", " toy"),
    "profile_name": (
        "import boto3\nprint(boto3.Session(profile_name='default').client('s3').list_buckets()['Buckets'])",
        "toy",
    ),
    "profiles": (
        "import boto3\nprint(boto3.Session().available_profiles)\n!aws configure list-profiles",
        "['default']",
    ),
    "another profile": ("%%bash\nexport AWS_PROFILE=work\naws s3 ls && echo found || echo none", "none"),
    "AWS_REGION": (
        "%%bash\nexport AWS_REGION=eu-west-1\naws ec2 describe-availability-zones --output text",
        "eu-west-1a",
    ),
    "AWS_DEFAULT_REGION": (
        "!AWS_DEFAULT_REGION=eu-west-1 aws ec2 describe-availability-zones --output text",
        "eu-west-1a",
    ),
    "configure": (
        "%%bash\nset -e\naws configure\naws configure set region eu-west-1\naws configure get region",
        "us-east-1",
    ),
    "the version": ("!aws --version", "aws-cli/1."),
    "an error": ("!aws s3 ls s3://nothing-of-this-name; echo status $?", "NoSuchBucket"),
}


@pytest.fixture(scope="module")
def zygote():
    with grading() as one:
        yield one


@pytest.fixture(scope="module")
def in_practice(tmp_path_factory) -> dict[str, Ran]:
    return practised({name: [cell] for name, (cell, _) in SAME.items()}, tmp_path_factory.mktemp("practice"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
@pytest.mark.parametrize("name", SAME)
def test_a_command_means_the_same(name, zygote, in_practice):
    """In a stock kernel and in the sandbox."""
    cell, said = SAME[name]
    for ran in (in_practice[name], graded_like_practice(zygote, [cell])):
        assert said in ran.said
        assert "unknown" not in ran.said.lower()


def test_a_command_that_is_found_cold_means_the_same(zygote):
    """Where no cell names it, it is not run warm."""
    cell = (
        "import subprocess\nname = 'a' + 'ws'\nsubprocess.run([name, 's3', 'ls', '--no-cli-pager', '--output', 'yaml'])"
    )
    assert " toy" in graded_like_practice(zygote, [cell]).said

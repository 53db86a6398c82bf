"""Settings that a student's machine brings along neither break practice nor lead anywhere."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from account_orders import NO_SCENE, SCENE
from botocore import configprovider
from patience import PATIENCE
from settings_found import settings_found

from drycloud.classroom.notebooks.sources import marker
from drycloud.cloud.clients import waiters
from drycloud.lab import settings

DEAD = "http://127.0.0.1:9"  # nobody listens there
NOWHERE = "/nowhere/at/all"
CONFIG = """[default]
region = eu-west-3
output = yaml
endpoint_url = https://example.org
ca_bundle = /nowhere/at/all
use_fips_endpoint = true
retry_mode = adaptive
cli_timestamp_format = none
s3 =
    addressing_style = virtual
    use_accelerate_endpoint = true
    use_dualstack_endpoint = true
    preferred_transfer_client = crt
services = mine
credential_process = /bin/false
[services mine]
ec2 =
    endpoint_url = https://example.org
[plugins]
mine = no_such_module
"""
# By a name that says what is tried: the variables that a machine brings.
BROUGHT = {
    "dead proxies": dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), DEAD),
    "dead proxies, another exception": {"http_proxy": DEAD, "no_proxy": "example.org, .local"},
    "ignored endpoints": {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
    "endpoints": {"AWS_ENDPOINT_URL": DEAD, "AWS_ENDPOINT_URL_S3": DEAD, "AWS_ENDPOINT_URL_EC2": DEAD},
    "text": {"AWS_DEFAULT_OUTPUT": "text"},
    "yaml": {"AWS_DEFAULT_OUTPUT": "yaml"},
    "certificates": {"AWS_CA_BUNDLE": NOWHERE, "REQUESTS_CA_BUNDLE": NOWHERE, "SSLKEYLOGFILE": f"{NOWHERE}/log"},
    "FIPS": {"AWS_USE_FIPS_ENDPOINT": "true"},
    "dualstack": {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "S3": {
        "AWS_S3_USE_ARN_REGION": "maybe",
        "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "wrong",
        "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS": "true",
        "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH": "true",
    },
    "region": {"AWS_DEFAULT_REGION": "eu-west-3", "AWS_REGION": "ap-south-1"},
    "retries": {"AWS_MAX_ATTEMPTS": "many", "AWS_RETRY_MODE": "wrong", "AWS_DEFAULTS_MODE": "wrong"},
    "prompts": {"AWS_CLI_AUTO_PROMPT": "on", "AWS_PAGER": "/bin/false", "AWS_CLI_FILE_ENCODING": "no-such-encoding"},
    "checksums": {"AWS_REQUEST_CHECKSUM_CALCULATION": "wrong", "AWS_RESPONSE_CHECKSUM_VALIDATION": "wrong"},
    "signing": {"AWS_SIGV4A_SIGNING_REGION_SET": "*", "AWS_AUTH_SCHEME_PREFERENCE": "sigv4a,httpBearerAuth"},
    "accounts": {"AWS_ACCOUNT_ID": "999999999999", "AWS_ACCOUNT_ID_ENDPOINT_MODE": "required"},
    "a profile": {"AWS_PROFILE": "none", "AWS_DEFAULT_PROFILE": "none"},
    "a token": {"AWS_SESSION_TOKEN": "real", "AWS_BEARER_TOKEN_S3": "real", "AWS_ROLE_ARN": "arn:aws:iam::1:role/a"},
    "monitoring": {"AWS_CSM_ENABLED": "true", "AWS_CSM_PORT": "many"},
    "metadata": {"AWS_METADATA_SERVICE_TIMEOUT": "long", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "wrong"},
    "models": {"AWS_DATA_PATH": NOWHERE},
    "plugins": {"BOTOCORE_EXPERIMENTAL__PLUGINS": "wrong"},
    "Lambda": {"AWS_LAMBDA_FUNCTION_NAME": "f", "_X_AMZN_TRACE_ID": "Root=1", "AWS_EXECUTION_ENV": "AWS_Lambda"},
    "compression": {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES": "many", "AWS_DISABLE_REQUEST_COMPRESSION": "wrong"},
    "files": {"AWS_CONFIG_FILE": NOWHERE, "AWS_SHARED_CREDENTIALS_FILE": NOWHERE, "BOTO_CONFIG": NOWHERE},
}
WORK = (
    SCENE
    + """
import boto3, json, subprocess, urllib.request
s3, ec2 = boto3.client("s3"), boto3.client("ec2")
s3.put_object(Bucket="lesson", Key="k", Body=b"value")
image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)
link = s3.generate_presigned_url("get_object", {"Bucket": "lesson", "Key": "k"})
aws = lambda *words: subprocess.run(["aws", *words], capture_output=True, text=True)
listed = aws("s3api", "list-objects-v2", "--bucket", "lesson")
copied = aws("s3", "cp", "s3://lesson/k", "-")
names = aws("ec2", "describe-instances", "--query", "Reservations[].Instances[].InstanceType")
print(json.dumps([
    s3.get_object(Bucket="lesson", Key="k")["Body"].read().decode(), s3.meta.region_name, ec2.meta.region_name,
    urllib.request.urlopen(link).read().decode(), json.loads(listed.stdout)["Contents"][0]["Key"], copied.stdout,
    json.loads(names.stdout), listed.stderr + copied.stderr + names.stderr,
]))
"""
)
WANTED = ["value", "us-east-1", "us-east-1", "value", "k", "value", ["t3.micro"], ""]


def python(text, folder, home, **brought):
    env = {"PATH": os.defpath, "HOME": str(home), **brought}
    words = [sys.executable, "-c", text]
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.fixture
def home(tmp_path):
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/config").write_text(CONFIG)
    (tmp_path / "release").mkdir()
    (tmp_path / "release/botocore.py").write_text(marker())
    (tmp_path / "plain").mkdir()
    return tmp_path


def practised(folder, home, **brought):
    done = python(WORK, folder, home, **brought)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == WANTED


def test_every_setting_has_a_decision():
    """Each variable that botocore, boto3 or the AWS CLI read is ours, taken away, or left alone for a reason."""
    undecided = {
        name: where
        for name, where in settings_found().items()
        if not settings.is_foreign(name) and name not in settings.LEFT_ALONE
    }
    assert not undecided, f"decide what is done with these, in lab/settings.py: {undecided}"
    assert not [name for name in settings.environment(1) if name.startswith("AWS") and name not in settings_found()]


def test_botocores_own_table_is_covered():
    """Whatever botocore's table names as a variable is foreign by rule, so that a new entry is, too."""
    tables = [configprovider.BOTOCORE_DEFAUT_SESSION_VARIABLES, configprovider.DEFAULT_S3_CONFIG_VARS]
    names = [name for table in tables for entry in table.values() for name in _listed(entry[1])]
    assert len(names) > 30
    assert [name for name in names if not settings.is_foreign(name)] == []


def _listed(names):
    return [names] if isinstance(names, str) else names or []


def test_the_settings_name_the_quick_waiters():
    """The path that is put together without loading that module is its path."""
    assert settings.environment(1)["AWS_DATA_PATH"] == str(waiters.MODELS)


def test_proxies_are_kept_and_passed_by():
    """Proxies stay, for pip; the local cloud is an exception in both spellings, and other exceptions stay."""
    environ = {"HTTP_PROXY": DEAD, "NO_PROXY": "example.org,localhost"}
    settings.apply(environ, settings.environment(1))
    assert environ["HTTP_PROXY"] == DEAD
    assert environ["NO_PROXY"] == environ["no_proxy"] == "example.org,localhost,127.0.0.1"
    without = dict(settings.environment(1))
    settings.apply(without, settings.environment(1))
    assert "NO_PROXY" not in without


@pytest.mark.parametrize("folder", ["plain", "release"])
def test_all_of_them_at_once(folder, home):
    """Practice works with every setting that could break it, and with a config file, wherever it runs."""
    brought = {name: value for variables in BROUGHT.values() for name, value in variables.items()}
    practised(home / folder, home, **brought)


@pytest.mark.slow
@pytest.mark.parametrize("brought", BROUGHT.values(), ids=BROUGHT)
def test_each_of_them(brought, home):
    """Each alone: one may hide what another breaks."""
    practised(home / "plain", home, **brought)


def test_the_clouds_own_process_is_clean(home):
    """It inherits nothing of an account, nor a session's token, nor a proxy for what is on this machine."""
    look = "from drycloud.lab import practice\nprint(open(f'/proc/{practice._cloud._process.pid}/environ').read())\n"
    if not Path("/proc/self/environ").exists():
        pytest.skip("there is no /proc here")
    brought = {"AWS_PROFILE": "work", "AWS_SESSION_TOKEN": "real", "AWS_ROLE_ARN": "real", "http_proxy": DEAD}
    done = python(SCENE + "\n" + look, home / "plain", home, **brought)
    found = dict(part.split("=", 1) for part in done.stdout[done.stdout.index("PATH=") :].split("\0") if "=" in part)
    assert "real" not in found.values()
    assert "AWS_PROFILE" not in found
    assert "127.0.0.1" in found["NO_PROXY"]


PREFER = (
    SCENE
    + """
import os, subprocess
os.environ["AWS_DEFAULT_OUTPUT"] = "text"
os.environ["AWS_SESSION_TOKEN"] = "real"
aws = lambda *words, **env: subprocess.run(["aws", *words], capture_output=True, text=True, env=os.environ | env).stdout
print(repr(aws("s3api", "list-buckets", "--query", "Buckets[].Name")))
zones = "ec2", "describe-availability-zones", "--query", "AvailabilityZones[0].RegionName"
print(aws(*zones, AWS_DEFAULT_REGION="eu-west-3"))
"""
)


def test_what_a_student_sets_for_a_command_counts(home):
    """Region and output that are set after the scene reach the AWS CLI, as in grading; what breaks it does not."""
    done = python(PREFER, home / "release", home)
    assert "'lesson\\n'" in done.stdout, done.stderr
    assert "eu-west-3\n" in done.stdout


def test_drycloud_cloud_tells_a_shell_all_of_it(home):
    """What it prints makes a shell with every foreign setting as clean as practice is."""
    brought = {name: value for variables in BROUGHT.values() for name, value in variables.items()}
    env = {"PATH": os.defpath, "HOME": str(home), **brought}
    command = [sys.executable, "-m", "drycloud.cli", "cloud"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=home, env=env, **pipes) as process:
        try:
            told = [process.stderr.readline()]
            assert "The cloud is up" in told[0], told
        finally:
            process.terminate()
        lines, _ = process.communicate(timeout=PATIENCE)
    away = re.findall(r"unset (\w+)", lines)
    assert set(away) == {name for name in brought if settings.is_foreign(name)} - set(settings.environment(1))
    assert "127.0.0.1" in lines.partition("NO_PROXY")[2]


def test_a_call_without_a_scene_is_told_in_spite_of_them(home):
    """The one line comes first, whatever is set."""
    brought = {name: value for variables in BROUGHT.values() for name, value in variables.items()}
    done = python("import boto3\nboto3.client('s3').list_buckets()", home / "release", home, **brought)
    assert done.stderr.strip() == NO_SCENE

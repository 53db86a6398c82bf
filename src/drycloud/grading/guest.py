"""What the sandbox contains for this course: boto3 and the AWS CLI, configured for the one endpoint.

It is assembled without importing them: the coordinator of a class run starts the launcher, and needs no moto.
"""

import marshal
import re
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from drycloud.cloud import clock
from drycloud.cloud.clients import aws_command, profile, waiters
from drycloud.cloud.request.keys import STUDENT_KEY, STUDENT_SECRET
from drycloud.course.libraries import STANDARD
from drycloud.grading import session
from drycloud.notebook import Code, Exercise
from drycloud.sandbox import Guest, installers
from drycloud.sandbox.policy import COMMANDS, MODULES, SITE, SLEEP, python

PORT = 4566

_MODELS, _PROFILE = "/opt/models", "/opt/profile"

# In the sandbox the scene is over and the checks come later, but the names of practice exist, so that a cell may
# use them again: the locked cells run with these stubs instead of what they import.
_PRACTICE = """
def _stub():
    import copy, sys, types
    first = copy.deepcopy(given)
    drycloud = types.ModuleType("drycloud")
    drycloud.simulate = lambda *_, **__: copy.deepcopy(first)
    drycloud.check = lambda *_, **__: lambda function: function
    drycloud.summary = lambda *_, **__: None
    sys.modules["drycloud"] = drycloud
_stub()
del _stub
"""
# `aws configure set` writes a new profile into copies of the files with our profile.
_OWN_PROFILE = "/tmp/aws"
_COPY = f"""
def _copy():
    import os, shutil
    os.makedirs({_OWN_PROFILE!r}, exist_ok=True)
    for name in ("config", "credentials"):
        shutil.copyfile(f"{_PROFILE}/{{name}}", f"{_OWN_PROFILE}/{{name}}")
    os.environ["AWS_CONFIG_FILE"] = "{_OWN_PROFILE}/config"
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = "{_OWN_PROFILE}/credentials"
_copy()
del _copy
"""
_CELL = """
try:
    exec(__import__("marshal").loads({code!r}))
except Exception:
    pass
"""

AWS = "aws_command:main"

_ENVIRONMENT = {
    "AWS_ENDPOINT_URL": f"http://127.0.0.1:{PORT}",
    "AWS_ACCESS_KEY_ID": STUDENT_KEY,
    "AWS_SECRET_ACCESS_KEY": STUDENT_SECRET,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "AWS_CONFIG_FILE": f"{_PROFILE}/config",
    "AWS_SHARED_CREDENTIALS_FILE": f"{_PROFILE}/credentials",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
    "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",  # as in practice
    "AWS_DATA_PATH": f"{_MODELS}:{SITE}/awscli/data",  # as the AWS CLI sets it when it is loaded
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "OPENBLAS_NUM_THREADS": "1",  # numpy: no threads in a process that forks, and the same sums each time
}

_SESSION = """
from IPython import get_ipython
set_up(get_ipython())
"""

# What a client reads is loaded once here, for every fork. Each request reports the time that was not waited.
_WARM = f"""
{Path(waiters.__file__).parents[1].joinpath("patches/quick_botocore.py").read_text(encoding="utf-8")}
quicken_botocore(shared=True)
{Path(session.__file__).read_text(encoding="utf-8")}{_SESSION}
import boto3
boto3.setup_default_session()
for service in ("ec2", "s3"):
    client = boto3.client(service)
    client.can_paginate(next(iter(client.meta.method_to_api_mapping)))
    client.waiter_names
    boto3.resource(service)

import botocore.httpsession
_send = botocore.httpsession.URLLib3Session.send
def send(self, request):
    if ahead := slept():
        request.headers["{clock.HEADER}"] = str(round(ahead, 3))
    return _send(self, request)
botocore.httpsession.URLLib3Session.send = send
"""

# The AWS CLI prints a skeleton, which takes no call, and makes its clients, whose data it looks for in more places than
# boto3 does.
_CLI = """
import contextlib, io
import aws_command, awscli.clidriver, awscli.customizations.s3.subcommands
from awscli.customizations import overridesslcommonname
overridesslcommonname.SSL_COMMON_NAMES.clear()  # six services would be asked at AWS, whatever AWS_ENDPOINT_URL says
aws_command.understand_version_2(awscli.clidriver)
driver = awscli.clidriver.create_clidriver()
for service in ("ec2", "s3"):
    driver.session.create_client(service)
with contextlib.redirect_stdout(io.StringIO()):
    for words in (["ec2", "describe-instances"], ["s3api", "list-buckets"]):
        driver.main([*words, "--generate-cli-skeleton"])
"""


def _files() -> dict[str, str]:
    """The files in the sandbox: quick waiters, installers that install nothing, and our s3fs."""
    installer = _source(installers).replace('SITE = ""', f"SITE = {SITE!r}", 1)
    installer = installer.replace('LIBRARIES: "tuple[str, ...]" = ()', f"LIBRARIES = {STANDARD!r}", 1)
    return {
        f"{_MODELS}/{waiters.FOLDER}/{waiters.NAME}": waiters.quick_waiters(),
        **{f"{COMMANDS}/{name}": f"#!{python()} -IS\n{installer}" for name in installers.COMMANDS},
        f"{MODULES}/pip/__init__.py": installer,
        f"{MODULES}/pip/__main__.py": "import sys\nfrom pip import run\nsys.exit(run())\n",
        f"{MODULES}/aws_command.py": _source(aws_command),
        **{f"{_PROFILE}/{file.name}": file.read_text(encoding="utf-8") for file in profile.FILES},
        f"{MODULES}/s3fs.py": Path(waiters.__file__).with_name("s3fs.py").read_text(encoding="utf-8"),
    }


def _source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


# This saves half a second for each run that imports it, and costs memory for all the others.
_IMPORT = """
try:
    import {}
except ImportError:
    pass
"""

# By the word that appears in code that uses it.
_LOADS = {
    "aws": _CLI,
    "pandas": _IMPORT.format("pandas"),
    "matplotlib": _IMPORT.format("matplotlib.pyplot, matplotlib.font_manager, matplotlib_inline.backend_inline"),
    "s3://": _IMPORT.format("s3fs"),
}

GUEST = Guest(environment=_ENVIRONMENT, commands={"aws": AWS}, files=_files(), warm=_WARM, loads=_LOADS)


def warm_commands(cells: list[Code]) -> list[str]:
    """The commands that the cells may call, which run in a warm process; other commands start a Python each."""
    sleeps = any(re.search(r"\bsleep\b(?!\s*\()", cell.source) for cell in cells)
    return [AWS] * ("aws" in loads_for(cells)) + [SLEEP] * sleeps


def loads_for(cells: list[Code]) -> list[str]:
    """The guest's `loads` that the cells use."""
    return [name for name in GUEST.loads if any(name in cell.source for cell in cells)]


def prelude(exercise: Exercise, cells: list[Code]) -> str:
    """The code that runs before a student's cells: the locked cells, so that all names exist as in practice."""
    own = _COPY if any("configure" in cell.source for cell in cells) else ""
    return own + _prelude((*exercise.sources("scene"), *exercise.sources("check")))


@lru_cache(maxsize=64)
def _prelude(sources: tuple[str, ...]) -> str:
    """The cells as marshalled code: loading it takes a fifth of the time of compiling it."""
    codes = [marshal.dumps(compile(source, "<a locked cell>", "exec", dont_inherit=True)) for source in sources]
    return _PRACTICE + "".join(_CELL.format(code=code) for code in codes)

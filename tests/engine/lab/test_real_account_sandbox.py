"""The guard is a student's: what grading runs in the sandbox knows nothing of it."""

import os
import subprocess
import sys

from account_check import CALL
from patience import PATIENCE

from drycloud.limits import Limits
from drycloud.sandbox import Guest, Job, Zygote
from drycloud.sandbox.policy import ENVIRONMENT

LIMITS = Limits(wall_seconds=20, cpu_seconds=10, memory_mib=300, processes=30, files=50, disk_mib=8, output_kib=16)
LOOK = (
    "import os, sys, subprocess\n"
    "here = [type(finder).__module__ for finder in sys.meta_path]\n"
    "there = subprocess.check_output([sys.executable, '-c', 'import sys; print(*sys.modules)'], text=True)\n"
    "ours = [name for name in [*here, *there.split(), *os.environ] if 'drycloud' in name.lower()]\n"
)


def test_no_hook_runs_in_the_sandbox():
    """Neither the interpreter of the cells nor one that they start has loaded it, and no variable of ours is there."""
    with Zygote(Guest()) as zygote, zygote.spawn(LIMITS) as sandbox:
        outcome = sandbox.run(Job(cells=[LOOK], limits=LIMITS))
    assert '"ours": []' in outcome.answers, outcome


def test_where_the_hook_is_read_all_the_same_it_does_nothing(tmp_path):
    """Were drycloud installed in the system's Python: in the sandbox's folder and environment nothing is changed."""
    look = "import os, boto3\nprint(sorted(n for n in os.environ if 'AWS' in n or 'DRY' in n))\n"
    call = CALL.replace(".list_buckets()", ".meta.endpoint_url").replace("boto3.client", "print(boto3.client") + ")"
    env = {**ENVIRONMENT, "HOME": str(tmp_path), "PATH": os.defpath, "AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}
    del env["PYTHONPATH"]
    words = [sys.executable, "-s", "-P", "-c", look + call]
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert done.stdout == "['AWS_ENDPOINT_URL']\nhttp://127.0.0.1:4566\n"

"""Imported once by the process from which all workers are forked: it loads everything, and uses it once."""

import gc
from types import ModuleType, SimpleNamespace

from drycloud.cloud.account.snapshot import Snapshot
from drycloud.cloud.account.trail import Trail
from drycloud.cloud.clients.links import open_link
from drycloud.cloud.warm import warm_up
from drycloud.grading import pool, submission  # noqa: F401  # what the workers run
from drycloud.grading.checker import run_checks
from drycloud.grading.checks import check
from drycloud.grading.evidence import Answers, Evidence
from drycloud.grading.suite import Suite
from drycloud.notebook.exercise import percent_cells
from drycloud.notebook.imports import skip_server
from drycloud.report import Bill
from drycloud.sandbox.runner import use_large_pages


def _use_pytest() -> None:
    """Make one check: pytest and its plugins are then loaded."""

    @check(points=1)
    def test_nothing(before: Snapshot) -> None:
        """Nothing is checked."""

    module = ModuleType("warm")
    module.__dict__.update(test_nothing=test_nothing, __file__=__file__)
    snapshots = (Snapshot(), Snapshot())
    nothing = Evidence(*snapshots, SimpleNamespace(), Answers({}), {}, {}, Trail(), Bill(), SimpleNamespace, open_link)
    run_checks(Suite([(module, False)]), nothing)


skip_server()
percent_cells("# %%\n1\n")
_use_pytest()
warm_up(["ec2", "s3", "sts"])
gc.freeze()  # including a little garbage: collecting it takes 0.3 s
use_large_pages()
gc.enable()

"""What the tests of the real account share: a home folder with an account and a release, and a check of an order."""

import json
import sys
from pathlib import Path

import patience
from account_orders import LINES, ORDERS
from witness import plant, planted, watched

from drycloud.classroom.notebooks.sources import marker

HERE = Path(__file__).parent
HELPERS = Path(patience.__file__).parent
CALL = "import boto3\nboto3.client('s3').list_buckets()"
RELEASE = "course/02_ec2"


def make_home(home: Path) -> Path:
    """An account in `home`, and a release's folder, which everybody may write to."""
    plant(home)
    folder = home / RELEASE
    folder.mkdir(parents=True)
    (folder / "botocore.py").write_text(marker())
    for path in [home, *home.rglob("*")]:
        path.chmod(0o777)
    return home


def seen_of(report):
    """What reached another machine, a proxy or a metadata service, and what was read of the account."""
    return {name: report[name] for name in ("sent", "words", "opened") if report[name]}


def environment_of(home, python):
    """Everything that leads to an account; and where Jupyter keeps its own files, since `home` is new."""
    places = {"JUPYTER_RUNTIME_DIR": home / "runtime", "IPYTHONDIR": home / "ipython", "PYTHONPATH": HELPERS}
    path = {"PATH": f"{Path(python).parent}:/usr/local/bin:/usr/bin:/bin"}
    return planted(home) | path | {name: str(place) for name, place in places.items()}


def check(order, kind, home, *, python=sys.executable, user=False):
    """Run an order as a notebook or a script: every cell shows what it must, and nothing was sent or read."""
    command = [python, str(HERE / "account_orders.py"), kind, order, str(home / RELEASE)]
    # The runner itself starts outside of the release.
    report = watched(command, home, environment_of(home, python), home, user=user)
    assert report["status"] == 0, report["err"]
    shown = json.loads(report["out"].splitlines()[-1])
    for (source, wanted), text in zip(ORDERS[order], shown, strict=True):
        assert wanted in text, (source, text)
        if wanted in LINES:
            assert text.strip() == wanted or kind == "script", (source, text)
    assert seen_of(report) == {}

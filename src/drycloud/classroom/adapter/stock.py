"""Whether nbgrader's own commands, started in the course's folder, would ask drycloud for the marks."""

import contextlib
import re
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from drycloud.classroom.adapter.config import AUTOGRADE, INTAKE
from drycloud.errors import CourseError

NAME = "nbgrader_config.py"
LINE = "from drycloud.classroom import configure; configure(get_config())"
_DANGER = "a stock 'nbgrader autograde' would run submissions in a kernel, outside of the sandbox"


def require_configuration(root: Path) -> None:
    """Raises CourseError unless nbgrader, started in `root`, grades by drycloud."""
    found = Config()
    for folder in [*reversed(jupyter_config_path()), str(root)]:  # as nbgrader does: the nearest says it last
        if (Path(folder) / NAME).exists():
            found.merge(_load(root, Path(folder)))
    ours = found.Autograde
    if ours.get("exporter_class") == INTAKE and ours.get("autograde_preprocessors") == AUTOGRADE:
        return
    path = root / NAME
    what = f"does not call drycloud's configure, and {_DANGER}" if path.exists() else f"is missing: {_DANGER}"
    raise CourseError(what, where=path, hint=f"{'end' if path.exists() else 'write'} it with this line: {LINE}")


def _load(root: Path, folder: Path) -> Config:
    """What a configuration file says; nbgrader only logs that one is wrong, and goes on without it."""
    try:
        with contextlib.chdir(root):
            return PyFileConfigLoader(NAME, path=str(folder)).load_config()
    except (Exception, SystemExit) as error:
        what = re.sub(r"\s+", " ", f"{type(error).__name__}: {error}").removeprefix("SystemExit: ")
        raise CourseError(f"cannot be loaded: {what}", where=folder / NAME) from None

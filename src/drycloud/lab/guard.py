"""Keeps the real AWS account out of reach of code in a release's folder.

`drycloud_guard.pth`, next to the package, calls `start` whenever this environment's Python starts: for a kernel, a
script, the AWS CLI, Jupyter itself. So only modules that Python has loaded by then are imported here. A process that
starts anywhere else is not changed.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

ENVIRONMENT = ("pyvenv.cfg", "conda-meta")  # what marks a virtual environment
MARKER = "botocore.py"  # each release contains it; see classroom/templates/botocore.py.txt
_MARK = b"drycloud"  # in the marker's first line, and in a notebook's metadata
_HEAD, _TAIL = 200, 1024**2  # bytes; a notebook's metadata is at its end, and may contain the state of widgets
_MAX_ENTRIES, _MAX_NOTEBOOKS = 500, 20
_ENDPOINT = "DRYCLOUD_ENDPOINT"  # as in settings.py, which is loaded only where it is needed

# Modules that refusal.py changes when they are loaded. The AWS CLI may contain its own botocore, with either name.
_PATCHED = (
    "botocore.configloader",
    "botocore.exceptions",
    "botocore.httpsession",
    "botocore.loaders",
    "botocore.session",
    "aiobotocore.httpsession",
    "aiobotocore.httpxsession",
    "clidriver",  # this and the next are the AWS CLI's
    "customizations.overridesslcommonname",
)
_BUNDLED = "awscli."
_S3FS = "s3fs"  # if it is not installed, a guarded process finds ours under this name


class OutOfReach(Exception):
    """A call that was not sent, since it would not have gone to the local cloud; the message is one line."""

    def _render_traceback_(self) -> list[str]:
        """The text that IPython shows instead of a traceback."""
        return [str(self)]


_is_started = False
_is_guarded = False
_seen: set[str] = set()  # places that are not in a release


def start() -> None:
    """Guard this process if it runs in a release, and make botocore check that when it is loaded."""
    global _is_started
    if not _is_started:
        _is_started = True
        sys.meta_path.insert(0, _Finder())
        is_guarded()


def is_guarded() -> bool:
    """Whether this process is guarded: from the first time that it is seen in a release's folder until it ends."""
    if not _is_guarded and (_ENDPOINT in os.environ or _is_in_release()):
        from drycloud.lab import settings

        settings.apply_inherited(os.environ)
        guard()
    return _is_guarded


def guard() -> None:
    """Guard this process from now on, in any folder."""
    global _is_guarded
    start()
    if not _is_guarded:
        _is_guarded = True
        _show_one_line()
        for name in [name for name in sys.modules if name.removeprefix(_BUNDLED) in _PATCHED]:
            _patch(name, sys.modules[name])


def holds_marker(folder: str) -> bool:
    """Whether this folder contains the marker file of a release."""
    try:
        with open(os.path.join(folder, MARKER), "rb") as file:
            return _MARK in file.read(_HEAD).partition(b"\n")[0]
    except OSError:
        return False


def _is_in_release() -> bool:
    """Whether this process runs in a release's folder, or runs code from one."""
    try:
        here = os.getcwd()
    except OSError:  # it does not exist any more
        here = ""
    notebook = open_notebook()
    return (
        (_is_new(here) and (any(map(holds_marker, _upwards(here))) or _holds_notebook(here)))
        or (_is_new(notebook) and _is_ours(notebook))
        or any(_is_new(folder) and any(map(holds_marker, _upwards_to_environment(folder))) for folder in _run_from())
    )


def _is_new(place: str) -> bool:
    """Whether this place was not checked before; remembers it."""
    is_new = bool(place) and place not in _seen
    _seen.add(place)
    return is_new


def _run_from() -> "Iterator[str]":
    """The folders of the script, of the open notebook, and of the code that is running (pytest's, `%run`'s).

    Each ends with a separator, since a working directory is checked in another way.
    """
    script = getattr(sys, "argv", [""])[0]
    code = []
    frame: Any = sys._getframe()
    while frame is not None:
        if _is_new(frame.f_code.co_filename):
            code.append(frame.f_code.co_filename)
        frame = frame.f_back
    for file in (script if os.path.isfile(script) else "", open_notebook(), *code):
        if file and not file.startswith("<"):
            yield os.path.join(os.path.dirname(os.path.abspath(file)), "")


def _upwards(folder: str) -> "Iterator[str]":
    """The folder and those above it, except the home folder and those above it, which contain everything."""
    home = os.path.expanduser("~")
    first = folder
    while folder and folder != os.path.dirname(folder) and (folder == first or folder != home):
        yield folder
        folder = os.path.dirname(folder)


def _upwards_to_environment(folder: str) -> "Iterator[str]":
    """As above, but not out of a virtual environment, which may be in a release and used elsewhere."""
    for above in _upwards(folder.rstrip(os.sep)):
        if any(os.path.exists(os.path.join(above, mark)) for mark in ENVIRONMENT):
            return
        yield above


def open_notebook() -> str:
    """The notebook that this kernel runs, as set by Jupyter Server or VS Code."""
    path = getattr(sys.modules.get("__main__"), "__vsc_ipynb_file__", None) or os.environ.get("JPY_SESSION_NAME")
    return path if isinstance(path, str) and path.endswith(".ipynb") else ""


def _holds_notebook(folder: str) -> bool:
    """Whether this folder contains one of the course's notebooks, unless it is the home folder."""
    if not folder or folder == os.path.expanduser("~"):
        return False
    found = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if entry.name.endswith(".ipynb"):
                    found.append(entry.path)
                if number >= _MAX_ENTRIES or len(found) >= _MAX_NOTEBOOKS:
                    break
    except OSError:
        return False
    return any(_is_ours(path) for path in found)


def _is_ours(notebook: str) -> bool:
    """Whether a notebook belongs to a drycloud course by its metadata."""
    try:
        with open(notebook, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
            return b'"drycloud":' in file.read(_TAIL)
    except OSError:
        return False


def _show_one_line() -> None:
    """Show an unhandled `OutOfReach` as one line on standard error; the exit status is 1, as usual."""
    before = sys.excepthook

    def hook(kind: "type[BaseException]", error: BaseException, trace: "Any") -> None:
        if isinstance(error, OutOfReach):
            print(error, file=sys.stderr)
        else:
            before(kind, error, trace)

    sys.excepthook = hook


class _Finder:
    """Finds modules to change on loading, the real botocore behind a release's `botocore.py`, and our s3fs."""

    def find_spec(self, name: str, path: "Any" = None, target: "Any" = None) -> "ModuleSpec | None":
        """Python's own protocol; None for all other modules."""
        if name not in ("botocore", _S3FS) and name.removeprefix(_BUNDLED) not in _PATCHED:
            return None
        if not is_guarded() and name == _S3FS:
            return None
        if path is None:
            path = [folder for folder in sys.path if not holds_marker(folder or os.curdir)]
        found = (f.find_spec(name, path, target) for f in sys.meta_path if f is not self and hasattr(f, "find_spec"))
        spec = next(filter(None, found), None)
        if name == _S3FS:
            return spec or _our_s3fs()
        if spec is not None and spec.loader is not None and name != "botocore":
            self._patch_after(name, spec.loader)
        return spec

    def _patch_after(self, name: str, loader: "Any") -> None:
        load = loader.exec_module

        def exec_module(module: "ModuleType") -> None:
            load(module)
            _patch(name, module)

        loader.exec_module = exec_module


def _our_s3fs() -> "ModuleSpec | None":
    from importlib.util import spec_from_file_location

    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return spec_from_file_location(_S3FS, os.path.join(folder, "cloud", "clients", "s3fs.py"))


def _patch(name: str, module: "ModuleType") -> None:
    from drycloud.lab.refusal import patch

    patch(name.removeprefix(_BUNDLED), module)

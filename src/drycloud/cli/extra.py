"""Whether the packages that an instructor's command needs are installed: a student's drycloud comes without them."""

from importlib.util import find_spec

from drycloud.errors import DrycloudError

GRADING = ("jupytext", "pytest", "pyseccomp")
CLASSROOM = (*GRADING, "jinja2", "nbformat", "nbgrader")
PACKAGING = (*CLASSROOM, "setuptools")
_INSTALL = "pip install 'drycloud[instructor]'"


def require(modules: tuple[str, ...]) -> None:
    """Raises DrycloudError, naming all missing modules, unless each of these modules is installed."""
    missing = [module for module in modules if not _is_there(module)]
    if missing:
        raise not_installed(missing)


def not_installed(modules: list[str]) -> DrycloudError:
    """The error message, in one line, for missing modules."""
    verb = "is" if len(modules) == 1 else "are"
    return DrycloudError(f"{' and '.join(modules)} {verb} not installed, and this command needs it", hint=_INSTALL)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False

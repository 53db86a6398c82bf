"""The libraries that a student's code can import, in practice and in grading: a table, and what a course adds."""

import re
from importlib import metadata

# What a data scientist's notebook imports. pyproject.toml has them all: students get them with the engine.
# No AWS lesson needs the larger ones (scipy, scikit-learn, seaborn: 60 MB): a course adds them by `libraries:`.
STANDARD = (
    "boto3",
    "awscli",
    "numpy",
    "pandas",
    "matplotlib",
    "requests",
    "tqdm",
    "tabulate",
    "paramiko",
    "fsspec",
)

# Libraries whose import name differs from the name that pip knows.
_IMPORTS = {
    "scikit-learn": "sklearn",
    "pyyaml": "yaml",
    "pillow": "PIL",
    "beautifulsoup4": "bs4",
    "opencv-python": "cv2",
}
_DISTRIBUTIONS = {name.lower(): distribution for distribution, name in _IMPORTS.items()}


def distribution_of(requirement: str) -> str:
    """The name that pip knows: of a requirement (`scikit-learn>=1.5`), or of what is imported (`sklearn`)."""
    found = re.match(r"[A-Za-z0-9][\w.-]*", requirement.strip())
    name = re.sub(r"[-_.]+", "-", found[0] if found else requirement).lower()
    return _DISTRIBUTIONS.get(name, name)


def requirement_of(named: str) -> str:
    """The requirement to pass to pip."""
    name = re.match(r"[A-Za-z0-9][\w.-]*", named.strip())
    rest = named.strip()[name.end() :] if name else ""
    return f"{distribution_of(named)}{rest}".replace(" ", "")


def import_of(requirement: str) -> str:
    """The name under which it is imported."""
    name = distribution_of(requirement)
    if name in _IMPORTS:
        return _IMPORTS[name]
    try:
        top_level = metadata.distribution(name).read_text("top_level.txt") or ""
    except metadata.PackageNotFoundError:
        top_level = ""
    public = [line for line in top_level.split() if not line.startswith("_")]
    return public[0] if public else name.replace("-", "_")


def version_of(requirement: str) -> str:
    """The version that is installed here; empty if it is not."""
    try:
        return metadata.version(distribution_of(requirement))
    except metadata.PackageNotFoundError:
        return ""


def list_versions(more: list[str]) -> str:
    """The libraries with their versions, in one line; `more` are those that a course adds."""
    names = dict.fromkeys([*STANDARD, *map(distribution_of, more)])
    return ", ".join(f"{name} {version_of(name)}".strip() for name in names)

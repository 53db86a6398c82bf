"""The libraries that a student's code finds, in practice and where it is graded: a table, and what a course adds."""

import re
from importlib import metadata

# What a data scientist's notebook imports. pyproject.toml has them all: a student's machine gets them with the engine.
# The larger ones (scipy, scikit-learn, seaborn: 60 MB) no lesson of AWS needs: `libraries:` in course.yml names them.
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

# What is imported by another name than it is installed by.
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
    """What pip is to be asked for."""
    name = re.match(r"[A-Za-z0-9][\w.-]*", named.strip())
    rest = named.strip()[name.end() :] if name else ""
    return f"{distribution_of(named)}{rest}".replace(" ", "")


def import_of(requirement: str) -> str:
    """The name by which it is imported."""
    name = distribution_of(requirement)
    if name in _IMPORTS:
        return _IMPORTS[name]
    try:
        told = metadata.distribution(name).read_text("top_level.txt") or ""
    except metadata.PackageNotFoundError:
        told = ""
    public = [line for line in told.split() if not line.startswith("_")]
    return public[0] if public else name.replace("-", "_")


def version_of(requirement: str) -> str:
    """The version that is installed here; empty where it is not."""
    try:
        return metadata.version(distribution_of(requirement))
    except metadata.PackageNotFoundError:
        return ""


def told(more: list[str]) -> str:
    """The libraries with their versions, as one line has room for them; `more` are those that a course names."""
    names = dict.fromkeys([*STANDARD, *map(distribution_of, more)])
    return ", ".join(f"{name} {version_of(name)}".strip() for name in names)

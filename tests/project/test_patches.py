"""Our patches of libraries: each in a table, applied by who starts a process, with a test that says when it can go."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fidelity.rows import ROWS
from repository import ROOT

from drycloud.classroom.adapter import patches, quicker
from drycloud.cloud import upstream
from drycloud.cloud.patches import quick_botocore
from drycloud.patching import Patch, apply

TABLES = {"moto": upstream.MOTO, "botocore": upstream.BOTOCORE, "nbgrader": (*patches.PATCHES, *quicker.PATCHES)}
ENTRIES = [(library, patch) for library, table in TABLES.items() for patch in table]
SOURCE = ROOT / "src/drycloud"
# Files that change a library outside of the tables: not the process of who grades, but a student's own.
STUDENTS = {
    "cloud/clients/aws_command.py": "stands alone: the program `aws` of the sandbox and of a release",
    "lab/practice.py": "forgets boto3's default session, which boto3 sets with each client",
}


def name_of(patch: Patch) -> str:
    return str(getattr(patch.change, "func", patch.change).__name__)


IDS = [f"{library}-{name_of(patch)}" for library, patch in ENTRIES]


@pytest.mark.parametrize(("library", "patch"), ENTRIES, ids=IDS)
def test_it_was_looked_at_in_this_version(library: str, patch: Patch) -> None:
    """Who raises the version of a library looks at each entry, and says so in it."""
    assert f"{library}=={patch.version}\n" in (ROOT / "constraints.txt").read_text()


@pytest.mark.parametrize(("library", "patch"), ENTRIES, ids=IDS)
def test_it_says_why_and_what_shows_it(library: str, patch: Patch) -> None:
    """The reason is a sentence; stock moto fails one of the rows, or the test is there."""
    assert re.fullmatch(r"[^.].*[^.]\.", patch.reason)
    assert not re.search(r"\. [A-Z]", patch.reason)
    assert bool(patch.rows) != bool(patch.shown_by)
    if patch.rows:
        named = [row for row in ROWS if row.number in patch.rows]
        assert {row.number for row in named} == set(patch.rows)
        assert any(row.stock != row.aws for row in named), "stock moto is as AWS in all its rows: can it go?"
    else:
        assert patch.shown_by in TESTS


def named_tests(path: Path) -> Iterator[str]:
    """Its tests as pytest calls them without a folder; those of a table of faults each with its name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tables = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FAULTS"]
    faults = [ast.literal_eval(key) for table in tables for key in table.value.keys if key]  # type: ignore[attr-defined]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield f"{path.name}::{node.name}"
            yield from (f"{path.name}::{node.name}[{fault}]" for fault in faults)


TESTS = {test for path in (ROOT / "tests").rglob("test_*.py") for test in named_tests(path)}


def test_no_fault_is_shown_for_nothing() -> None:
    """Each of the faults that tests show is that of an entry."""
    shown = {patch.shown_by for _, patch in ENTRIES}
    assert {test for test in TESTS if re.fullmatch(r"test_stock_\w+\.py::test_the_fault_is_there\[.*", test)} <= shown


def test_a_sandbox_has_botocore_as_we_have_it() -> None:
    """What makes the student's botocore quicker is what makes ours so."""
    assert [patch.change for patch in upstream.BOTOCORE] == [quick_botocore.read_models_once, *quick_botocore.CHANGES]


@pytest.mark.parametrize(
    "opened",
    [
        "from drycloud.cloud.http.app import Cloud; Cloud(['ec2'])",
        "from drycloud.grading.submission import Grader; Grader(load_course(Path.cwd()), b'')",
    ],
    ids=["a cloud", "a grader"],
)
def test_who_opens_a_cloud_applies_them(opened: str) -> None:
    """In a process that has not been warmed up: nobody is graded by moto as it comes."""
    text = f"""
from pathlib import Path
from drycloud.course import load_course
{opened}
from drycloud import patching
from drycloud.cloud import upstream
assert {{patch.change for patch in (*upstream.BOTOCORE, *upstream.MOTO)}} <= patching._applied
from moto.ec2.models import instances
assert instances.InstanceState.__module__.startswith("drycloud.")
"""
    subprocess.run([sys.executable, "-c", text], check=True, cwd=ROOT)


def test_each_is_applied_once() -> None:
    """To apply a table again changes nothing; what waits for a module is applied when that is there."""
    done: list[str] = []
    at_once = Patch(lambda: done.append("at once"), "", "")
    waits = Patch(lambda: done.append("later"), "", "", module="drycloud_no_module")
    apply((waits, at_once))
    apply((waits, at_once))
    assert done == ["at once"]
    sys.modules["drycloud_no_module"] = ast
    try:
        apply((waits, at_once))
    finally:
        del sys.modules["drycloud_no_module"]
    assert done == ["at once", "later"]


# --- what an import changes -------------------------------------------------------------------------------------------

LOOK = """
import importlib, json, pkgutil, sys
from types import ModuleType
import drycloud

# They start a process, and are imported by it alone.
PROGRAMS = ("drycloud.cli.__main__", "drycloud.grading.uncollected", "drycloud.grading.warm")

def import_all():
    for found in pkgutil.walk_packages(drycloud.__path__, "drycloud."):
        if found.name not in PROGRAMS:
            importlib.import_module(found.name)
    import nbgrader.apps.api

def others():
    own = {*sys.stdlib_module_names, "drycloud", "__main__", "__mp_main__"}
    return [name for name, it in sys.modules.items() if name.split(".")[0] not in own and isinstance(it, ModuleType)]

def tables():
    from drycloud.classroom.adapter import patches, quicker
    from drycloud.cloud import upstream
    return [*upstream.BOTOCORE, *upstream.MOTO, *patches.PATCHES, *quicker.PATCHES]

kept = []  # what is alive keeps its id

def signed(value, depth=2):
    kept.append(value)
    if depth and type(value) is dict:
        return {repr(key): signed(each, depth - 1) for key, each in list(value.items())}
    return [signed(each, depth - 1) for each in value] if depth and type(value) is list else id(value)

def look(names):
    seen = {}
    for name in names:
        for word, value in list(vars(sys.modules[name]).items()):
            if not word.startswith("__"):
                seen[f"{name}.{word}"] = signed(value)
            if isinstance(value, type) and value.__module__ == name:
                inside = [(one, it) for one, it in vars(value).items() if one not in ("__dict__", "__doc__")]
                seen.update({f"{name}.{word}.{one}": signed(it) for one, it in inside})
    return seen

def changed(before, after):
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]
"""

NAMES = (
    LOOK
    + """
import_all()
for patch in tables():
    patch.change()
print(json.dumps(others()))
"""
)

COMPARE = (
    LOOK
    + """
names = [name for name in json.load(sys.stdin) if importlib.import_module(name)]
before = look(names)
import_all()
found = {"import": changed(before, look(names))}
for number, patch in enumerate(tables()):
    before = look(names)
    patch.change()
    found[str(number)] = changed(before, look(names))
print(json.dumps(found))
"""
)


@pytest.fixture(scope="module")
def changes() -> dict[str, list[str]]:
    """What is another one in the libraries after all of drycloud is imported, and then after each patch."""
    names = subprocess.run([sys.executable, "-c", NAMES], capture_output=True, text=True, check=True).stdout
    command = [sys.executable, "-c", COMPARE]
    done = subprocess.run(command, input=names, capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_no_import_changes_a_library(changes: dict[str, list[str]]) -> None:
    """All modules are imported, and every library is as it was: each name of a module, each attribute of a class."""
    assert changes["import"] == []


def test_each_patch_changes_what_is_looked_at(changes: dict[str, list[str]]) -> None:
    """Else the test above would not see it, or it does nothing."""
    idle = [name_of(patch) for number, (_, patch) in enumerate(_in_order()) if not changes[str(number)]]
    assert idle == ["_read_offers_when_asked"]  # moto, imported before, has read them by then


def _in_order() -> list[tuple[str, Patch]]:
    order = ("botocore", "moto", "nbgrader")
    return [(library, patch) for library in order for patch in TABLES[library]]


# --- what the code says -----------------------------------------------------------------------------------------------


def is_of_a_library(module: str) -> bool:
    top = module.partition(".")[0]
    return bool(top) and top != "drycloud" and top not in sys.stdlib_module_names


def names_of_libraries(tree: ast.AST) -> set[str]:
    """What a file calls modules of libraries, and what it imports from them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name.partition(".")[0] for a in node.names if is_of_a_library(a.name)}
        elif isinstance(node, ast.ImportFrom) and not node.level and is_of_a_library(node.module or ""):
            found |= {a.asname or a.name for a in node.names}
        elif isinstance(node, ast.Assign | ast.NamedExpr) and re.match(r"sys\.modules\b|import_module\(", _right(node)):
            found |= {name.id for name in ast.walk(_left(node)) if isinstance(name, ast.Name)}
    return found


def _right(node: ast.Assign | ast.NamedExpr) -> str:
    return ast.unparse(node.value)


def _left(node: ast.Assign | ast.NamedExpr) -> ast.AST:
    return node.target if isinstance(node, ast.NamedExpr) else node.targets[0]


def changed_in(text: str) -> list[int]:
    """The lines in which a file sets or deletes an attribute of what it has from a library."""
    tree = ast.parse(text)
    names = names_of_libraries(tree)
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt | ast.Call) and names & set(_set(node))]


def _set(node: ast.AST) -> Iterator[str]:
    """The names of what a statement, or a call of setattr, sets an attribute of."""
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr"):
        targets = [ast.Attribute(node.args[0], "")]
    elif not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
        return
    for target in targets:
        for part in target.elts if isinstance(target, ast.Tuple) else [target]:
            while isinstance(part, ast.Attribute):
                part = part.value
                if isinstance(part, ast.Name):
                    yield part.id


def modules_of_tables() -> set[str]:
    changes = [getattr(patch.change, "func", patch.change) for _, patch in ENTRIES]
    return {f"{change.__module__.removeprefix('drycloud.').replace('.', '/')}.py" for change in changes}


def test_no_other_module_changes_a_library() -> None:
    """Those that do are in the tables, or change a student's own process, which is told here."""
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if changed_in(path.read_text(encoding="utf-8"))
    }
    assert found - modules_of_tables() == set(STUDENTS)


@pytest.mark.parametrize(
    "text",
    [
        "import moto.core\nmoto.core.x.y = 1",
        "from moto.ec2.models import Instance as One\ndef f():\n    One.start, One.stop = 1, 2",
        "def f():\n    from moto import core\n    for name in ():\n        setattr(core.x, name, 1)",
        "import sys\nif api := sys.modules.get('nbgrader'):\n    api.x = 1",
        "import nbgrader\ndel nbgrader.x",
    ],
)
def test_changes_are_seen(text: str) -> None:
    """In each form in which one is written; the same of Python's own modules is none."""
    assert changed_in(text)
    assert not changed_in(re.sub("moto|nbgrader", "json", text)) or "sys.modules" in text

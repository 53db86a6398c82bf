"""docs/course-yml.md and a part of docs/student.md, made of the code: `make course-yml` writes them."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Any

from msgspec import inspect

from drycloud.classroom.notebooks.terms import limits_in_words, programs
from drycloud.course import Settings
from drycloud.course.libraries import STANDARD
from drycloud.limits import Limits

ROOT = Path(__file__).resolve().parents[2]
PAGE, STUDENTS = ROOT / "docs" / "course-yml.md", ROOT / "docs" / "student.md"
MARK, END = "<!-- made by `make course-yml` -->", "<!-- end -->"
HEAD = """# What can stand in course.yml

This page is made of `src/drycloud/course/settings.py` and `src/drycloud/limits.py` by `make course-yml`. A key that is
not listed here is refused, and so is a duplicate; each error names file and line. The least that is a course:

```yaml
title: A course
assignments:
  - name: 01_begin
    due: 2027-02-07T23:59:00+01:00
    steps:
      - {name: hello, minutes: 10}
```

A date without an offset, such as `due: 2027-02-07T23:59:00`, is refused unless `timezone` says what it means.

After a change the next `drycloud grade` goes by it: a due date that was moved, points of checks, services and limits
hold for all that is graded from then on, and what they decide is graded again.
"""
PLACES = {
    "": "At the top",
    "assignments": "Each item of `assignments`",
    "steps": "Each item of `steps`",
    "limits": "Below `limits`",
    "late": "Below `late`",
}


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(name, kind) for name, kind in _structs("", inspect.type_info(Settings)))


def _structs(name: str, kind: Any) -> Iterator[tuple[str, inspect.StructType]]:
    """This mapping, then those that stand in it."""
    if isinstance(kind, inspect.StructType):
        yield name, kind
        for field in kind.fields:
            yield from _structs(field.name, _bare(field.type))
    elif isinstance(kind, inspect.ListType):
        yield from _structs(name, _bare(kind.item_type))


def _section(name: str, kind: inspect.StructType) -> str:
    rows = [_row(field) for field in kind.fields]
    return f"\n## {PLACES[name]}\n\n| key | type | default | meaning |\n|---|---|---|---|\n{''.join(rows)}"


def _row(field: inspect.Field) -> str:
    schema = (field.type.extra_json_schema or {}) if isinstance(field.type, inspect.Metadata) else {}
    told = (f"`{field.name}`", _type(_bare(field.type)), _default(field), schema["description"])
    return f"| {' | '.join(told)} |\n"


def _bare(kind: Any) -> Any:
    return _bare(kind.type) if isinstance(kind, inspect.Metadata) else kind


def _default(field: inspect.Field) -> str:
    if field.required:
        return "must be given"
    value = field.default if field.default_factory is inspect.NODEFAULT else field.default_factory()
    if value is None or value == "":
        return "none"
    if isinstance(value, list):
        return f"`[{', '.join(value)}]`"
    return f"`{value:g}`" if isinstance(value, int | float) else "see below"


def _type(kind: Any) -> str:
    """In the words of YAML, with the bounds."""
    if isinstance(kind, inspect.UnionType):
        return _type(_bare(next(each for each in kind.types if not isinstance(each, inspect.NoneType))))
    if isinstance(kind, inspect.ListType):
        return (
            "list"
            if isinstance(_bare(kind.item_type), inspect.StructType)
            else f"list of {_type(_bare(kind.item_type))}s"
        )
    if isinstance(kind, inspect.IntType | inspect.FloatType):
        low = f"from {kind.ge:g}" if kind.ge is not None else f"above {kind.gt:g}" if kind.gt is not None else ""
        high = f" to {kind.le:g}" if kind.le is not None else ""
        return f"{'whole number' if isinstance(kind, inspect.IntType) else 'number'} {low}{high}".strip()
    names = {inspect.StrType: "text", inspect.DateTimeType: "date and time", inspect.StructType: "mapping"}
    return names[type(kind)]


def student_page(text: str) -> str:
    """docs/student.md, with what a course has that says nothing else, and the versions that are pinned."""
    head, mark, rest = text.partition(MARK)
    return f"{head}{mark}\n{terms_of_the_docs()}{rest[rest.index(END) :]}"


def terms_of_the_docs() -> str:
    """The libraries by their pinned versions, the programs and the limits."""
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split())
    libraries = ", ".join(f"{name} {pins[name]}" for name in STANDARD)
    lines = [
        "**Python** 3.11, 3.12 or 3.13: the one that your notebook names.",
        f"**Libraries**: {libraries}. pandas reads and writes `s3://…` (s3fs).",
        f"**Programs** for `!` and `%%bash`: {programs()}.",
        *limits_in_words(Limits()),
    ]
    return "".join(f"{fill(line, 118, initial_indent='- ', subsequent_indent='  ')}\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    STUDENTS.write_text(student_page(STUDENTS.read_text(encoding="utf-8")), encoding="utf-8")

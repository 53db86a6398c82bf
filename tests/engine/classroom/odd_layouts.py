"""What students hand in who did their work right and something else not: shapes of a notebook, names, folders."""

import base64
import io
import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

WORK = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)'
FULL, WAITS, NOTHING = "earns all", "waits for a teacher", "is refused"

Notebook = dict[str, Any]


class Odd:
    """The released notebook of toy/bucket, and what may become of it."""

    def __init__(self, released: Path):
        self.released: Notebook = json.loads((released / "bucket.ipynb").read_text(encoding="utf-8"))

    @property
    def stub(self) -> Notebook:
        """As it was released."""
        return deepcopy(self.released)

    @property
    def right(self) -> Notebook:
        """Solved in the task cell."""
        return self.shaped(lambda notebook: cell(notebook, "task-1").update(source=WORK))

    def shaped(self, shape: Callable[[Notebook], Any]) -> Notebook:
        """The release with a change."""
        notebook = self.stub
        shape(notebook)
        return notebook


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell.get("id") == name)


def text(value: object) -> str:
    return json.dumps(value)


def code(source: str, **metadata: object) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def become(kind: str, source: str = WORK) -> Callable[[Notebook], None]:
    """The task cell turned into another kind of cell."""

    def shape(notebook: Notebook) -> None:
        task = cell(notebook, "task-1")
        task.update(cell_type=kind, source=source)
        del task["outputs"], task["execution_count"]

    return shape


def added(name: str, first: str = "", last: str = "") -> Callable[[Notebook], None]:
    """A solution written into a cell of ours."""

    def shape(notebook: Notebook) -> None:
        found = cell(notebook, name)
        found["source"] = "\n".join([*([first] if first else []), source_of(found), *([last] if last else [])])

    return shape


def source_of(found: dict[str, Any]) -> str:
    return "".join(found["source"])


def merged(*names: str) -> Callable[[Notebook], None]:
    """Cells made one, as Jupyter's "merge" does; it has the first one's metadata."""

    def shape(notebook: Notebook) -> None:
        cell(notebook, "task-1")["source"] = WORK
        cells = [cell(notebook, name) for name in names]
        cells[0]["source"] = "\n\n".join(map(source_of, cells))
        notebook["cells"] = [one for one in notebook["cells"] if one not in cells[1:]]

    return shape


def with_metadata(metadata: Callable[[int], dict[str, object]]) -> Callable[[Notebook], None]:
    """What a tool leaves of a cell's metadata."""

    def shape(notebook: Notebook) -> None:
        cell(notebook, "task-1")["source"] = WORK
        for number, one in enumerate(notebook["cells"]):
            one["metadata"] = metadata(number)
            one.pop("id")
        notebook["metadata"] = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}

    return shape


def beside(new: dict[str, Any], at: int, task: str | None = None) -> Callable[[Notebook], None]:
    """A cell of the student's own."""

    def shape(notebook: Notebook) -> None:
        if task is not None:
            cell(notebook, "task-1")["source"] = task
        notebook["cells"].insert(at % (len(notebook["cells"]) + 1), new)

    return shape


def split(notebook: Notebook) -> None:
    at = notebook["cells"].index(cell(notebook, "task-1"))
    first, second = WORK.split("\n")
    notebook["cells"][at]["source"] = first
    notebook["cells"].insert(at + 1, {**deepcopy(notebook["cells"][at]), "id": "x", "source": second})


def copied(notebook: Notebook) -> None:
    at = notebook["cells"].index(cell(notebook, "task-1"))
    notebook["cells"][at]["source"] = WORK
    notebook["cells"].insert(at + 1, {**deepcopy(notebook["cells"][at]), "id": "x"})


def rewritten(notebook: Notebook) -> None:
    at = notebook["cells"].index(cell(notebook, "task-1"))
    notebook["cells"][at] = code(WORK)


def set_aside(notebook: Notebook) -> None:
    become("raw")(notebook)
    notebook["cells"].append(code("print(given)"))


def with_picture(notebook: Notebook) -> None:
    cell(notebook, "task-1").update(
        source=WORK,
        outputs=[
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {"image/png": base64.b64encode(bytes(5 * 1024**2)).decode()},
            }
        ],
    )


def old(notebook: Notebook) -> Notebook:
    """The same in nbformat 3."""
    cell(notebook, "task-1")["source"] = WORK
    cells = [
        {"cell_type": "code", "input": one["source"], "language": "python", "outputs": [], "metadata": one["metadata"]}
        if one["cell_type"] == "code"
        else {"cell_type": "markdown", "source": one["source"], "metadata": {}}
        for one in notebook["cells"]
    ]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}


def zipped(content: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("toy/bucket.ipynb", content)
    return data.getvalue()


# A shape of the notebook toy/bucket.ipynb, and what comes of it; True where it must be told, since it is odd.
SHAPES: dict[str, tuple[Callable[[Notebook], Any], str, bool]] = {
    "task_markdown": (become("markdown"), FULL, True),
    "task_raw": (become("raw"), FULL, True),
    "task_fenced": (become("markdown", f"Look:\n\n```python\n{WORK}\n```"), FULL, True),
    "in_scene": (added("scene", last=f"\n{WORK}"), FULL, True),
    "in_check": (added("check-1", first=WORK), FULL, True),
    "below_checks": (added("check-1", last=WORK), FULL, True),
    "in_summary": (added("summary", last=WORK), FULL, True),
    "scene_and_task": (merged("scene", "task-1"), FULL, True),
    "task_and_check": (merged("task-1", "check-1"), FULL, False),
    "all_in_one": (merged("scene", "task-1", "check-1"), FULL, True),
    "own_below": (beside(code(WORK), -1), FULL, False),
    "own_above": (beside(code(WORK), 0), FULL, False),
    "no_metadata": (with_metadata(lambda _: {}), FULL, False),
    "colab": (
        with_metadata(lambda number: {"id": f"x{number}", "colab": {"base_uri": "https://localhost"}}),
        FULL,
        False,
    ),
    "deepnote": (with_metadata(lambda number: {"cell_id": str(number), "deepnote_cell_type": "code"}), FULL, False),
    "vs_code": (with_metadata(lambda _: {"vscode": {"languageId": "python"}}), FULL, False),
    "kaggle": (with_metadata(lambda _: {"trusted": True, "_uuid": "0", "execution": {}}), FULL, False),
    "copied": (copied, FULL, True),
    "split": (split, FULL, False),
    "rewritten": (rewritten, FULL, False),
    "picture": (with_picture, FULL, False),
    "in_text": (beside(markdown(WORK), 1), WAITS, True),
    "set_aside": (set_aside, WAITS, True),
    "own_given": (lambda n: (added("scene", last="given.bucket = 'x'")(n), rewritten(n)), FULL, True),
    "given_in_scene": (added("scene", last=f"given.bucket = given.bucket\n{WORK}"), WAITS, True),
}


def files(odd: Odd) -> dict[str, tuple[dict[str, str | bytes], str, bool]]:
    """What lies in a student's folder, and what comes of it."""
    right, stub = text(odd.right), text(odd.stub)
    nameless = text({**odd.right, "metadata": {}})
    other = text({**odd.right, "metadata": {"drycloud": {"step": "99_else/where"}}})
    half, wrong = right[: len(right) // 2], text(odd.shaped(lambda n: cell(n, "task-1").update(source="x = 1")))
    return {
        "number": ({"toy/bucket (1).ipynb": right}, FULL, True),
        "copy_of": ({"toy/Copy of bucket.ipynb": right}, FULL, True),
        "copy1": ({"toy/bucket-Copy1.ipynb": right}, FULL, True),
        "final": ({"toy/bucket_final_v2.ipynb": nameless}, FULL, True),
        "upper": ({"toy/BUCKET.IPYNB": right}, FULL, True),
        "kopie": ({"toy/Kopie von bucket.ipynb": nameless}, FULL, True),
        "translated": ({"toy/Eimer.ipynb": right}, FULL, True),
        "txt": ({"toy/bucket.ipynb.txt": right}, FULL, True),
        "json": ({"toy/bucket.ipynb.json": right}, FULL, True),
        "py_txt": ({"toy/bucket.py.txt": WORK}, FULL, True),
        "slip": ({"toy/buckte.py": WORK}, FULL, True),
        "own_name": ({"toy/ann_smith_bucket.py": WORK}, FULL, True),
        "old_format": ({"toy/bucket.ipynb": text(old(odd.stub))}, FULL, False),
        "mark": ({"toy/bucket.ipynb": b"\xef\xbb\xbf" + right.encode()}, FULL, False),
        "utf16": ({"toy/bucket.py": WORK.encode("utf-16")}, FULL, False),
        "exchanged": ({"toy/shell.ipynb": right}, FULL, True),
        "stub_and_work": ({"toy/bucket.ipynb": stub, "toy/bucket (1).ipynb": right}, FULL, True),
        "stub_and_py": ({"toy/bucket.ipynb": stub, "toy/bucket.py": WORK}, FULL, True),
        "twice": ({"toy/bucket.ipynb": right, "toy/bucket (1).ipynb": right}, FULL, True),
        "two_works": ({"toy/bucket.ipynb": wrong, "toy/bucket (1).ipynb": right}, WAITS, True),
        "right_first": ({"toy/bucket.ipynb": right, "toy/bucket (1).ipynb": wrong}, FULL, True),
        "half_and_py": ({"toy/bucket.ipynb": half, "toy/bucket.py": WORK}, FULL, True),
        "half": ({"toy/bucket.ipynb": half}, NOTHING, True),
        "empty": ({"toy/bucket.ipynb": ""}, NOTHING, True),
        "login_page": ({"toy/bucket.ipynb": "<!doctype html><title>Log in</title>"}, NOTHING, True),
        "other_course": ({"toy/bucket.ipynb": other}, NOTHING, True),
        "html": ({"toy/bucket.html": "<html>"}, WAITS, True),
        "zip": ({"toy/work.zip": zipped(right)}, WAITS, True),
        "zip_beside": ({"toy.zip": zipped(right)}, WAITS, True),
        "no_step": ({"toy/homework.py": WORK}, WAITS, True),
        "hyphen": ({"to-y/bucket.ipynb": right}, FULL, True),
        "upper_folder": ({"TOY/bucket.py": WORK}, FULL, True),
        "second_folder": ({"toy (1)/bucket.ipynb": right}, FULL, True),
        "release": ({"release/toy/bucket.ipynb": right}, FULL, True),
        "nested": ({"toy/toy/bucket.ipynb": right}, FULL, True),
        "deep": ({"toy/final/version/bucket.ipynb": right}, FULL, True),
        "flat": ({"bucket.ipynb": right}, FULL, True),
        "homework": ({"homework/bucket.py": WORK}, FULL, True),
        "checkpoint": ({"toy/.ipynb_checkpoints/bucket-checkpoint.ipynb": right}, FULL, True),
        "mac": ({"toy/bucket.ipynb": right, "__MACOSX/toy/._bucket.ipynb": b"\x00\x05"}, FULL, False),
    }


def write(odd: Odd, folder: Path) -> dict[str, tuple[str, bool]]:
    """Write a student's folder for each below `folder`; what comes of each, and whether it must be told."""
    shaped = {name: ({"toy/bucket.ipynb": text(odd.shaped(shape))}, *rest) for name, (shape, *rest) in SHAPES.items()}
    expected = {}
    for name, (contents, comes, is_told) in (shaped | files(odd)).items():
        expected[name] = (comes, is_told)
        for place, content in contents.items():
            path = folder / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return expected

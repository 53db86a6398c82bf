"""What tutorials on EC2, S3 and the AWS CLI show, in our own words (tests/course/tutorials/): it runs in a task cell.

Each snippet is a cell of its own, with names of its own; those of a file share an account and one run of the sandbox.
A snippet says by its assertions, or the shell by its exit status, that what it does came about. States take 20 seconds:
longer than a call takes on any machine, so that who does not wait fails everywhere, and less than a waiter's patience,
of which the shortest is 30 seconds. Waits cost next to nothing in a run.
"""

import json
import re
from pathlib import Path

import pytest
from msgspec import structs

from drycloud.course import load_course
from drycloud.grading.results import Results
from drycloud.grading.works import Submission, Work

pytestmark = pytest.mark.slow

TUTORIALS = Path(__file__).parent / "tutorials"
FILES = {
    "course.yml": """
title: Tutorials
variants: 1
services: [ec2, s3, sts]
limits: {wall_seconds: 300, cpu_seconds: 200, output_kib: 4096, state_seconds: 20}
assignments:
  - name: tutorials
    title: Pasted
    due: 2027-02-07T23:59:00+01:00
    steps: [{name: pasted, minutes: 5}]
""",
    "exercises/tutorials/pasted.py": """
# %% tags=["scene"]
from drycloud import simulate


def scene(ec2, s3, workdir):
    images = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023-ami-*-x86_64"]}])["Images"]
    image = max(images, key=lambda i: i["CreationDate"])["ImageId"]
    web = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]
    ec2.create_tags(Resources=[web["InstanceId"]], Tags=[{"Key": "Name", "Value": "web"}])
    birds = "species,grams\\nwren,9.1\\nrobin,18.0\\nwren,8.9\\n"
    (workdir / "birds.csv").write_text(birds)
    (workdir / "report.txt").write_text("All is well.\\n")
    (workdir / "photos").mkdir()
    for name in ("alps.jpg", "lakes.jpg"):
        (workdir / "photos" / name).write_bytes(b"\\xff\\xd8" + name.encode() * 50)
    s3.create_bucket(Bucket="birds-of-a-tutorial")
    s3.put_object(Bucket="birds-of-a-tutorial", Key="data/birds.csv", Body=birds.encode())
    for n in range(25):
        s3.put_object(Bucket="birds-of-a-tutorial", Key=f"many/{n:02}.txt", Body=b"")
    return {"image_id": image, "instance_id": web["InstanceId"], "bucket": "birds-of-a-tutorial"}


given = simulate(scene)

# %% tags=["task"]
# A snippet goes here.
""",
    "solutions/tutorials/pasted.py": "# %%\npass\n",
    "graders/tutorials/pasted.py": '''
from drycloud import check


@check(points=1)
def test_it_was_run(trail):
    """The snippets asked something of AWS."""
    assert trail, "Not a single call was made."
''',
}
# Runs in the sandbox, as the one task cell. "aws" has to stand in it, as it would in the cell that it came from.
RUN_ALL = """
import contextlib, io, json, subprocess, sys, traceback

def run_python(source):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "snippet", "exec"), {"given": given, "__name__": "__main__"})
    except BaseException:
        return traceback.format_exc()
    return ""

def run_shell(source):
    done = subprocess.run(["bash", "-euxo", "pipefail", "-c", source], capture_output=True, text=True)
    return f"exit status {done.returncode}\\n{done.stderr[-3000:]}" if done.returncode else ""

run = {"py": run_python, "sh": run_shell}
print(json.dumps([run[kind](source) for kind, source in SNIPPETS]))
"""


def snippets_of(path: Path) -> dict[str, str]:
    """The cells of a file, by the title behind their mark."""
    parts = re.split(r"^# %% (.+)\n", path.read_text(), flags=re.MULTILINE)[1:]
    return {f"{path.stem}: {title}": source for title, source in zip(parts[::2], parts[1::2], strict=True)}


PAGES = {path: snippets_of(path) for path in sorted(TUTORIALS.iterdir())}


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What went wrong with each snippet; '' where nothing did."""
    root = tmp_path_factory.mktemp("course")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.lstrip("\n"))
    submissions = []
    for path, snippets in PAGES.items():
        handed_in = root / f"{path.stem}.py"
        cells = [(path.suffix[1:], source) for source in snippets.values()]
        handed_in.write_text(f"SNIPPETS = {json.dumps(cells)}\n{RUN_ALL}")
        submissions.append(Submission(path.stem, "tutorials", [Work("pasted", handed_in)]))
    found: dict[str, str] = {}
    for report in Results(structs.replace(load_course(root), build=root / "build")).grade(submissions):
        assert report.run.outcome == "finished", f"{report.run.message}\n{report.run.stderr}"
        titles = next(snippets for path, snippets in PAGES.items() if path.stem == report.student)
        found |= dict(zip(titles, json.loads(report.run.stdout), strict=True))
    return found


@pytest.mark.parametrize("title", [title for snippets in PAGES.values() for title in snippets])
def test_a_snippet_runs(failures: dict[str, str], title: str) -> None:
    """What a tutorial shows does here what it does on AWS."""
    assert not failures[title], failures[title]

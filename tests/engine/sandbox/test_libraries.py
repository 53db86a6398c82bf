"""What a student's code finds where it is graded, and in practice: libraries, programs, installers, which Python."""

import subprocess
import sys

import pytest
from patience import PATIENCE
from practice_toy import SCENE, script
from step_runs import ROOT, graded

from drycloud.course.libraries import STANDARD, distribution_of, import_of, requirement_of, version_of
from drycloud.grading import advice
from drycloud.grading.guest import GUEST
from drycloud.sandbox import policy
from drycloud.sandbox.installers import COMMANDS


@pytest.fixture(scope="module")
def grade(tmp_path_factory):
    with graded(tmp_path_factory.mktemp("work")) as one:
        yield one


IMPORTS = """
import boto3, numpy as np, pandas as pd, requests, tabulate, paramiko, fsspec, s3fs
from tqdm import tqdm
from tqdm.auto import tqdm as auto
from tqdm.notebook import tqdm as bars
import matplotlib.pyplot as plt
%matplotlib inline
%config InlineBackend.figure_format = 'retina'
for _ in bars(auto(tqdm(range(2)))):
    plt.plot(np.arange(3))
plt.show()
print(tabulate.tabulate([[1, 2]]), paramiko.RSAKey, requests.get)
"""


def test_what_a_data_scientist_imports_is_there(grade):
    """Each of the usual libraries, and IPython's lines for pictures."""
    run = grade(IMPORTS).run
    assert (run.outcome, run.message) == ("finished", ""), run.stderr


S3 = """
import pandas as pd, s3fs
fs = s3fs.S3FileSystem()
keys = sorted(fs.find(f"{BUCKET}/{PREFIX}"))
first = pd.read_csv(f"s3://{keys[0]}")
first.to_csv(f"s3://{BUCKET}/copies/first.csv", index=False)
again = pd.read_csv(f"s3a://{BUCKET}/copies/first.csv", storage_options={"anon": False})
with fs.open(f"s3://{BUCKET}/copies/second.txt", "w") as file:
    file.write("one line\\n")
with fs.open(f"{BUCKET}/copies/second.txt", "a") as file:
    file.write("another\\n")
fs.put("here.txt", f"{BUCKET}/copies/")
fs.get(f"{BUCKET}/copies/second.txt", "there.txt")
fs.cp(f"{BUCKET}/copies/second.txt", f"{BUCKET}/copies/third.txt")
seen = [len(keys), first.equals(again), open("there.txt").read(), fs.cat(f"{BUCKET}/copies/here.txt").decode()]
names = [name.rpartition("/")[2] for name in fs.ls(f"{BUCKET}/copies")]
fs.rm(f"{BUCKET}/copies", recursive=True)
seen += [names, fs.exists(f"{BUCKET}/copies"), fs.isdir(BUCKET), fs.info(keys[0])["size"] > 0, BUCKET in fs.ls("")]
for path in (f"s3://{BUCKET}/nothing.csv", "s3://no-such-bucket-of-mine/x.csv"):
    try:
        pd.read_csv(path)
    except FileNotFoundError:
        seen.append("missing")
fs.mkdir("made-by-s3fs-7")
fs.rmdir("made-by-s3fs-7")
print(seen)
"""
SEEN = ["one line\\nanother\\n", "text", ["first.csv", "here.txt", "second.txt", "third.txt"], False, True, True, True]


def test_pandas_reads_and_writes_s3_where_work_is_graded(grade):
    """`s3://…` in pandas, and s3fs with what one does with files."""
    head = "open('here.txt', 'w').write('text')\nBUCKET, PREFIX = given.bucket, given.prefix\n"
    run = grade(head + S3).run
    assert run.outcome == "finished", run.stderr
    assert f", True, 'one line\\nanother\\n', 'text', {SEEN[2]}, False, True, True, True" in run.stdout
    assert run.stdout.count("missing") == 2


def test_pandas_reads_and_writes_s3_in_practice(tmp_path):
    """The same in practice, in the world of the scene alone; and a second scene leads to the new one."""
    body = """
    for number in range(3):
        s3.put_object(Bucket=name, Key=f"data/{number}.csv", Body=b"a,b\\n1,2\\n")
    return {"""
    scene = SCENE.replace("\n    return {", body)
    head = "open('here.txt', 'w').write('text')\nBUCKET, PREFIX = given.bucket, 'data'\n"
    text = scene + head + S3 + scene + head + S3
    before = "import s3fs\ntry:\n    s3fs.S3FileSystem().ls('')\nexcept Exception as error:\n    print(error)\n"
    said = script(f"from drycloud.lab.guard import guard, is_guarded\nguard()\n{before}{text}", tmp_path)
    assert said.count("[3, True, 'one line\\nanother\\n', 'text'") == 2
    assert said.count("missing") == 4


def test_s3fs_is_ours_in_guarded_processes_only():
    """Elsewhere in the same environment there is an s3fs only where somebody installed one."""
    look = "import importlib.util as u; print(u.find_spec('s3fs') is not None)"
    for start, there in (("", "False"), ("from drycloud.lab.guard import guard; guard();", "True")):
        done = subprocess.run([sys.executable, "-c", start + look], capture_output=True, text=True, check=True, cwd="/")
        assert done.stdout.strip() == there


INSTALLS = [
    "!pip install boto3 pandas",
    "%pip install -q --upgrade boto3",
    "pip install tqdm",
    "!pip3 install 'boto3>=1.20' awscli==1.20 s3fs",
    "!{__import__('sys').executable} -m pip install -r needs.txt",
    "!conda install -c conda-forge -y pandas",
    "%conda install numpy",
    "!apt-get update && apt-get install -y jq openssh-client",
    "!sudo apt-get -qq install jq",
    "!uv pip install requests",
    "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', 'boto3'])",
    "%%bash\npip install boto3\nconda install -y pandas",
]


def test_installers_answer_at_once_and_work_goes_on(grade):
    """Each way to install what is there: one line says so, and the notebook goes on."""
    cells = ["open('needs.txt', 'w').write('boto3>=1.30\\n# more\\npandas\\n')", *INSTALLS, "print('went on')"]
    run = grade("\n".join(f"# %%\n{cell}" if "%%bash" not in cell else _percent(cell) for cell in cells)).run
    assert run.outcome == "finished", run.stderr
    assert "went on" in run.stdout
    assert run.stdout.count(f"boto3 is already there: {version_of('boto3')}") >= 6
    assert "is not there" not in run.stdout + run.stderr
    assert "in place of 1.20" in run.stdout


def _percent(cell: str) -> str:
    return '# %% language="bash"\n' + "\n".join(f"# {line}" for line in cell.splitlines()[1:])


def test_what_is_not_there_gets_one_line(grade):
    """pip, conda and apt name what is there, at once, and a notebook that goes on is not held up."""
    run = grade("!pip install seaborn\n!conda install -y pytorch\n!apt install nodejs\n!npm -v\nprint('went on')").run
    lines = run.stdout.splitlines()
    assert (run.outcome, lines[-1]) == ("finished", "went on")
    assert lines[0].startswith("seaborn is not there, and nothing can be installed where work is graded. The libraries")
    assert f"pandas {version_of('pandas')}" in lines[0]
    assert [line.partition(" ")[0] for line in lines[1:3]] == ["pytorch", "nodejs"]
    assert run.seconds < 20


def test_a_library_that_is_not_there_is_told_with_those_that_are(tmp_path):
    """The report's error names the libraries, with their versions, the course's own among them."""
    with graded(tmp_path, libraries=["pyyaml>=6"]) as grade:
        message = grade("import tensorflow as tf").run.message
    assert "No module named 'tensorflow'" in message
    assert f"tensorflow is not among the libraries: boto3 {version_of('boto3')}, " in message
    assert f"pyyaml {version_of('pyyaml')}" in message


def test_google_colab_gets_a_sentence(grade):
    """Whichever way it is imported."""
    for line in ("from google.colab import drive", "import google.colab", "from google.colab import files as f"):
        assert "there in Google Colab only. Leave its lines out" in grade(line).run.message


def test_advice_is_a_sentence_of_its_own_and_reads_no_endless_line():
    """It follows the error after a full stop; a line of a megabyte is looked at as far as people write lines."""
    assert advice.advised("line 1: SyntaxError: invalid syntax", ["lazy import json"], []).startswith(
        "line 1: SyntaxError: invalid syntax. Should it work for you: "
    )
    said = "line 1: SyntaxError: invalid syntax"
    assert advice.advised(said, ["[*" * 500_000], []) == said


NEWER = [
    ((3, 12), "f\"{given['bucket']} {'\\n'.join('ab')}\"", "PEP 701"),
    ((3, 12), "name = f'{given['bucket']}'", "PEP 701"),
    ((3, 12), "type Keys = list[str]", "PEP 695"),
    ((3, 12), "def first[T](items: list[T]) -> T:\n    return items[0]", "PEP 695"),
    ((3, 12), "class Box[T]:\n    pass", "PEP 695"),
    ((3, 13), "class Box[T = int]:\n    pass", "PEP 696"),
    ((3, 14), "try:\n    pass\nexcept KeyError, ValueError:\n    pass", "PEP 758"),
    ((3, 14), "x = t'{given.bucket}'", "PEP 750"),
    ((3, 15), "lazy import json", "PEP 810"),
    ((3, 15), "rows = [*row for row in [[1], [2]]]", "PEP 798"),
    ((3, 14), "import annotationlib", "annotationlib"),
]


@pytest.mark.parametrize(("version", "code", "word"), NEWER, ids=[code.split("\n")[0] for _, code, _ in NEWER])
def test_syntax_of_a_newer_python_is_told(grade, version, code, word):
    """The report says which Python has it, and which one grades."""
    run = grade(f"a = 1\n{code}\n").run
    if sys.version_info >= version:
        assert run.outcome == "finished", run.message
        return
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert word in run.message, run.message
    assert f"came with Python {version[0]}.{version[1]}, and your work is graded with Python {ours}." in run.message


def test_newer_syntax_is_told_in_whichever_cell_it_stands():
    """Cells are named in messages by what they are, not by their number here."""
    cells = ["a = 1\nb = 2", "c = 3\ntype Keys = list[str]"]
    for message in (
        "cell 2, line 2: SyntaxError: invalid syntax",
        "your own cell 1, line 2: SyntaxError: invalid syntax",
    ):
        told = advice.advised(message, cells, [])
        assert ("PEP 695" in told) == (sys.version_info < (3, 12))
    assert "PEP" not in advice.advised("cell 1, line 1: SyntaxError: invalid syntax", cells, [])


def test_an_ordinary_mistake_is_not_taken_for_newer_syntax(grade):
    """A bracket that is missing, or a name that a module of ours does not have, is what it is."""
    for code in ("print('a'", "for x in range(3)\n    pass", "import boto3\nboto3.nothing", "x = 1 +"):
        assert "graded with Python" not in grade(code).run.message
    assert "a newer one may have more" in grade("import itertools\nitertools.batch").run.message


def test_only_the_programs_of_the_table_are_there(grade):
    """What the machine happens to have in /usr/bin or beside its Python is not there; nothing can be put there."""
    known = set(" ".join(policy.TOOLS.values()).split()) | {"python", "python3", f"python3.{sys.version_info.minor}"}
    code = (
        "import os, shutil, sys\n"
        "found = sorted({n for d in os.get_exec_path() for n in os.listdir(d)})\n"
        "broken = [n for n in found if not shutil.which(n)]\n"
        "print(*found)\nprint('broken', broken)\n"
        "!jq --version\n!perl -v\n!node -v\n!python -c 'print(6 * 7)'\n!touch /usr/bin/mine; echo $?\n"
        "%%bash"
    ).removesuffix("\n%%bash")
    run = grade(code).run
    found, broken, jq, *rest = run.stdout.splitlines()
    assert set(found.split()) == known | set(GUEST.commands) | set(COMMANDS)
    assert broken == "broken []"
    assert jq.startswith("jq-")
    assert "42" in rest
    assert run.stdout.count(": not found") + run.stderr.count(": not found") == 2
    assert rest[-1] == "1"


def test_packages_of_the_machines_own_python_are_not_there(grade):
    """What is installed beside the base Python, outside of our environment, cannot be imported."""
    code = "import sys, site\nprint([p for p in sys.path if p.endswith('-packages') and __import__('os').listdir(p)])"
    assert grade(code).run.stdout.strip() == "[]"


def test_names_of_libraries():
    """By import name or as pip is asked: the same library."""
    assert [distribution_of(name) for name in ("sklearn", "scikit-learn>=1.5", "PyYAML")] == [
        *["scikit-learn"] * 2,
        "pyyaml",
    ]
    assert requirement_of("sklearn >= 1.5") == "scikit-learn>=1.5"
    assert [import_of(name) for name in ("pyyaml", "scikit-learn", "python-dateutil", "tqdm")] == [
        "yaml",
        "sklearn",
        "dateutil",
        "tqdm",
    ]


def test_each_standard_library_is_one_of_the_engines_own_dependencies():
    """A student's machine gets them with the wheel, and each is pinned."""
    needs = (ROOT / "pyproject.toml").read_text().partition("[project.optional-dependencies]")[0]
    pins = (ROOT / "constraints.txt").read_text()
    for name in STANDARD:
        assert f'"{name}>=' in needs
        assert f"\n{name}=={version_of(name)}\n" in f"\n{pins}"


def verify(folder, *lines):
    text = f"title: T\nlibraries: [{', '.join(lines)}]\n" + (ROOT / "course.yml").read_text().partition("\n")[2]
    (folder / "course.yml").write_text(text)
    for name in ("exercises", "solutions", "graders", "tests"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "drycloud.cli", "verify", "04_s3/bucket"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("no_such_library_here", "cannot be imported in the sandbox (ModuleNotFoundError"),
        ('"pyyaml>=99"', "is installed as 6"),
    ],
)
def test_verify_says_in_one_line_which_library_is_not_there(tmp_path, named, why):
    """A library that the course names and that is not installed, or in another version: file, line and what to do."""
    done = verify(tmp_path, "tabulate", named)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "course.yml:2: the library '" in done.stderr
    assert why in done.stderr
    assert "pip install '" in done.stderr


def test_the_advice_is_about_this_python():
    """What the report calls the grading Python is the one that runs in the sandbox."""
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" == advice.PYTHON
    assert policy.python().endswith(advice.PYTHON.replace(" ", "").lower())


def test_the_makefile_installs_the_programs_of_the_table():
    """Each package that not every Debian has is in its list, and it looks for a program of each."""
    text = (ROOT / "Makefile").read_text()
    packages = set(text.partition("PACKAGES := ")[2].partition("\n")[0].split())
    programs = set(text.partition("PROGRAMS := ")[2].partition("\n")[0].split())
    essential = (
        "bash coreutils dash debianutils diffutils findutils grep gzip hostname libc-bin mawk ncurses-bin sed tar"
    )
    assert packages - {"bubblewrap"} == policy.TOOLS.keys() - {*essential.split(), "util-linux"}
    for package in packages - {"bubblewrap"}:
        assert programs & set(policy.TOOLS[package].split()), package

"""Pages that show a hostile student's work, opened in Chromium: no script runs, no element is added, nothing leaves."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from answers_toy import fresh, hand_in, report_on
from classroom_toy import by_name
from msgspec import structs
from nbgrader.api import Gradebook
from patience import PATIENCE
from repository import ROOT

from drycloud.classroom.gradebook.marks import feedback, record
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
from drycloud.grading.checker import Verdict
from drycloud.report import Call, Report, Run

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here: apt-get install chromium")
PASSED = Verdict("test_the_bucket_is_there", "passed")


class Listener:
    """Serves pages, and remembers every other request that reaches it."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.heard: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = listener.pages.get(self.path)
                if page is None and "favicon" not in self.path:
                    listener.heard.append(self.path)
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page or b"")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def show(self, page: str) -> str:
        """The page as Chromium has it once its scripts have run."""
        self.pages["/page"] = page.encode()
        return opened(f"{self.url}/page")


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


def opened(url: str) -> str:
    """The document that Chromium makes of a page; it knows no name of a host but this machine."""
    command = [str(CHROMIUM), "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=4000"]
    command += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--dump-dom", url]
    if os.geteuid() == 0:
        command.insert(1, "--no-sandbox")
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def hostile(url: str) -> str:
    """Markup that would tell on itself, in every way that is tried on such pages."""
    leak = f"fetch('{url}/leak-script');document.documentElement.id='injected'"
    return (
        f"<script>{leak}</script>"
        f'<img src={url}/leak-img onerror="{leak}">'
        f'</pre></code></textarea></title></style><svg onload="{leak}"></svg>'
        f'<iframe srcdoc="&lt;script&gt;{leak}&lt;/script&gt;"></iframe>'
        f"<link rel=stylesheet href={url}/leak-css><form id=injected action={url}/leak-form><input></form>"
        f"\n\n![x]({url}/leak-markdown)\n\n<style>@import '{url}/leak-style';</style>"
        f"[click](javascript:{leak}) {{{{ 7*7 }}}} $\\href{{javascript:1}}{{x}}$"
    )


STUDENT = "o'hara & sons; {{ 7 }}"  # nbgrader puts ids into formgrader as they are


def assert_harmless(document: str, listener: Listener) -> None:
    """What was written is there as text, and nothing else came of it."""
    assert "leak-script" in document  # it is shown at all
    assert 'id="injected"' not in document
    for element in (
        '<img src="http://127',
        '<img src="x"',
        "<iframe srcdoc",
        "<svg onload",
        "<form id=",
        'href="javascript:',
    ):
        assert element not in document
    assert listener.heard == []


def hostile_report(root: Path, student: str, step: str, text: str) -> Report:
    made = report_on(root, student, step, *([PASSED] if step == "both" else []))
    checks = [structs.replace(check, message=text) if not check.is_answer else check for check in made.checks]
    call = Call(0.1, "s3", "PutObject", "us-east-1", {"Bucket": text, "Key": text, text: [{"Tag": text}]}, text[:90])
    return structs.replace(made, checks=checks, trail=[call], run=Run("raised", text, 0.1, text, text))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Iterator[Path]:
    """A class run with one student, who is hostile wherever a student can be."""
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("DRYCLOUD_BUILD", raising=False)  # its build folder is its own, whatever ran before
        yield graded(fresh(tmp_path_factory.mktemp("pages")), listener)


def graded(root: Path, listener: Listener) -> Path:
    text = hostile(listener.url)
    for step in ("words", "both"):
        path = hand_in(root, "ann", step, *[text] * (2 if step == "words" else 1))
        notebook = json.loads(path.read_text())
        for cell in notebook["cells"]:
            if "task" in cell["metadata"].get("tags", []):
                cell["source"] = f'"""{text}"""'
                cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}]
        notebook["cells"].append({"cell_type": "markdown", "id": "more", "metadata": {}, "source": text})
        path.write_text(json.dumps(notebook))
        target = root / "build/submitted" / STUDENT / "essay" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    shutil.rmtree(root / "build/submitted/ann")
    course = load_course(root)
    handed_in = submissions_in(root / "build/submitted", course, course.assignment("essay"))
    reports = [hostile_report(root, who, step, text) for who, files in handed_in for step in files]
    assert len(reports) == 2
    assert record(course, "essay", handed_in, by_name(reports)) == []
    assert feedback(course, "essay") == []
    return root


def test_a_hostile_page_would_be_seen(listener: Listener) -> None:
    """The same text, not escaped, runs scripts and asks for pictures: what these tests look for is found."""
    document = listener.show(hostile(listener.url))
    heard, listener.heard = set(listener.heard), []
    assert {"/leak-script", "/leak-img", "/leak-css"} <= heard
    assert 'id="injected"' in document


@pytest.mark.parametrize("step", ["words", "both"])
def test_feedback(root: Path, listener: Listener, step: str) -> None:
    """The page that a student gets, of a student's own making as far as it goes."""
    page = (root / "build/feedback" / STUDENT / "essay" / f"{step}.html").read_text(encoding="utf-8")
    assert_harmless(listener.show(page), listener)


@pytest.mark.parametrize("width", [320, 600, 1200])
@pytest.mark.parametrize("step", ["words", "both"])
def test_a_page_fits_its_window(root: Path, listener: Listener, step: str, width: int) -> None:
    """Nothing has to be pushed sideways to be read, on a telephone either."""
    path = root / "build/feedback" / STUDENT / "essay" / f"{step}.html"
    listener.pages["/fed-back"] = path.read_bytes()
    document = listener.show(
        f"<iframe src=/fed-back style='width:{width}px;height:900px;border:0'></iframe><script>onload=()=>{{"
        "const page=document.querySelector('iframe').contentDocument.documentElement;"
        "document.title=`over by ${page.scrollWidth-page.clientWidth} of ${page.clientWidth}`}</script>"
    )
    assert f"<title>over by 0 of {width - 15}</title>" in document  # beside it stands a scroll bar


@pytest.fixture(scope="module")
def formgrader(root: Path) -> Iterator[str]:
    """The address of nbgrader's formgrader, served by Jupyter on the graded course."""
    (root / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        "--ServerApp.token=",
        "--ServerApp.password=",
        "--ServerApp.open_browser=False",
        f"--ServerApp.port={port}",
    ]
    options += ["--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}", "--allow-root"]
    home = {
        name: str(root / "jupyter")
        for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    command = [sys.executable, "-m", "jupyter_server", "--ServerApp.ip=127.0.0.1", *options]
    with subprocess.Popen(command, cwd=root, env={**os.environ, **home}, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        told = []
        for line in server.stderr:
            told.append(line)
            if "is running at" in line:
                break
        else:
            pytest.fail("".join(told[-20:]))
        threading.Thread(target=server.stderr.read, daemon=True).start()
        yield f"http://127.0.0.1:{port}/formgrader"
        server.terminate()


@pytest.mark.parametrize("step", ["words", "both"])
def test_formgrader(root: Path, listener: Listener, formgrader: str, step: str) -> None:
    """The page on which a teacher marks the answers."""
    with Gradebook(f"sqlite:///{next(root.rglob('gradebook.db'))}") as book:
        id = book.find_submission_notebook(step, "essay", STUDENT).id
    assert_harmless(opened(f"{formgrader}/submissions/{id}/?index=0"), listener)


@pytest.mark.parametrize("place", ["manage_students", "gradebook", "gradebook/essay/words", "manage_submissions/essay"])
def test_formgraders_lists(listener: Listener, formgrader: str, place: str) -> None:
    """Students, assignments and submissions, by names that students have."""
    document = opened(f"{formgrader}/{place}")
    assert "nbgrader" in document
    assert 'id="injected"' not in document
    assert '<img src="x"' not in document
    assert listener.heard == []

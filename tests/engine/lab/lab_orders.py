"""JupyterLab in Chromium, used as a student would: task, scene, restart, a terminal; prints what was shown.

It runs under the witness, so it starts all that it needs: the server in the release's folder, and the browser.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import websocket
from account_orders import SCENE, TASK
from browser import chromium, until
from patience import PATIENCE
from selenium.webdriver import ActionChains, Keys

SOURCES = [TASK, SCENE, TASK, "!aws s3 ls", "%%bash\naws s3 ls 2>&1"]
PORT = 8899
URL = f"http://127.0.0.1:{PORT}"
QUIET = ["--no-browser", "--allow-root", "--IdentityProvider.token=", f"--port={PORT}", "--port-retries=0"]
QUIET += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None"]
QUIET += ["--LabApp.extension_manager=readonly", "--ServerApp.disable_check_xsrf=True"]
CELLS = "return document.querySelectorAll('.jp-Notebook .jp-CodeCell').length"
SHOWN = (
    "return [...document.querySelectorAll('.jp-CodeCell')].map(c => (c.querySelector('.jp-OutputArea') || c).innerText)"
)
IDLE = "return document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]')"
DONE = (
    "return document.querySelectorAll('.jp-CodeCell')[{}].querySelector('.jp-InputPrompt').textContent.match(/\\d/)"
    " && document.querySelectorAll('.jp-CodeCell')[{}].innerText"
)


def write_notebook(folder: Path) -> None:
    """One of the course's notebooks, with these cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in SOURCES])
    notebook.metadata["drycloud"] = {"schema": 1, "step": "02_ec2/terminate"}
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "step.ipynb")


def run_cell(driver, number: int) -> None:
    """Click into a cell, and press Shift and Enter, until it has a number."""
    cell = driver.find_elements("css selector", ".jp-Notebook .jp-CodeCell")[number]
    cell.find_element("css selector", ".cm-content").click()
    ActionChains(driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()
    until(driver, DONE.format(number, number))


def restart(driver) -> None:
    """The keys for it, and the dialogue's button; then no cell has a number."""
    ActionChains(driver).send_keys(Keys.ESCAPE).send_keys("0").send_keys("0").perform()
    until(driver, "return document.querySelector('.jp-Dialog .jp-mod-accept')").click()
    until(driver, "return !document.querySelector('.jp-Dialog')")
    until(driver, IDLE)


def in_a_terminal(command: str, told: Path) -> str:
    """What a command writes to `told` in a terminal of the server's."""
    request = urllib.request.Request(f"{URL}/api/terminals", data=b"{}", method="POST")
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
        name = json.load(answer)["name"]
    terminal = websocket.create_connection(f"ws://127.0.0.1:{PORT}/terminals/websocket/{name}", http_no_proxy=["*"])
    terminal.send(json.dumps(["stdin", f"{command} > {told}.part 2>&1; mv {told}.part {told}\r"]))
    deadline = time.monotonic() + PATIENCE
    while not told.exists() and time.monotonic() < deadline:
        terminal.recv()
    terminal.close()
    return told.read_text(encoding="utf-8").strip()


def wait_for_server() -> None:
    """Until it answers."""
    opener, deadline = urllib.request.build_opener(urllib.request.ProxyHandler({})), time.monotonic() + PATIENCE
    while True:
        try:
            opener.open(f"{URL}/api/status").close()
            return
        except urllib.error.URLError:
            assert time.monotonic() < deadline, "JupyterLab does not start"
            time.sleep(0.1)


def main(folder: Path) -> None:
    """Start all, use it, print one JSON object."""
    write_notebook(folder)
    said: dict[str, object] = {}
    command = [sys.executable, "-m", "jupyter", "lab", *QUIET]
    log = (folder.parent / "lab.log").open("wb")
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        os.environ[f"KEPT_{name}"] = os.environ.pop(name)  # selenium's own; the server gets them back
    env = {name.removeprefix("KEPT_"): value for name, value in os.environ.items()}
    with subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log) as server:
        try:
            wait_for_server()
            with chromium(folder.parent / "profile") as driver:
                driver.get(f"{URL}/lab/tree/step.ipynb")
                until(driver, f"{CELLS} == {len(SOURCES)}")
                until(driver, IDLE)
                for number in range(len(SOURCES)):
                    run_cell(driver, number)
                said["first"] = driver.execute_script(SHOWN)[: len(SOURCES)]
                restart(driver)
                run_cell(driver, 2)
                said["restarted"] = driver.execute_script(SHOWN)[2]
            aws = Path(sys.executable).with_name("aws")  # a login shell has a PATH of its own
            said["terminal"] = in_a_terminal(f"{aws} s3 ls", folder.parent / "told")
            said["endpoint"] = in_a_terminal("echo $AWS_ENDPOINT_URL", folder.parent / "endpoint")
        finally:
            server.terminate()
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""nbgrader's formgrader, started as an instructor starts it: `jupyter lab` in the course's folder, and no more."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import until
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

LAB = ["-m", "jupyter", "lab", "--no-browser", "--ip=127.0.0.1", "--ServerApp.token=", "--ServerApp.password="]


@contextmanager
def jupyter_lab(root: Path, home: Path) -> Iterator[str]:
    """The address of a JupyterLab that runs in `root`, with a home folder of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER_", "DRYCLOUD_"))}
    command = [sys.executable, *LAB, f"--port={port}", *(["--allow-root"] if os.geteuid() == 0 else [])]
    env = {**plain, "HOME": str(home), "PATH": f"{Path(sys.executable).parent}:{plain['PATH']}"}
    with subprocess.Popen(command, cwd=root, env=env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        told = []
        for line in server.stderr:
            told.append(line)
            if "is running at" in line:
                break
        else:
            pytest.fail("".join(told[-20:]))
        threading.Thread(target=server.stderr.read, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


class Formgrader:
    """The pages of formgrader, and their buttons. Of each page that was looked at, a picture lies in `pictures`."""

    def __init__(self, driver: Chrome, address: str, pictures: Path):
        self.driver, self.address, self._pictures = driver, address, pictures
        pictures.mkdir(exist_ok=True)

    def opens(self, place: str) -> str:
        """The text of the page at that place, once it is there."""
        self.driver.get(f"{self.address}/formgrader/{place}")
        until(self.driver, "return document.readyState === 'complete' && !document.body.innerText.includes('Loading')")
        return self.text

    @property
    def text(self) -> str:
        return str(self.driver.execute_script("return document.body.innerText"))

    def picture(self, name: str) -> None:
        self.driver.save_screenshot(str(self._pictures / f"{name}.png"))

    def presses(self, selector: str, name: str) -> str:
        """Presses a button that ends in a message, closes that, and gives its text; a picture of it is kept."""
        until(self.driver, _clickable(selector)).click()
        shown = "return document.querySelector('.modal.in .modal-content, .modal.show .modal-content')?.innerText"
        text = str(until(self.driver, shown))
        until(self.driver, "return getComputedStyle(document.querySelector('.modal')).opacity === '1'")
        self.picture(name)
        until(self.driver, _clickable(".modal .modal-footer button")).click()
        until(self.driver, "return !document.querySelector('.modal')")
        return text

    def row(self, student: str) -> str:
        """A selector of a student's row in the list of submissions."""
        rows = (
            "return [...document.querySelectorAll('tbody tr')].findIndex(r => r.innerText.includes(arguments[0])) + 1"
        )
        number = until(self.driver, lambda page: page.execute_script(rows, student))
        return f"tbody tr:nth-of-type({number})"

    def writes(self, selector: str, text: str) -> None:
        """Types into a field and leaves it, and waits until formgrader shows that it was saved."""
        field = until(self.driver, _clickable(selector))
        saved = "window.saved = 0; $(document).ajaxSuccess(() => window.saved++)"
        self.driver.execute_script(saved)
        field.clear()
        field.send_keys(text, Keys.TAB)
        until(self.driver, "return window.saved > 0")


def _clickable(selector: str) -> Callable[[Chrome], object]:
    def find(page: Chrome) -> object:
        found = [one for one in page.find_elements("css selector", selector) if one.is_displayed() and one.is_enabled()]
        return found[0] if found else None

    return find

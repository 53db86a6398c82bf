"""Chromium, used as a person would: opened through the chromedriver that comes with it, and closed for certain."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from patience import PATIENCE
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and CHROMEDRIVER), reason="there is no chromium here: apt-get install chromium chromium-driver"
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,1000",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # what Chromium asks for itself
]


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """A new Chromium whose profile lies in `profile`, a folder that is not there yet."""
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = Chrome(options=options, service=Service(str(CHROMEDRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


def until(driver: Chrome, look: Callable[[Chrome], Any] | str, seconds: float = PATIENCE) -> Any:
    """What `look` (a function of the driver, or the body of one in JavaScript) finds, once it finds something.

    Raises selenium's TimeoutException after `seconds`.
    """
    see = (lambda page: page.execute_script(look)) if isinstance(look, str) else look
    return WebDriverWait(driver, seconds, poll_frequency=0.1).until(see)

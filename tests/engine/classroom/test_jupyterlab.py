"""A released notebook in real JupyterLab and Notebook: run to its end calmly, with what need not be read folded."""

from pathlib import Path

import pytest
from browser import chromium, needs_chromium, until
from classroom_toy import fresh
from formgrader import jupyter_lab
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.slow, needs_chromium]
CELLS = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')]"
# JupyterLab draws the prompt of a cell that runs as [*].
IDLE = (
    f"return {CELLS}.length === 4 && {CELLS}.every(c => !c.querySelector('.jp-InputPrompt')?.textContent.includes('*'))"
)
# What is asked of a kernel that has not started is lost.
READY = "return document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]') !== null"
FOLDED = f"return {CELLS}.map(c => !!c.querySelector('.jp-InputPlaceholder'))"
OUTPUTS = f"return {CELLS}.map(c => c.querySelector('.jp-Cell-outputArea')?.innerText ?? '')"
ERRORS = 'return document.querySelectorAll(\'[data-mime-type*="jupyter.error"], [data-mime-type*="stderr"]\').length'


def press(driver: Chrome, selector: str) -> None:
    until(driver, lambda page: page.execute_script("return document.querySelector(arguments[0])", selector)).click()


@pytest.mark.parametrize("place", ["lab/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"])
def test_restart_and_run_all_ends_calmly(tmp_path: Path, place: str) -> None:
    """No error and no red; scene, checks and summary are folded and show what they say; Shift-Enter runs them too."""
    release = fresh(tmp_path) / "build/release/toy"
    (tmp_path / "home").mkdir()
    with jupyter_lab(release, tmp_path / "home") as address, chromium(tmp_path / "profile") as driver:
        driver.set_window_size(1200, 2400)  # JupyterLab draws no more of a notebook than can be seen
        driver.get(f"{address}/{place}/bucket.ipynb")
        until(driver, IDLE)
        assert driver.execute_script(FOLDED) == [True, False, True, True]
        until(driver, READY)
        press(driver, "[data-jp-item-name='restart-and-run'] jp-button")
        press(driver, ".jp-Dialog .jp-mod-accept")
        until(driver, "return document.body.innerText.includes('By the checks above you have 0 of')")
        until(driver, IDLE)
        driver.save_screenshot(str(tmp_path / "after.png"))
        scene, task, check, summary = driver.execute_script(OUTPUTS)
        assert "given.bucket" in scene
        assert task == ""
        assert "There is a bucket. not yet 0 of 1 point" in check
        assert "1 of 3.5 points can be seen here; 1 more check is made when you hand in." in summary
        assert driver.execute_script(ERRORS) == 0
        assert driver.execute_script(FOLDED) == [True, False, True, True]
        world = until(driver, f"return {CELLS}[0].querySelector('.jp-Cell-outputArea').innerText")
        press(driver, ".jp-CodeCell .jp-InputPrompt, .jp-CodeCell .jp-Placeholder-contentContainer")
        ActionChains(driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()
        again = f"const text = {CELLS}[0].querySelector('.jp-Cell-outputArea').innerText;"
        until(driver, f"{again} return text.includes('given.bucket') && text !== {world!r}")

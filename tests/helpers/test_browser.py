"""The browser that other tests use does what a person's would."""

from pathlib import Path

from browser import chromium, needs_chromium, until

PAGE = "data:text/html,<button onclick=\"setTimeout(() => this.textContent = 'done', 50)\">go</button>"


@needs_chromium
def test_a_click_runs_a_pages_script(tmp_path: Path) -> None:
    """A page is opened, its button pressed, and what its script does later is waited for."""
    with chromium(tmp_path / "profile") as driver:
        driver.get(PAGE)
        driver.find_element("css selector", "button").click()
        assert until(driver, "return document.body.textContent.includes('done')")

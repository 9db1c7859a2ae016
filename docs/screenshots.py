"""Makes the pictures of the docs from a running town:  python docs/screenshots.py

Starts `twelp` in a folder of its own, takes the tour in Chromium, and writes docs/town.png.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parent
ANSWER = "Plug it into the TV's HDMI port marked ARC, then turn on HDMI control in the TV's sound menu."


def main() -> None:
    """Makes all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("there is no Chromium here: apt-get install chromium")
    with TemporaryDirectory() as folder:
        shutil.copy(DOCS.parent / "experts.yaml", folder)
        environment = {**os.environ, "PORT": "0"}
        twelp = subprocess.Popen(
            [sys.executable, "-m", "twelp"], cwd=folder, env=environment, stdout=subprocess.DEVNULL
        )
        try:
            url = address(Path(folder, ".twelp/sandbox.json"))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1440, "height": 860})
                page.goto(f"{url}/town")
                picture(page)
                browser.close()
        finally:
            twelp.terminate()
            twelp.wait()


def address(note: Path) -> str:
    """Where the town is, once it is there."""
    for _ in range(120):
        if note.exists():
            return str(json.loads(note.read_text())["url"])
        time.sleep(0.5)
    sys.exit("twelp did not start")


def picture(page: Page) -> None:
    """The tour, until the answer's window is open and written in."""
    page.click("text=Take the tour")
    page.click("text=Ask this")
    page.click(".tour .people a >> nth=0")
    page.click('.message.marked button:has-text("Answer")')
    page.locator(".window textarea").press_sequentially(ANSWER, delay=10)
    page.wait_for_selector(".window blockquote:has-text('^')")
    page.click(".window .foot .primary")
    page.click('.window .foot button:has-text("Post publicly")')
    page.wait_for_selector("text=The answer is public", timeout=60_000)
    page.wait_for_timeout(1_500)
    page.screenshot(path=DOCS / "town.png")


if __name__ == "__main__":
    main()

"""Firefox and WebKitGTK as Debian has them, each with the thumbs of a canvasser.

Firefox is led by its own Marionette, WebKitGTK by its WebDriver on a screen of its own.
What thumbs do is in thumbs.js, so that both, and any other, do the same.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

THUMBS = Path(__file__).with_name("thumbs.js").read_text(encoding="utf-8")
PREFERENCES = """
user_pref("marionette.port", {port});
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"""
LONG = 90
"""Seconds that a browser may take to start on a loaded machine, or a step may."""
MINIBROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)


class Firefox:
    """Firefox on a profile, which outlives a kill."""

    NEEDS = "firefox-esr"

    def __init__(self, place: Path) -> None:
        """Start it."""
        self.profile = place / "firefox"
        self.profile.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        said = PREFERENCES.format(port=self.port)
        (self.profile / "user.js").write_text(said, encoding="utf-8")
        self.start()

    @staticmethod
    def is_here() -> bool:
        """Say whether it can be started."""
        return shutil.which("firefox-esr") is not None

    def start(self) -> None:
        """Start it, again on what lies on the disk."""
        from marionette_driver.marionette import Marionette  # noqa: PLC0415  # slow

        command = ["firefox-esr", "--headless", "--marionette", "--no-remote"]
        self.process = subprocess.Popen(
            [*command, "--profile", str(self.profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _listening(self.port)
        self.driver = Marionette(host="127.0.0.1", port=self.port)
        self.driver.start_session()
        self.driver.timeout.script = LONG

    def go(self, url: str) -> None:
        """Load a page anew, as from a bookmark."""
        self.driver.navigate("about:blank")
        self.driver.navigate(url)

    def tab(self, url: str) -> None:
        """Open a page in another tab, and go there."""
        self.driver.switch_to_window(self.driver.open(type="tab")["handle"])
        self.driver.navigate(url)

    def first_tab(self) -> None:
        """Go back to the first tab."""
        self.driver.switch_to_window(self.driver.window_handles[0])

    def run(self, script: str, *given: object) -> Any:
        """Run a script that tells its last argument when it is done."""
        return self.driver.execute_async_script(script, script_args=given)

    def kill(self) -> None:
        """End all its processes at once, as an empty battery would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.driver.client.close()
        self.driver.cleanup = lambda: None  # else it would ask the dead to say goodbye


class WebKit:
    """WebKitGTK; led by a driver it keeps nothing once it is closed."""

    NEEDS = "webkit2gtk-driver and xvfb"

    def __init__(self, _place: Path) -> None:
        """Start it, on a screen of its own."""
        from selenium import webdriver  # noqa: PLC0415  # slow
        from selenium.webdriver.webkitgtk.service import Service  # noqa: PLC0415

        reads, writes = os.pipe()
        self.screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writes), "-nolisten", "tcp"],
            pass_fds=[writes],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writes)
        with os.fdopen(reads) as said:
            display = f":{said.readline().strip()}"
        environment = dict(os.environ) | {"DISPLAY": display}
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(MINIBROWSER)
        options.add_argument("--automation")
        driver = shutil.which("WebKitWebDriver")
        service = Service(driver, env=environment)
        self.driver = webdriver.WebKitGTK(options=options, service=service)
        self.driver.set_script_timeout(LONG)

    @staticmethod
    def is_here() -> bool:
        """Say whether it can be started."""
        both = all(map(shutil.which, ("WebKitWebDriver", "Xvfb")))
        return both and MINIBROWSER is not None

    def go(self, url: str) -> None:
        """Load a page anew, as from a bookmark."""
        self.driver.get("about:blank")
        self.driver.get(url)

    def tab(self, url: str) -> None:
        """Open a page in another tab, and go there."""
        self.driver.switch_to.new_window("tab")
        self.driver.get(url)

    def first_tab(self) -> None:
        """Go back to the first tab."""
        self.driver.switch_to.window(self.driver.window_handles[0])

    def run(self, script: str, *given: object) -> Any:
        """Run a script that tells its last argument when it is done."""
        return self.driver.execute_async_script(script, *given)

    def kill(self) -> None:
        """Close it, and its screen."""
        self.driver.quit()
        self.screen.kill()
        self.screen.wait()


def _listening(port: int) -> None:
    """Wait until somebody listens."""
    last = time.monotonic() + LONG
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)
        else:
            return


def do(browser: Firefox | WebKit, step: str, *given: object) -> None:
    """Let the thumbs do a step; say what was waited for in vain."""
    said = browser.run(THUMBS, step, *given)
    assert said is True, said

"""The server's settings, with the phone's files from a folder that a test changes."""

import os
from pathlib import Path

from groundgame.server.settings import *  # noqa: F403  # all of them, and one changed

PHONE_FILES = Path(os.environ["GROUNDGAME_TEST_PHONE"])

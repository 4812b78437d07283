"""Run the command line: python -m groundgame."""

import sys

from groundgame.cli import main

sys.exit(main())

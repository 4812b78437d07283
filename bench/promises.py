"""The promises of sync: which command shows each, and what it measured last.

    .venv/bin/python bench/promises.py                   write docs/promises.md again
    .venv/bin/python bench/promises.py load model        run these first
    .venv/bin/python bench/promises.py --read model LOG  read what a run wrote down

Figures lie in docs/promises.json, each with the day it was measured; a run that fails
changes none of them. The page is made from that file and from promises.toml, and
tests/house holds it to both.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
LIST = HOUSE / "bench/promises.toml"
FIGURES, PAGE = HOUSE / "docs/promises.json", HOUSE / "docs/promises.md"
FAILED = re.compile(r"\b[1-9]\d* (failed|errors?)\b|DOES NOT HOLD|\"failed\":")


@dataclass(frozen=True)
class Promise:
    """What is promised, and by which command it is shown."""

    name: str
    says: str
    command: str
    """As it is typed, in a checkout that bin/setup has set up."""
    reads: str
    """A pattern for what the command says where it went well; (?P<seed>): its seed."""
    figures: str
    """What is told of each match."""
    least: int = 1
    """Matches that there must be."""

    def measured(self, said: str) -> dict[str, str]:
        """Return the figures in what the command said.

        Raises:
            ValueError: It failed, or did not say them.
        """
        found = list(re.finditer(self.reads, said, re.DOTALL))
        if FAILED.search(said) or len(found) < self.least:
            raise ValueError(f"{self.name}: it failed, or said no figures")
        told = [self.figures.format(**each.groupdict()) for each in found]
        return {
            "figures": "; ".join(dict.fromkeys(told)),
            "seed": found[0].groupdict().get("seed") or "",
            "measured": datetime.now(UTC).date().isoformat(),
        }


PROMISES = tuple(
    Promise(name, **fields)
    for name, fields in tomllib.loads(LIST.read_text(encoding="utf-8")).items()
)
HEAD = """# What sync promises, and how it is shown

Made by `bench/promises.py` from `bench/promises.toml` and `docs/promises.json`; nobody
writes a figure by hand. Each command runs in a checkout that `bin/setup --bench` has
set up, with `.venv/bin` on the PATH, and fails where its promise does not hold. One
seed is one run. How they work: decisions
[5](decisions/0005-a-book-that-survives-a-power-cut.md) and
[14](decisions/0014-a-model-runs-the-phones-own-code.md).

| promise | measured | seed | on | command |
|---|---|---|---|---|
"""


def page(known: dict[str, Any]) -> str:
    """Return docs/promises.md, of the figures that are known."""
    lines = []
    for each in PROMISES:
        last = known.get(each.name, {})
        cells = [
            each.says,
            last.get("figures", "not measured yet"),
            last.get("seed", ""),
            last.get("measured", ""),
            f"`{each.command}`",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return HEAD + "\n".join(lines) + "\n"


def run(command: str) -> str:
    """Run a command of the list as it is typed, and return what it said."""
    shell = f'export PATH="{Path(sys.executable).parent}:$PATH"; {command} 2>&1'
    done = subprocess.run(
        ["bash", "-c", shell], cwd=HOUSE, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise ValueError(done.stdout[-2000:])
    return done.stdout


def main() -> int:
    """Measure what was named, and write the page."""
    by_name = {each.name: each for each in PROMISES}
    wanted = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    wanted.add_argument("names", nargs="*", choices=[[], *by_name])
    wanted.add_argument("--read", nargs=2, metavar=("NAME", "LOG"), default=None)
    told = wanted.parse_args()
    known = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    problems = []
    said = {name: lambda name=name: run(by_name[name].command) for name in told.names}
    if told.read:
        said[told.read[0]] = Path(told.read[1]).read_text
    for name, saying in said.items():
        try:
            known[name] = by_name[name].measured(saying())
        except ValueError as problem:
            problems.append(f"{name}: {problem}")
        FIGURES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    PAGE.write_text(page(known))
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

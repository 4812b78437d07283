"""Look for bytes that stop a reader, guided by what the code does with them.

    python tests/fuzz/readers.py --seconds 60 [--found FOLDER]

It begins with the corpus of `test_readers.py`. What stops a reader is written into
FOLDER; a case that is mended goes into the corpus, which the suite replays.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))
READERS = ["groundgame.voterfile", "groundgame.match"]
COMPILED = ["groundgame.voterfile.kernel"]  # numba reads the code as it was written
with atheris.instrument_imports(include=READERS, exclude=COMPILED):
    from tests.fuzz.targets import one
    from tests.fuzz.test_readers import CORPUS


def main() -> None:
    """Run for as long as was asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--found", type=Path, default=Path("fuzz-found"))
    told = asked.parse_args()
    told.found.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for n, data in enumerate(CORPUS):
            (Path(corpus) / str(n)).write_bytes(data)
        limits = [f"-max_total_time={told.seconds}", "-max_len=4096", "-timeout=30"]
        limits += ["-rss_limit_mb=6000"]  # instrumented, the libraries alone take 2,000
        where = [f"-artifact_prefix={told.found}/", corpus]
        atheris.Setup([sys.argv[0], *limits, *where], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

"""What is kept of compiled loops is never older than the loops."""

import subprocess
import sys

CALLER = '''"""A loop that calls one of another file."""
from groundgame.values.loops import compiled
from called import inner

@compiled
def outer() -> int:
    return inner()

print(outer(), sum(outer.stats.cache_hits.values()))
'''
CALLED = '''"""A loop that another calls."""
from groundgame.values.loops import compiled

@compiled
def inner() -> int:
    return {answer}
'''


def run(folder):
    """Run the caller in a process of its own; return its answer, and what it found."""
    ran = subprocess.run(
        [sys.executable, "-B", str(folder / "caller.py")],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    answer, found = ran.stdout.split()
    return int(answer), int(found)


def test_a_loop_is_compiled_anew_when_one_that_it_calls_has_changed(tmp_path):
    """Kept the second time, and not the third, though its own file is as it was."""
    (tmp_path / "caller.py").write_text(CALLER)
    (tmp_path / "called.py").write_text(CALLED.format(answer=1))
    first, second = run(tmp_path), run(tmp_path)

    (tmp_path / "called.py").write_text(CALLED.format(answer=2))

    assert [first, second, run(tmp_path)] == [(1, 0), (1, 1), (2, 0)]

"""Where the rest of the room gets its compiled loops from."""

from types import ModuleType


def kernels() -> ModuleType:
    """Return the compiled loops. They are loaded when something is to be cut."""
    from groundgame.turf import kernels as loaded  # noqa: PLC0415  # numba loads slowly

    return loaded

"""The result codes: how an attempt can end, and what each one means for the count.

`contract/results.json` says the same to the phone; a test holds the two equal. A log
may hold a code that is not here, from a newer phone: it counts as an attempt, and as no
contact.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """One way an attempt can end."""

    id: str
    name: str
    contact: bool
    """Somebody was spoken with."""
    done: bool
    """Nobody needs to knock again on this pass."""

    def as_dict(self) -> dict[str, Any]:
        """Return the result as a script carries it."""
        return asdict(self)


_ALL = (
    Result("canvassed", "Canvassed", contact=True, done=True),
    Result("not_home", "Not Home", contact=False, done=False),
    Result("refused", "Refused", contact=True, done=True),
    Result("come_back", "Come Back", contact=True, done=False),
    Result("lit_dropped", "Lit Dropped", contact=False, done=True),
    Result("inaccessible", "Inaccessible", contact=False, done=False),
    Result("moved", "Moved", contact=False, done=True),
    Result("deceased", "Deceased", contact=False, done=True),
    Result("language_barrier", "Language Barrier", contact=False, done=False),
    Result("vacant", "Vacant", contact=False, done=True),
    Result("do_not_contact", "Do Not Contact", contact=True, done=True),
    Result("hostile", "Hostile", contact=True, done=True),
)

RESULTS = {result.id: result for result in _ALL}
"""Every result code by its id, in the order in which a form shows them."""

NEEDED = ("canvassed", "not_home", "do_not_contact")
"""What every script offers: a conversation, a closed door, and being left in peace."""

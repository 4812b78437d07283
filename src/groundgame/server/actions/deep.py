"""What deep canvasses moved: the rating after, beside the rating before.

In:  the scripts of a cut, and the answers that stand.
Out: of whoever gave both ratings, how they lie. It is a count of what people said to a
     canvasser, not an effect: who is still in a good mood rates higher. For effects,
     run an experiment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Moved:
    """Two ratings of the same people, on the scale of the script."""

    people: int
    before: float
    """The mean rating before."""
    after: float
    up: int
    """People whose rating rose."""
    down: int

    @property
    def same(self) -> int:
        """People who gave the same number twice."""
        return self.people - self.up - self.down


def moved(
    scripts: Iterable[Mapping[str, Any]], stands: Iterable[Mapping[str, Any]]
) -> Moved | None:
    """Return how ratings moved; None where nobody gave two.

    Args:
        scripts: In their bundle form.
        stands: Rows of person_id, question and answer, each the one that stands.
    """
    asked = {
        question["id"]: question["part"]
        for script in scripts
        for question in script["questions"]
        if question.get("part") in {"before", "after"}
    }
    rated: dict[str, dict[str, float]] = {"before": {}, "after": {}}
    for row in stands:
        part = asked.get(str(row["question"]))
        if part is not None:
            rated[part][str(row["person_id"])] = float(row["answer"])
    both = sorted(rated["before"].keys() & rated["after"].keys())
    if not both:
        return None
    pairs = [(rated["before"][each], rated["after"][each]) for each in both]
    return Moved(
        people=len(pairs),
        before=sum(first for first, _ in pairs) / len(pairs),
        after=sum(last for _, last in pairs) / len(pairs),
        up=sum(last > first for first, last in pairs),
        down=sum(last < first for first, last in pairs),
    )

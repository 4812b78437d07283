"""The elections that a snapshot's vote history knows, latest first.

A source may write one election in two ways: with its date, and with its year alone.
Where a year has exactly one dated election of a kind, the undated one is the same.

Two elections of one day and kind are told apart by what their names say besides: two
specials, in this district and in that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from groundgame.errors import NoSuchElection
from groundgame.universe.about_votes import PLURALS, VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.words import When

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Election:
    """One election; its place among all, latest first, is its number."""

    number: int
    names: tuple[str, ...]
    day: date | None
    year: int
    kind: str

    def held_by(self, as_of: date) -> bool:
        """Say whether it was held by then; a bare year counts from its first day."""
        return self.year <= as_of.year if self.day is None else self.day <= as_of

    def held_since(self, when: When) -> bool:
        """Say whether it was held at that time or later."""
        if isinstance(when, int):
            return self.year >= when
        return self.year >= when.year if self.day is None else self.day >= when

    def was(self, when: When) -> bool:
        """Say whether it was held on that day, or in that year."""
        return self.year == when if isinstance(when, int) else self.day == when

    def is_kind(self, kind: str) -> bool:
        """Say whether it is of that kind; every one is an 'election'."""
        return kind in ("election", self.kind)

    def __str__(self) -> str:
        """Name it as a rule does: '2024-11-05 general'."""
        kind = self.kind if self.kind in PLURALS else "election"
        return f"{self.day or self.year} {kind} {_own(self.names[0])}".rstrip()


def _own(name: str) -> str:
    """Return what the name of a special election says besides its day and kind."""
    _, special, own = name.partition(" special")
    return own.strip() if special else ""


@dataclass(frozen=True, slots=True)
class Elections:
    """All elections of a snapshot, latest first."""

    all: tuple[Election, ...]

    @classmethod
    def of(cls, rows: Sequence[tuple[str, date | None, int, str]]) -> Self:
        """Return the elections of these (name, date, year, kind), in any order."""
        dated: dict[tuple[int, str, str], set[date]] = {}
        for name, day, year, kind in rows:
            if day is not None:
                dated.setdefault((year, kind, _own(name)), set()).add(day)
        names: dict[tuple[int, str, str, date | None], set[str]] = {}
        for name, day, year, kind in rows:
            known = dated.get((year, kind, _own(name)), set())
            same = next(iter(known)) if day is None and len(known) == 1 else day
            names.setdefault((year, kind, _own(name), same), set()).add(name)
        latest_first = sorted(
            names,
            key=lambda key: (key[0], key[3] or date.min, key[1], key[2]),
            reverse=True,
        )
        return cls(
            tuple(
                Election(number, tuple(sorted(names[key])), key[3], key[0], key[1])
                for number, key in enumerate(latest_first)
            )
        )

    @classmethod
    def from_data(cls, plain: Sequence[dict[str, Any]]) -> Self:
        """Return what `to_data` wrote."""
        return cls(
            tuple(
                Election(
                    number,
                    tuple(one["names"]),
                    date.fromisoformat(one["date"]) if one["date"] else None,
                    one["year"],
                    one["kind"],
                )
                for number, one in enumerate(plain)
            )
        )

    def to_data(self) -> list[dict[str, Any]]:
        """Return plain values that JSON can hold."""
        return [
            {
                "names": list(one.names),
                "date": one.day.isoformat() if one.day else None,
                "year": one.year,
                "kind": one.kind,
            }
            for one in self.all
        ]

    def meant(
        self, rule: VotedIn | VotedOfLast | VotedTimes, as_of: date
    ) -> tuple[Election, ...]:
        """Return the elections that a condition speaks of, held by `as_of`.

        Raises:
            NoSuchElection: It names one election, and there is none such.
        """
        held = tuple(
            one for one in self.all if one.is_kind(rule.election) and one.held_by(as_of)
        )
        match rule:
            case VotedOfLast():
                return held[: rule.last]
            case VotedTimes():
                since = rule.since
                return tuple(
                    one for one in held if since is None or one.held_since(since)
                )
        found = tuple(one for one in held if one.was(rule.when))
        if not found:
            wanted = f"{rule.when} {rule.election}"
            raise NoSuchElection(wanted, tuple(map(str, held[:_SHOWN])))
        return found

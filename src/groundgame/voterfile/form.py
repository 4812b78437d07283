"""What a layout is: where each field of ours comes from, and what codes mean."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from groundgame.errors import NoSuchLayout

FIELDS = (
    *("person_id", "last_name", "first_name", "middle_name", "suffix"),
    *("birth_date", "birth_year", "age", "gender", "party", "status", "registered"),
    *("phone", "language"),
    *("number", "half", "street", "unit", "address", "city", "zip", "state"),
    *("county", "municipality", "precinct", "ward"),
    *("congressional", "state_senate", "state_house", "protected"),
)
CODED = ("party", "gender", "status", "language", "county")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a field comes from.

    One column, the first of several that is there, or, with `joined`, all of them with
    `mark` between. `take` is a pattern whose group is taken of the text; `value` is a
    text that is the same in every row; `choices` are cells of which the first that
    holds something counts.
    """

    columns: tuple[str, ...] = ()
    joined: bool = False
    mark: str = " "
    take: str = ""
    value: str = ""
    choices: tuple["Cell", ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All columns that it may read."""
        within = (name for choice in self.choices for name in choice.every)
        return (*self.columns, *within)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a word for a kind of election, or for a method, means.

    It means so wherever the word holds `text`, or, with `whole`, is it. `called` is a
    longer name, for sources that tell two elections of a year apart by nothing else.
    """

    text: str
    means: str
    whole: bool = False
    called: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Elections written into cells of a person's row.

    `like` is a pattern of names of columns that all hold history, one an election.
    With `labelled`, an item is the column's name, or what `called` says for it, then a
    space and what stands in the cell; where `called` says nothing, the cell alone. An
    item that holds one of `no_ballot` says that no ballot was cast.
    """

    columns: tuple[Cell, ...]
    like: str
    items: tuple[str, ...]
    formats: tuple[str, ...]
    split: str = ""
    mend: tuple[tuple[str, str], ...] = ()
    labelled: bool = False
    called: Mapping[str, str] = field(default_factory=dict)
    no_ballot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """A second file with one row a ballot: its columns.

    `no_ballot` are the words for a method that say that no ballot was cast.
    """

    columns: Mapping[str, Cell]
    formats: tuple[str, ...]
    header: tuple[str, ...] = ()
    delimiter: str = ""
    no_ballot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How one source writes its voter file."""

    id: str
    name: str
    source: str
    delimiter: str
    quote: str
    header: tuple[str, ...]
    columns: Mapping[str, Cell]
    extra: Mapping[str, Cell]
    optional: frozenset[str]
    state: str
    country: str
    dates: tuple[str, ...]
    no_dates: tuple[str, ...]
    codes: Mapping[str, Mapping[str, str]]
    protected: tuple[str, ...]
    history: History | None
    history_file: HistoryFile | None
    kinds: tuple[Rule, ...]
    methods: tuple[Rule, ...]
    divisions: Mapping[str, str]
    digest: str

    @property
    def cells(self) -> dict[str, Cell]:
        """Every field, extra ones too, and where it comes from."""
        return {**self.columns, **self.extra}

    def with_columns(self, chosen: Mapping[str, str]) -> Self:
        """Return this layout with these fields filled from these columns instead."""
        unknown = sorted(set(chosen) - set(FIELDS))
        if unknown:
            raise NoSuchLayout(
                f"no field {', '.join(unknown)}", "the fields are " + ", ".join(FIELDS)
            )
        if not chosen:
            return self
        cells = {name: Cell((column,)) for name, column in chosen.items()}
        digest = hashlib.sha256(
            json.dumps([self.digest, dict(chosen)], sort_keys=True).encode()
        ).hexdigest()
        return replace(self, columns={**self.columns, **cells}, digest=digest)

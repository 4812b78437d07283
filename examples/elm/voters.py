"""Invent voters behind homes: names, ages, parties and histories, from small lists.

In:  homes (anything with an address and a ward) and a seed.
Out: rows of a voter file, in the columns of `small.VOTER_COLUMNS`.

Nobody is meant. The names are drawn from the lists below, each without the others.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

import numpy as np
from small import COUNTY, VOTER_COLUMNS

from groundgame.values import Seed

FIRST = (
    *("Ada", "Amir", "Ana", "Aisha", "Ben", "Bea", "Carla", "Chen", "Cora", "Dan"),
    *("Dina", "Eli", "Emil", "Eva", "Fatima", "Felix", "Gina", "Hana", "Hugo", "Ida"),
    *("Ines", "Ivan", "Jamal", "Jin", "Jonas", "Kai", "Keisha", "Lars", "Leah", "Luis"),
    *("Maya", "Mei", "Milo", "Nadia", "Nils", "Nora", "Omar", "Otis", "Pilar", "Priya"),
    *(
        "Quinn",
        "Rosa",
        "Ruth",
        "Sami",
        "Sofia",
        "Tariq",
        "Tess",
        "Uma",
        "Vera",
        "Yusuf",
    ),
)
LAST = (
    *("Abbott", "Aguilar", "Ahmed", "Baker", "Bauer", "Bell", "Castro", "Chan"),
    *("Cole", "Cruz", "Dale", "Diaz", "Dunn", "Eaton", "Ellis", "Farah", "Finch"),
    *("Flores", "Ford", "Garza", "Gray", "Haas", "Hale", "Hill", "Ito", "Jensen"),
    *("Khan", "Kim", "Kowalski", "Lane", "Lopez", "Marsh", "Mendez", "Moss"),
    *("Nguyen", "Novak", "O'Dell", "Okafor", "Park", "Patel", "Price", "Quist"),
    *("Reyes", "Rossi", "Shaw", "Silva", "Stone", "Tran", "Vance", "Weber", "Young"),
    *("Zamora", "Peña", "Müller"),
)
PARTIES = {"DEM": 0.34, "REP": 0.30, "UNA": 0.28, "WFP": 0.04, "GRN": 0.04}
GENERALS = ("2024-11-05", "2022-11-08", "2020-11-03", "2018-11-06")
PRIMARIES = ("2024-06-25", "2022-06-28", "2020-06-23")
MUNICIPAL = "2023-11-07"
TODAY = date(2025, 1, 15)  # the day on which large Elm's file is dated


class Address(Protocol):
    """What this module needs to know of a home."""

    number: str
    street: str
    unit: str
    city: str
    zip: str
    ward: int


Row = dict[str, str]


def voters(homes: Sequence[Address], seed: Seed, *, behind: float = 1.72) -> list[Row]:
    """Return the people behind each home, `behind` of them on average."""
    chance = seed.stream("elm.voters")
    extra = behind - 1
    rows: list[Row] = []
    for home in homes:
        household = 1 + int(chance.binomial(3, extra / 3))
        family = str(chance.choice(LAST))
        for _ in range(household):
            own = family if chance.random() < 0.8 else str(chance.choice(LAST))
            rows.append(_voter(len(rows), home, own, chance))
    return rows


def _voter(n: int, home: Address, last: str, chance: np.random.Generator) -> Row:
    """Return one invented voter."""
    party = str(chance.choice(list(PARTIES), p=list(PARTIES.values())))
    age = 18 + chance.beta(1.3, 1.9) * 78
    born = TODAY - timedelta(days=int(age * 365.25) + 1)
    since = TODAY - timedelta(days=int(chance.beta(1.1, 2.5) * (age - 17.5) * 365.25))
    keen = float(np.clip(chance.beta(2, 1.6) * (0.6 + age / 130), 0, 1))
    middle = str(chance.choice(FIRST)) if chance.random() < 0.4 else ""
    street, number, unit = _as_typed(home, chance)
    return dict.fromkeys(VOTER_COLUMNS, "") | {
        "voter_id": f"E{200_001 + n}",
        "last_name": last,
        "first_name": str(chance.choice(FIRST)),
        "middle_name": middle,
        "suffix": "Jr" if chance.random() < 0.02 else "",
        "birth_date": born.isoformat(),
        "gender": str(chance.choice(["F", "M", "X", ""], p=[0.49, 0.47, 0.01, 0.03])),
        "party": party,
        "status": "I" if chance.random() < 0.06 else "A",
        "registered": since.isoformat(),
        "phone": f"555-{int(chance.integers(100, 10_000)):04}"
        if chance.random() < 0.5
        else "",
        "house_number": number,
        "street": street,
        "unit": unit,
        "city": home.city,
        "zip": home.zip,
        "county": COUNTY,
        **_districts(home),
        "confidential": "Y" if chance.random() < 0.004 else "N",
        "history": ";".join(_history(keen, since, party, chance)),
    }


def _districts(home: Address) -> Row:
    """Return the districts of a home: two precincts a ward, by odd and even."""
    digits = [letter for letter in home.number if letter.isdigit()]
    half = 1 + int(digits[-1] if digits else 0) % 2
    return {
        "precinct": f"ELM-{home.ward}{half}",
        "ward": str(home.ward),
        "congressional": "03",
        "state_senate": "07",
        "state_house": "014" if home.ward % 2 else "015",
    }


def _as_typed(home: Address, chance: np.random.Generator) -> tuple[str, str, str]:
    """Return street, number and unit as a clerk may have typed them."""
    street, number, unit = home.street, home.number, home.unit
    draw = chance.random()
    if draw < 0.06:
        street = street.upper().replace("AVENUE", "AVE").replace("STREET", "ST")
    elif draw < 0.09:
        street = f"  {street.replace('Avenue', 'Ave.').replace(' ', '  ')} "
    if unit:
        unit = str(chance.choice(["Apt ", "Apt. ", "#", "APT ", ""])) + unit
    return street, number, unit


def _history(
    keen: float, since: date, party: str, chance: np.random.Generator
) -> Iterator[str]:
    """Yield the elections somebody voted in, newest first, with the way they voted."""
    elections = [(day, "general", keen) for day in GENERALS]
    elections += [(day, "primary", keen * 0.45) for day in PRIMARIES]
    elections += [(MUNICIPAL, "municipal", keen * 0.4)]
    for day, kind, likely in sorted(elections, reverse=True):
        if since.isoformat() > day or chance.random() > likely:
            continue
        way = str(chance.choice(["in person", "early", "mail"], p=[0.55, 0.2, 0.25]))
        ballot = f" {party}" if kind == "primary" and party != "UNA" else ""
        yield f"{day} {kind} {way}{ballot}"

"""Small Elm: ten rows that every test knows by heart.

In:  nothing.
Out: the rows of the three files beside this one. README.md walks through them by name.
"""

from collections.abc import Mapping, Sequence

VOTER_COLUMNS = (
    *("voter_id", "last_name", "first_name", "middle_name", "suffix"),
    *("birth_date", "gender", "party", "status", "registered", "phone"),
    *("house_number", "street", "unit", "city", "zip"),
    *("county", "precinct", "ward", "congressional", "state_senate", "state_house"),
    *("confidential", "history"),
)
ADDRESS_COLUMNS = (
    *("LON", "LAT", "NUMBER", "STREET", "UNIT", "CITY", "DISTRICT", "REGION"),
    *("POSTCODE", "ID", "HASH"),
)
CITY, ZIP, COUNTY, REGION = "Elmton", "69999", "Elm", "EL"

# The middle of Elmton. It lies on open grass, in the sandhills of the Great Plains,
# where no town is: whoever sees it on a map of the world sees that it is made up.
LON, LAT = -101.6, 42.4

_WHO = ("voter_id", "first_name", "last_name", "birth_date", "gender", "party")
_PEOPLE: Sequence[tuple[tuple[str, ...], Mapping[str, str]]] = (
    (
        ("E1001", "Ada", "Adams", "1958-03-14", "F", "DEM"),
        {
            "house_number": "12",
            "street": "Elm Street",
            "registered": "1980-09-02",
            "phone": "315-555-0101",
            "history": (
                "2024-11-05 general in person;2022-11-08 general in person;"
                "2022-06-28 primary in person DEM;2020-11-03 general mail;"
                "2018-11-06 general in person"
            ),
        },
    ),
    (
        ("E1002", "Ben", "Adams", "1956-11-30", "M", "REP"),
        {
            "house_number": "12",
            "street": "ELM ST",
            "suffix": "Jr",
            "history": "2024-11-05 general in person;2020-11-03 general mail",
        },
    ),
    (
        ("E1003", "Cleo", "Brooks", "1990-07-04", "F", "WFP"),
        {
            "house_number": "14",
            "street": "Elm Street",
            "unit": "Apt. 1",
            "history": "2024-11-05 general early;2022-11-08 general early",
        },
    ),
    (
        ("E1004", "Dan", "Cole", "1999-01-20", "M", "UNA"),
        {"house_number": "14", "street": "Elm Street", "unit": "#2"},
    ),
    (
        ("E1005", "Eve", "Diaz", "1972-05-09", "F", "GRN"),
        {
            "house_number": "15",
            "street": "Elm Street",
            "middle_name": "Luz",
            "history": (
                "2024-11-05 general mail;2023-11-07 municipal mail;"
                "2022-11-08 general mail;2020-11-03 general mail"
            ),
        },
    ),
    (
        ("E1006", "Fay", "Evans", "1985-12-12", "F", "DEM"),
        {
            "house_number": "7",
            "street": "Oak Avenue",
            "confidential": "Y",
            "history": "2024-11-05 general mail",
        },
    ),
    (
        ("E1007", "Gus", "Fox", "1985-02-30", "M", "REP"),
        {"house_number": "16", "street": "Elm Street"},
    ),
    (
        ("E1008", "Hal", "Grant", "1947-08-17", "M", "UNA"),
        {
            "house_number": "200",
            "street": "County Road 9",
            "history": "2024-11-05 general in person",
        },
    ),
    (
        ("E1009", "Ivy", "Hill", "2006-04-01", "X", "DEM"),
        {
            "house_number": "9",
            "street": "Oak Avenue",
            "registered": "2024-04-02",
            "history": "2024-11-05 general in person",
        },
    ),
    (
        ("E1010", "Jo", "Ito", "1968-10-25", "", "UNA"),
        {
            "house_number": "11",
            "street": "Oak Avenue",
            "status": "I",
            "history": "2018-11-06 general in person",
        },
    ),
)
_POINTS = (
    (-101.6012, 42.4001, "12", "Elm Street", ""),
    (-101.6009, 42.4001, "14", "Elm Street", ""),
    (-101.60095, 42.40012, "14", "Elm Street", "1"),
    (-101.6008, 42.3999, "15", "Elm Street", ""),
    (-101.6006, 42.4001, "16", "Elm Street", ""),
    (-101.6001, 42.4006, "7", "Oak Avenue", ""),
    (-101.6001, 42.4008, "9", "Oak Avenue", ""),
    (-101.6001, 42.401, "11", "Oak Avenue", ""),
)
_STREETS = {
    "Elm Street": [[-101.602, 42.4], [-101.6, 42.4]],
    "Oak Avenue": [[-101.6, 42.4], [-101.6, 42.4015]],
    "County Road 9": [[-101.6, 42.4015], [-101.598, 42.404], [-101.59, 42.41]],
}


def voters() -> list[dict[str, str]]:
    """Return the ten rows of the voter file, in the columns of `VOTER_COLUMNS`."""
    return [_voter(who, rest) for who, rest in _PEOPLE]


def _voter(who: Sequence[str], rest: Mapping[str, str]) -> dict[str, str]:
    """Return one row: what is the same for all, then who it is, then the rest."""
    on_elm = rest["street"].upper().startswith("ELM")
    usual = dict.fromkeys(VOTER_COLUMNS, "") | {
        "status": "A",
        "registered": "2016-08-01",
        "city": CITY,
        "zip": ZIP,
        "county": COUNTY,
        "precinct": "ELM-1" if on_elm else "ELM-2",
        "ward": "1" if on_elm else "2",
        "congressional": "03",
        "state_senate": "07",
        "state_house": "014" if on_elm else "015",
        "confidential": "N",
    }
    return usual | dict(zip(_WHO, who, strict=True)) | dict(rest)


def addresses() -> list[dict[str, str]]:
    """Return the address points, in the columns of `ADDRESS_COLUMNS`."""
    return [
        address_row(n, point[:2], point[2:]) for n, point in enumerate(_POINTS, start=1)
    ]


def address_row(
    n: int, place: tuple[float, float], address: tuple[str, str, str]
) -> dict[str, str]:
    """Return one address point as OpenAddresses writes it."""
    (lon, lat), (number, street, unit) = place, address
    return dict.fromkeys(ADDRESS_COLUMNS, "") | {
        "LON": f"{lon:.7f}",
        "LAT": f"{lat:.7f}",
        "NUMBER": number,
        "STREET": street,
        "UNIT": unit,
        "CITY": CITY,
        "REGION": REGION,
        "POSTCODE": ZIP,
        "ID": str(n),
        "HASH": f"{n:016x}",
    }


def streets() -> dict[str, list[list[float]]]:
    """Return each street's line: longitude and latitude, corner by corner."""
    return {name: list(line) for name, line in _STREETS.items()}

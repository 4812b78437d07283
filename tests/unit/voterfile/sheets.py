"""Small files in layouts that are not Elm's, for the tests of layouts."""

from collections.abc import Mapping, Sequence

from groundgame.voterfile.layout import Layout

BIRTHS = ("03/14/1958", "11/30/1971", "07/29/1990", "01/17/2001", "12/25/1944")


def sheet(layout: Layout, people: Sequence[Mapping[str, str]], *, header: bool) -> str:
    """Return a file in a layout without a header row, or with it all the same."""
    names = layout.header
    mark = layout.delimiter
    rows = [mark.join(one.get(name, "") for name in names) for one in people]
    return "\n".join([*([mark.join(names)] if header else []), *rows, ""])


def table(names: Sequence[str], *rows: Sequence[str], mark: str = ",") -> str:
    """Return rows under a header."""
    return "\n".join(mark.join(row) for row in (names, *rows)) + "\n"


def florida(count: int, **changed: str) -> list[dict[str, str]]:
    """Return people of Florida's file, whose first cells could be anybody's."""
    return [
        {
            "County Code": "ALA",
            "Voter ID": str(100_000_000 + n),
            "Name Last": "Moss",
            "Name First": f"Ida{chr(97 + n % 26)}",
            "Requested public records exemption": "N",
            "Residence Address Line 1": f"{n + 1} Elm St",
            "Residence City (USPS)": "Elmton",
            "Residence Zipcode": "69999",
            "Gender": "F",
            "Race": "5",
            "Birth Date": BIRTHS[n % 5],
            "Registration Date": BIRTHS[n % 4],
            "Party Affiliation": "DEM",
            "Precinct": "7",
            "Voter Status": "ACT",
            "Congressional District": "3",
            "House District": "21",
            "Senate District": "8",
            "Daytime Area Code": "315",
            "Daytime Phone Number": "5550142",
        }
        | changed
        for n in range(count)
    ]

"""Invent a state: a voter file in North Carolina's layout, as large as one likes.

    .venv/bin/python bench/state.py ROWS VOTERS.txt [--history HISTORY.txt] [--seed 1]

Tab-delimited, every cell in quotation marks, 71 columns, some 580 bytes a row:
8,000,000 rows are 4.6 GB. A hundred counties of very unlike size, each with towns,
precincts, streets that many houses share, blocks of flats, a telephone for a third of
the people, and districts that lie across precincts. With --history also a file of
ballots cast, one a row, some eight a person. The same seed makes the same file.
Everybody in it is invented.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import polars as pl

COUNTIES = 100
PER_DOOR = 1.9  # people behind a door
PER_STREET = 24  # doors on a street
COLUMNS = (
    *("county_id", "county_desc", "voter_reg_num", "ncid", "last_name", "first_name"),
    *("middle_name", "name_suffix_lbl", "status_cd", "voter_status_desc", "reason_cd"),
    *("voter_status_reason_desc", "absent_ind", "name_prefx_cd", "res_street_address"),
    *("res_city_desc", "state_cd", "zip_code", "mail_addr1", "mail_addr2"),
    *("mail_addr3", "mail_addr4", "mail_city", "mail_state", "mail_zipcode"),
    *("full_phone_number", "race_code", "ethnic_code", "party_cd", "gender_code"),
    *("birth_age", "birth_state", "drivers_lic", "registr_dt", "precinct_abbrv"),
    *("precinct_desc", "municipality_abbrv", "municipality_desc", "ward_abbrv"),
    *("ward_desc", "cong_dist_abbrv", "super_court_abbrv", "judic_dist_abbrv"),
    *("nc_senate_abbrv", "nc_house_abbrv", "county_commiss_abbrv"),
    *("county_commiss_desc", "township_abbrv", "township_desc", "school_dist_abbrv"),
    *("school_dist_desc", "fire_dist_abbrv", "fire_dist_desc", "water_dist_abbrv"),
    *("water_dist_desc", "sewer_dist_abbrv", "sewer_dist_desc", "sanit_dist_abbrv"),
    *("sanit_dist_desc", "rescue_dist_abbrv", "rescue_dist_desc", "munic_dist_abbrv"),
    *("munic_dist_desc", "dist_1_abbrv", "dist_1_desc", "dist_2_abbrv"),
    *("dist_2_desc", "confidential_ind", "age", "vtd_abbrv", "vtd_desc"),
)
BALLOTS = (
    *("county_id", "county_desc", "voter_reg_num", "election_lbl", "election_desc"),
    *("voting_method", "voted_party_cd", "voted_party_desc", "pct_label"),
    *("pct_description", "ncid", "voted_county_id", "voted_county_desc", "vtd_label"),
    "vtd_description",
)
ELECTIONS = tuple(
    (f"{day}/{year}", f"{day}/{year} {kind}", kind == "PRIMARY")
    for year in range(2012, 2026, 2)
    for day, kind in (("05/08", "PRIMARY"), ("11/05", "GENERAL"))
) + tuple(
    (f"11/04/{year}", f"11/04/{year} MUNICIPAL", False) for year in range(2013, 2026, 2)
)
METHODS = ("IN-PERSON", "ABSENTEE ONESTOP", "ABSENTEE BY MAIL", "CURBSIDE")
_HEADS = "ASH BIRCH CEDAR ELM FERN HAZEL HOLLY IVY LAUREL LINDEN MAPLE MOSS OAK PINE"
_HEADS = (_HEADS + " POPLAR REED ROWAN SAGE THORN WILLOW").split()
_TAILS = "BERRY BROOK BURY CREEK DALE FIELD FORD GATE GROVE HILL HURST LEY MERE MILL"
_TAILS = (_TAILS + " MOOR RIDGE SHAW STEAD STONE TON VALE WELL WICK WOOD WORTH").split()
_TYPES = ["ST", "RD", "AVE", "DR", "LN", "CT", "CIR", "PL", "WAY", "BLVD", "TRL"]
_TYPES += ["LOOP", "STREET", "ROAD", "AVENUE", "DRIVE"]


@dataclass(frozen=True)
class County:
    """One county: its number, its name, and the chance that everything in it has."""

    number: int
    name: str
    people: int
    chance: np.random.Generator


def main() -> None:
    """Write the files that the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("rows", type=int)
    asked.add_argument("voters", type=Path)
    asked.add_argument("--history", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    make(told.rows, told.voters, history=told.history, seed=told.seed)


def make(
    rows: int, voters: Path, *, history: Path | None = None, seed: int = 1
) -> None:
    """Write a voter file of so many rows, and its history if a path is given."""
    chance = np.random.default_rng([seed, 8])
    size = 1 / (np.arange(COUNTIES) + 4) ** 0.8
    people = np.floor(size / size.sum() * rows).astype(int)
    people[0] += rows - people.sum()
    order = chance.permutation(COUNTIES)
    with voters.open("wb") as out:
        _write(out, pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String)), header=True)
        ballots = history.open("wb") if history else None
        if ballots:
            none = pl.DataFrame(schema=dict.fromkeys(BALLOTS, pl.String))
            _write(ballots, none, header=True)
        for number in range(COUNTIES):
            county = County(
                number + 1,
                f"{_HEADS[number % 20]}{_TAILS[number // 20 * 5 + number % 5]}",
                int(people[order[number]]),
                np.random.default_rng([seed, 9, number]),
            )
            voted = _county(county, out)
            if ballots:
                _ballots(county, voted, ballots)
        if ballots:
            ballots.close()


def _write(out: BinaryIO, rows: pl.DataFrame, *, header: bool = False) -> None:
    """Write rows as the State Board does: tabs, and quotes around every cell."""
    rows.write_csv(out, include_header=header, separator="\t", quote_style="always")


def _words(chance: np.random.Generator, count: int) -> pl.Series:
    """Return invented names, all different."""
    many = [f"{a}{b}" for a in _HEADS for b in _TAILS]
    many += [f"{a}{b}{c}" for a in _HEADS for b in ("EN", "ER", "ING") for c in _TAILS]
    many += [f"{a} {b}" for a in many[:400] for b in _HEADS]
    return pl.Series(chance.permutation(many)[:count])


def _skewed(chance: np.random.Generator, below: int, count: int) -> np.ndarray:
    """Return numbers below `below`, small ones far more often."""
    return np.minimum((below ** chance.random(count)).astype(np.int64), below) - 1


def _pick(
    chance: np.random.Generator, among: list[str], count: int, shares: list[float]
) -> pl.Series:
    """Return one of a few words for each row."""
    share = np.asarray(shares) / sum(shares)
    return pl.Series(among).gather(chance.choice(len(among), count, p=share))


def _streets(county: County, count: int) -> pl.DataFrame:
    """Return the county's streets, each in one precinct, one town and one zip code."""
    chance = county.chance
    precincts = max(2, county.people // 2_700)
    precinct = np.sort(chance.integers(0, precincts, count))
    town = precinct * max(2, precincts // 5) // precincts
    towns = _words(chance, int(town.max()) + 1)
    names = _words(chance, 4_000).gather(_skewed(chance, 4_000, count))
    ways = pl.Series(_TYPES).gather(_skewed(chance, len(_TYPES), count))
    zips = 27_000 + county.number * 20 + town % 20
    whole = pl.DataFrame(
        {
            "name": names,
            "way": ways,
            "precinct": precinct,
            "town": town,
            "zip_code": zips.astype(str),
            "res_city_desc": towns.gather(town),
            "in_town": chance.random(count) < 0.55,
            "flats": chance.random(count) < 0.12,
        }
    )
    return whole.with_columns(street=pl.concat_str("name", "way", separator=" "))


def _doors(county: County) -> pl.DataFrame:
    """Return the county's doors, with their streets' columns."""
    chance = county.chance
    count = max(1, int(county.people / PER_DOOR))
    streets = _streets(county, max(2, count // PER_STREET))
    at = np.sort(chance.integers(0, streets.height, count))
    flat = streets["flats"].to_numpy()[at]
    number = chance.integers(1, 90, count) * 2 + 100 * (at % 60) + (at % 2)
    number = np.where(flat, number // 200 * 200 + 101, number)
    unit = chance.integers(1, 400, count)
    word = pl.Series(["APT", "APT.", "UNIT", "#", "STE"]).gather(at % 5)
    doors = streets[at].with_columns(
        number=pl.Series(number).cast(pl.String),
        tail=pl.when(pl.Series(flat)).then(
            pl.concat_str(word, pl.Series(unit).cast(pl.String), separator=" ")
        ),
    )
    line = pl.concat_str("number", "street", "tail", separator=" ", ignore_nulls=True)
    return doors.with_columns(res_street_address=line)


def _county(county: County, out: BinaryIO) -> pl.DataFrame:
    """Write a county's people, and return what the history needs of them."""
    chance, count = county.chance, county.people
    doors = _doors(county)
    home = doors[chance.integers(0, doors.height, count)]
    cells = _names(county) | _marks(county) | _HOME | _places(home, county)
    given = home.select(**cells)
    blank = pl.lit(" ")
    filled = [
        pl.col(name).fill_null(blank) if name in given.columns else blank.alias(name)
        for name in COLUMNS
    ]
    whole = given.select(filled)
    for start in range(0, count, 200_000):
        _write(out, whole.slice(start, 200_000))
    return whole.select(
        *("county_id", "county_desc", "voter_reg_num", "party_cd", "ncid"),
        *("precinct_abbrv", "precinct_desc"),
    )


Cells = dict[str, Any]


def _names(county: County) -> Cells:
    """Return who people are."""
    chance, count = county.chance, county.people
    last, first = _words(chance, 9_000), _words(chance, 2_500)
    number = chance.permutation(count) + county.number * 10_000_000
    serial = pl.Series(number).cast(pl.String)
    exchange = chance.integers(2_000_000, 9_999_999, count)
    phone = pl.Series(9_190_000_000 + exchange).cast(pl.String)
    there = pl.Series(chance.random(count) < 0.34)
    return {
        "county_id": pl.lit(str(county.number)),
        "county_desc": pl.lit(county.name),
        "voter_reg_num": serial.str.zfill(12),
        "ncid": pl.lit("EL") + pl.lit(serial),
        "last_name": last.gather(_skewed(chance, 9_000, count)),
        "first_name": first.gather(_skewed(chance, 2_500, count)),
        "middle_name": first.gather(_skewed(chance, 2_500, count)),
        "name_suffix_lbl": _pick(chance, ["", "JR", "SR", "III"], count, [96, 2, 1, 1]),
        "full_phone_number": pl.when(pl.lit(there)).then(pl.lit(phone)),
    }


def _marks(county: County) -> Cells:
    """Return what the state has written down about people."""
    chance, count = county.chance, county.people
    status = chance.choice(4, count, p=[0.86, 0.09, 0.04, 0.01])
    age = pl.Series(chance.integers(18, 95, count)).cast(pl.String)
    days = np.datetime64("1972-01-01") + chance.integers(0, 19_000, count)
    said = {
        "status_cd": ["A", "I", "R", "S"],
        "voter_status_desc": ["ACTIVE", "INACTIVE", "REMOVED", "TEMPORARY"],
        "reason_cd": ["AV", "IN", "RM", "SO"],
        "voter_status_reason_desc": [
            *("VERIFIED", "CONFIRMATION NOT RETURNED"),
            *("MOVED FROM COUNTY", "OVERSEAS"),
        ],
    }
    drawn = {
        "race_code": (list("WBAIMOU"), [62, 21, 2, 1, 1, 3, 10]),
        "ethnic_code": (["NL", "HL", "UN"], [60, 5, 35]),
        "party_cd": (["UNA", "DEM", "REP", "LIB", "GRE"], [37, 32, 30, 0.7, 0.1]),
        "gender_code": (list("FMU"), [50, 43, 7]),
        "birth_state": (["NC", "NY", "VA", "OC", ""], [5, 1, 1, 1, 2]),
        "drivers_lic": (["Y", "N"], [85, 15]),
        "confidential_ind": (["N", "Y"], [99.5, 0.5]),
    }
    return {
        **{name: pl.Series(words).gather(status) for name, words in said.items()},
        **{
            name: _pick(chance, one, count, odds) for name, (one, odds) in drawn.items()
        },
        "birth_age": age,
        "age": age,
        "registr_dt": pl.Series(days).dt.to_string("%m/%d/%Y"),
    }


# Where people live is where their letters go
_HOME: Cells = {
    "res_street_address": "res_street_address",
    "res_city_desc": "res_city_desc",
    "state_cd": pl.lit("NC"),
    "zip_code": "zip_code",
    "mail_addr1": "res_street_address",
    "mail_city": "res_city_desc",
    "mail_state": pl.lit("NC"),
    "mail_zipcode": "zip_code",
}


def _places(home: pl.DataFrame, county: County) -> Cells:
    """Return the precinct, the town and the districts of each door."""
    precinct, town, inside = home["precinct"], home["town"], home["in_town"]
    code = pl.Series([str(n) for n in range(400)])
    number = pl.lit(code.gather(precinct).str.zfill(3))
    ward = pl.lit(code.gather(precinct % 6))

    def district(modulus: int, text: str = "", digits: int = 0) -> pl.Expr:
        of = pl.lit(precinct // 7 + county.number * 3) % modulus + 1
        return pl.lit(text) + of.cast(pl.String).str.zfill(digits)

    return {
        "precinct_abbrv": number,
        "precinct_desc": pl.lit("PRECINCT ") + number,
        "municipality_abbrv": pl.when(inside).then(pl.lit(code.gather(town))),
        "municipality_desc": pl.when(inside).then("res_city_desc"),
        "ward_abbrv": pl.when(inside).then(ward),
        "ward_desc": pl.when(inside).then(pl.lit("WARD #") + ward),
        "cong_dist_abbrv": district(14),
        "super_court_abbrv": district(30, digits=3),
        "judic_dist_abbrv": district(44, digits=3),
        "nc_senate_abbrv": district(50),
        "nc_house_abbrv": district(120, digits=3),
        "county_commiss_abbrv": district(7),
        "county_commiss_desc": district(7, "COMMISSIONER DISTRICT "),
        "township_abbrv": pl.lit(code.gather(precinct % 9)),
        "township_desc": pl.lit("TOWNSHIP ") + pl.lit(code.gather(precinct % 9)),
        "school_dist_abbrv": district(9, "S"),
        "school_dist_desc": district(9, "SCHOOL DISTRICT "),
        "munic_dist_abbrv": pl.when(inside).then(pl.lit(code.gather(town))),
        "munic_dist_desc": pl.when(inside).then("res_city_desc"),
        "dist_1_abbrv": district(40),
        "dist_1_desc": district(40, "PROSECUTORIAL DISTRICT "),
        "vtd_abbrv": number,
        "vtd_desc": number,
    }


def _ballots(county: County, people: pl.DataFrame, out: BinaryIO) -> None:
    """Write a county's ballots: some vote always, most now and then."""
    chance = county.chance
    keen = chance.beta(1.1, 1.6, people.height)
    for day, named, of_party in ELECTIONS:
        voted = people.filter(pl.Series(chance.random(people.height) < keen))
        method = _pick(chance, list(METHODS), voted.height, [30, 55, 12, 3])
        party = pl.col("party_cd") if of_party else pl.lit("")
        _write(
            out,
            voted.with_columns(
                election_lbl=pl.lit(day),
                election_desc=pl.lit(named),
                voting_method=method,
                voted_party_cd=party,
                voted_party_desc=party,
                pct_label="precinct_abbrv",
                pct_description="precinct_desc",
                voted_county_id="county_id",
                voted_county_desc="county_desc",
                vtd_label="precinct_abbrv",
                vtd_description="precinct_abbrv",
            ).select(BALLOTS),
        )


if __name__ == "__main__":
    main()

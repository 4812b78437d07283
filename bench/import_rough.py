"""Make a slice of a file rough: what voter files hold, and an invented state does not.

Every third row gets an odd address, telephone, code, day, age or voter id, in turn, so
that two programs which come to the same have read all of that alike. All is invented.
"""

import csv
import itertools
from pathlib import Path

ADDRESSES = (
    *("12 1/2 N. Elm Street # 4", "221-31 114TH AVE APT 2-B", "RR 2 BOX 17"),
    *("PO BOX 55", "N6W23001 OAK RD", "14 MAIN ST PMB 12", "80 ½ OAK ST", "12"),
    *("0581 ELM STREET", "12A OAK AVE., APT. 2 B", "ELM HOUSE, 3 OAK RD", " "),
    *("FLAT 2, 14 HIGH STREET", "8 MAIN ST 4B", "5 WOOD AVE, 500", "APT 4"),
    *("14TH FLOOR, 3 OAK ST", "ONE CONCOURSE PARKWAY", "12 COUNTY ROAD 9"),
    *("4 ST RTE 12 LOT 7", "100 CALLE 5 #12", "77 MCDONALD'S LN", "HC 3 BOX 12A"),
    *("1 DR MARTIN LUTHER KING JR BLVD", "9 TWENTY FIRST ST", "12 AVENUE E"),
    *("7 NORTH ST", "3 N NORTH ST", "11 PEÑA ST", "5 RESCUE MISSION RD"),
    *("6 SMITH DORM RM 012", "12 OAK ST BLDG 3 APT 02", "30 ELM NURSING HOME RD"),
    *("12 O'NEIL ST. NW", "9 FIRST STREET", "9 1ST ST", "9 ELM ST THE UPS STORE #8"),
)
PHONES = (
    *("+44 20 7946 0018", "011 44 20 7946 0018", "(919) 555-0142", "919.555.0142"),
    *("1-919-555-0142", "919 555 0142 x12", "019 555 0142", "555-0142", "UNLISTED"),
    *("1-919-555-HELP", "+52 55 5350 0142"),
)
OTHERS = (
    *(("gender_code", "Q"), ("status_cd", "Z"), ("registr_dt", "31/12/2001")),
    *(("registr_dt", "01/01/1900"), ("registr_dt", "01/01/1850"), ("birth_age", "x")),
    *(("birth_age", "130"), ("ncid", " "), ("nc_house_abbrv", "000")),
    *(("precinct_abbrv", ""), ("confidential_ind", "Y"), ("zip_code", "270101234")),
    *(("zip_code", ""), ("state_cd", ""), ("res_city_desc", "ST. MARY'S")),
)


def rough(voters: Path, to: Path) -> Path:
    """Write a file anew with some of its cells changed, and some rows twice."""
    addresses, phones = itertools.cycle(ADDRESSES), itertools.cycle(PHONES)
    others = itertools.cycle(OTHERS)
    with (
        voters.open(newline="", encoding="utf-8") as lines,
        to.open("w", newline="", encoding="utf-8") as out,
    ):
        rows = csv.DictReader(lines, delimiter="\t")
        names = list(rows.fieldnames or ())
        writer = csv.DictWriter(
            out, names, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n"
        )
        writer.writeheader()
        for n, row in enumerate(rows):
            if n % 9 == 0:
                row["res_street_address"] = next(addresses)
            elif n % 9 == 3:
                row["full_phone_number"] = next(phones)
            elif n % 9 == 6:
                name, text = next(others)
                row[name] = text
            writer.writerow(row)
            if n % 500 == 0:
                writer.writerow(row)
            if n % 700 == 0:
                writer.writerow(row | {"last_name": "OTHER", "status_cd": "I"})
    return to

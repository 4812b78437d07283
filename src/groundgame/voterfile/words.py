"""Words that many layouts share: languages, and what kinds of districts are called."""

from datetime import date

import polars as pl

NO_DAYS = (date(1800, 1, 1), date(1850, 1, 1), date(1900, 1, 1), date(1901, 1, 1))
"""Days that stand in files for a date that nobody knows."""


def day_only(text: pl.Expr) -> pl.Expr:
    """Return dates without the time of day that a database put after them."""
    return text.str.replace(r"[ T]\d{1,2}:\d\d\S*(?: [AP]\.?M\.?)?$", "")


DIVISIONS = {
    "congressional": "cd",
    "state_senate": "sldu",
    "state_house": "sldl",
    "county": "county",
    "municipality": "",
    "ward": "",
    "precinct": "",
}
"""The type of Open Civic Data division that a field names, where a state is known.

Towns are left out: whether one is a `place` or a part of a county differs by state, so
a layout says so. A ward or a precinct has an id only within its town or county."""

GENDERS = {
    "F": "F",
    "FEMALE": "F",
    "M": "M",
    "MALE": "M",
    "X": "X",
    "U": "",
    "UNKNOWN": "",
    "UNSPECIFIED": "",
    "N": "",
    "O": "X",
    "OTHER": "X",
}
"""What most sources call genders; an empty word: it is known that it is not known."""

_NAMES = """
am AMHARIC AMH; ar ARABIC ARA; bn BENGALI BANGLA BEN; zh CHINESE CHI ZHO MANDARIN
CANTONESE CHN; cs CZECH; da DANISH; nl DUTCH; en ENGLISH ENG; fa FARSI PERSIAN FAS PER;
fi FINNISH; fr FRENCH FRA FRE; de GERMAN GER DEU; el GREEK; gu GUJARATI GUJ;
ht HAITIAN CREOLE HAT; he HEBREW; hi HINDI HIN; hu HUNGARIAN; id INDONESIAN; it ITALIAN
ITA; ja JAPANESE JPN; km KHMER CAMBODIAN KHM; ko KOREAN KOR; lo LAO LAOTIAN;
nv NAVAJO DINE NAV; no NORWEGIAN; pl POLISH POL; pt PORTUGUESE POR; pa PUNJABI PANJABI
PAN; ro ROMANIAN; ru RUSSIAN RUS; so SOMALI SOM; es SPANISH SPA SPN; sw SWAHILI;
sv SWEDISH; tl TAGALOG FILIPINO TGL FIL; ta TAMIL; te TELUGU; th THAI THA; tr TURKISH;
uk UKRAINIAN; ur URDU URD; vi VIETNAMESE VIE; cy WELSH; yi YIDDISH
"""
LANGUAGES = {
    name: code
    for code, *names in (line.split() for line in _NAMES.split(";"))
    for name in (code.upper(), *names)
} | {"HAITIAN CREOLE": "ht"}
"""ISO 639-1 of what files call the languages that ballots and voters come in."""

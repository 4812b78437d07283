"""What two people of each state's file hold, read from the files by eye.

The files are real layouts with made-up rows (../shared/data/voterfiles). A row says
which column holds the voter id, which line of the file it is, and what must come of it;
`votes` is how many elections the row's history names, counted by hand.
"""

from datetime import date

MARKS = {"fl": "\t", "nc": "\t", "nj": "|", "pa": "\t", "vt": "|", "wa": "\t"}
IDS = {
    "co": "VOTER_ID",
    "de": "UNIQUE-ID",
    "fl": "Voter ID",
    "mi": "STATE_VOTER_REF",
    "nc": "ncid",
    "nj": "VOTER ID",
    "ny": "SBOEID",
    "oh": "SOS_VOTERID",
    "ok": "VoterID",
    "pa": "STATE_VOTER_REF",
    "ut": "Voter ID",
    "vt": "VoterID",
    "wa": "StateVoterID",
}
# What share of the rows may come to no door: there the address has no number.
HOMELESS = {"co": 0.03, "mi": 0.52, "pa": 0.5, "vt": 0.63}


def person(last, first, born, party, status, **more):
    """Return what a person must be."""
    when = {"birth_date": born} if isinstance(born, date) else {"birth_year": born}
    name = {"last_name": last, "first_name": first}
    return name | when | {"party": party, "status": status} | more


def where(county, congressional, senate, house):
    """Return the districts somebody must live in."""
    return {
        "county": county,
        "congressional": congressional,
        "state_senate": senate,
        "state_house": house,
    }


# State, voter id, person, door (number, unit, zip), votes.
PEOPLE = [
    (
        *("co", "30762053"),
        person("Adams", "Scott", 1957, "DEM", "active", gender="F", phone=None)
        | where("Tuscaloosa", "6", "30", "44"),
        *({"number": "351", "zip": "64698"}, 0),
    ),
    (
        *("co", "68482312"),
        person("Ray", "Charles", 1933, "DEM", "inactive")
        | where("Cleveland", "1", "2", "46"),
        *({"number": "4472", "unit": None, "zip": "69913"}, 0),
    ),
    (
        *("de", "9473764"),
        person("Myers", "Paul", 1914, "R", "inactive", registered=None)
        | where("Kent", None, "72", "63"),
        *({"number": "19770", "unit": "247", "zip": None}, 8),
    ),
    (
        *("de", "7907510"),
        person("Parker", "Donald", 1929, "D", "active", registered=date(1987, 9, 17))
        | where("Sussex", None, "8", "36"),
        *({"number": "26786", "unit": "852", "zip": "88891"}, 7),
    ),
    (
        *("fl", "8143586746"),
        person("GROSS", "ANTHONY", date(2009, 11, 13), None, "inactive")
        | where("Alachua", "4", "29", "120")
        | {"protected": False, "race": "7"},
        *({"number": "3784", "unit": None, "zip": "32019"}, 0),
    ),
    (
        *("fl", "6375571753"),
        person("MORGAN", "DENISE", date(2009, 4, 20), "REP", "active", gender="F")
        | where("ABC", "19", "119", "104")
        | {"protected": True},
        *({"unit": "245", "zip": "76808"}, 0),
    ),
    (
        *("mi", "5506443037202"),
        person("ALLEN", "TAYLOR", 2009, None, "inactive", registered=date(1981, 6, 24))
        | where("Saginaw", "4", "87", "2"),
        *({"number": "8588", "zip": "95446"}, 1),
    ),
    (
        *("mi", "8456642911202"),
        person("MCCONNELL", "DERRICK", 1984, None, "pending", gender=None)
        | where("99", "12", "10", "70"),
        *({"number": "6819", "zip": "84281"}, 1),
    ),
    (
        *("nc", "DU994065"),
        person("LANDRY", "MASON", 1991, "LIB", "inactive", phone=None)
        | where("JONESTOWN", "6", None, "89"),
        *({"number": "795", "unit": "394", "zip": "46984"}, 0),
    ),
    (
        *("nc", "BD883103"),
        person("SEXTON", "JACOB", 1971, "UNA", "active", phone="+15375707208")
        | where("LORISIDE", None, None, "13"),
        *({"number": "7292", "unit": "970", "zip": "56739"}, 0),
    ),
    (
        *("nj", "430243410"),
        person("Steele", "Valerie", date(1979, 1, 13), "LIB", "unknown")
        | where("WARREN", "4", "2", "2"),
        *({"number": "62882", "unit": "A", "zip": "94504"}, 0),
    ),
    (
        *("nj", "907152656"),
        person("Johnston", "Christopher", date(2003, 3, 23), "RFP", "unknown")
        | where("SUSSEX", "7", "13", "13"),
        *({"number": "73026", "unit": "1", "zip": None}, 0),
    ),
    (
        *("ny", "NY000000000516239749"),
        person("White", "Christopher", date(2000, 5, 24), "WEP", "pending")
        | where("Richmond", "23", "71", "85"),
        *({"number": "5500", "unit": None, "zip": "36651"}, 2),
    ),
    (
        *("ny", "NY000000000593137216"),
        person("Williams", "Adam", date(2016, 9, 9), "SCC", "removed")
        | where("68", "10", "6", "13"),
        *({"number": "322 1/2", "unit": "377", "zip": "23504"}, 1),
    ),
    (
        *("oh", "OH0000241161"),
        person("MILLER", "AMANDA", date(2008, 6, 22), "C", "active")
        | where("Washington", "84", "47", "46"),
        *({"number": "40689", "unit": "704", "zip": "48498"}, 1),
    ),
    (
        *("oh", "OH0000606490"),
        person("CLARK", "ASHLEY", date(1989, 10, 22), "S", "inactive")
        | where("Miami", "97", "46", "96"),
        *({"number": "564", "unit": "217", "zip": "04460"}, 1),
    ),
    (
        *("ok", "700000000"),
        person("TESTING", "FAKE", date(1988, 3, 28), "DEM", "active")
        | where("Woodward", None, None, None),
        *({"number": "1234", "unit": None, "zip": "12345"}, 0),
    ),
    (
        *("pa", "702977"),
        person("MOSS", None, date(1981, 10, 5), None, "active", phone="+12448101048")
        | where("EAST ABIGAIL", None, None, None),
        *({"number": "87766", "zip": "81620"}, 0),
    ),
    (
        *("pa", "824154"),
        person("MAYNARD", None, date(1980, 8, 9), "RANDOMOTHER", "inactive")
        | where("PORT APRILSHIRE", None, None, None),
        *({"city": "Danieltown"}, 1),
    ),
    (
        *("ut", "85970"),
        person("Macias", "Hannah", None, "CON", "active", phone=None)
        | where("Salt Lake", None, None, "16"),
        *({"number": "6905 1/2", "unit": "123", "zip": "63760"}, 20),
    ),
    (
        *("ut", "150176"),
        person("Smith", "Ruth", date(2007, 1, 5), "CON", "inactive")
        | where("Davis", None, "9", "58"),
        *({"unit": "F-101", "zip": "07851"}, 33),
    ),
    (
        *("vt", "000719889"),
        person("COOK", "ANA", 1970, None, "active", phone="+13428678090")
        | where("WINDHAM", None, "QVE", "BtC-9-2"),
        *({"number": "64470", "unit": "451", "zip": "94251"}, 2),
    ),
    (
        *("vt", "000833109"),
        person("MACDONALD", "MATTHEW", 1930, None, "active")
        | where("WINDSOR", None, "VRM", "Hfq-2-2"),
        *(None, 2),
    ),
    (
        *("wa", "WA0001"),
        person("Chapman", "Anne", date(1923, 12, 24), None, "active")
        | where("Clark", "17", "19", "19"),
        *({"number": "80", "unit": None, "zip": "13224"}, 1),
    ),
    (
        *("wa", "WA0002"),
        person("Bowman", "Anne", date(1951, 9, 16), None, "active")
        | where("Asotin", "17", "15", "15"),
        *({"number": "8762", "unit": "56", "zip": "89160"}, 1),
    ),
]

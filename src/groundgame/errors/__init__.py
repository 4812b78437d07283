"""Every way this library says no.

    GroundgameError
    ├── BadArea             what was given as an area is no polygon
    ├── BadBatch            what a phone sent is not shaped as a batch of events
    ├── BadBorder           what was drawn can be no border of some turfs
    ├── BadColumns          nothing in a list says who is meant
    ├── BadDecision         what was decided about a link is not whole
    ├── BadDoubts           a list of doubts was filled in so that nobody can read it
    ├── BadList             a list of ids cannot be read as one
    ├── BadMatchName        a match cannot be called so
    ├── BadPlan             turfs cannot be cut to such a plan
    ├── BadScript           a script cannot be asked, or not be read
    ├── BadToken            a phone shows a token that nobody was given
    ├── BadTurfCode         what was typed is no turf code
    ├── BadUniverseName     a saved universe cannot be called so
    ├── BeyondLimits        a change would make a turf too large or too small
    ├── BookAway            whom nobody may contact is in a book that cannot be read
    ├── CannotAnalyse       data cannot be of the experiment that is asked about
    ├── CannotAssign        units cannot be drawn into arms so
    ├── CannotEdit          turfs cannot be changed so by hand
    ├── CannotLaunch        an experiment cannot begin or end so
    ├── CannotRelease       a quarantined event cannot enter the log
    ├── CannotWrite         a file cannot be written where it was asked for
    ├── CircularUniverse    a saved universe leads back to itself
    ├── DoorTooLarge        a door takes more than a whole turf has room for
    ├── EmptyTurf           nobody of a turf may be contacted any more
    ├── ExchangedDates      days stand where months should be in a voter file
    ├── ExpiredCode         a packet is no longer in hand
    ├── FarPlace            a place is far from all doors
    ├── HeldOut             a list holds somebody whom an experiment leaves alone
    ├── LostUnits           the list of who is in which arm is not there
    ├── MostlyMisread       most rows of a voter file cannot be read, and it shows why
    ├── NameTaken           two things of one kind would have one name
    ├── NoDegrees           places called lon and lat are in another measure
    ├── NoReason            an export was asked for without a reason
    ├── NoRescueFile        what was given is no rescue file of a phone, or half of one
    ├── NoSheetKey          a file is no key of printed walk sheets
    ├── NoSnapshot          there is no whole snapshot where one was looked for
    ├── NoStreets           a file of streets holds nothing that may be walked
    ├── NoSuchArea          a rule names an area that nobody gave
    ├── NoSuchChapter       no local group has that name
    ├── NoSuchColumn        a rule names a column that only other files have
    ├── NoSuchDistrict      a rule names a district in which nobody lives
    ├── NoSuchElection      a rule names an election that the file does not hold
    ├── NoSuchEngine        no cluster can be worked with at that address
    ├── NoSuchLayout        no layout is known by that name, or a file is none
    ├── NoSuchList          a rule names a list that nobody gave
    ├── NoSuchScore         a rule names a score that nobody gave
    ├── NoSuchMatch         no match was saved under that name
    ├── NoSuchUniverse      no universe was saved under that name
    ├── NoSuchUser          nobody signs in under that name
    ├── NotComparable       two snapshots do not speak of the same people
    ├── NotGiven            a rule asks of what was not given at all
    ├── NotYours            it is not there, or not for whoever asks
    ├── NothingRead         not one row of a voter file could be accepted
    ├── NothingToCut        no door has a place that can be walked to
    ├── OffTheMap           a place was given where no door can be
    ├── OtherBorder         a border is of another place than the doors
    ├── OtherTown           a file of streets is of another place than the doors
    ├── PaperTells          on paper everybody sees which doors have the other script
    ├── PortTaken           something else listens where the server should
    ├── RoadsWithoutStreets a road is named as a border, and there are no streets
    ├── RuleNotUnderstood   the text of a rule does not make sense
    ├── StaleTurfs          somebody else changed the turfs in the meantime
    ├── SwappedPlaces       longitudes and latitudes stand in each other's column
    ├── TooManyWrongCodes   somebody is guessing turf codes
    ├── TurfTaken           somebody else has this turf
    ├── UnknownCode         no packet has this turf code
    ├── UnknownDoors        turfs name doors that the table of doors does not have
    ├── UnknownPlace        a place is neither in degrees nor at a door of a cut
    ├── UnknownRoad         a road that is to be a border is not among the streets
    ├── UnknownSnapshot     a rule compares with a snapshot that was not given
    ├── UnreadableBorder    a file is none that borders can be read from
    ├── UnreadableFile      a voter file is no plain, whole table of text
    ├── UnreadablePhoto     a photograph shows no page that can be read
    ├── UnreadableStreets   a file is none that streets can be read from
    ├── UnreadableTable     a file is no table, or lacks the columns that are needed
    ├── UnsureLayout        no layout fits a voter file clearly
    ├── UsedUpCode          as many phones as may have loaded this packet
    ├── WrongLayout         a voter file is not shaped like its layout
    └── WrongTable          a table is not shaped as the next room needs it

A message says three things in this order: what was found, what was wanted, and what
to do next. It may carry counts, column names and line numbers. It never carries a
name, an address or a voter's answer, because messages end up in logs.
"""

from groundgame.errors.base import GroundgameError
from groundgame.errors.experiment import CannotAnalyse, CannotAssign
from groundgame.errors.held import (
    BookAway,
    CannotLaunch,
    HeldOut,
    LostUnits,
    PaperTells,
)
from groundgame.errors.paper import BadDoubts, NoSheetKey, UnreadablePhoto
from groundgame.errors.rooms import (
    BadColumns,
    BadDecision,
    BadList,
    BadMatchName,
    BadScript,
    BadTurfCode,
    BadUniverseName,
    CannotWrite,
    EmptyTurf,
    ExchangedDates,
    MostlyMisread,
    NoSnapshot,
    NoSuchElection,
    NoSuchEngine,
    NoSuchLayout,
    NoSuchList,
    NoSuchMatch,
    NoSuchUniverse,
    NotComparable,
    NothingRead,
    RuleNotUnderstood,
    UnreadableFile,
    UnreadableTable,
    UnsureLayout,
    WrongLayout,
    WrongTable,
)
from groundgame.errors.rules import (
    BadArea,
    CircularUniverse,
    NoSuchArea,
    NoSuchColumn,
    NoSuchDistrict,
    NoSuchScore,
    NotGiven,
    UnknownSnapshot,
)
from groundgame.errors.server import (
    BadBatch,
    BadBorder,
    BadPlan,
    BadToken,
    BeyondLimits,
    CannotEdit,
    CannotRelease,
    ExpiredCode,
    NameTaken,
    NoReason,
    NoRescueFile,
    NoSuchChapter,
    NoSuchUser,
    NotYours,
    OffTheMap,
    PortTaken,
    StaleTurfs,
    TooManyWrongCodes,
    TurfTaken,
    UnknownCode,
    UsedUpCode,
)
from groundgame.errors.streets import (
    NoStreets,
    OtherBorder,
    OtherTown,
    RoadsWithoutStreets,
    UnknownRoad,
    UnreadableBorder,
    UnreadableStreets,
)
from groundgame.errors.turf import (
    DoorTooLarge,
    FarPlace,
    NoDegrees,
    NothingToCut,
    SwappedPlaces,
    UnknownDoors,
    UnknownPlace,
)

__all__ = [
    "BadArea",
    "BadBatch",
    "BadBorder",
    "BadColumns",
    "BadDecision",
    "BadDoubts",
    "BadList",
    "BadMatchName",
    "BadPlan",
    "BadScript",
    "BadToken",
    "BadTurfCode",
    "BadUniverseName",
    "BeyondLimits",
    "BookAway",
    "CannotAnalyse",
    "CannotAssign",
    "CannotEdit",
    "CannotLaunch",
    "CannotRelease",
    "CannotWrite",
    "CircularUniverse",
    "DoorTooLarge",
    "EmptyTurf",
    "ExchangedDates",
    "ExpiredCode",
    "FarPlace",
    "GroundgameError",
    "HeldOut",
    "LostUnits",
    "MostlyMisread",
    "NameTaken",
    "NoDegrees",
    "NoReason",
    "NoRescueFile",
    "NoSheetKey",
    "NoSnapshot",
    "NoStreets",
    "NoSuchArea",
    "NoSuchChapter",
    "NoSuchColumn",
    "NoSuchDistrict",
    "NoSuchElection",
    "NoSuchEngine",
    "NoSuchLayout",
    "NoSuchList",
    "NoSuchMatch",
    "NoSuchScore",
    "NoSuchUniverse",
    "NoSuchUser",
    "NotComparable",
    "NotGiven",
    "NotYours",
    "NothingRead",
    "NothingToCut",
    "OffTheMap",
    "OtherBorder",
    "OtherTown",
    "PaperTells",
    "PortTaken",
    "RoadsWithoutStreets",
    "RuleNotUnderstood",
    "StaleTurfs",
    "SwappedPlaces",
    "TooManyWrongCodes",
    "TurfTaken",
    "UnknownCode",
    "UnknownDoors",
    "UnknownPlace",
    "UnknownRoad",
    "UnknownSnapshot",
    "UnreadableBorder",
    "UnreadableFile",
    "UnreadablePhoto",
    "UnreadableStreets",
    "UnreadableTable",
    "UnsureLayout",
    "UsedUpCode",
    "WrongLayout",
    "WrongTable",
]

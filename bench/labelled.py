"""The labelled addresses that the authors of usaddress publish, as lines and parts.

They are in the source package of usaddress (MIT licence), which is fetched once, into
the user's cache. No copy of them is kept here.

A voter file names a town in a column of its own and has no firms: so the lines taken
are those with a number and a street, or a rural box, without a recipient, a landmark
or a corner of two streets; and they end where the town begins.
"""

import os
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET  # a package's own file, not a stranger's
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "groundgame"
PACKAGE = "usaddress==0.5.16"
TRAINED = "labeled"
OTHERS = ("synthetic_osm_data_xml", "openaddress_us_ia_linn")
NUMBER = ("AddressNumberPrefix", "AddressNumber", "AddressNumberSuffix")
STREET = (
    *("StreetNamePreModifier", "StreetNamePreDirectional", "StreetNamePreType"),
    *("StreetName", "StreetNamePostType", "StreetNamePostModifier"),
    "StreetNamePostDirectional",
)
UNIT = (
    *("OccupancyType", "OccupancyIdentifier"),
    *("SubaddressType", "SubaddressIdentifier", "BuildingName"),
)
BOX = ("USPSBoxGroupType", "USPSBoxGroupID", "USPSBoxType", "USPSBoxID")
TOWN = ("PlaceName", "StateName", "ZipCode", "CountryName", "ZipPlus4")
STRANGE = {
    "Recipient",
    "LandmarkName",
    "CornerOf",
    "IntersectionSeparator",
    "NotAddress",
}


HOME = {*NUMBER, *STREET, "OccupancyType", "OccupancyIdentifier", *BOX[:4], *TOWN}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line as it stands in a voter file, and the label of each of its words."""

    line: str
    labels: tuple[tuple[str, str], ...]

    @property
    def at_home(self) -> bool:
        """Whether it is a home's: no department, no lock box, no name of a building."""
        return {label for _, label in self.labels} <= HOME


def package() -> Path | None:
    """Return the source package where it was fetched before."""
    return next(iter(sorted(CACHE.glob("usaddress-*.tar.gz"))), None)


def fetch() -> Path:
    """Return the source package, fetched through pip if need be."""
    if (found := package()) is None:
        CACHE.mkdir(parents=True, exist_ok=True)
        wanted = ("download", PACKAGE, "--no-binary", "usaddress", "--no-deps")
        pip = ("python3", "-m", "pip", "--python", sys.executable)
        subprocess.run([*pip, *wanted, "-q", "-d", str(CACHE)], check=True)
        found = package()
    if found is None:
        raise SystemExit("pip fetched no source package of usaddress")
    return found


def read(path: Path, name: str) -> list[Labelled]:
    """Return one set's lines that are like a voter file's, each once."""
    with tarfile.open(path) as archive:
        member = next(m for m in archive if m.name.endswith(f"training/{name}.xml"))
        file = archive.extractfile(member)
        if file is None:
            raise SystemExit(f"{member.name} is no file")
        found = dict.fromkeys(_lines(file.read()))
    return list(found)


def _lines(text: bytes) -> Iterator[Labelled]:
    """Yield the addresses of one file that have a number and a street, or a box."""
    for address in ET.fromstring(text):  # noqa: S314  # see above
        words = [
            (word, part.tag)
            for part in address
            for word in f"{part.text or ''}{(part.tail or '').strip()}".split()
        ]
        labels = {label for _, label in words}
        at_home = {"AddressNumber", "StreetName"} <= labels or set(BOX[:2]) <= labels
        if not at_home or labels & STRANGE:
            continue
        towns = [at for at, (_, label) in enumerate(words) if label in TOWN]
        kept = words[: towns[0]] if towns else words
        line = " ".join(word for word, _ in kept).strip(" ,;")
        if line and not any(label in NUMBER for _, label in words[len(kept) :]):
            yield Labelled(line, tuple(kept))

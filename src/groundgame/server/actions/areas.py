"""Where on the map: a point and how far from it, and areas under a name.

An area is drawn corner by corner, or comes as GeoJSON. It belongs to a chapter, so it
serves over this month's file and the next. It is never changed: a saved universe must
not come to mean another place by itself.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from groundgame import universe as engine
from groundgame.errors import BadArea, NameTaken, NotYours
from groundgame.server.actions import audit, file, people, snapshots
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.suppression import suppressed
from groundgame.server.store.models import Area, SnapshotRow, User

MOST_BYTES = 5_000_000
"""Of one area: a state's border, drawn finely, is a fifth of it."""
MOST_CORNERS = 1_000
"""Drawn by hand."""
FEWEST_CORNERS = 3
_DRAWN = "drawn here"
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Who lives there. `rule` is how a rule says it; '' while it has no name."""

    rule: str
    people: int
    doors: int


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area in a list."""

    id: int
    name: str
    rule: str
    by: str
    at: datetime


def near(
    *, snapshot: int, meters: float, lat: float, lon: float, seen_by: Anyone
) -> Whereabouts:
    """Return who lives within so many metres of a point on the earth.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    over = snapshots.found(id=snapshot, seen_by=seen_by)
    rule = near_rule(meters=meters, lat=lat, lon=lon)
    return _lives(over, engine.parse(rule), rule)


def near_rule(*, meters: float, lat: float, lon: float) -> str:
    """Return how a rule says that somebody lives so near; to a tenth of a metre."""
    return engine.Near(meters, round(lat, 6), round(lon, 6)).text()


def inside(*, snapshot: int, geojson: str, seen_by: Anyone) -> Whereabouts:
    """Return who lives inside an area that has no name yet.

    Raises:
        NotYours: There is no such snapshot, or not for them.
        BadArea: That is no polygon.
    """
    over = snapshots.found(id=snapshot, seen_by=seen_by)
    area = engine.read_area(geojson)
    return _lives(over, engine.InArea(_DRAWN), areas={_DRAWN: area})


def of_corners(text: str) -> str:
    """Return GeoJSON of a polygon whose corners are written one a line: north, east.

    Raises:
        BadArea: A line is no pair of degrees, or there are too few or too many.
    """
    lines = [line.strip() for line in text.splitlines()]
    ring = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            lat, lon = map(float, _BETWEEN.split(line))
        except ValueError:
            raise BadArea(
                f"has a line {number} that is not two numbers (degrees north, east)"
            ) from None
        ring.append([lon, lat])
    if not FEWEST_CORNERS <= len(ring) <= MOST_CORNERS:
        raise BadArea(
            f"has {len(ring)} corners, and {FEWEST_CORNERS} to {MOST_CORNERS} are drawn"
        )
    return json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})


def keep(*, snapshot: int, name: str, geojson: str, by: User) -> Area:
    """Keep an area under a name. The same name and area again change nothing.

    Raises:
        NotYours: There is no such snapshot, or not for them.
        BadArea: That is no polygon, or more than anybody draws.
        NameTaken: Another area has that name.
    """
    over = snapshots.found(id=snapshot, seen_by=by)
    if len(geojson.encode()) > MOST_BYTES:
        raise BadArea(f"is larger than {MOST_BYTES // 1_000_000} MB")
    engine.read_area(geojson)
    try:
        with transaction.atomic():
            made = Area.objects.create(
                chapter=over.chapter, name=name, geojson=geojson, by=by
            )
            audit.add(by=by, verb="keep area", subject=f"area:{made.pk}")
    except IntegrityError:
        there = _there(over).get(name=name)
        if there.geojson != geojson:
            raise NameTaken("area") from None
        return there
    return made


@transaction.atomic
def take_away(*, id: int, by: User) -> Area:  # noqa: A002  # the word that all reads use
    """Take an area away. Universes that name it say so from now on, and find nobody.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = Area.objects.select_related("chapter").filter(pk=id).first()
    if row is None:
        raise NotYours
    people.require(by, row.chapter)
    if Area.objects.filter(pk=id, gone__isnull=True).update(
        gone=timezone.now(), gone_by=by
    ):
        audit.add(by=by, verb="take away area", subject=f"area:{id}")
    return row


def areas(*, snapshot: int, seen_by: Anyone) -> list[AreaLine]:
    """Return the areas that a rule over a snapshot may name, by name.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    over = snapshots.found(id=snapshot, seen_by=seen_by)
    return [
        AreaLine(row.pk, row.name, rule_of(row.name), str(row.by), row.at)
        for row in _there(over).select_related("by").order_by("name")
    ]


def rule_of(name: str) -> str:
    """Return how a rule says that somebody lives inside an area."""
    return engine.InArea(name).text()


def _there(over: SnapshotRow) -> QuerySet[Area]:
    """Return the areas that a chapter has now."""
    return Area.objects.filter(chapter=over.chapter_id, gone__isnull=True)


def _lives(
    over: SnapshotRow,
    rule: engine.Rule,
    text: str = "",
    areas: Mapping[str, engine.Area] | None = None,
) -> Whereabouts:
    """Return who lives where a rule says."""
    counts = engine.count(
        file.opened(over),
        rule,
        as_of=timezone.localdate(),
        given=engine.Given(
            suppressed=suppressed(over.chapter_id).ids, areas=areas or {}
        ),
    )
    return Whereabouts(text, counts.people, counts.doors)

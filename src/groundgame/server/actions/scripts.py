"""Scripts: write one, save it as a new version, choose one when turf goes out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from groundgame.canvass import RESULTS, SHIPPED, Result, Script
from groundgame.errors import BadScript, NotYours
from groundgame.server.actions import audit, people
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import (
    Chapter,
    Packet,
    ScriptRow,
    ScriptVersion,
    User,
)

LARGEST = 200_000
"""Characters of a script that somebody wrote; a long one has twenty thousand."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a script: who wrote it, and whether turf went out with it."""

    version: str
    by: str
    at: datetime
    packets: int


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A script in a list, as it stands now."""

    id: int
    chapter_id: int
    chapter: str
    name: str
    version: str
    questions: int
    languages: tuple[str, ...]
    versions: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScriptPage:
    """One script: what it says now, and what became of it."""

    line: ScriptLine
    body: dict[str, Any]
    versions: list[VersionLine]


def scripts(*, seen_by: Anyone) -> list[ScriptLine]:
    """Return the scripts of the chapters that `seen_by` organizes, latest first."""
    rows = _rows().filter(chapter__in=people.organizes(seen_by))
    return sorted(map(_line, rows), key=lambda line: line.at, reverse=True)


def script(*, id: int, seen_by: Anyone) -> ScriptPage:  # noqa: A002  # the word that all reads use
    """Return one script with its versions.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = _found(id, seen_by)
    versions = list(row.versions.select_related("by"))
    names = [each.version for each in versions]
    out = Packet.objects.filter(
        script_version__in=names, turf__cut__universe__snapshot__chapter=row.chapter
    ).values_list("script_version", flat=True)
    used = list(out)
    return ScriptPage(
        line=_line(row),
        body=versions[0].body,
        versions=[
            VersionLine(
                each.version, each.by.get_username(), each.at, used.count(each.version)
            )
            for each in versions
        ],
    )


def start(*, shipped: str) -> dict[str, Any]:
    """Return what a new script begins with: a shipped one, or nothing but a name."""
    if shipped in SHIPPED:
        return Script.shipped(shipped).as_dict()
    return {"name": "", "opening": "", "questions": []}


def read(text: str) -> Script:
    """Return the script that the editor sent, as JSON.

    Raises:
        BadScript: It is not JSON, or not a script.
    """
    if len(text) > LARGEST:
        raise BadScript(f"is longer than {LARGEST:,} characters")
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise BadScript("did not arrive whole; load the page again") from None
    if not isinstance(plain, dict):
        raise BadScript("is not a table of names and values")
    said = Script.from_dict({name: plain[name] for name in plain if name != "id"})
    try:
        _ = said.id
    except ValueError:
        raise BadScript("holds half of a character; type it again") from None
    return said


@transaction.atomic
def save(*, body: str, by: User, chapter: Chapter, of: int | None = None) -> ScriptRow:
    """Save what the editor sent: a new script, or the next version of one.

    Saying the same as the latest version makes no new one.

    Args:
        body: A script as JSON.
        by: Who writes it.
        chapter: Whose it is.
        of: The script of which it is the next version; None: a new one.

    Raises:
        NotYours: `by` does not organize the chapter, or it has no such script.
        BadScript: It cannot be asked.
    """
    people.require(by, chapter)
    said = read(body)
    audit.hold()
    row = _found(of, by) if of is not None else None
    if row is not None and row.chapter_id != chapter.pk:
        raise NotYours
    _one_meaning(said, chapter, row)
    latest = row.versions.first() if row else None
    if row is not None and latest and latest.version == said.id:
        return row
    row = row or ScriptRow.objects.create(chapter=chapter, by=by)
    row.versions.create(
        version=said.id, name=said.name.strip(), body=said.as_dict(), by=by
    )
    details = {"version": said.id}
    audit.add(by=by, verb="save script", subject=f"script:{row.pk}", details=details)
    return row


def choices(*, chapter: Chapter, seen_by: Anyone) -> list[tuple[str, str]]:
    """Return the scripts that turf may be handed out with: keys and names.

    The one that was used last comes first.

    Raises:
        NotYours: `seen_by` does not organize this chapter.
    """
    people.require(seen_by, chapter)
    own = {str(row.pk): _latest(row) for row in _rows().filter(chapter=chapter)}
    shipped = {name: Script.shipped(name) for name in SHIPPED}
    named = {key: each.name for key, each in own.items()}
    named |= {key: each.name for key, each in shipped.items()}
    last = (
        Packet.objects.filter(turf__cut__universe__snapshot__chapter=chapter)
        .order_by("-at")
        .values_list("script_version", flat=True)
        .first()
    )
    versions = {key: each.version for key, each in own.items()}
    versions |= {key: each.id for key, each in shipped.items()}
    return sorted(named.items(), key=lambda each: versions[each[0]] != last)


def chosen(*, key: str, chapter: Chapter) -> dict[str, Any]:
    """Return the script that a key of `choices` stands for, in its bundle form.

    Raises:
        NotYours: The chapter has no such script.
    """
    if key in SHIPPED:
        return Script.shipped(key).as_dict()
    row = (
        _rows().filter(chapter=chapter, pk=int(key)).first()
        if key.isdecimal() and len(key) < 10  # noqa: PLR2004  # no chapter writes so many
        else None
    )
    if row is None:
        raise NotYours
    body: dict[str, Any] = _latest(row).body
    return body


def _one_meaning(said: Script, chapter: Chapter, row: ScriptRow | None) -> None:
    """Refuse a result that another script of the chapter means otherwise."""
    mine = {each.id: each for each in said.results if each.id not in RESULTS}
    for other in _rows().filter(chapter=chapter).exclude(pk=row.pk if row else None):
        latest = _latest(other)
        for code, result in own_results(latest.body).items():
            ours = mine.get(code, result)
            if (ours.contact, ours.done) != (result.contact, result.done):
                raise BadScript(
                    f"gives the result {code!r} another meaning than the script "
                    f"{latest.name!r}; call it otherwise"
                )


def own_results(script: Mapping[str, Any]) -> dict[str, Result]:
    """Return the results of a script, in its bundle form, that are its own."""
    return {
        each["id"]: Result(each["id"], each["name"], each["contact"], each["done"])
        for each in script.get("results", [])
        if each["id"] not in RESULTS
    }


def _rows() -> Any:
    """Return scripts with all that a line says. Two queries."""
    versions = ScriptVersion.objects.select_related("by")
    return ScriptRow.objects.select_related("chapter").prefetch_related(
        Prefetch("versions", versions)
    )


def _found(id: int | None, seen_by: Anyone) -> ScriptRow:  # noqa: A002  # the word that all reads use
    """Return a script that `seen_by` organizes, or say that there is nothing to see."""
    row: ScriptRow | None = _rows().filter(pk=id).first()
    if row is None:
        raise NotYours
    people.require(seen_by, row.chapter)
    return row


def _latest(row: ScriptRow) -> ScriptVersion:
    """Return the version that is in use."""
    return row.versions.all()[0]


def _line(row: ScriptRow) -> ScriptLine:
    """Return what a list shows of a script."""
    versions = list(row.versions.all())
    latest = versions[0]
    return ScriptLine(
        id=row.pk,
        chapter_id=row.chapter_id,
        chapter=row.chapter.name,
        name=latest.name,
        version=latest.version,
        questions=sum(each["kind"] != "say" for each in latest.body["questions"]),
        languages=tuple(sorted(latest.body.get("translations", {}))),
        versions=len(versions),
        by=latest.by.get_username(),
        at=latest.at,
    )

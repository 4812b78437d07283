"""The keys of a chapter's boxes: what phones are told of them, and what opens."""

import base64
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from groundgame.canvass import box
from groundgame.server.actions import audit
from groundgame.server.store.models import Chapter, SealKey


def current(chapter: int) -> dict[str, str]:
    """Return what a phone seals with: the newest key's name and public half.

    The first who asks has a key made.
    """
    newest = _newest(chapter)
    if newest is None:
        with transaction.atomic():
            audit.hold()
            newest = _newest(chapter) or _new(chapter, by="server")
    public = box.public_of(bytes(newest.private))
    plain = base64.urlsafe_b64encode(public).decode().rstrip("=")
    return {"key": newest.name, "public": plain}


@transaction.atomic
def renew(*, chapter: Chapter, by: str) -> str:
    """Make a new key, and return its name. Phones seal with it once they have asked.

    Older keys go on opening: a phone may come back after months.
    """
    audit.hold()
    return _new(chapter.pk, by=by).name


def keys(chapters: Sequence[int], entries: Iterable[object]) -> Mapping[str, bytes]:
    """Return the private keys of some chapters, by name, as far as boxes name them.

    A key never changes; the book is asked for those that this process has not met.
    """
    boxes = (each for each in entries if isinstance(each, dict) and "box" in each)
    named = {
        each.get("key") if isinstance(each.get("key"), str) else "" for each in boxes
    }
    if any((chapter, name) not in _MET for chapter in chapters for name in named):
        rows = SealKey.objects.filter(chapter__in=chapters)
        _MET.update({(row.chapter_id, row.name): bytes(row.private) for row in rows})
    pairs = [(chapter, name) for chapter in chapters for name in named]
    return {pair[1]: _MET[pair] for pair in pairs if pair in _MET}


_MET: dict[tuple[int, str], bytes] = {}
"""Keys, by their chapters and names."""


def _newest(chapter: int) -> SealKey | None:
    """Return the key that phones are told of."""
    return SealKey.objects.filter(chapter=chapter).order_by("-pk").first()


def _new(chapter: int, *, by: str) -> SealKey:
    """Make a key. The audit log has its name."""
    private = box.new_key()
    row = SealKey.objects.create(
        chapter_id=chapter,
        name=box.name_of(box.public_of(private)),
        private=private,
        at=timezone.now(),
    )
    audit.add(
        by=by,
        verb="new seal key",
        subject=f"chapter:{chapter}",
        details={"key": row.name},
    )
    return row

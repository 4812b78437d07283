"""Who may do what. Every read and write of a chapter's work comes through here."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from groundgame.errors import NotYours
from groundgame.server.actions import audit
from groundgame.server.store.models import Chapter, Membership, User

Role = Membership.Role
Anyone = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter, as one of its members sees it."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member, as an organizer of the chapter sees them."""

    user_id: int
    username: str
    role: str
    at: datetime


def role(user: Anyone, chapter: Chapter) -> str | None:
    """Return 'organizer', 'canvasser', or None for a stranger."""
    if not user.is_authenticated or not user.is_active:
        return None
    member = Membership.objects.filter(chapter=chapter, user=user).first()
    return member.role if member else None


def require(user: Anyone, chapter: Chapter, role: str = Role.ORGANIZER) -> User:
    """Return the user, who has this role in the chapter or a higher one.

    Raises:
        NotYours: Anybody else; it is said in the same words as when nothing is there.
    """
    has = _role(user, chapter)
    enough = {Role.ORGANIZER, role}
    if has not in enough or not isinstance(user, User):
        raise NotYours
    return user


_role = role  # inside require, the name is that of the role that is asked for


def chapters_of(user: Anyone) -> list[ChapterRow]:
    """Return the user's chapters, by name. One query."""
    if not user.is_authenticated or not user.is_active:
        return []
    memberships = (
        Membership.objects.filter(user=user)
        .select_related("chapter")
        .order_by("chapter__name")
    )
    return [ChapterRow(m.chapter_id, m.chapter.name, m.role) for m in memberships]


def organizes(user: Anyone) -> list[int]:
    """Return the ids of the chapters that the user organizes. One query."""
    return [row.id for row in chapters_of(user) if row.role == Role.ORGANIZER]


def chapter(*, id: int, seen_by: Anyone, role: str = Role.CANVASSER) -> Chapter:  # noqa: A002  # the word that all reads use
    """Return a chapter in which `seen_by` has at least this role.

    Raises:
        NotYours: There is no such chapter, or not for them.
    """
    found = Chapter.objects.filter(pk=id).first()
    if found is None:
        raise NotYours
    require(seen_by, found, role)
    return found


def members(*, chapter: Chapter, seen_by: Anyone) -> list[MemberRow]:
    """Return the members of a chapter, by username. Two queries.

    Raises:
        NotYours: `seen_by` does not organize this chapter.
    """
    require(seen_by, chapter)
    rows = chapter.memberships.select_related("user").order_by("user__username")
    return [MemberRow(m.user_id, m.user.username, m.role, m.at) for m in rows]


@transaction.atomic
def seat(*, chapter: str, username: str, role: str, email: str = "") -> Membership:
    """Give somebody a role in a chapter; make the account and the chapter if need be.

    For whoever runs the server: it is done at the host's own command line, and stands
    in the audit log as the host's doing. Repeated, it changes nothing. The account has
    no password until its owner sets one; they come in by a link.
    """
    group, _new = Chapter.objects.get_or_create(name=chapter)
    user, new = User.objects.get_or_create(username=username, defaults={"email": email})
    if new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    member, seated = Membership.objects.get_or_create(
        chapter=group, user=user, defaults={"role": role}
    )
    if seated or member.role != role:
        member.role, member.by = role, None
        member.save(update_fields=["role", "by"])
        audit.add(
            by="host",
            verb="seat member",
            subject=f"chapter:{group.pk}",
            details={"user": user.pk, "role": role},
        )
    return member

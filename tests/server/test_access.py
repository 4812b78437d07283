"""Who may do what: Alice and Bob organize Elm, Cass walks for it, Charlie is from Oak.

Every action is tried by every one of them. Deny by default: what is not listed as
theirs is refused, in the same words as what is not there.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from groundgame.errors import NotYours
from groundgame.server.actions import (
    borders,
    cuts,
    edits,
    maps,
    orders,
    packets,
    paper,
    paper_decide,
    paper_doubts,
    people,
    picks,
    quarantine,
    recut,
    results,
    scripts,
    sides,
    snapshots,
    universes,
    wishes,
)
from groundgame.server.store.models import (
    AuditLink,
    Membership,
    Packet,
    Quarantine,
    User,
)
from tests.server.said import scripted

pytestmark = pytest.mark.django_db
ELM = Path(__file__).parents[2] / "examples" / "elm"
ORGANIZERS = {"alice", "bob"}
EVERYBODY = ("alice", "bob", "cass", "charlie", "anonymous")

READS = {
    "snapshot": lambda w, u: snapshots.snapshot(id=w.snapshot.pk, seen_by=u),
    "snapshot_map": lambda w, u: maps.of_snapshot(id=w.snapshot.pk, seen_by=u),
    "snapshot_streets": lambda w, u: snapshots.snapshot_streets(
        id=w.snapshot.pk, seen_by=u
    ),
    "preview": lambda w, u: universes.preview(
        snapshot=w.snapshot.pk, rule="everyone", seen_by=u
    ),
    "preview_map": lambda w, u: maps.of_rule(
        snapshot=w.snapshot.pk, rule="everyone", seen_by=u
    ),
    "universe": lambda w, u: universes.universe(id=w.universe.pk, seen_by=u),
    "universe_map": lambda w, u: maps.of_universe(id=w.universe.pk, seen_by=u),
    "cut_page": lambda w, u: cuts.cut_page(id=w.cut.pk, seen_by=u),
    "cut_map": lambda w, u: cuts.cut_map(id=w.cut.pk, seen_by=u),
    "cut_streets": lambda w, u: cuts.cut_streets(id=w.cut.pk, seen_by=u),
    "picks": lambda w, u: picks.doors(
        cut=w.cut.pk, stops="1:1", side="", after=0, seen_by=u
    ),
    "picks_said": lambda w, u: picks.said(
        cut=w.cut.pk, doors=["elm-door-1"], after=0, seen_by=u
    ),
    "sides": lambda w, u: sides.sides(cut=w.cut.pk, turf=1, seen_by=u),
    "cost": lambda w, u: edits.cost(
        cut=w.cut.pk, doors=["elm-door-1"], to=2, seen_by=u
    ),
    "borders": lambda w, u: borders.borders(cut=w.cut.pk, seen_by=u),
    "border_map": lambda w, u: borders.border_map(cut=w.cut.pk, seen_by=u),
    "roads": lambda w, u: borders.roads(cut=w.cut.pk, seen_by=u),
    "left": lambda w, u: recut.left(cut=w.cut.pk, seen_by=u),
    "offers": lambda w, u: wishes.offers(
        cut=w.cut.pk, wishes=wishes.Asked(), seen_by=u
    ),
    "turf": lambda w, u: cuts.turf(id=w.turfs[0].pk, seen_by=u),
    "results": lambda w, u: results.results(cut=w.cut.pk, seen_by=u),
    "seen": lambda w, u: results.seen(cut=w.cut.pk, seen_by=u),
    "conversations": lambda w, u: results.conversations(cut=w.cut.pk, seen_by=u),
    "results_map": lambda w, u: results.results_map(cut=w.cut.pk, seen_by=u),
    "script": lambda w, u: scripts.script(id=script_of(w).pk, seen_by=u),
    "choices": lambda w, u: scripts.choices(chapter=w.elm, seen_by=u),
    "members": lambda w, u: people.members(chapter=w.elm, seen_by=u),
    "other packet": lambda w, u: packets.packet_page(
        id=hand_out_second(w).id, seen_by=u
    ),
}
WRITES = {
    "import": lambda w, u: snapshots.import_snapshot(
        chapter=w.elm,
        files=[ELM / "voters.csv"],
        layout="elm",
        dated=date(2025, 1, 15),
        by=u,
    ),
    "save": lambda w, u: universes.save(
        snapshot=w.snapshot.pk, name="New", rule="party = DEM", by=u
    ),
    "cut": lambda w, u: cuts.cut(universe=w.universe.pk, least=4, most=6, seed=2, by=u),
    "move": lambda w, u: edits.move(
        cut=w.cut.pk, doors=["elm-door-1"], to=2, after=0, beyond=True, by=u
    ),
    "merge": lambda w, u: edits.merge(
        cut=w.cut.pk, turf=1, into=2, after=0, beyond=True, by=u
    ),
    "split": lambda w, u: edits.split(cut=w.cut.pk, turf=1, after=0, beyond=True, by=u),
    "lock": lambda w, u: edits.lock(cut=w.cut.pk, turf=1, after=0, by=u),
    "unlock": lambda w, u: edits.unlock(cut=w.cut.pk, turf=1, after=0, by=u),
    "undo": lambda w, u: edits.undo(cut=w.cut.pk, after=locked_first(w), by=u),
    "redo": lambda w, u: edits.redo(cut=w.cut.pk, after=undone_first(w), by=u),
    "draw": lambda w, u: drawn_border(w, by=u),
    "remove": lambda w, u: borders.remove(border=drawn_border(w).pk, by=u),
    "put_back": lambda w, u: borders.put_back(border=drawn_border(w).pk, by=u),
    "recut": lambda w, u: recut.recut(cut=w.cut.pk, after=0, by=u),
    "hand_out": lambda w, u: packets.hand_out(turf=w.turfs[1], by=u),
    "take_back": lambda w, u: packets.take_back(packet=hand_out_second(w).id, by=u),
    "export": lambda w, u: results.export_csv(
        cut=w.cut.pk, reason="the weekly report", by=u
    ),
    "write": lambda w, u: scripts.save(body=scripted(), by=u, chapter=w.elm),
    "rewrite": lambda w, u: scripts.save(
        body=scripted(), by=u, chapter=w.elm, of=script_of(w).pk
    ),
    "print": lambda w, u: packets.walk_sheet(packet=hand_out_second(w).id, by=u),
}


def script_of(world):
    """Return a script that Alice wrote."""
    return scripts.save(body=scripted(), by=world.alice, chapter=world.elm)


def locked_first(world):
    """Lock turf 1 as Alice; return the number of that change."""
    return edits.lock(cut=world.cut.pk, turf=1, after=0, by=world.alice).number


def drawn_border(world, by=None):
    """Draw a border between doors 3 and 4, as Alice unless said otherwise."""
    line = [[-77.999125, 41.999], [-77.999125, 42.001]]
    return borders.draw(cut=world.cut.pk, line=line, by=by or world.alice)


def undone_first(world):
    """Lock turf 1 and take that back as Alice; return the number of that change."""
    after = locked_first(world)
    return edits.undo(cut=world.cut.pk, after=after, by=world.alice).number


def hand_out_second(world):
    """Return the packet of turf 2, which is nobody's in particular."""
    return packets.hand_out(turf=world.turfs[1], by=world.alice)


def user_of(world, name):
    """Return one of them."""
    return AnonymousUser() if name == "anonymous" else getattr(world, name)


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("action", [*READS, *WRITES])
def test_organizers_may_and_nobody_else(world, action, name):
    """Bob need not ask Alice; Cass and Charlie are told that there is nothing."""
    act = (READS | WRITES)[action]
    before = AuditLink.objects.count()

    if name in ORGANIZERS:
        assert act(world, user_of(world, name)) is not None
        return
    with pytest.raises(NotYours):
        act(world, user_of(world, name))
    links = AuditLink.objects.filter(n__gt=before)
    assert {link.actor for link in links} <= {f"user:{world.alice.pk}"}


@pytest.mark.parametrize("name", EVERYBODY)
def test_paper_is_an_organizers(world, paper_doubt, name):
    """What is in doubt is shown to those who answer for the chapter, and to nobody."""
    asks = user_of(world, name)
    this = {"id": paper_doubt.pk, "seen_by": asks}
    said = {"doubt": paper_doubt.pk, "answers": {"=result": "vacant"}, "by": asks}

    if name in ORGANIZERS:
        assert paper_doubts.waiting(seen_by=asks) == [paper_doubt.pk]
        assert paper_doubts.doubt(**this).stop == 1
        assert paper_doubts.picture(**this)
        assert not paper_decide.may_undo(seen_by=asks)
        assert paper_decide.decide(**said) == "kept"
        assert paper_decide.may_undo(seen_by=asks)
        assert paper_decide.undo(by=asks) == paper_doubt.pk
        assert paper.take_in(photos=[], chapter=world.elm, by=asks).pages == 0
        return
    assert paper_doubts.waiting(seen_by=asks) == []
    for refused in (
        lambda: paper_doubts.doubt(**this),
        lambda: paper_doubts.picture(**this),
        lambda: paper_decide.decide(**said),
        lambda: paper_decide.undo(by=asks),
        lambda: paper.take_in(photos=[], chapter=world.elm, by=asks),
        lambda: orders.ask_paper(chapter=world.elm, photos=[], by=asks),
    ):
        with pytest.raises(NotYours):
            refused()
    assert not paper_decide.may_undo(seen_by=asks)


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_takes_back_what_another_decided(world, paper_doubt, name):
    """Alice's decision is hers to take back, and nobody else's: not even Bob's."""
    said = {"=result": "vacant"}
    paper_decide.decide(doubt=paper_doubt.pk, answers=said, by=world.alice)
    asks = user_of(world, name)

    if name == "alice":
        assert paper_decide.undo(by=asks) == paper_doubt.pk
        return
    with pytest.raises(NotYours):
        paper_decide.undo(by=asks)
    assert paper_doubts.waiting(seen_by=world.alice) == []


@pytest.mark.parametrize("name", EVERYBODY)
def test_lists_hold_what_is_theirs_and_nothing_else(world, phone, name):
    """A list is never refused: it is empty."""
    phone.send(phone.conversation(door="elm-door-12"))
    asks = user_of(world, name)
    whole = 1 if name in ORGANIZERS else 0

    assert len(snapshots.snapshots(seen_by=asks)) == whole
    assert len(universes.universes(seen_by=asks)) == whole
    assert len(cuts.cuts(seen_by=asks)) == whole
    assert len(quarantine.quarantined(seen_by=asks)) == whole
    assert len(packets.my_packets(seen_by=asks)) == (name == "cass")
    assert len(people.chapters_of(asks)) == (name != "anonymous")


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_ruling_is_an_organizers(world, phone, name):
    """Only those who answer for the chapter decide what counts."""
    phone.send(phone.conversation(door="elm-door-12"))
    waiting = Quarantine.objects.get()

    for rule in (quarantine.set_aside, quarantine.release):
        ruling = {"event": waiting.event_id, "sha256": waiting.event.sha256}
        if name in ORGANIZERS:
            rule(**ruling, by=user_of(world, name))
            continue
        with pytest.raises(NotYours):
            rule(**ruling, by=user_of(world, name))


class TestThePacketInHand:
    """What a canvasser sees: the packet in hand, while it is in hand."""

    def seen(self, packet, user):
        """Return how many doors of the packet somebody is shown; 0 when refused."""
        try:
            return len(packets.packet_page(id=packet.id, seen_by=user).stops)
        except NotYours:
            return 0

    def test_whoever_has_it_sees_it(self, world, packet):
        """Cass has turf 1: she, and the organizers, see its doors."""
        shown = {name: self.seen(packet, user_of(world, name)) for name in EVERYBODY}

        assert shown == {
            "alice": 6,
            "bob": 6,
            "cass": 6,
            "charlie": 0,
            "anonymous": 0,
        }

    def test_once_taken_back_it_is_gone(self, world, packet):
        """The doors are shown while they are in hand, and not afterwards."""
        packets.take_back(packet=packet.id, by=world.alice)

        assert self.seen(packet, world.cass) == 0
        assert packets.my_packets(seen_by=world.cass) == []
        assert self.seen(packet, world.alice) == 6

    def test_once_expired_it_is_gone(self, world, packet):
        """Twelve hours after the launch, nobody browses the list at home."""
        past = timezone.now() - timedelta(seconds=1)
        Packet.objects.filter(pk=packet.id).update(expires=past)

        assert self.seen(packet, world.cass) == 0
        assert packets.my_packets(seen_by=world.cass) == []

    def test_who_left_the_chapter_sees_nothing(self, world, packet):
        """Also of packets that were theirs."""
        Membership.objects.filter(user=world.cass).delete()

        assert self.seen(packet, world.cass) == 0
        assert packets.my_packets(seen_by=world.cass) == []

    def test_an_account_that_was_closed_sees_nothing(self, world, packet):
        """The session of somebody who was shown the door ends with it."""
        User.objects.filter(pk=world.alice.pk).update(is_active=False)
        world.alice.refresh_from_db()

        assert self.seen(packet, world.alice) == 0
        assert cuts.cuts(seen_by=world.alice) == []


def test_a_turf_is_handed_to_members_only(world):
    """Charlie is not of the chapter, so Alice cannot hand him its doors."""
    with pytest.raises(NotYours):
        packets.hand_out(turf=world.turfs[0], by=world.alice, to=world.charlie)


@pytest.mark.parametrize(
    ("place", "fault", "guarantee"),
    [
        pytest.param(people, "everybody organizes", "other packet", id="roles"),
        pytest.param(packets, "any member may look", "other packet", id="packets"),
    ],
)
def test_a_hole_in_the_fence_is_seen(world, monkeypatch, place, fault, guarantee):
    """Were a canvasser shown another's turf, the tests above would say so."""
    fired = []
    if place is people:

        def hole(user, chapter, role=people.Role.ORGANIZER):
            fired.append(fault)
            return user

        monkeypatch.setattr(people, "require", hole)
    else:

        def hole(wanted, by):
            fired.append(fault)
            return [packets._found(packet) for packet in wanted]

        monkeypatch.setattr(packets, "_seen", hole)

    assert READS[guarantee](world, world.cass).stops
    assert fired

"""Scripts in the book: versions that never change, chosen when turf goes out."""

import json

import pytest

from groundgame.canvass import Script
from groundgame.errors import BadScript, NotYours
from groundgame.server.actions import packets, results, scripts
from groundgame.server.store.models import AuditLink, ScriptVersion
from tests.server.phone import Phone
from tests.server.said import dog, plain, scripted

pytestmark = pytest.mark.django_db


def saved(world, *, of=None, **changes):
    """Save a script of Elm as Alice."""
    body = scripted(**changes)
    return scripts.save(body=body, by=world.alice, chapter=world.elm, of=of)


def test_a_script_is_saved_in_versions_that_stay(world, script):
    """The second version is in use; the first still says what it said."""
    first = script.versions.get()
    saved(world, of=script.pk, opening="Good morning.")

    page = scripts.script(id=script.pk, seen_by=world.bob)

    assert page.body["opening"] == "Good morning."
    assert [each.version for each in page.versions][1] == first.version
    assert ScriptVersion.objects.get(pk=first.pk).body["opening"] == "Good evening."
    assert page.line.languages == ("es",)
    assert AuditLink.objects.latest("n").verb == "save script"


def test_saying_the_same_again_makes_no_version(world, script):
    """A second press of the button changes nothing."""
    again = saved(world, of=script.pk)

    assert again == script
    assert script.versions.count() == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{", "did not arrive whole"),
        ("[]", "not a table"),
        ("[" * 100_000, "did not arrive whole"),
        (scripted(name=""), "needs a name"),
        (scripted(name=7), "'name'"),
        (json.dumps(plain(opening="\ud83d")), "half of a character"),
        (scripted(opening="x" * 4001), "opening"),
        (scripted(questions=plain()["questions"][::-1]), "not asked before it"),
        (scripted(results=[{"id": "canvassed"}]), "every script needs"),
        (scripted(results=[*dog(), {"id": "dog"}]), "'name'"),
        (scripted(translations={"es": {"questions": {"gone": {}}}}), "does not ask"),
        (" " * 200_001, "longer than"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(world, body, why):
    """Nothing is saved, and the reason says what to mend."""
    with pytest.raises(BadScript, match=why):
        scripts.save(body=body, by=world.alice, chapter=world.elm)

    assert not ScriptVersion.objects.exists()


def test_one_result_has_one_meaning_in_a_chapter(world, script):
    """Two scripts that count one code differently could not be added up."""
    saved(world, of=script.pk, results=dog())

    with pytest.raises(BadScript, match="another meaning"):
        saved(world, name="Other", results=dog(contact=True))
    assert saved(world, name="Other", results=dog(name="Perro"))


def test_turf_goes_out_with_the_script_that_was_chosen(world, script):
    """The phone gets that version, and keeps it when the script is changed."""
    row = packets.hand_out(turf=world.turfs[0], by=world.alice, script=str(script.pk))
    saved(world, of=script.pk, opening="Good morning.")
    phone = Phone()

    phone.claim(row.code)

    assert phone.bundle["script"]["opening"] == "Good evening."
    assert phone.bundle["script"]["id"] == script.versions.last().version


def test_what_was_used_last_is_offered_first(world, script):
    """Shipped scripts are always there; the chapter's own stand beside them."""
    offered = dict(scripts.choices(chapter=world.elm, seen_by=world.bob))
    packets.hand_out(turf=world.turfs[0], by=world.alice, script="deep_canvass")
    first = scripts.choices(chapter=world.elm, seen_by=world.bob)[0]

    assert set(offered) == {str(script.pk), "listening", "deep_canvass"}
    assert first == ("deep_canvass", "Deep canvass")


@pytest.mark.parametrize("key", ["", "999", "-1", "everything", "9" * 40])
def test_a_script_that_is_not_there_hands_nothing_out(world, key):
    """What is not offered is refused in the words of what is not there."""
    with pytest.raises(NotYours):
        packets.hand_out(turf=world.turfs[0], by=world.alice, script=key)


def test_another_chapter_s_script_is_not_there(world, script):
    """Charlie cannot read, save over, or hand out what Elm wrote."""
    with pytest.raises(NotYours):
        scripts.script(id=script.pk, seen_by=world.charlie)
    with pytest.raises(NotYours):
        scripts.save(body=scripted(), by=world.charlie, chapter=world.oak, of=script.pk)
    with pytest.raises(NotYours):
        scripts.chosen(key=str(script.pk), chapter=world.oak)
    assert scripts.scripts(seen_by=world.charlie) == []


def test_results_are_counted_as_their_script_means_them(world, script):
    """A result of our own has its name; several answers are each counted."""
    own = dog(contact=True, done=True)
    saved(world, of=script.pk, results=own)
    row = packets.hand_out(turf=world.turfs[0], by=world.alice, script=str(script.pk))
    phone = Phone()
    phone.claim(row.code)
    version = phone.bundle["script"]["id"]
    person = phone.bundle["stops"][0]["people"][0]["id"]
    answers = {"support": "1", "why": "rent,bus"}
    talk = phone.conversation(
        person=person, result="dog", script=version, answers=answers
    )
    phone.send(talk)

    found = results.results(cut=world.cut.pk, seen_by=world.alice)
    line = results.conversations(cut=world.cut.pk, seen_by=world.alice)[0]

    assert [(each.name, each.count) for each in found.by_result] == [("A dog", 1)]
    assert found.contacts == 1
    assert line.result_name == "A dog"
    assert ("What matters?", "Rent, Buses") in line.answers
    mattered = {each.id: each.answers for each in found.by_question}["why"]
    assert [(each.name, each.count) for each in mattered] == [("Rent", 1), ("Buses", 1)]


def test_every_shipped_script_can_be_handed_out_and_started_from(world):
    """What comes with groundgame is asked as it is, and is a fine beginning."""
    for key in ("listening", "deep_canvass"):
        body = scripts.start(shipped=key)
        assert Script.from_dict(body).id == body["id"]
        assert scripts.chosen(key=key, chapter=world.elm) == body
    assert scripts.start(shipped="nothing")["questions"] == []

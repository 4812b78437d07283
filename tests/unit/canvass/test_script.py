"""Scripts: read from TOML, fixed by what they say, refused in words."""

from importlib.resources import files

import pytest

from groundgame.canvass import Question, Response, Script
from groundgame.errors import BadScript
from tests.unit.canvass.logs import read_it, talk

ELM = """
name = "Elm Street!"
opening = "Good evening."
[[questions]]
id = "support"
kind = "choice"
ask = "Where do you stand?"
responses = [{id = "1", name = "With us"}, {id = "5", name = "Against"}]
[[questions]]
id = "rating"
kind = "scale"
ask = "How much?"
least = 1
most = 7
[[questions]]
id = "story"
kind = "text"
ask = "What happened?"
"""


def test_a_script_is_read_as_it_is_written():
    """Three kinds of question, each with what belongs to it and nothing else."""
    assert Script.loads(ELM) == Script(
        name="Elm Street!",
        opening="Good evening.",
        questions=(
            Question(
                "support",
                "choice",
                "Where do you stand?",
                (Response("1", "With us"), Response("5", "Against")),
            ),
            Question("rating", "scale", "How much?", least=1, most=7),
            Question("story", "text", "What happened?"),
        ),
    )


def test_the_bundle_form_holds_what_belongs_to_each_kind():
    """A scale has ends and no responses; a text has neither."""
    plain = Script.loads(ELM).as_dict()

    assert list(plain) == ["id", "name", "opening", "questions"]
    assert [sorted(question) for question in plain["questions"]] == [
        ["ask", "id", "kind", "responses"],
        ["ask", "id", "kind", "least", "most"],
        ["ask", "id", "kind"],
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Good evening", "Good morning"),
        ("With us", "with us"),
        ("least = 1", "least = 0"),
        ('id = "story"', 'id = "story2"'),
        ("Elm Street!", "Elm Street"),
    ],
)
def test_any_change_of_words_is_another_version(old, new):
    """A conversation names the very words it was held with."""
    changed = ELM.replace(old, new, 1)
    assert changed != ELM

    assert Script.loads(changed).id != Script.loads(ELM).id


def test_a_script_that_is_written_otherwise_and_says_the_same_is_the_same():
    """Comments and blanks in the file are no words of the script."""
    assert Script.loads("# draft 3\n\n" + ELM).id == Script.loads(ELM).id


def test_the_id_is_the_name_and_a_short_hash_and_fits_into_an_event():
    """Eight hex digits after the name in small letters."""
    id_ = Script.loads(ELM).id

    assert id_.startswith("elm-street-")
    assert len(id_) == len("elm-street-") + 8
    assert read_it(talk(script=id_)).script == id_


def test_from_dict_gives_back_what_as_dict_wrote():
    """A script survives its way through a bundle."""
    script = Script.loads(ELM)

    assert Script.from_dict(script.as_dict()) == script


def test_the_shipped_script_asks_all_three_kinds():
    """A choice from 1 to 5, a choice of issues, a scale from 0 to 10, and a story."""
    questions = {each.id: each for each in Script.listening().questions}

    assert [r.id for r in questions["support"].responses] == ["1", "2", "3", "4", "5"]
    assert questions["issue"].kind == "choice"
    assert (questions["rating"].least, questions["rating"].most) == (0, 10)
    assert questions["story"].kind == "text"


def test_a_file_is_read_and_a_file_of_another_encoding_is_refused(tmp_path):
    """The shipped file can be copied and loaded; cp1252 is told by name."""
    shipped = files("groundgame.canvass") / "scripts" / "listening.toml"
    copy = tmp_path / "mine.toml"
    copy.write_bytes(shipped.read_bytes())
    odd = tmp_path / "odd.toml"
    odd.write_bytes(ELM.replace("Good evening", "Señor").encode("cp1252"))

    assert Script.load(copy) == Script.listening()
    with pytest.raises(BadScript, match="UTF-8"):
        Script.load(odd)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param("name", "name = = 1 #", "is not TOML", id="not TOML"),
        pytest.param("Elm Street!", "", "needs a name", id="no name"),
        pytest.param("Elm Street!", "!?", "needs a name", id="a name of signs"),
        pytest.param("Elm Street!", "e" * 41, "needs a name", id="a long name"),
        pytest.param("opening", "opened", "'opening'", id="no opening"),
        pytest.param('"Good evening."', "7", "'opening'", id="an opening of 7"),
        pytest.param('"support"', '"Support"', "'Support'", id="capital id"),
        pytest.param('"support"', '"story"', "same id", id="an id twice"),
        pytest.param('"choice"', '"vote"', "as 'vote'", id="unknown kind"),
        pytest.param('"choice"', '"text"', "no choice", id="text with responses"),
        pytest.param('id = "5"', 'id = "1"', "twice", id="a response twice"),
        pytest.param('id = "5"', 'id = ""', "response", id="no response id"),
        pytest.param('"Against"', '" "', "without a name", id="no response name"),
        pytest.param('id = "5"', "id = 5", "'id'", id="a number for an id"),
        pytest.param("most = 7", "most = 1", "least", id="a scale of one step"),
        pytest.param("most = 7", "most = 7.5", "whole number", id="half a step"),
        pytest.param("most = 7", "most = true", "whole number", id="true"),
        pytest.param("most = 7", "more = 7", "'more'", id="an unknown word"),
        pytest.param('"What happened?"', '""', "nothing to ask", id="no words"),
        pytest.param("[[questions]]", "[questions]", "is not TOML", id="a table"),
    ],
)
def test_a_script_that_cannot_be_asked_is_refused_in_words(old, new, why):
    """The refusal says what is wrong, and what a script is."""
    assert old in ELM

    with pytest.raises(BadScript, match=why) as refusal:
        Script.loads(ELM.replace(old, new, 1))

    assert "mend the file" in str(refusal.value)


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {"name": "Elm", "opening": "", "questions": [7]},
        {"name": "Elm", "opening": "", "questions": {}},
        {
            "name": "Elm",
            "opening": "",
            "questions": [{"id": "a", "kind": "text", "ask": "?", "responses": 3}],
        },
        {
            "name": "Elm",
            "opening": "",
            "questions": [
                {"id": f"q{n}", "kind": "text", "ask": "?"} for n in range(51)
            ],
        },
        {
            "name": "Elm",
            "opening": "",
            "questions": [{"id": "a", "kind": "choice", "ask": "?"}],
        },
    ],
)
def test_an_object_that_is_no_script_is_refused(plain):
    """Also what no TOML file would hold, for a bundle may come from anywhere."""
    with pytest.raises(BadScript):
        Script.from_dict(plain)

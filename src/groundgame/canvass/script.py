"""What is said at a door, and what is asked.

In:  a script as an organizer writes it: in TOML, or with the editor.
Out: a frozen Script. Its id is its name and the start of the hash of all it says, so
     whoever records a conversation under an id has recorded under exactly these words.

Which question has its turn when is in asking.py.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import rfc8785

from groundgame.canvass.question import LONGEST_TEXT, Question, fields, question
from groundgame.canvass.results import NEEDED, RESULTS, Result
from groundgame.canvass.translations import checked
from groundgame.errors import BadScript

LONGEST_NAME = 40
MOST_QUESTIONS = 50
MOST_RESULTS = 24
SHIPPED = ("listening", "deep_canvass")
_RESULT = re.compile(r"[a-z_]{1,32}")


@dataclass(frozen=True, slots=True)
class Script:
    """What is said first, and then asked, in order; and how it may end."""

    name: str
    opening: str
    questions: tuple[Question, ...]
    translations: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """By language, what is said in it; checked by `translations.checked`."""
    results: tuple[Result, ...] = ()
    """How an attempt may end, in the order of the form; (): as in RESULTS."""

    def __post_init__(self) -> None:
        """Refuse a script without a name, or that cannot be walked from end to end."""
        if not self._slug or len(self.name) > LONGEST_NAME:
            raise BadScript(f"needs a name of 1 to {LONGEST_NAME} letters or digits")
        if len(self.opening) > LONGEST_TEXT:
            raise BadScript(f"has an opening of more than {LONGEST_TEXT} characters")
        asked = [each.id for each in self.questions]
        if len(asked) > MOST_QUESTIONS:
            raise BadScript(
                f"asks {len(asked)} questions, not {MOST_QUESTIONS} or fewer"
            )
        if len(set(asked)) < len(asked):
            raise BadScript("has two questions with the same id")
        _check_conditions(self.questions)
        _check_ratings(self.questions)
        _check_results(self.results)

    @property
    def id(self) -> str:
        """The name and the start of the content's hash: 'listening-3fa9c2d1'."""
        digest = sha256(rfc8785.dumps(self._content())).hexdigest()
        return f"{self._slug}-{digest[:8]}"

    @property
    def _slug(self) -> str:
        """The name in small letters, digits and dashes."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    def _content(self) -> dict[str, Any]:
        """Return all that the script says."""
        plain: dict[str, Any] = {
            "name": self.name,
            "opening": self.opening,
            "questions": [each.as_dict() for each in self.questions],
        }
        if self.translations:
            plain["translations"] = dict(self.translations)
        if self.results:
            plain["results"] = [
                {"id": each.id} if each.id in RESULTS else each.as_dict()
                for each in self.results
            ]
        return plain

    def as_dict(self) -> dict[str, Any]:
        """Return the script as a bundle carries it (contract/bundle.schema.json)."""
        return {"id": self.id} | self._content()

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """Return the script that `as_dict` wrote, or that a TOML file holds.

        Raises:
            BadScript: Something is missing, of another kind, or not known.
        """
        also = {"questions", "id", "translations", "results"}
        said = fields(plain, {"name": str, "opening": str}, also)
        asked = plain.get("questions", [])
        if not isinstance(asked, list):
            raise BadScript("has questions that are not a list; write [[questions]]")
        questions = tuple(question(each) for each in asked)
        results = _results(plain.get("results", []))
        answers = {q.id: [r.id for r in q.responses] for q in questions}
        other = checked(
            plain.get("translations", {}), answers, [each.id for each in results]
        )
        return cls(**said, questions=questions, translations=other, results=results)

    @classmethod
    def loads(cls, text: str) -> Self:
        """Return the script that a TOML text holds.

        Raises:
            BadScript: The text is not TOML, or not a script.
        """
        try:
            plain = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            raise BadScript(f"is not TOML: {problem}") from problem
        except RecursionError as problem:
            raise BadScript("is not TOML that can be read: it is too deep") from problem
        return cls.from_dict(plain)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the script that a TOML file holds."""
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as problem:
            raise BadScript("is not UTF-8 text") from problem
        return cls.loads(text)

    @classmethod
    def shipped(cls, name: str) -> Self:
        """Return a script that comes with groundgame: one of SHIPPED."""
        text = files("groundgame.canvass") / "scripts" / f"{name}.toml"
        return cls.loads(text.read_text(encoding="utf-8"))

    @classmethod
    def listening(cls) -> Self:
        """Return the short neutral script that comes with groundgame."""
        return cls.shipped("listening")


def _check_conditions(asked: Sequence[Question]) -> None:
    """Refuse a condition that looks ahead, or that can never hold."""
    before: dict[str, Question] = {}
    for each in asked:
        for condition in each.when:
            if condition.question not in before:
                raise BadScript(
                    f"asks {each.id!r} if {condition.question[:64]!r} was answered so "
                    "or so, which is not asked before it"
                )
            if why := condition.fits(before[condition.question]):
                raise BadScript(
                    f"asks {each.id!r} by the answer to {condition.question!r}, {why}"
                )
        before[each.id] = each


def _check_ratings(asked: Sequence[Question]) -> None:
    """Refuse ratings before and after that cannot be compared."""
    rated = [each for each in asked if each.part in {"before", "after"}]
    if not rated:
        return
    parts = [each.part for each in rated]
    alike = len({(each.kind, each.ends) for each in rated}) == 1
    if parts != ["before", "after"] or not alike or rated[0].kind != "scale":
        raise BadScript(
            "needs one rating before and then one after, on the same scale, or neither"
        )


def _check_results(offered: Sequence[Result]) -> None:
    """Refuse results that leave out what nobody can do without."""
    ids = [each.id for each in offered]
    if not ids:
        return
    if len(ids) > MOST_RESULTS or len(set(ids)) < len(ids):
        raise BadScript(f"has a result twice, or more than {MOST_RESULTS} of them")
    if missing := [code for code in NEEDED if code not in ids]:
        raise BadScript(f"has no result {missing[0]!r}, which every script needs")


def _results(plain: object) -> tuple[Result, ...]:
    """Return the results that a list says; one of our own is said by its id."""
    if not isinstance(plain, list):
        raise BadScript("has results that are not a list; write [[results]]")
    found = []
    for each in plain:
        code = fields(each, {"id": str}, {"name", "contact", "done"})["id"]
        if not _RESULT.fullmatch(code):
            raise BadScript("has a result whose id is not 1 to 32 of a-z and _")
        if code in RESULTS:
            fields(each, {"id": str}, set())
            found.append(RESULTS[code])
            continue
        said = fields(
            each, {"id": str, "name": str, "contact": bool, "done": bool}, set()
        )
        if not said["name"].strip() or len(said["name"]) > LONGEST_NAME:
            raise BadScript(f"calls the result {code!r} nothing, or by a long name")
        found.append(Result(**said))
    return tuple(found)

"""What is said at a door, and what is asked.

In:  a script as an organizer writes it, in TOML.
Out: a frozen Script. Its id is its name and the start of the hash of all it says, so
     whoever records a conversation under an id has recorded under exactly these words.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import rfc8785

from groundgame.canvass.translations import checked
from groundgame.errors import BadScript

KINDS = ("choice", "scale", "text")
LONGEST_NAME = 40
LONGEST_ANSWER = 500
MOST_QUESTIONS = 50
_ID = re.compile(r"[a-z0-9_]{1,64}")


@dataclass(frozen=True, slots=True)
class Response:
    """One answer that may be chosen."""

    id: str
    name: str

    def __post_init__(self) -> None:
        """Refuse a response that nobody could choose, or no event could carry."""
        if not self.id or len(self.id) > LONGEST_ANSWER:
            raise BadScript("has a response whose id is empty or too long")
        if not self.name.strip():
            raise BadScript(f"has a response {self.id!r} without a name")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked: a choice, a scale from `least` to `most`, or open."""

    id: str
    kind: str
    ask: str
    responses: tuple[Response, ...] = ()
    least: int = 0
    most: int = 10

    def __post_init__(self) -> None:
        """Refuse a question that cannot be asked or answered."""
        if not _ID.fullmatch(self.id):
            raise BadScript(
                f"has a question with id {self.id!r}, "
                "which is not 1 to 64 of a-z, 0-9 and _"
            )
        if self.kind not in KINDS:
            wanted = ", ".join(KINDS)
            raise BadScript(f"asks {self.id!r} as {self.kind!r}, not as {wanted}")
        if not self.ask.strip():
            raise BadScript(f"says nothing to ask for {self.id!r}")
        chosen = [response.id for response in self.responses]
        if self.kind == "choice" and not chosen:
            raise BadScript(f"offers no responses for the choice {self.id!r}")
        if self.kind != "choice" and chosen:
            raise BadScript(f"offers responses for {self.id!r}, which is no choice")
        if len(set(chosen)) < len(chosen):
            raise BadScript(f"offers the same response twice for {self.id!r}")
        if self.kind == "scale" and self.least >= self.most:
            raise BadScript(
                f"has a scale {self.id!r} whose least is not below its most"
            )

    def as_dict(self) -> dict[str, Any]:
        """Return the question as a bundle carries it."""
        plain: dict[str, Any] = {"id": self.id, "kind": self.kind, "ask": self.ask}
        if self.kind == "choice":
            plain["responses"] = [{"id": r.id, "name": r.name} for r in self.responses]
        if self.kind == "scale":
            plain |= {"least": self.least, "most": self.most}
        return plain


@dataclass(frozen=True, slots=True)
class Script:
    """What is said first, and then asked, in order."""

    name: str
    opening: str
    questions: tuple[Question, ...]
    translations: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """By language, what is said in it; checked by `translations.checked`."""

    def __post_init__(self) -> None:
        """Refuse a script without a name, or with a question twice."""
        if not self._slug or len(self.name) > LONGEST_NAME:
            raise BadScript(f"needs a name of 1 to {LONGEST_NAME} letters or digits")
        asked = [question.id for question in self.questions]
        if len(asked) > MOST_QUESTIONS:
            raise BadScript(
                f"asks {len(asked)} questions, not {MOST_QUESTIONS} or fewer"
            )
        if len(set(asked)) < len(asked):
            raise BadScript("has two questions with the same id")

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
        return {
            "name": self.name,
            "opening": self.opening,
            "questions": [question.as_dict() for question in self.questions],
        } | ({"translations": dict(self.translations)} if self.translations else {})

    def as_dict(self) -> dict[str, Any]:
        """Return the script as a bundle carries it (contract/bundle.schema.json)."""
        return {"id": self.id} | self._content()

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """Return the script that `as_dict` wrote, or that a TOML file holds.

        Raises:
            BadScript: Something is missing, of another kind, or not known.
        """
        also = {"questions", "id", "translations"}
        fields = _fields(plain, {"name": str, "opening": str}, also)
        asked = plain.get("questions", [])
        if not isinstance(asked, list):
            raise BadScript("has questions that are not a list; write [[questions]]")
        questions = tuple(_question(each) for each in asked)
        answers = {q.id: [r.id for r in q.responses] for q in questions}
        other = checked(plain.get("translations", {}), answers)
        return cls(**fields, questions=questions, translations=other)

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
    def listening(cls) -> Self:
        """Return the short neutral script that comes with groundgame."""
        shipped = files("groundgame.canvass") / "scripts" / "listening.toml"
        return cls.loads(shipped.read_text(encoding="utf-8"))


def _question(plain: object) -> Question:
    """Return one question of a script."""
    fields = _fields(
        plain,
        {"id": str, "kind": str, "ask": str},
        {"responses", "least", "most"},
    )
    known = dict(plain) if isinstance(plain, dict) else {}
    for end in ("least", "most"):
        value = known.get(end, 0)
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadScript(f"has a {end!r} that is not a whole number")
        if end in known:
            fields[end] = value
    offered = known.get("responses", [])
    if not isinstance(offered, list):
        raise BadScript("has responses that are not a list")
    texts = {"id": str, "name": str}
    responses = tuple(Response(**_fields(each, texts, set())) for each in offered)
    return Question(**fields, responses=responses)


def _fields(
    plain: object, wanted: Mapping[str, type], also: set[str]
) -> dict[str, Any]:
    """Return the wanted fields, refusing any that is missing, odd or not known."""
    if not isinstance(plain, dict):
        raise BadScript("has a part that is not a table of names and values")
    for name, kind in wanted.items():
        if not isinstance(plain.get(name), kind):
            raise BadScript(f"has a part without {name!r}, or with a {name!r} not text")
    unknown = sorted(set(plain) - set(wanted) - also)
    if unknown:
        raise BadScript(f"says {unknown[0]!r}, which no script knows")
    return {name: plain[name] for name in wanted}

"""One thing that a script asks or says, and when it is its turn.

In:  a table of a script, as TOML or JSON holds it.
Out: a frozen Question, which can be asked and answered; or BadScript.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groundgame.errors import BadScript

KINDS = ("choice", "many", "scale", "text", "number", "date", "say")
"""One of some responses, several of them, a number from a scale; words, a number, a
day; and what is only said or done, to which there is no answer."""
CHOSEN = ("choice", "many")
PARTS = ("", "before", "after", "mattered", "promise", "listen", "story")
"""What a question is for in a deep canvass: the rating before and the one after, the
issues that mattered, a promise, a reminder to listen, one to tell one's own story."""
LONGEST_ANSWER = 500
LONGEST_TEXT = 4000
MOST_RESPONSES = 50
MOST_CONDITIONS = 10
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
class Condition:
    """What an earlier answer must be for a question to have its turn.

    One of: among some responses, within two ends, or whether there is an answer at all.
    """

    question: str
    any: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    answered: bool | None = None

    def __post_init__(self) -> None:
        """Refuse a condition that says nothing, or several things."""
        ends = self.least is not None or self.most is not None
        if sum((bool(self.any), ends, self.answered is not None)) != 1:
            raise BadScript(
                f"has a condition on {self.question!r} that is not one of: any of some "
                "responses, least and most, answered"
            )

    def as_dict(self) -> dict[str, Any]:
        """Return the condition as a bundle carries it."""
        plain: dict[str, Any] = {"question": self.question}
        if self.any:
            plain["any"] = list(self.any)
        for name in ("least", "most", "answered"):
            if (value := getattr(self, name)) is not None:
                plain[name] = value
        return plain

    def fits(self, asked: "Question") -> str:
        """Return why it can never hold of the question it names; '' if it can."""
        if asked.kind == "say":
            return "which nobody answers"
        offered = {response.id for response in asked.responses}
        if self.any and not set(self.any) <= offered:
            return "for a response that it does not offer"
        ends = self.least is not None or self.most is not None
        if ends and asked.kind not in {"scale", "number"}:
            return "as if its answers were numbers"
        return ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked, or only said."""

    id: str
    kind: str
    ask: str
    responses: tuple[Response, ...] = ()
    least: int | None = None
    most: int | None = None
    """Ends of a scale (else 0 and 10), or of what a number may be."""
    title: str = ""
    """Two or three words that stand for it; else its id."""
    part: str = ""
    """One of PARTS."""
    when: tuple[Condition, ...] = ()
    """All of them must hold for it to have its turn."""

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
        if len(self.ask) > LONGEST_TEXT or len(self.title) > LONGEST_ANSWER:
            raise BadScript(f"says too much in one piece, for {self.id!r}")
        if self.part not in PARTS or len(self.when) > MOST_CONDITIONS:
            raise BadScript(f"has a part, or conditions, that {self.id!r} cannot have")
        self._check_responses()
        low, high = self.ends
        if low is not None and high is not None and low >= high:
            raise BadScript(
                f"has a scale {self.id!r} whose least is not below its most"
            )

    def _check_responses(self) -> None:
        """Refuse a choice of nothing, and responses to what is no choice."""
        chosen = [response.id for response in self.responses]
        if self.kind in CHOSEN and not chosen:
            raise BadScript(f"offers no responses for the choice {self.id!r}")
        if self.kind not in CHOSEN and chosen:
            raise BadScript(f"offers responses for {self.id!r}, which is no choice")
        if len(chosen) > MOST_RESPONSES:
            raise BadScript(f"offers more than {MOST_RESPONSES} for {self.id!r}")
        if len(set(chosen)) < len(chosen):
            raise BadScript(f"offers the same response twice for {self.id!r}")
        if self.kind == "many" and len(",".join(chosen)) > LONGEST_ANSWER:
            raise BadScript(f"offers more for {self.id!r} than one answer can hold")
        if self.kind == "many" and not all(map(_ID.fullmatch, chosen)):
            raise BadScript(
                f"offers a response for {self.id!r} whose id is not of a-z, 0-9 and _"
            )

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """The least and the most that an answer may be; None: no end."""
        if self.kind != "scale":
            return self.least, self.most
        low = 0 if self.least is None else self.least
        return low, 10 if self.most is None else self.most

    def as_dict(self) -> dict[str, Any]:
        """Return the question as a bundle carries it."""
        plain: dict[str, Any] = {"id": self.id, "kind": self.kind, "ask": self.ask}
        if self.kind in CHOSEN:
            plain["responses"] = [{"id": r.id, "name": r.name} for r in self.responses]
        if self.kind in {"scale", "number"}:
            ends = zip(("least", "most"), self.ends, strict=True)
            plain |= {name: end for name, end in ends if end is not None}
        plain |= {"title": self.title} if self.title else {}
        plain |= {"part": self.part} if self.part else {}
        if self.when:
            plain["when"] = [condition.as_dict() for condition in self.when]
        return plain


def question(plain: object) -> Question:
    """Return the question that a table says.

    Raises:
        BadScript: It is none that can be asked.
    """
    also = {"responses", "least", "most", "title", "part", "when"}
    said = fields(plain, {"id": str, "kind": str, "ask": str}, also)
    known = dict(plain) if isinstance(plain, dict) else {}
    said |= _ends(known) | _texts(known)
    texts = {"id": str, "name": str}
    responses = tuple(
        Response(**fields(each, texts, set())) for each in _list(known, "responses")
    )
    when = tuple(_condition(each) for each in _list(known, "when"))
    asked = Question(**said, responses=responses, when=when)
    low, high = asked.ends
    if asked.kind == "scale" and (said.get("least"), said.get("most")) != (low, high):
        return Question(**said | {"least": low, "most": high}, when=when)
    return asked


def fields(plain: object, wanted: Mapping[str, type], also: set[str]) -> dict[str, Any]:
    """Return the wanted fields, refusing any that is missing, odd or not known."""
    if not isinstance(plain, dict):
        raise BadScript("has a part that is not a table of names and values")
    for name, kind in wanted.items():
        if not isinstance(plain.get(name), kind):
            raise BadScript(f"has a part without {name!r}, or with a {name!r} not text")
    unknown = sorted(map(str, set(plain) - set(wanted) - also))
    if unknown:
        raise BadScript(f"says {unknown[0][:64]!r}, which no script knows")
    return {name: plain[name] for name in wanted}


def _condition(plain: object) -> Condition:
    """Return the condition that a table says."""
    also = {"any", "least", "most", "answered"}
    said = fields(plain, {"question": str}, also)
    known = dict(plain) if isinstance(plain, dict) else {}
    chosen = _list(known, "any")
    if not all(isinstance(each, str) for each in chosen):
        raise BadScript("has a condition on responses that are not ids")
    answered = known.get("answered")
    if answered is not None and not isinstance(answered, bool):
        raise BadScript("has a condition 'answered' that is not true or false")
    ends = _ends(known)
    return Condition(
        question=said["question"],
        any=tuple(chosen),
        least=ends.get("least"),
        most=ends.get("most"),
        answered=answered,
    )


def _ends(known: Mapping[str, Any]) -> dict[str, int]:
    """Return the ends that a table says, which are whole numbers."""
    said = {}
    for end in ("least", "most"):
        value = known.get(end, 0)
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadScript(f"has a {end!r} that is not a whole number")
        if abs(value) > 10**12:
            raise BadScript(f"has a {end!r} beyond any count")
        if end in known:
            said[end] = value
    return said


def _texts(known: Mapping[str, Any]) -> dict[str, str]:
    """Return the title and the part that a table says, which are texts."""
    said = {name: known[name] for name in ("title", "part") if name in known}
    if not all(isinstance(each, str) for each in said.values()):
        raise BadScript("has a title or a part that is not text")
    return said


def _list(known: Mapping[str, Any], name: str) -> list[Any]:
    """Return the list that a table holds under a name."""
    found = known.get(name, [])
    if not isinstance(found, list):
        raise BadScript(f"has {name} that are not a list")
    return found

"""The words of a walk sheet, in the language of whoever carries it.

In:  words.json beside this file, which says every word in each language; and what a
     script says in other languages, where its author wrote that.
Out: words. What a script does not say in a language is printed as it was written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Self, get_args

Language = Literal["en", "es"]
LANGUAGES: tuple[str, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    said: Mapping[str, Any]

    @classmethod
    def of(cls, language: Language) -> Self:
        """Return the words of a language."""
        return cls(language, _catalogue()[language])

    def say(self, name: str, **filled: object) -> str:
        """Return a sentence with what is filled in."""
        sentence: str = self.said[name]
        for field, value in filled.items():
            sentence = sentence.replace(f"{{{field}}}", str(value))
        return sentence

    def result(self, code: str) -> str:
        """Return the name of a result code; one that is not known is its own name."""
        known = self.said["results"].get(code)
        return known[0] if known else code.replace("_", " ")

    def letters(self, code: str) -> str:
        """Return the letters over the box of a result code."""
        letters: str = self.said["results"][code][1]
        return letters

    def script(self, script: Mapping[str, Any]) -> dict[str, Any]:
        """Return a script as it is said in this language.

        Ids stay what they are: an answer is the same answer in any language. The phone
        follows the same rule; contract/script/cases.json holds both to it.
        """
        other = script.get("translations", {}).get(self.language, {})
        asked = other.get("questions", {})
        named = other.get("results", {})
        return {
            "opening": other.get("opening", script["opening"]),
            "questions": [
                _question(each, asked.get(each["id"], {}))
                for each in script["questions"]
            ],
            "results": {
                each["id"]: named.get(each["id"], each["name"])
                for each in script.get("results", [])
                if "name" in each
            },
        }


@cache
def _catalogue() -> dict[str, Any]:
    """Return the words of all languages."""
    text = (files("groundgame.packet") / "words.json").read_text(encoding="utf-8")
    words: dict[str, Any] = json.loads(text)
    return words


def _question(question: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return one question with its words exchanged for those of another language."""
    plain = question["id"].replace("_", " ")
    title = question.get("title", plain[:1].upper() + plain[1:])
    said = other.get("responses", {})
    responses = [
        {"id": each["id"], "name": said.get(each["id"], each["name"])}
        for each in question.get("responses", [])
    ]
    return {
        **question,
        "title": other.get("title", title),
        "ask": other.get("ask", question["ask"]),
        "responses": responses,
    }

"""What a script says in other languages: words only, never other questions.

In:  the table [translations.es] of a script, and the questions that it has.
Out: the same table, in which nothing is left that the script does not ask.

A translation may say everything or a part; what it leaves out is said as it was
written. Ids are not translated: an answer is the same answer in any language.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from groundgame.errors import BadScript

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_QUESTION = {"title", "ask", "responses"}


def checked(
    plain: object,
    answers: Mapping[str, Sequence[str]],
    results: Sequence[str] = (),
) -> dict[str, Any]:
    """Return translations that fit a script.

    Args:
        plain: By language (RFC 5646), an opening, questions and results.
        answers: The ids of the script's questions, and of the responses to each.
        results: The ids of the script's own list of results.

    Raises:
        BadScript: It translates what the script does not say, or not into words.
    """
    for language, said in _table(plain).items():
        if not _LANGUAGE.fullmatch(language):
            raise BadScript(f"is translated into {language[:40]!r}, no language code")
        _words(said, {"opening", "questions", "results"}, but={"questions", "results"})
        _words(_table(said).get("results", {}), set(results))
        for question, words in _table(_table(said).get("questions", {})).items():
            if question not in answers:
                raise BadScript(f"translates {question[:64]!r}, which it does not ask")
            _words(words, _QUESTION, but={"responses"})
            responses = _table(words).get("responses", {})
            _words(responses, set(answers[question]))
    return dict(_table(plain))


def _words(plain: object, known: set[str], but: set[str] | None = None) -> None:
    """Refuse a table that has other names than these, or values that are no words."""
    for name, value in _table(plain).items():
        if name not in known:
            raise BadScript(f"translates {name[:64]!r}, which it does not say")
        if name not in (but or set()) and not (
            isinstance(value, str) and value.strip()
        ):
            raise BadScript(f"translates {name[:64]!r} into nothing")


def _table(plain: object) -> dict[str, Any]:
    """Return a table, or say that it is none."""
    if not isinstance(plain, dict):
        raise BadScript("has a translation that is not a table of names and words")
    return plain

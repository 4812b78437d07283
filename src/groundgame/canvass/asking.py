"""Which question has its turn, and which answers count.

In:  a script in its bundle form, how the attempt ended (None: it has not), and what
     was answered and passed over so far.
Out: the questions that are put, the one that comes next, the answers to keep.

The same rule is in phone/core/script.js; contract/script/cases.json holds both to it.
What a newer script says that this version does not know is left out, never guessed.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from groundgame.canvass.question import KINDS, LONGEST_ANSWER
from groundgame.canvass.results import RESULTS

Plain = Mapping[str, Any]
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STEP = re.compile(r"-?(0|[1-9][0-9]*)")


def put(script: Plain, ended: str | None, answers: Mapping[str, str]) -> list[Plain]:
    """Return the questions that are put, in order.

    None at all once the attempt has ended without a contact. A condition looks at the
    answers to questions that are put themselves.
    """
    return _walk(script, ended, answers)[0]


def kept(
    script: Plain, ended: str | None, answers: Mapping[str, str]
) -> dict[str, str]:
    """Return the answers worth keeping: to questions that are put, and possible."""
    return _walk(script, ended, answers)[1]


def following(
    script: Plain,
    ended: str | None,
    answers: Mapping[str, str],
    passed: Collection[str],
) -> str | None:
    """Return the id of the question that comes next; None: all have had their turn.

    Args:
        script: In its bundle form.
        ended: How the attempt ended; None: it has not.
        answers: By question.
        passed: The questions that were skipped, and what has been said.
    """
    asked, stand = _walk(script, ended, answers)
    waiting = (q["id"] for q in asked if q["id"] not in stand and q["id"] not in passed)
    return next(waiting, None)


def is_contact(script: Plain, result: str) -> bool:
    """Return whether a result of this script means that somebody was spoken with."""
    if result in RESULTS:
        return RESULTS[result].contact
    own = {each["id"]: each for each in script.get("results", [])}
    return bool(own.get(result, {}).get("contact", False))


def valid(question: Plain, answer: str) -> bool:
    """Return whether an answer is one that this question can have."""
    kind = question["kind"]
    ids = [each["id"] for each in question.get("responses", [])]
    if kind == "choice":
        return answer in ids
    if kind == "many":
        chosen = answer.split(",")
        return chosen == [each for each in ids if each in chosen]
    if kind == "scale":
        low, high = question.get("least", 0), question.get("most", 10)
        return bool(_STEP.fullmatch(answer)) and low <= int(answer) <= high
    if kind == "number":
        return bool(_NUMBER.fullmatch(answer)) and _within(question, float(answer))
    if kind == "date":
        return _is_day(answer)
    return kind == "text" and 0 < len(answer.strip()) <= LONGEST_ANSWER


def _walk(
    script: Plain, ended: str | None, answers: Mapping[str, str]
) -> tuple[list[Plain], dict[str, str]]:
    """Go through the questions once: which are put, and the answers that stand."""
    asked: list[Plain] = []
    stand: dict[str, str] = {}
    if ended is not None and not is_contact(script, ended):
        return asked, stand
    kinds: dict[str, str] = {}
    for question in script["questions"]:
        whole = all(_holds(each, stand, kinds) for each in question.get("when", []))
        if question["kind"] not in KINDS or not whole:
            continue
        asked.append(question)
        name = question["id"]
        kinds[name] = question["kind"]
        if valid(question, answers.get(name, "")):
            stand[name] = answers[name]
    return asked, stand


def _holds(
    condition: Plain, stand: Mapping[str, str], kinds: Mapping[str, str]
) -> bool:
    """Return whether a condition holds, given the answers that stand so far."""
    name = condition["question"]
    answer = stand.get(name)
    if "answered" in condition:
        return (answer is not None) == bool(condition["answered"])
    if answer is None:
        return False
    if "any" in condition:
        chosen = answer.split(",") if kinds[name] == "many" else [answer]
        return not set(chosen).isdisjoint(condition["any"])
    if "least" in condition or "most" in condition:
        return bool(_NUMBER.fullmatch(answer)) and _within(condition, float(answer))
    return False


def _within(ends: Plain, number: float) -> bool:
    """Return whether a number is not beyond the ends that are said."""
    low, high = ends.get("least"), ends.get("most")
    return (low is None or number >= low) and (high is None or number <= high)


def _is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar: 2026-11-03."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

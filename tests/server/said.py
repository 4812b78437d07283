"""Scripts that the server's tests write."""

import json
from typing import Any


def plain(**changes: Any) -> dict[str, Any]:
    """Return a script as the editor holds it."""
    support = {
        "id": "support",
        "kind": "choice",
        "ask": "Where do you stand?",
        "responses": [{"id": "1", "name": "With us"}, {"id": "5", "name": "Against"}],
    }
    why = {
        "id": "why",
        "kind": "many",
        "ask": "What matters?",
        "title": "What matters",
        "responses": [{"id": "rent", "name": "Rent"}, {"id": "bus", "name": "Buses"}],
        "when": [{"question": "support", "any": ["1"]}],
    }
    said = {"name": "Rent", "opening": "Good evening.", "questions": [support, why]}
    spanish = {
        "opening": "Buenas tardes.",
        "questions": {
            "why": {"title": "Qu\u00e9 importa", "responses": {"rent": "Renta"}}
        },
    }
    return said | {"translations": {"es": spanish}} | changes


def scripted(**changes: Any) -> str:
    """Return a script as the editor sends it."""
    return json.dumps(plain(**changes))


def dog(**changes: Any) -> list[dict[str, Any]]:
    """Return the results of a script that has one of its own."""
    own = {"id": "dog", "name": "A dog", "contact": False, "done": False} | changes
    needed = ("canvassed", "not_home", "do_not_contact")
    return [*({"id": code} for code in needed), own]

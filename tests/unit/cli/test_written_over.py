"""No command writes over what it reads: each file of each command that writes one."""

from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from typing import get_type_hints

import pytest

from groundgame.cli import main
from groundgame.cli import turf as turf_commands
from groundgame.cli.answer import DataDir
from groundgame.cli.app import NOUNS
from groundgame.cli.places import DoorFile
from groundgame.cli.universe import AreaFiles, ListFiles
from groundgame.errors import CannotWrite

WRITTEN = {"out", "outs", "output", "register", "doubts", "plot"}
NAMED = (ListFiles, AreaFiles)
ENDINGS = {"experiment report": ".json", "turf streets": ".parquet"}
ONTO_ITSELF = {
    ("turf order", "turfs"),
    ("turf add", "turfs"),
    ("turf cut", "keep"),
    ("turf around", "keep"),
    ("experiment turnout", "units"),
}
"""What is written holds all that is read, as turfs in a better order do."""


def commands(name, group):
    """Give the name of each command of a group, and what it calls."""
    for one in group.registered_commands:
        yield f"{name} {one.name or one.callback.__name__}", one.callback
    for more in group.registered_groups:
        yield from commands(f"{name} {more.name}", more.typer_instance)


def reads(call) -> dict[str, object]:
    """Return the parameters that are files to read, with their types."""
    hints = get_type_hints(call, include_extras=True)
    plain = get_type_hints(call)
    return {
        name: hint
        for name, hint in hints.items()
        if name not in WRITTEN | {"return"}
        and hint != DataDir
        and ("Path" in str(plain[name]) or hint == DoorFile or hint in NAMED)
    }


ALL = [
    (name, call, read, written)
    for noun in NOUNS
    for name, call in commands(noun, import_module(f"groundgame.cli.{noun}").app)
    for written in sorted(WRITTEN & set(signature(call).parameters))
    for read in reads(call)
]
PAIRS = [
    pytest.param(name, call, read, written, id=f"{name} {read} {written}")
    for name, call, read, written in ALL
    if (name, read) not in ONTO_ITSELF
]


def filled(parameter: Parameter, hint: object, path: Path) -> object:
    """Return a path, or a word, in the shape that a parameter has."""
    if hint in NAMED:
        return [f"a={path}"]
    if "list[pathlib.Path]" in str(hint):
        return [path]
    if "pathlib.Path" in str(hint):
        return path
    return 1 if parameter.annotation is int or "int" in str(hint) else str(path)


def call_onto(tmp_path, name, call, read, written) -> Path:
    """Call a command with one file to read, and to write; return that file."""
    same = tmp_path / f"same{ENDINGS.get(name, '.csv')}"
    same.write_text("what was there")
    hints = get_type_hints(call, include_extras=True)
    given = {
        each: filled(parameter, hints[each], tmp_path / f"other{same.suffix}")
        for each, parameter in signature(call).parameters.items()
        if parameter.default is Parameter.empty
    }
    for each in (read, written):
        given[each] = filled(signature(call).parameters[each], hints[each], same)
    call(**given)
    return same


@pytest.mark.parametrize(("name", "call", "read", "written"), PAIRS)
def test_no_file_is_written_over_what_is_read(tmp_path, name, call, read, written):
    """It is refused before anything is read, for what is given here is no table."""
    with pytest.raises(CannotWrite, match="it is what is read, and would be lost"):
        call_onto(tmp_path, name, call, read, written)

    (left,) = tmp_path.iterdir()
    assert left.read_text() == "what was there"


def test_what_may_be_written_onto_itself_is_there():
    """No exception outlives its command."""
    assert {(name, read) for name, _call, read, _written in ALL} >= ONTO_ITSELF


def test_a_planted_bug_writes_turfs_over_the_doors(tmp_path, monkeypatch):
    """Without the refusal the doors are gone: nobody could cut them again."""
    doors = tmp_path / "doors.csv"
    doors.write_text("door_id,x,y\na,0,0\nb,9,0\n")
    monkeypatch.setattr(turf_commands, "refuse_ending", lambda *_: None)

    assert main(["turf", "cut", str(doors), "-o", str(doors), "--least", "1"]) == 0

    assert doors.read_text().startswith('"door_id","turf","position"')

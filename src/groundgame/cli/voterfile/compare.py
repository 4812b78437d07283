"""groundgame voterfile compare: what changed since the snapshot before."""

from pathlib import Path
from typing import Annotated

import typer

from groundgame import voterfile
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import LATEST, open_snapshot, write_table

SAID = {
    "new": "new",
    "gone": "gone",
    "moved": "moved to another door",
    "name": "changed their name",
    "party": "changed party",
    "status": "changed status",
    "district": "changed a district",
    "voted": "voted since",
}

Old = Annotated[str, typer.Argument(metavar="OLD", help="The snapshot before: its id.")]
New = Annotated[
    str, typer.Argument(metavar="NEW", help="The snapshot since: its id, or 'latest'.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write a CSV of each kind into this folder."),
]


def compare(
    old: Old,
    new: New = LATEST,
    output: Output = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Say who is new, gone, moved, and what else changed between two snapshots."""
    before, since = open_snapshot(data, old), open_snapshot(data, new)
    with voterfile.compare(before, since) as found:
        answer = {
            "old": found.old,
            "new": found.new,
            "people": dict(found.people),
            "elections": list(found.elections),
        }
        if output is not None:
            output.mkdir(parents=True, exist_ok=True)
            for kind in found.people:
                write_table(output / f"{kind}.csv", found.table(kind))
            answer["output"] = str(output)
    if as_json:
        say(answer, as_json=True)
        return
    counts: dict[str, object] = {
        said: found.people[kind] for kind, said in SAID.items()
    }
    say(counts, as_json=False, title=f"From {found.old} to {found.new}: people who")
    for election in found.elections:
        note(f"New election: {election}")

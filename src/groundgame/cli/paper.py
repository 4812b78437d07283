"""groundgame packet read: photographs of filled walk sheets -> conversations."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from groundgame import packet
from groundgame.canvass import canonical_sha256
from groundgame.cli.answer import AsJson, note, say
from groundgame.cli.files import refuse_place, write_whole
from groundgame.cli.watch import progress
from groundgame.errors import BadDoubts, UnreadablePhoto
from groundgame.packet.conversation import conversation

if (
    TYPE_CHECKING
):  # OpenCV is half a second of every command, and only this one needs it
    from groundgame.packet.reading import Doubt, PageRead

FORMAT = 1
"""Of a rescue file, which the server takes in."""
COLUMNS = ("sheet", "row", "stop", "question", "choices", "maybe", "picture", "answer")
NOTHING = "-"
"""What is written as an answer where nothing is marked."""

Photos = Annotated[
    list[Path],
    typer.Argument(
        metavar="PHOTO...", help="Photographs (JPEG, PNG), or scans in a PDF."
    ),
]
Keys = Annotated[
    list[Path],
    typer.Option("--key", help="What 'packet print' wrote beside the sheets."),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Conversations, as JSON.")]
Doubts = Annotated[
    Path | None,
    typer.Option(
        "--doubts", help="The list of what is in doubt, with pictures beside it (CSV)."
    ),
]
Decided = Annotated[
    Path | None,
    typer.Option("--decided", help="Such a list with its last column filled in."),
]


def read_sheets(
    photos: Photos,
    key: Keys,
    out: Out,
    doubts: Doubts = None,
    decided: Decided = None,
    as_json: AsJson = False,
) -> None:
    """Read photographs of filled walk sheets: which boxes are marked, at which doors.

    What is not clear is in doubt, and never guessed: look at it in the list of doubts,
    fill in its last column ('-' where nothing is marked), and read again with
    --decided. The same sheet read twice gives the same conversations. Notes stay on
    the paper; the answer says at how many doors there are some.
    """
    refuse_place(out, *photos, *key, doubts, decided)
    if doubts:
        refuse_place(doubts, *photos, *key, decided)
    known = {code: each for path in key for code, each in packet.key.read(path).items()}
    answers = _decisions(decided) if decided else {}
    pages, refused = _read(photos, known)
    said: list[dict[str, Any]] = []
    left: list[Doubt] = []
    for page in pages:
        said += page.conversations
        for doubt in page.doubts:
            settled = _settled(page, doubt, answers)
            left += [] if settled is not None else [doubt]
            said += settled or []
    _write(out, said)
    if doubts:
        _list(doubts, left)
    say(_answer(pages, said, left, refused) | {"file": str(out)}, as_json=as_json)


def _read(
    paths: Sequence[Path], known: Mapping[str, packet.PageKey]
) -> tuple[list["PageRead"], list[UnreadablePhoto]]:
    """Read every picture; what cannot be read is told, and the others go on.

    Raises:
        UnreadablePhoto: Of the only picture, or of the first, if none can be read.
    """
    from groundgame.packet import reading  # noqa: PLC0415  # as above

    read: list[PageRead] = []
    refused: list[UnreadablePhoto] = []
    with progress() as bar:
        for path in bar.track(paths, description="photographs"):
            try:
                for photo in reading.photos(path.name, path.read_bytes()):
                    seen = reading.look(photo)
                    read.append(reading.read_page(seen, reading.which(seen, known)))
            except UnreadablePhoto as refusal:
                refused.append(refusal)
    if refused and not read:
        raise refused[0]
    for each in refused:
        note(f"Not read: {each}")
    return reading.together(read), refused


def _settled(
    page: "PageRead", doubt: "Doubt", answers: Mapping[tuple[str, int, str], str]
) -> list[dict[str, Any]] | None:
    """Return what a decided doubt comes to; None: it is not decided, or not wholly."""
    decided = {
        each.name: answers.get((doubt.code, doubt.row["n"], each.name))
        for each in doubt.unsure
    }
    for each in doubt.unsure:
        answer = decided[each.name]
        if answer and answer != NOTHING and answer not in each.values:
            wanted = ", ".join((*each.values, NOTHING))
            raise BadDoubts(
                f"answers a row of sheet {doubt.code} with none of {wanted}"
            )
    if not all(decided.values()):
        return None
    marked = {name: a for name, a in decided.items() if a and a != NOTHING}
    whole = {**doubt.sure, **marked}
    return [conversation(page.key, doubt.row, whole)] if whole else []


def _write(out: Path, said: Sequence[Mapping[str, Any]]) -> None:
    """Write conversations as a rescue file: the form in which a phone saves its own."""
    events = [{"event": each, "sha256": canonical_sha256(each)} for each in said]
    device = next((each["device"] for each in said), None)
    whole = {"format": FORMAT, "device": device, "events": events}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    write_whole(out, lambda part: part.write_text(f"{text}\n", encoding="utf-8"))


def _list(path: Path, doubts: Iterable["Doubt"]) -> None:
    """Write the list of doubts, and a picture of each row into a folder beside it."""
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    lines = []
    for doubt in doubts:
        picture = folder / f"{doubt.code}-{doubt.row['n']}.png"
        picture.write_bytes(doubt.picture)
        lines += list(_lines(doubt, f"{folder.name}/{picture.name}"))

    def write(part: Path) -> None:
        with part.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerows([COLUMNS, *lines])

    write_whole(path, write)


def _lines(doubt: "Doubt", picture: str) -> Iterator[list[Any]]:
    """Yield a line for each question of a row that is in doubt."""
    for each in doubt.unsure:
        about = [doubt.code, doubt.row["n"], doubt.row["stop"], each.name]
        yield [*about, " ".join(each.values), " ".join(each.maybe), picture, ""]


def _decisions(path: Path) -> dict[tuple[str, int, str], str]:
    """Return the answers in a list of doubts, by sheet, row and question.

    Raises:
        BadDoubts: It is no such list.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            if not set(COLUMNS) <= set(table.fieldnames or ()):
                raise BadDoubts("lacks some of its columns")
            return {
                (row["sheet"], int(row["row"]), row["question"]): answer
                for row in table
                if (answer := (row["answer"] or "").strip())
            }
    except (UnicodeDecodeError, csv.Error, ValueError, TypeError):
        raise BadDoubts("is not the table that was written") from None


def _answer(
    pages: Sequence["PageRead"],
    said: Sequence[Mapping[str, Any]],
    left: Sequence["Doubt"],
    refused: Sequence[UnreadablePhoto],
) -> dict[str, Any]:
    """Return what the command says when it is done."""
    return {
        "pages": len(pages),
        "boxes": sum(page.boxes for page in pages),
        "conversations": len({each["id"] for each in said}),
        "rows_in_doubt": len(left),
        "boxes_in_doubt": sum(page.unsure for page in pages),
        "doors_with_notes": sum(len(page.notes) for page in pages),
        "not_read": len(refused),
        "refusals": [str(each) for each in refused],
    }

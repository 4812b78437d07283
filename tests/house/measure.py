"""How large the parts of the house are: what test_proportion holds to its limits."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Part:
    """A file or a function, and how many lines it has."""

    where: str
    lines: int


def files(pattern: str, *folders: str) -> list[Path]:
    """Return the files of ours under `folders`, generated ones left out."""
    return sorted(
        path
        for folder in folders
        for path in (HOUSE / folder).rglob(pattern)
        if not {"node_modules", "vendor", "migrations", "__pycache__"} & {*path.parts}
    )


def name(path: Path) -> str:
    """Return the path as seen from the top of the house."""
    return (
        path.relative_to(HOUSE).as_posix() if path.is_relative_to(HOUSE) else path.name
    )


def sizes(paths: list[Path]) -> list[Part]:
    """Return each file with its number of lines."""
    return [Part(name(path), len(path.read_text().splitlines())) for path in paths]


def functions(path: Path) -> Iterator[tuple[Part, ast.FunctionDef]]:
    """Yield each function of a Python file, decorators and docstring included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            lines = (node.end_lineno or first) - first + 1
            yield Part(f"{name(path)}:{first} {node.name}", lines), node


def too_large(parts: list[Part], stop: int) -> list[str]:
    """Return those over the limit, as lines that say what to look at."""
    return [
        f"{p.where} has {p.lines} lines, over {stop}" for p in parts if p.lines > stop
    ]

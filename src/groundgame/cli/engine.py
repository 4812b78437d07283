"""Where a command's work runs: this machine, or a cluster that --engine names."""

from typing import Annotated

import typer

Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="ADDRESS",
        help="A cluster to do the work, as spark://host:7077; else this machine.",
    ),
]

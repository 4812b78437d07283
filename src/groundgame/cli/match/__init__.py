"""groundgame match: whom the rows of an outside list mean, and which are one person."""

from typing import Any

import typer
from typer.core import TyperGroup

from groundgame.cli.match import links, twice


class _LinkFirst(TyperGroup):
    """`groundgame match LIST` is short for `groundgame match link LIST`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put 'link' where no command is named."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["link", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_LinkFirst,
    no_args_is_help=True,
    help="Whom a list means: members, signers, donors, a second file.",
)
app.command()(links.link)
app.command()(links.show)
app.command()(links.review)
app.command()(links.decide)
app.command()(twice.duplicates)
app.command()(twice.twice)
app.command()(twice.pairs)
app.command("decide-pair")(twice.decide_pair)

"""groundgame voterfile: voter files in, snapshots out, and what became of every row."""

import typer

from groundgame.cli.voterfile import check, compare, imports, lists, locate

app = typer.Typer(no_args_is_help=True, help="Voter files, and snapshots of them.")
app.command()(check.check)
app.command("import")(imports.import_)
app.command()(compare.compare)
app.command("list")(lists.list_)
app.command()(lists.show)
app.command()(lists.refused)
app.command()(lists.unplaced)
app.command()(lists.crowded)
app.command("locate")(locate.locate_)
app.command("layouts")(lists.layouts_)

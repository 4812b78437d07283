"""groundgame experiment: from a design to arms, and from outcomes to effects."""

import typer

from groundgame.cli.experiment import design, draw, estimate, report, turnout

app = typer.Typer(no_args_is_help=True, help="Whether conversations changed anything.")
app.command()(design.design)
app.command()(draw.assign)
app.command()(estimate.estimate)
app.command()(report.report)
app.command()(turnout.turnout)

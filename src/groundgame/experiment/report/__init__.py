"""One page that somebody can read out: asked, done, found, the price, and doubts."""

from groundgame.experiment.report.build import Change, Story, change, report
from groundgame.experiment.report.kept import Kept, check
from groundgame.experiment.report.page import (
    design_html,
    design_pdf,
    fragment,
    html,
    pdf,
)
from groundgame.experiment.report.plot import Curve, power_plot

__all__ = [
    "Change",
    "Curve",
    "Kept",
    "Story",
    "change",
    "check",
    "design_html",
    "design_pdf",
    "fragment",
    "html",
    "pdf",
    "power_plot",
    "report",
]

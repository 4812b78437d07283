"""A report as HTML and as PDF. What it says is data in both, and never markup.

Jinja writes the HTML and escapes what it is given; Typst sets the PDF from report.typ.
The part inside the page is the same on the server, whose policy allows no style in it.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
import typst

from groundgame.values.letters import FAMILIES, fonts

NO_DOUBTS = (
    "Nothing that the data show: no outcome is missing for an uneven reason, nobody of "
    "the control was contacted."
)
FIXED = (
    "This was fixed before the first knock. Whoever changes any of it makes another "
    "design, with another number."
)
AGAIN = (
    "Anybody who holds the list of units can draw again from the seed and find every "
    "unit in its arm. The number is the SHA-256 of the design in its canonical form "
    "(RFC 8785)."
)
NAMES = {
    "question": "Question",
    "outcome": "Outcome",
    "unit": "Unit",
    "cluster": "Clusters",
    "block": "Blocks",
    "arms": "Arms and shares",
    "seed": "Seed",
    "units": "Units",
    "units_sha256": "SHA-256 of the units",
}
Report = Mapping[str, Any]


def fragment(report: Report) -> str:
    """Return what stands in a page: an <article>, escaped, without any style."""
    small = report.get("groups_plot", "")  # no such key in a report of last year
    return (
        _templates()
        .get_template("report.html")
        .render(
            r=report,
            plot=address(report["plot"]),
            groups=report.get("groups", ()),
            groups_plot=small and address(small),
            below=below,
            fixed=fixed(report["registration"]),
        )
    )


def html(report: Report) -> str:
    """Return a whole page that needs nothing else."""
    page = _templates().get_template("page.html")
    return page.render(title=report["title"], body=fragment(report))


def pdf(report: Report, paper: str = "us-letter") -> bytes:
    """Return the report as PDF."""
    kept = report["registration"]
    drawn = {"groups.svg": report.get("groups_plot", "").encode()}
    drawn = {name: svg for name, svg in drawn.items() if svg}
    said = {
        "paper": paper,
        "plot_file": "plot.svg",
        "groups": [_group(one) for one in report.get("groups", ())],
        "groups_file": "groups.svg" if drawn else None,
        "no_doubts": NO_DOUBTS,
        "flow": [_box(one) for one in report["flow"]],
        "before_after": [_change(one) for one in report["before_after"]],
        "says": kept["says"] if kept else [],
        "fixed": [list(pair) for pair in fixed(kept)],
        **{
            name: report[name]
            for name in ("title", "asked", "found", "rows", "cost", "done", "doubts")
        },
    }
    return _set("report.typ", said, **{"plot.svg": report["plot"].encode()}, **drawn)


def design_html(design: Mapping[str, Any], title: str) -> str:
    """Return what was fixed before the first knock as a whole page."""
    body = _templates().get_template("fixed.html").render(d=_design(design, title))
    return _templates().get_template("page.html").render(title=title, body=body)


def design_pdf(
    design: Mapping[str, Any], title: str, paper: str = "us-letter"
) -> bytes:
    """Return what was fixed before the first knock as PDF."""
    return _set("fixed.typ", _design(design, title) | {"paper": paper})


def _design(design: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Return what the page of a design says."""
    kept = {"design": design, "sha256": design["sha256"]}
    return {"title": title, "says": FIXED, "how": AGAIN, "fixed": fixed(kept)}


def _set(template: str, said: Mapping[str, Any], **more: bytes) -> bytes:
    """Have Typst set a page."""
    text = json.dumps({**said, "fonts": FAMILIES}, ensure_ascii=False)
    inputs: Any = {  # typst takes files by name, which its types do not say
        "main": (files(__package__ or "") / template).read_bytes(),
        "data.json": text.encode(errors="replace"),
    }
    made: bytes = typst.compile(inputs | more, font_paths=fonts())
    return made


def fixed(kept: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Return what was registered as pairs of words."""
    if not kept:
        return []
    design = kept["design"]
    said = {name: design.get(name) for name in NAMES}
    shares = dict(design["arms"]).items()
    said["arms"] = ", ".join(f"{name} {share:g}" for name, share in shares)
    pairs = [(NAMES[name], str(value)) for name, value in said.items() if value]
    plan = design.get("plan") or {}
    more = [(name.replace("_", " "), one) for name, one in plan.items() if one]
    pairs += [(name.capitalize(), str(one)) for name, one in more]
    return [*pairs, ("Number of this design", kept["sha256"])]


def address(svg: str) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _box(one: Mapping[str, Any]) -> list[str]:
    """Return the boxes of one arm, from top to bottom."""
    whole = f" in {one['clusters']:,} clusters" if one["clusters"] else ""
    reached = [] if one["reached"] is None else [f"{one['reached']:,} reached"]
    measured = f"{one['measured']:,} measured, {one['missing']:,} missing"
    return [one["arm"], f"{one['assigned']:,} assigned{whole}", *reached, measured]


def _change(one: Mapping[str, Any]) -> list[str]:
    """Return a row of ratings before and after."""
    sides = [one["before"], one["after"]]
    numbers = ["" if side is None else f"{side:.2f}" for side in sides]
    return [one["arm"], f"{one['n']:,}", *numbers]


def _group(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return one arm's effects in groups, and what to think of them."""
    rows = [[each["group"], f"{each['n']:,}", each["effect"]] for each in one["groups"]]
    return {
        "by": one["by"].capitalize(),
        "arm": one["arm"],
        "says": one["says"],
        "rows": rows,
        "below": below(one),
    }


def below(one: Mapping[str, Any]) -> str:
    """Return what stands below a table of groups."""
    left = one["left_out"]
    wide = "Intervals are widened so that all of them hold together."
    if not left:
        return wide
    return f"{wide} {left:,} measured people are in groups too small to show."


@cache
def _templates() -> jinja2.Environment:
    """Return the templates beside this file; a name that is not there is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("groundgame.experiment", "report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""The form by which an experiment is read, and the survey that comes with it."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions import known
from groundgame.server.actions.outcomes import Asked, answers
from groundgame.server.actions.snapshots import SnapshotLine
from groundgame.server.web.experiments.forms import short
from groundgame.server.web.form import PlainForm

MOST_ROWS, NAMED = 2_000_000, 10
"""Rows of a survey, and lines that are named when something is wrong with them."""
ANSWERS = ("outcome", "before")
WORDS = {
    known.AGE: _("age"),
    known.GENDER: _("gender"),
    known.PARTY: _("party"),
    known.HOME: _("people behind the door"),
    known.VOTES: _("votes in the last generals"),
}


class ReadForm(PlainForm):
    """From what a finding is read, how, and what the work took."""

    snapshot = forms.TypedChoiceField(
        label=_("Who voted is in"), required=False, coerce=int, empty_value=None
    )
    election = forms.CharField(
        label=_("Which election?"),
        required=False,
        max_length=100,
        help_text=_("As the file names it: 2026-11-03 general"),
    )
    survey = forms.FileField(
        label=_("A survey"),
        help_text=_(
            "CSV with person_id or door_id, and a column outcome. If the same was "
            "asked before the first knock: a column before, too."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )
    beside = forms.MultipleChoiceField(
        label=_("Adjust for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What the file said before the draw. It narrows the interval, if it says "
            "anything of the outcome. Choose once, before you have seen a report."
        ),
    )
    by = forms.ChoiceField(
        label=_("Compare groups of"),
        required=False,
        help_text=_(
            "Whoever looks into enough groups finds one where it worked, by luck. Ask "
            "for one that you had in mind before; the report says what luck would show."
        ),
    )
    hours = forms.FloatField(
        label=_("Volunteer hours that it took"),
        required=False,
        min_value=0,
        widget=short(step="any"),
    )
    money = forms.FloatField(
        label=_("Dollars that it cost besides"),
        required=False,
        min_value=0,
        widget=short(step="any"),
    )

    def __init__(
        self,
        *args: Any,
        outcome: str = "",
        snapshots: Sequence[SnapshotLine] = (),
        **kwargs: Any,
    ) -> None:
        """Ask only for what this outcome is read from; turnout has its votes anyway."""
        super().__init__(*args, **kwargs)
        always = {known.VOTES} if outcome == "turnout" else set()
        beside = [one for one in known.BESIDE if one not in always]
        grouped = [(one, WORDS[one]) for one in known.GROUPS]
        choices = {
            "snapshot": [(one.id, one.label) for one in snapshots],
            "beside": [(one, WORDS[one]) for one in beside],
            "by": [("", _("nothing")), *grouped],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field
        if always:
            self.fields["beside"].help_text = _(
                "What the file said before the draw. Turnout is adjusted for votes in "
                "the last generals in any case. Choose once, before you have seen a "
                "report."
            )
        needed = {"turnout": {"snapshot", "election"}, "survey": {"survey"}}
        for name in {"snapshot", "election", "survey"} - needed.get(outcome, set()):
            del self.fields[name]

    def clean_survey(self) -> dict[str, dict[str, float]]:
        """Return ids and answers: after, and before if that was asked."""
        try:
            text = self.cleaned_data["survey"].read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("That is no text; CSV is.")) from None
        head = text.partition("\n")[0]
        mark = max(",;\t", key=head.count)
        rows = csv.DictReader(io.StringIO(text), delimiter=mark)
        names = [name.strip().lower() for name in rows.fieldnames or ()]
        rows.fieldnames = names
        key = next((one for one in ("person_id", "door_id") if one in names), None)
        if key is None or "outcome" not in names:
            raise forms.ValidationError(
                _("It wants a column person_id or door_id, and a column outcome.")
            )
        lines, table = _columns(rows, [key, *(one for one in ANSWERS if one in names)])
        if mark == ";":
            table |= {
                name: [one.replace(",", ".") for one in table[name]]
                for name in table.keys() - {key}
            }
        return _answers(lines, table.pop(key), table)

    def asked(self) -> Asked:
        """Return how it is to be read."""
        said = dict(self.cleaned_data)
        survey = said.pop("survey", None) or {}
        return Asked(
            survey=survey.get("outcome", {}),
            before=survey.get("before", {}),
            beside=tuple(said.pop("beside")),
            **said,
        )


def _columns(
    rows: "csv.DictReader[str]", names: Sequence[str]
) -> tuple[list[int], dict[str, list[str]]]:
    """Return the line of each row, and the columns that are asked for."""
    lines: list[int] = []
    table: dict[str, list[str]] = {name: [] for name in names}
    for row in rows:
        if len(lines) >= MOST_ROWS:
            raise forms.ValidationError(_("That are more rows than people."))
        lines.append(rows.line_num)
        for name, column in table.items():
            column.append((row[name] or "").strip())
    return lines, table


def _answers(
    lines: Sequence[int], ids: Sequence[str], table: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Return ids and numbers of each column; an empty cell was not measured."""
    found: dict[str, dict[str, float]] = {}
    for name, column in table.items():
        numbers, strange = answers(column)
        _refuse(_("%(where)s: the %(name)s is no number."), lines, strange, name)
        known_so_far = found.setdefault(name, {})
        twice = []
        for row, (who, value) in enumerate(zip(ids, numbers, strict=True)):
            if value is None:
                continue
            if known_so_far.setdefault(who, value) != value:
                twice.append(row)
        other = _("%(where)s: this id came before, with another %(name)s.")
        _refuse(other, lines, twice, name)
    nobody = [row for row, who in enumerate(ids) if not who]
    _refuse(_("%(where)s: there is no id."), lines, nobody)
    return found


def _refuse(
    reason: Any, lines: Sequence[int], rows: Sequence[int], name: str = ""
) -> None:
    """Refuse a survey, if anything is wrong with some rows, naming their lines."""
    if not rows:
        return
    named = ", ".join(str(lines[row]) for row in rows[:NAMED])
    where = _("Line %s") % named if len(rows) == 1 else _("Lines %s") % named
    if more := len(rows) - NAMED if len(rows) > NAMED else 0:
        where = _("%(lines)s and %(more)s more") % {"lines": where, "more": more}
    raise forms.ValidationError(reason % {"where": where, "name": name})

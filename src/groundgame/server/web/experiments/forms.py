"""The form of an experiment: its design, and what is expected of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.cuts import CutLine
from groundgame.server.actions.foresight import Expected
from groundgame.server.actions.taking_part import Design
from groundgame.server.store.models import Experiment
from groundgame.server.web.form import PlainForm

HUNDRED, MINUTES = 100, 60
PLAIN, PLACEBO, BOTH = "plain", "placebo", "both"
WAYS = (
    (PLAIN, _("Some are visited, the others are left alone")),
    (PLACEBO, _("All are visited; some hear a script about something else")),
    (BOTH, _("Some are visited, some hear the other script, some are left alone")),
)
WITHIN = (
    ("", _("nothing")),
    ("precinct", _("precincts")),
    ("ward", _("wards")),
    ("municipality", _("towns")),
    ("party", _("parties")),
    ("gender", _("genders")),
)


def short(**more: Any) -> forms.NumberInput:
    """Return a narrow field of a number."""
    return forms.NumberInput(attrs={"class": "short", **more})


class DesignForm(PlainForm):
    """What is asked, of whom, with which arms; and what is expected."""

    name = forms.CharField(label=_("Name"), max_length=100)
    question = forms.CharField(
        label=_("What do you want to know?"),
        max_length=300,
        help_text=_("As you would ask it aloud: Do visits bring out voters?"),
    )
    outcome = forms.ChoiceField(
        label=_("What will be measured?"), choices=Experiment.Outcome.choices
    )
    about = forms.CharField(
        label=_("Which election, or which question of the script?"),
        required=False,
        max_length=100,
        help_text=_(
            "2026-11-03 general; or rating; or support=1 for one answer of a choice."
        ),
    )
    way = forms.ChoiceField(
        label=_("Who is visited?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        initial=PLAIN,
    )
    other = forms.ChoiceField(
        label=_("What do those hear who hear about something else?"),
        required=False,
        help_text=_("As long and as friendly as your script, about another matter."),
    )
    treated = forms.IntegerField(
        label=_("Of 100 units, how many are visited with your script?"),
        min_value=1,
        max_value=99,
        initial=50,
        widget=short(),
    )
    unit = forms.ChoiceField(
        label=_("What is drawn?"),
        choices=Experiment.Unit.choices,
        initial="door",
        help_text=_("People of one door talk: draw the door, or something larger."),
    )
    within = forms.ChoiceField(
        label=_("Each gets its share of"),
        required=False,
        choices=WITHIN,
        help_text=_("Drawn within these, so that arms are alike in them."),
    )
    buffer = forms.ChoiceField(
        label=_("Buffer"), required=False, choices=Experiment.Buffer.choices
    )
    cut = forms.TypedChoiceField(
        label=_("Of which cut, if turfs are drawn?"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**31 - 1,
        initial=1,
        help_text=_("Roll dice for it in front of others, and keep it."),
        widget=short(),
    )
    contact = forms.IntegerField(
        label=_("Of 100 doors, how many open?"),
        min_value=1,
        max_value=99,
        initial=35,
        widget=short(),
    )
    baseline = forms.IntegerField(
        label=_("Of 100 people, how many would do it anyway?"),
        min_value=1,
        max_value=99,
        initial=50,
        widget=short(),
    )
    per_hour = forms.FloatField(
        label=_("Conversations of a volunteer in an hour"),
        min_value=0.1,
        max_value=60,
        initial=2.5,
        widget=short(step="any"),
    )

    explained = forms.IntegerField(
        label=_("Of 100 parts of the spread, how many does a survey before explain?"),
        required=False,
        min_value=0,
        max_value=95,
        initial=0,
        help_text=_("0 if nobody is asked before. Ratings: 50 to 70; turnout: 30."),
        widget=short(),
    )
    answering = forms.IntegerField(
        label=_("Of 100 doors, how many answer that survey?"),
        required=False,
        min_value=1,
        max_value=100,
        initial=100,
        widget=short(),
    )
    asking = forms.FloatField(
        label=_("Minutes that it takes to ask one door"),
        required=False,
        min_value=0,
        max_value=600,
        initial=3,
        widget=short(step="any"),
    )

    def __init__(
        self,
        *args: Any,
        cuts: Sequence[CutLine] = (),
        scripts: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """Offer the cuts of the universe, and the scripts of its chapter."""
        super().__init__(*args, **kwargs)
        shipped = ("", _("The one about trees that comes along"))
        self.fields["other"].choices = [shipped, *scripts]  # type: ignore[attr-defined]  # a choice field
        told = [(cut.id, f"{cut.turfs} turfs, {cut.at:%Y-%m-%d}") for cut in cuts]
        self.fields["cut"].choices = [("", "---"), *told]  # type: ignore[attr-defined]  # a choice field

    def design(
        self,
        universe: int,
        changes: int | None = None,
        other: Mapping[str, Any] | None = None,
    ) -> Design:
        """Return what was asked for; `other` is the script that was chosen."""
        said = self.cleaned_data
        rest = HUNDRED - said["treated"]
        others = {
            PLAIN: [("control", "control", rest)],
            PLACEBO: [("placebo", "placebo", rest)],
            BOTH: [("placebo", "placebo", rest / 2), ("control", "control", rest / 2)],
        }[said["way"]]
        arms = [("visit", "treatment", said["treated"]), *others]
        same = ("name", "question", "outcome", "about", "unit", "within", "buffer")
        return Design(
            universe=universe,
            cut=said["cut"],
            seed=said["seed"],
            arms=tuple((name, role, float(share)) for name, role, share in arms),
            changes=changes,
            scripts={"placebo": other} if other else None,
            **{field: said[field] for field in same},
        )

    def expected(self) -> Expected:
        """Return what is expected."""
        said = self.cleaned_data
        before = (said["explained"] or 0) / HUNDRED
        return Expected(
            contact=said["contact"] / HUNDRED,
            baseline=said["baseline"] / HUNDRED,
            per_hour=said["per_hour"],
            explained=before,
            answering=(said["answering"] or HUNDRED) / HUNDRED if before else 1.0,
            asking=(said["asking"] or 0.0) / MINUTES if before else 0.0,
        )

"""The screens of packets: hand a turf out, show its code, print it, take it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from groundgame.errors import GroundgameError, NotYours
from groundgame.server.actions import (
    cuts,
    orders,
    packets,
    people,
    scripts,
    shifts,
)
from groundgame.server.store.models import User
from groundgame.server.web.packets.forms import HandOutForm, LookForm, look_asked
from groundgame.server.web.screen import SignedInRequest, refuse, said, screen


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def hand_out(request: SignedInRequest, turf: int) -> HttpResponse:
    """Put a turf in somebody's hands."""
    found = cuts.turf(id=turf, seen_by=request.user)
    chapter = found.cut.universe.snapshot.chapter
    members = people.members(chapter=chapter, seen_by=request.user)
    offered = scripts.choices(chapter=chapter, seen_by=request.user)
    form = HandOutForm(request.POST or None, members=members, scripts=offered)
    if request.method == "POST" and form.is_valid():
        to = User.objects.filter(pk=form.cleaned_data["to"]).first()
        asked = {
            "hours": form.cleaned_data["hours"],
            "script": form.cleaned_data["script"] or packets.USUAL,
        }
        try:
            row = packets.hand_out(turf=found, to=to, by=request.user, **asked)
        except NotYours:
            raise
        except GroundgameError as refusal:
            form.add_error(None, said(refusal))
        else:
            return redirect("packet", row.id)
    doors, minutes = shifts.today(found.cut, [found])[found.number]
    page = {"form": form, "turf": found, "doors": doors, "minutes": minutes}
    if request.method == "POST":
        return refuse(request, "packets/hand_out.html", page)
    return render(request, "packets/hand_out.html", page)


@require_POST
@screen
def hand_out_all(request: SignedInRequest, cut: int) -> HttpResponse:
    """Make a code for every turf of a cut that is not out. Repeated, it makes none."""
    script = request.POST.get("script", packets.USUAL)
    launch = packets.hand_out_free(cut=cut, by=request.user, script=script)
    done = ngettext("%(n)s code was made.", "%(n)s codes were made.", launch.made)
    messages.success(request, done % {"n": launch.made})
    if launch.empty:
        left = ngettext(
            "%(n)s turf has nobody left who may be contacted.",
            "%(n)s turfs have nobody left who may be contacted.",
            launch.empty,
        )
        messages.warning(request, left % {"n": launch.empty})
    return redirect("cut", cut)


@require_safe
@screen
def page(request: SignedInRequest, id: UUID) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show a packet to the volunteer who stands beside you: large code, and QR."""
    found = packets.packet_page(id=id, seen_by=request.user)
    shown = {
        "packet": found,
        "row": found.row,
        "attempted": sum(bool(stop.result) for stop in found.stops),
        "organizes": bool(people.organizes(request.user)),
        "look": LookForm(),
    }
    return render(request, "packets/packet.html", shown)


@require_safe
@screen
def qr(request: SignedInRequest, id: UUID) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the QR that opens a packet."""
    svg = packets.qr_svg(id=id, seen_by=request.user)
    return HttpResponse(svg, content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def take_back(request: SignedInRequest, id: UUID) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Ask once, then take a packet out of hand."""
    if request.method == "POST":
        row = packets.take_back(packet=id, by=request.user)
        messages.success(
            request, _("Taken back. What was recorded under it is still taken in.")
        )
        return redirect("cut", row.cut_id)
    found = packets.packet_page(id=id, seen_by=request.user)
    return render(request, "packets/take_back.html", {"packet": found})


@require_POST
@screen
def walk_sheet(request: SignedInRequest, id: UUID) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Print a packet; that it was printed is written down."""
    pdf = packets.walk_sheet(packet=id, by=request.user, look=look_asked(request.POST))
    return _file(pdf, "application/pdf", "walk-sheet.pdf")


@require_POST
@screen
def walk_sheets(request: SignedInRequest, cut: int) -> HttpResponse:
    """Have every packet of a cut that is out printed, as one file."""
    turfs = cuts.cut_page(id=cut, seen_by=request.user).turfs
    out = [turf.packet for turf in turfs if turf.state == "out" and turf.packet]
    if not out:
        messages.warning(request, _("No turf is out, so there is nothing to print."))
        return redirect("cut", cut)
    job = orders.ask_print(
        cut=cut, packets=out, by=request.user, look=look_asked(request.POST)
    )
    return redirect("job", job.pk)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file to keep."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": disposition}
    )

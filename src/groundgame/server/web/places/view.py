"""The screens that put doors on the map by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from groundgame.errors import OffTheMap
from groundgame.server.actions import orders, places
from groundgame.server.web.places.forms import LocateForm, PlaceForm
from groundgame.server.web.screen import SignedInRequest, number, refuse, said, screen


@require_safe
@screen
def index(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """List the doors without a place."""
    asked = number(request, "page", 1)
    found = places.worklist(snapshot=snapshot, seen_by=request.user, page=asked)
    page = {"work": found, "form": LocateForm()}
    return render(request, "places/worklist.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
def page(request: SignedInRequest, snapshot: int, door: str) -> HttpResponse:
    """Put one door on the map, and go on to the next."""
    found = places.door(snapshot=snapshot, id=door, seen_by=request.user)
    near = {each.id: (each.lon, each.lat) for each in found.near}
    form = PlaceForm(request.POST or None, near=near)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            places.place(
                snapshot=snapshot,
                door=door,
                lon=wanted["lon"],
                lat=wanted["lat"],
                by=request.user,
            )
        except OffTheMap as refusal:
            form.add_error(None, said(refusal))
        else:
            messages.success(
                request,
                _("The place of %(door)s is written down.")
                % {"door": found.door.address},
            )
            if found.following:
                return redirect("place-door", snapshot, found.following)
            return redirect("unplaced", snapshot)
    shown = {"page": found, "door": found.door, "form": form}
    if request.method == "POST":
        return refuse(request, "places/door.html", shown)
    return render(request, "places/door.html", shown)


@require_POST
@screen
def undo(request: SignedInRequest, snapshot: int, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Take a place back."""
    places.worklist(snapshot=snapshot, seen_by=request.user)
    places.undo(id=id, by=request.user)
    messages.success(request, _("Taken back; the door is on the list again."))
    return redirect("unplaced", snapshot)


@require_POST
@screen
def locate(request: SignedInRequest, snapshot: int) -> HttpResponse:
    """Have what was placed by hand laid into the snapshot, and search anew."""
    form = LocateForm(request.POST, request.FILES)
    form.is_valid()
    uploads = [
        (role, form.cleaned_data[role])
        for role in ("addresses", "streets")
        if form.cleaned_data.get(role)
    ]
    job = orders.ask_locate(snapshot=snapshot, uploads=uploads, by=request.user)
    return redirect("job", job.pk)

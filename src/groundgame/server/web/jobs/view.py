"""The screens of jobs: the list, one job with its progress, and what may be done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from groundgame.server.actions import jobs, work
from groundgame.server.actions.jobs import JobPage, Kind
from groundgame.server.web.screen import SignedInRequest, for_organizers, screen


@require_safe
@for_organizers
def index(request: SignedInRequest) -> HttpResponse:
    """List the last jobs."""
    page = {"lines": jobs.jobs(seen_by=request.user)}
    return render(request, "jobs/jobs.html", page)


@require_safe
@screen
def page(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Show one job."""
    found = jobs.job(id=id, seen_by=request.user)
    if found.state == "draft":
        return redirect("import-layout", id)
    return render(request, "jobs/job.html", {"job": found})


@require_safe
@screen
def progress(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the part of a job's page that changes; of a short job, where to go on."""
    found = jobs.job(id=id, seen_by=request.user)
    if found.state == "done" and (place := _goes_on(found)):
        return HttpResponseClientRedirect(place)
    return render(request, "jobs/progress.html", {"job": found})


@require_POST
@screen
def stop(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Ask for a job to be stopped."""
    jobs.stop(id=id, by=request.user)
    return redirect("job", id)


@require_POST
@screen
def again(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Begin a job anew that failed or was stopped: an import at its layout."""
    row = work.again(id=id, by=request.user)
    if row.kind == Kind.IMPORT:
        return redirect("import-layout", row.pk)
    work.ask(row, by=request.user)
    messages.success(request, _("Started again."))
    return redirect("job", row.pk)


@require_POST
@screen
def take(request: SignedInRequest, id: int) -> HttpResponse:  # noqa: A002  # as the actions call it
    """Give the file that a job made; that it was taken is written down."""
    path = jobs.take_file(id=id, by=request.user)
    disposition = f'attachment; filename="{path.name}"'
    return HttpResponse(
        path.read_bytes(),
        content_type="application/pdf",
        headers={"Content-Disposition": disposition},
    )


def _goes_on(job: JobPage) -> str:
    """Return where one wants to be as soon as a short job is done; '': here."""
    if job.kind == Kind.FINDING:
        return reverse("finding", args=[job.result["finding"]])
    return reverse("cut", args=[job.result["cut"]]) if job.kind == Kind.CUT else ""

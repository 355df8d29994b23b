"""The page of an upload: how far the workers are, the result of every file, retrying and cancelling."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minutes import rights
from minutes.admin.fields import CommitteeField
from minutes.admin.pages import staff_page
from minutes.importer import queue
from minutes.models import ImportRun
from minutes.models.queue import RETRYABLE, FileStatus

_PER_PAGE = 50


class RetryForm(forms.Form):
    """The committee and date that refused files lack, and the file to retry; without one, all are."""

    file = forms.IntegerField(required=False, widget=forms.HiddenInput)
    committee = CommitteeField(required=False)
    date = forms.DateField(
        label=gettext_lazy("Mødedato"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def run_for(request: HttpRequest, run_id: int) -> ImportRun:
    """Return the run of an upload if the user may upload in its municipality, else raise `PermissionDenied`.

    Raises `Http404` if the user may not see it.
    """
    run: ImportRun = get_object_or_404(rights.within(ImportRun.objects.all(), request.user), pk=run_id)
    if not request.user.has_perm("minutes.upload", run):
        raise PermissionDenied
    return run


def uploaded(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show an import run. Eight queries at most, whatever the number of files."""
    run = get_object_or_404(
        rights.within(ImportRun.objects.select_related("municipality", "user"), request.user), pk=run_id
    )
    if request.method == "POST":
        return _act(request, run_for(request, run_id))
    ctx = staff_page(request, _("Indlæst")) | {"run": run} | _files(request, run)
    return render(request, "admin/uploaded.html", ctx)


def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """Return the part of the page that scripts replace while workers import."""
    run = get_object_or_404(rights.within(ImportRun.objects.all(), request.user), pk=run_id)
    return render(request, "admin/_batch.html", {"run": run} | _files(request, run))


def _files(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """Return the page of files, the counts and the progress. Four queries."""
    files = run.queued_files.documents()
    counts = run.queued_files.by_status()
    total = sum(count for status, count in counts.items() if status != FileStatus.UNPACKED)
    chosen = request.GET.get("status", "")
    if chosen in FileStatus.values:
        files = files.filter(status=chosen)
    page = Paginator(files, _PER_PAGE).get_page(request.GET.get("page"))
    waiting = counts.get(FileStatus.WAITING, 0)
    return {
        "files": page,
        "is_queued": bool(counts),
        "total": total,
        "waiting": waiting,
        "done": total - waiting,
        "chosen": chosen,
        "counts": [
            (status, label, counts[status])
            for status, label in FileStatus.choices
            if counts.get(status) and status != FileStatus.UNPACKED
        ],
        "retryable": sum(counts.get(status, 0) for status in RETRYABLE),
        "may_act": request.user.has_perm("minutes.upload", run),
        "is_stopped": bool(waiting) and not queue.workers_are_running(),
        **_rate(run, done=total - waiting, waiting=waiting),
    }


def _rate(run: ImportRun, *, done: int, waiting: int) -> dict[str, int | None]:
    """Return the files per minute so far and the minutes that are left, where these can be known."""
    end = run.finished_at or timezone.now()
    minutes = (end - run.started_at).total_seconds() / 60
    rate = round(done / minutes) if done and minutes else 0
    return {"rate": rate or None, "minutes_left": -(-waiting // rate) if rate and waiting else None}


def _act(request: HttpRequest, run: ImportRun) -> HttpResponse:
    if "cancel" in request.POST:
        count = queue.cancel(run, by=request.user)
        text = ngettext("%d fil er annulleret.", "%d filer er annulleret.", count) % count
        messages.success(request, text)
        return redirect("admin:uploaded", run.pk)
    form = RetryForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("admin:uploaded", run.pk)
    files = run.queued_files.retryable()
    if form.cleaned_data["file"]:
        files = files.filter(pk=form.cleaned_data["file"])
    given = {"committee": form.cleaned_data["committee"], "date": form.cleaned_data["date"]}
    count = queue.retry(run, files, by=request.user, **given)
    if count:
        text = ngettext("%d fil bliver indlæst igen.", "%d filer bliver indlæst igen.", count) % count
        messages.success(request, text)
    else:
        messages.error(request, _("Filerne er slettet. Indlæs dem igen."))
    return redirect("admin:uploaded", run.pk)

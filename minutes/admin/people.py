"""Views that merge two people who are the same person, and split them again."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minutes import publishing, rights
from minutes.admin.pages import attempt, staff_page
from minutes.models import Person, PersonAlias


class MergeForm(forms.Form):
    other = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Er den samme som"),
        help_text=gettext_lazy("Navnet bliver en anden stavemåde; stemmer og fremmøde følger med."),
    )
    reason = forms.CharField(label=gettext_lazy("Begrundelse"), max_length=500, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Person]", self.fields["other"])
        field.queryset = Person.objects.filter(municipality=person.municipality).exclude(pk=person.pk)


def merge_people(request: HttpRequest, person_id: int) -> HttpResponse:
    """Merge another person into this one as a different spelling of the name."""
    person = get_object_or_404(
        rights.within(Person.objects.select_related("municipality"), request.user), pk=person_id
    )
    if not request.user.has_perm("minutes.correct", person):
        raise PermissionDenied
    form = MergeForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        other, reason = form.cleaned_data["other"], form.cleaned_data["reason"]
        try:
            publishing.merge(person, other, by=request.user, reason=reason)
        except publishing.PublishingError as error:
            form.add_error("other", str(error))
        else:
            messages.success(request, _("De to navne er nu én person."))
            return redirect("admin:minutes_person_change", person.pk)
    ctx = staff_page(request, _("Slå personer sammen")) | {
        "person": person,
        "form": form,
        "opts": Person._meta,
    }
    return render(request, "admin/merge.html", ctx, status=400 if form.is_bound else 200)


@require_POST
def split_people(request: HttpRequest, alias_id: int) -> HttpResponse:
    """Make a merged spelling a person of its own again."""
    alias = get_object_or_404(
        rights.within(PersonAlias.objects.select_related("person__municipality"), request.user), pk=alias_id
    )
    if not request.user.has_perm("minutes.correct", alias):
        raise PermissionDenied
    person = alias.person
    attempt(request, lambda: publishing.split(alias, by=request.user), _("De to er skilt ad."))
    return redirect("admin:minutes_person_change", person.pk)

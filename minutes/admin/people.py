"""Views that merge two names of one person, split them again, and tell people of one name apart."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minutes import publishing, rights
from minutes.admin.pages import attempt, staff_page
from minutes.models import Attendance, Committee, Meeting, Party, Person, PersonAlias, Vote

# Meetings that the form offers, the newest first.
_MAX_MEETINGS = 500


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


class _MeetingsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, meeting: Any) -> str:
        return f"{meeting.committee}, {date_format(meeting.date, 'j. F Y')}"


class NamesakeForm(forms.Form):
    """Choose the minutes in which a name means another person; offers what the archive has of the person."""

    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Med partiet"), required=False, widget=forms.CheckboxSelectMultiple
    )
    committees = forms.ModelMultipleChoiceField(
        Committee.objects.none(),
        label=gettext_lazy("I udvalget"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    meetings = _MeetingsField(
        Meeting.objects.none(),
        label=gettext_lazy("I enkelte møder"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    namesake = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Flyttes til"),
        required=False,
        empty_label=gettext_lazy("En ny person"),
    )
    namesake_distinction = forms.CharField(
        label=gettext_lazy("Kendetegn for den, der flyttes"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "Parti, udvalg eller årstal. Står i parentes efter navnet. Tomt: det valgte parti eller udvalg."
        ),
    )
    distinction = forms.CharField(
        label=gettext_lazy("Kendetegn for den, der bliver"), max_length=60, required=False
    )
    reason = forms.CharField(label=gettext_lazy("Begrundelse"), max_length=500, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["distinction"].initial = person.distinction
        lists = Attendance.objects.filter(person=person).values("party")
        votes = Vote.objects.filter(person=person).values("printed_party")
        letters = Party.objects.filter(Q(pk__in=lists) | Q(pk__in=votes)).order_by("letter")
        choices = [(letter, letter) for letter in letters.values_list("letter", flat=True).distinct()]
        cast("forms.MultipleChoiceField", self.fields["parties"]).choices = choices
        meetings = publishing.meetings_of(person)
        self._offer("committees", Committee.objects.filter(all_meetings__in=meetings).distinct())
        newest = meetings.newest_first().values("pk")[:_MAX_MEETINGS]
        self._offer("meetings", Meeting.objects.filter(pk__in=newest).select_related("committee"))
        self._offer("namesake", Person.objects.filter(splits_from__original=person).distinct())

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    @property
    def minutes(self) -> publishing.NamesakeMinutes:
        """The chosen minutes of a valid form."""
        chosen = self.cleaned_data
        return publishing.NamesakeMinutes(
            chosen["parties"], list(chosen["committees"]), list(chosen["meetings"])
        )

    @property
    def distinctions(self) -> tuple[str, str]:
        """The distinctions of the person and of the namesake, in a valid form."""
        chosen = self.cleaned_data
        names = [*chosen["parties"], *(committee.name for committee in chosen["committees"])]
        default = names[0][:60] if names and not chosen["namesake"] else ""
        return chosen["distinction"], chosen["namesake_distinction"] or default


def _correctable_person(request: HttpRequest, person_id: int) -> Person:
    """Return a person of the user's municipalities; raise `PermissionDenied` if the user may not correct."""
    person = get_object_or_404(
        rights.within(Person.objects.select_related("municipality"), request.user), pk=person_id
    )
    if not request.user.has_perm("minutes.correct", person):
        raise PermissionDenied
    return person


def split_namesake(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make the name mean another person in some minutes. Shows what would move before it is done."""
    person = _correctable_person(request, person_id)
    form = NamesakeForm(request.POST or None, person=person)
    ctx = staff_page(request, _("Del navnet mellem to personer")) | {
        "person": person,
        "form": form,
        "opts": Person._meta,
    }
    if request.method == "POST" and form.is_valid():
        namesake = form.cleaned_data["namesake"]
        try:
            if request.POST.get("action") == "split":
                namesake = publishing.split_namesake(
                    person,
                    form.minutes,
                    namesake=namesake,
                    distinctions=form.distinctions,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                )
                messages.success(request, _("Navnet er delt. Her er den anden person."))
                return redirect("admin:minutes_person_change", namesake.pk)
            ctx["preview"] = publishing.preview_split(person, form.minutes, namesake=namesake)
            return render(request, "admin/split.html", ctx)
        except publishing.PublishingError as error:
            form.add_error(None, str(error))
    return render(request, "admin/split.html", ctx, status=400 if form.is_bound else 200)


def merge_people(request: HttpRequest, person_id: int) -> HttpResponse:
    """Merge another person into this one as another spelling of the name. Shows first what would move."""
    person = _correctable_person(request, person_id)
    form = MergeForm(request.POST or None, person=person)
    ctx = staff_page(request, _("Slå personer sammen")) | {
        "person": person,
        "form": form,
        "opts": Person._meta,
    }
    if request.method == "POST" and form.is_valid():
        other, reason = form.cleaned_data["other"], form.cleaned_data["reason"]
        try:
            if request.POST.get("action") == "merge":
                publishing.merge(person, other, by=request.user, reason=reason)
                messages.success(request, _("De to navne er nu én person."))
                return redirect("admin:minutes_person_change", person.pk)
            ctx |= {"other": other, "moved": publishing.preview_merge(person, other)}
            return render(request, "admin/merge.html", ctx)
        except publishing.PublishingError as error:
            form.add_error("other", str(error))
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

"""Builders of a meeting with a row in every table, and of staff."""

import uuid

from django.contrib.auth.models import Group, User
from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from minutes import models, publishing
from minutes.models import Assignment, FalseHit, Meeting, Municipality, Person
from minutes.models.rights import RESPONSIBLE
from minutes.models.states import State
from tests.documents import imported_for, randers
from tests.texts import minutes

VOTED = "Om 010203-1234 blev talt. Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte %s."


def aarhus() -> Municipality:
    return Municipality.objects.get(code="751")


def staff(name: str, group: str = "", place: Municipality | None = None) -> User:
    user = User.objects.create_user(name, password=name, is_staff=True)
    if group:
        assign(user, group, place or randers())
    return user


def assign(user: User, group: str, place: Municipality) -> Assignment:
    return Assignment.objects.create(user=user, municipality=place, group=Group.objects.get(name=group))


def filled(place: Municipality, word: str, day: str, *more: str) -> Meeting:
    """Create a meeting of `place` with a pending version, and a row in every table; `word` is in each row."""
    owner, name = staff(f"{word.lower()}jer", RESPONSIBLE, place), f"{word} Hansen"
    titles = (f"{word} i titlen", "Sag to", "Sag tre", *more)
    text = minutes(*titles, committee=f"{word}udvalget", day=day, decision=VOTED % name)
    text = text.replace("Notat om sagen", f"{word}notat")
    meeting = imported_for(place, text)
    item = meeting.items.select_related("reading").get(slug="1")
    publishing.correct(meeting, item, models.Correction.Field.TITLE, f"{word} rettet", by=owner, reason=word)
    publishing.redact_passage(meeting.readings.get(), "Rådhuset", by=owner, reason=word)
    publishing.take_down_item(meeting.items.get(slug="2"), by=owner, reason=word)
    imported_for(place, text.replace("6 stemmer", "7 stemmer"))
    _project_as_if_published(meeting)
    item, person = meeting.items.get(slug="1"), Person.objects.get(municipality=place, name=name)
    FalseHit.objects.create(meeting=meeting, fingerprint="0" * 32, reason=word, made_by=owner)
    models.FormerAddress.objects.create(meeting=meeting, committee=meeting.committee, date="2003-01-01")
    models.CommitteeAlias.objects.create(committee=meeting.committee, name=f"{word}rådet", slug="raadet")
    models.PersonAlias.objects.create(municipality=place, person=person, name=f"{word} H.", slug="h")
    models.Reference.objects.create(item=item, position=9, committee_name=word, date=meeting.date)
    models.Attendance.objects.create(meeting=meeting, position=9, role="absent", name=name, person=person)
    models.Statement.objects.create(item=item, position=9, kind="remark", who=name, text=word)
    models.Party.objects.create(municipality=place, letter=word)
    models.Claim.objects.claim(meeting, owner)
    models.PreviewLink.objects.create(meeting=meeting, created_by=owner, expires_at=timezone.now())
    models.PlannedPublication.objects.create(
        meeting=meeting, planned_by=owner, publish_at=timezone.now(), readings=[], refusal=word
    )
    row = item.ballots.first() or models.Ballot.objects.create(item=item, position=9, start=0, end=0)
    voter = Person.objects.create(municipality=place, name=f"{word} Udledt", slug="udledt")
    models.DeducedVote.objects.create(ballot=row, person=voter, choice="for")
    models.Election.objects.create(item=item, position=9, office=word, start=0, end=0)
    entry = {"committee": meeting.committee, "municipality": place, "date": meeting.date, "outcome": "other"}
    entry |= {"version": 1, "vector": SearchVector(Value(word)), "ranks": SearchVector(Value(word))}
    models.SearchEntry.objects.update_or_create(item=item, defaults=entry)
    models.ImportRun.objects.filter(municipality=place).update(paths=[word], report=[{"file": word}])
    run = models.ImportRun.objects.filter(municipality=place).first()
    models.QueuedFile.objects.create(run=run, name=f"{word}.txt", size=1, result={"message": word})
    models.Source.objects.filter(given_municipality=place).update(name=f"{word}.txt", origin=word)
    _attach_file(meeting, item, word)
    redaction = models.NameRedaction.objects.create(municipality=place, name=word, reason=word)
    facts = {"where": "text", "start": 0, "end": 1, "before": 0, "letters": 9, "fingerprint": word}
    models.NamePlace.objects.create(redaction=redaction, meeting=meeting, reading=item.reading, **facts)
    models.ErasedOriginal.objects.create(
        ledger_id=uuid.uuid4(),
        meeting_keys=[meeting.key],
        reason=word,
        made_at=timezone.now(),
        municipality=place,
        sha256=word,
        cause=models.ErasedOriginal.Cause.RETENTION,
    )
    source = models.Source.objects.create(sha256=f"{word:0<64}"[:64], size=1, name=f"{word}.txt")
    models.ErrorReport.objects.receive("", path="/", kind="other", text=word, municipality=place)
    models.UnplacedDocument.objects.create(source=source, municipality=place, committee=word, text=word)
    models.Case.objects.filter(municipality=place).update(number=Concat(Value(word), "number"))
    models.CaseNumber.objects.filter(item__meeting=meeting).update(printed=word)
    named = models.GazetteerPlace.objects.create(municipality=place, name=f"{word}vej", slug=word.lower())
    models.GazetteerName.objects.create(place=named, name=f"{word}vej", key=f"{word}vej".lower())
    models.GazetteerMention.objects.create(place=named, item=item)
    Municipality.objects.filter(pk=place.pk).update(region=f"{word} Region")
    return Meeting.objects.with_places().get(pk=meeting.pk)


def _attach_file(meeting: Meeting, item: models.AgendaItem, word: str) -> None:
    """Create a file of the item's document, and a public one."""
    facts = {"position": 9, "name": f"{word}.pdf", "media_type": "application/pdf", "sha256": word, "size": 1}
    file = models.EnclosedFile.objects.create(**facts, source=item.reading.source, caption=word, text=word)
    models.PublicFile.objects.create(**facts, file=file, meeting=meeting, item=item, title=word, text=word)


def _project_as_if_published(meeting: Meeting) -> None:
    """Create the public rows that a draft with a possible CPR number never has."""
    meeting = Meeting.objects.with_places().get(pk=meeting.pk)
    meeting.state = State.PUBLISHED
    publishing.project(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=State.DRAFT)

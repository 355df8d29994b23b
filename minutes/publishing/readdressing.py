"""Gives a meeting another address: another day, committee or municipality."""

from datetime import date

from minutes.models import Committee, FormerAddress, Meeting, Municipality, Reading, Reference, Source
from minutes.publishing.identity import next_sequence
from minutes.publishing.locks import lock_references
from minutes.publishing.readings import set_doubts


def readdress(meeting: Meeting, committee: Committee, day: date) -> None:
    """Move the meeting; its former address redirects to the new one for good. Project it afterwards.

    The caller holds the lock of the new day.
    """
    before = meeting.committee.municipality
    # Locked before the meeting's identity: a transaction that resolves references to it may wait for that.
    for municipality in sorted({before.pk, committee.municipality_id}):
        lock_references(municipality)
    FormerAddress.objects.get_or_create(
        committee=meeting.committee,
        date=meeting.date,
        sequence=meeting.sequence,
        defaults={"meeting": meeting},
    )
    own = FormerAddress.objects.filter(meeting=meeting, committee=committee, date=day).first()
    if own:
        meeting.sequence = own.sequence
        own.delete()
    else:
        meeting.sequence = next_sequence(committee, day)
    meeting.committee, meeting.date = committee, day
    meeting.save(update_fields=["committee", "date", "sequence", "updated_at"])
    if committee.municipality != before:
        _change_municipality(meeting, before)


def _change_municipality(meeting: Meeting, before: Municipality) -> None:
    """File the meeting's documents under its new municipality, and forget what the old one refers to."""
    municipality = meeting.committee.municipality
    Source.objects.filter(readings__meeting=meeting).update(given_municipality=municipality)
    for reading in Reading.objects.filter(meeting=meeting).exclude(doubts=[]):
        rest = [
            doubt
            for doubt in reading.doubts
            if not (doubt["code"] == "other_municipality" and doubt["params"]["printed"] == municipality.name)
        ]
        set_doubts(reading, rest)
        reading.save(update_fields=["doubts", "grade"])
    Reference.objects.filter(target_meeting=meeting, item__meeting__committee__municipality=before).update(
        target_meeting=None, target_item=None
    )

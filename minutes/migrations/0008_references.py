from django.db import migrations, models

# As `minutes.models.danish.slug` and `minutes.publishing.references` do it, for what the archive holds already.
_SLUG = """trim('-' FROM regexp_replace(
    replace(replace(replace(replace(replace(
        lower(translate({0}, 'ÆØÅÄÖÜÉÈÁüéèá', 'æøåäöueeaueea')),
        'æ', 'ae'), 'ø', 'oe'), 'å', 'aa'), 'ä', 'ae'), 'ö', 'oe'),
    '[^a-z0-9]+', '-', 'g'))"""
_PLAIN = f"ltrim({_SLUG}, '0')"
_COUNCILS = "('byraadet', 'kommunalbestyrelsen', 'borgerrepraesentationen')"
# Put together of constants.
_RESOLVE = f"""
WITH name AS (
    SELECT municipality_id, slug, min(id) AS committee_id FROM (
        SELECT municipality_id, slug, id FROM minutes_committee
        UNION ALL
        SELECT committee.municipality_id, alias.slug, committee.id
        FROM minutes_committeealias alias JOIN minutes_committee committee ON committee.id = alias.committee_id
    ) named GROUP BY municipality_id, slug
), council AS (
    SELECT municipality_id, min(committee_id) AS committee_id FROM name
    WHERE slug IN {_COUNCILS} GROUP BY municipality_id
), said AS (
    SELECT reference.id, reference.kind, reference.item_id, reference.date,
        {_PLAIN.format("reference.item_number")} AS number,
        CASE WHEN reference.committee_name = '' THEN meeting.committee_id
            WHEN name.committee_id IS NULL AND {_SLUG.format("reference.committee_name")} IN {_COUNCILS}
            THEN council.committee_id ELSE name.committee_id END AS committee_id
    FROM minutes_reference reference
    JOIN minutes_agendaitem item ON item.id = reference.item_id
    JOIN minutes_meeting meeting ON meeting.id = item.meeting_id
    JOIN minutes_committee own ON own.id = meeting.committee_id
    LEFT JOIN name ON name.municipality_id = own.municipality_id
        AND name.slug = {_SLUG.format("reference.committee_name")}
    LEFT JOIN council ON council.municipality_id = own.municipality_id
    WHERE reference.date IS NOT NULL
), held AS (
    SELECT said.id, meeting.id AS meeting_id FROM said
    JOIN minutes_meeting meeting ON meeting.committee_id = said.committee_id AND meeting.date = said.date
    WHERE meeting.state <> 'taken_down'
), there AS (
    SELECT id, meeting_id FROM held
    UNION ALL
    SELECT said.id, meeting.id FROM said
    JOIN minutes_formeraddress former ON former.committee_id = said.committee_id AND former.date = said.date
    JOIN minutes_meeting meeting ON meeting.id = former.meeting_id AND meeting.state <> 'taken_down'
    WHERE NOT EXISTS (SELECT 1 FROM held WHERE held.id = said.id)
), alone AS (
    SELECT id, min(meeting_id) AS meeting_id FROM there GROUP BY id HAVING count(*) = 1
), by_number AS (
    SELECT said.id, min(item.id) AS item_id FROM said JOIN there USING (id)
    JOIN minutes_agendaitem item ON item.meeting_id = there.meeting_id
        AND {_PLAIN.format("item.number")} = said.number
    WHERE said.number <> '' GROUP BY said.id HAVING count(*) = 1
), by_case AS (
    SELECT said.id, min(other.item_id) AS item_id FROM said JOIN there USING (id)
    JOIN minutes_casenumber own ON own.item_id = said.item_id
    JOIN minutes_casenumber other ON other.case_id = own.case_id
    JOIN minutes_agendaitem item ON item.id = other.item_id AND item.meeting_id = there.meeting_id
    WHERE said.kind IN ('prior_decision', 'case_flow')
    GROUP BY said.id HAVING count(DISTINCT other.item_id) = 1
)
UPDATE minutes_reference reference
SET target_item_id = item.id, target_meeting_id = coalesce(item.meeting_id, alone.meeting_id)
FROM said
LEFT JOIN alone USING (id) LEFT JOIN by_number USING (id) LEFT JOIN by_case USING (id)
LEFT JOIN minutes_agendaitem item ON item.id = coalesce(by_number.item_id, by_case.item_id)
WHERE reference.id = said.id AND (item.id IS NOT NULL OR alone.meeting_id IS NOT NULL)
"""  # noqa: S608
# "00.01.00-P35", "05.01.00": a subject of the municipalities' classification, without a number of its own.
_SUBJECTS = r"""
UPDATE minutes_case SET standing = true WHERE number ~ '^\d{2}\.\d{2}\.\d{2}(-?[A-ZÆØÅ]\d{2})?$'
"""


class Migration(migrations.Migration):
    """References are resolved, also those that the archive holds; readings tell until when they were public."""

    dependencies = [("minutes", "0007_committee_addresses")]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="public_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="offentlig til"),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(
                condition=models.Q(("date__isnull", False)), fields=["date"], name="reference_of_day"
            ),
        ),
        # Last: a table whose rows were changed cannot be altered in the same transaction.
        migrations.RunSQL([_RESOLVE, _SUBJECTS], migrations.RunSQL.noop),
    ]

"""All tables but those of the search, grouped by subject.

Replaces the migrations up to 0011 together with `0003_search`. A migration imports nothing that changes.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models.functions import Lower, Replace

_RESERVED_SLUGS = [
    *("admin", "afstemninger", "api", "en"),
    *("feed", "healthz", "kilde", "kommuner"),
    *("moeder", "om", "readyz", "robots.txt"),
    *("sitemap.xml", "soeg", "static", "udvalg"),
]
_MEETING_KINDS = [("ordinary", "Ordinært møde"), ("extraordinary", "Ekstraordinært møde")]
_DOCUMENTS = [("minutes", "Referat"), ("agenda", "Dagsorden")]
_STATES = [
    ("draft", "Kladde"),
    ("published", "Offentliggjort"),
    ("withdrawn", "Trukket tilbage"),
    ("taken_down", "Taget ned"),
]
_PERMISSIONS = (
    ("upload", "Indlæse referater"),
    ("publish", "Offentliggøre og trække tilbage"),
    ("correct", "Rette"),
    ("redact", "Fjerne tekst"),
    ("take_down", "Tage ned"),
    ("judge_hits", "Vurdere CPR-fund"),
)
_OUTCOMES = [
    ("approved", "Godkendt"),
    ("noted", "Taget til efterretning"),
    ("recommended", "Anbefalet"),
    ("discussed", "Drøftet"),
    ("postponed", "Udsat"),
    ("rejected", "Forkastet"),
    ("other", "Anden beslutning"),
    ("none", "Ingen beslutning"),
]
_SECTION_KINDS = [
    ("resume", "Resumé"),
    ("recommendation", "Indstilling"),
    ("decision", "Beslutning"),
    ("presentation", "Sagsfremstilling"),
    ("background", "Baggrund"),
    ("administration_remarks", "Forvaltningens bemærkninger"),
    ("economy", "Økonomi"),
    ("attachments", "Bilag"),
    ("case_flow", "Sagens gang"),
    ("communication", "Kommunikation"),
    ("absent", "Fraværende"),
    ("prior_decision", "Tidligere beslutning"),
    ("contacts", "Kontakt"),
    ("other", "Tekst"),
]
_REFERENCE_KINDS = [
    ("mention", "Henvisning"),
    ("prior_decision", "Tidligere beslutning"),
    ("case_flow", "Sagens gang"),
]
_COUNTS_FROM = [("printed", "trykt"), ("counted", "talt efter navne")]
_RESULTS = [("carried", "Vedtaget"), ("lost", "Forkastet")]
_RESULT_FROM = [("printed", "trykt"), ("counts", "sluttet af tallene")]
_VOTES = [("for", "For"), ("against", "Imod"), ("abstained", "Undlod")]
_STATEMENT_KINDS = [
    ("remark", "Bemærkning"),
    ("reservation", "Forbehold"),
    ("referral", "Begærede sagen i byrådet"),
]
_ROLES = [("present", "Til stede"), ("absent", "Fraværende"), ("recused", "Deltog ikke"), ("guest", "Gæst")]
_CORRECTED_FIELDS = [
    ("title", "Titel"),
    ("decision", "Beslutning"),
    ("outcome", "Udfald"),
    ("closed", "Lukket punkt"),
    ("case_number", "Sagsnummer"),
    ("meeting", "Mødets dato og udvalg"),
    ("ballot", "Afstemning"),
]
_CORRECTION_STATES = [
    ("proposed", "Venter på en anden"),
    ("in_force", "Gælder"),
    ("questioned", "Skal bekræftes: stedet er ændret i en ny læsning"),
    ("dropped", "Bortfaldet"),
]
_REDACTION_KINDS = [("personal_number", "CPR-nummer"), ("passage", "Andet")]
_CHANGE_KINDS = [
    ("uploaded", "Indlæst"),
    ("new_version", "Ny udgave taget i brug"),
    ("rejected", "Ny udgave kasseret"),
    ("corrected", "Rettet"),
    ("proposed", "Rettelse foreslået"),
    ("answered", "Rettelse bekræftet"),
    ("dropped", "Rettelse fjernet"),
    ("redacted", "Tekst fjernet"),
    ("judged", "CPR-fund vurderet"),
    ("approved", "Godkendt af den første"),
    ("published", "Offentliggjort"),
    ("withdrawn", "Trukket tilbage"),
    ("taken_down", "Taget ned"),
    ("merged", "Personer slået sammen"),
    ("parted", "Personer skilt ad"),
]


def _id():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _key(to, on_delete, related_name, verbose_name, **options):
    to = to if "." in to else f"minutes.{to}"
    return models.ForeignKey(to, on_delete, related_name=related_name, verbose_name=verbose_name, **options)


def _optional_key(to, on_delete, related_name, verbose_name):
    return _key(to, on_delete, related_name, verbose_name, null=True, blank=True)


def _user(related_name, verbose_name):
    return _optional_key(settings.AUTH_USER_MODEL, models.SET_NULL, related_name, verbose_name)


def _sort_key():
    """The name in the Danish alphabet's order, with aa as å."""
    lower = Replace(Lower(models.F("name")), models.Value("aa"), models.Value("å"))
    letters = models.Value("æäÆøöØåÅéèëáàüÉ"), models.Value("{{{|||}}eeeaaye")
    return models.GeneratedField(
        db_persist=True,
        expression=models.Func(lower, *letters, function="translate"),
        output_field=models.CharField(db_collation="C", max_length=300),
    )


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("minutes", "0001_tables"),
        ("minutes", "0003_party_names"),
        ("minutes", "0004_staff"),
        ("minutes", "0005_open_hits"),
        ("minutes", "0007_committee_addresses"),
        ("minutes", "0008_references"),
        ("minutes", "0009_contested_in_public"),
    ]
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        # Places
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", _id()),
                (
                    "code",
                    models.CharField(
                        "kommunekode", max_length=3, blank=True, help_text="Tom for opdigtede kommuner."
                    ),
                ),
                ("name", models.CharField("navn", max_length=100)),
                ("slug", models.SlugField("adresse", max_length=100)),
                ("region", models.CharField("region", max_length=30, blank=True)),
                ("valid_from", models.DateField("fra", null=True, blank=True)),
                (
                    "valid_to",
                    models.DateField("til", null=True, blank=True, help_text="Tom, mens kommunen findes."),
                ),
                ("sort_key", _sort_key()),
            ],
            options={
                "verbose_name": "kommune",
                "verbose_name_plural": "kommuner",
                "ordering": ("sort_key", "id"),
                "constraints": [
                    models.UniqueConstraint(name="municipality_slug_unique", fields=("slug",)),
                    models.UniqueConstraint(
                        name="municipality_code_unique", fields=("code",), condition=~models.Q(code="")
                    ),
                    models.CheckConstraint(
                        name="municipality_code_is_three_digits",
                        condition=models.Q(code="") | models.Q(code__regex=r"^\d{3}$"),
                    ),
                    models.CheckConstraint(name="municipality_slug_not_empty", condition=~models.Q(slug="")),
                    models.CheckConstraint(
                        name="municipality_slug_not_reserved",
                        condition=~models.Q(slug__in=_RESERVED_SLUGS),
                        violation_error_message="Adressen er optaget af sitet selv.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", _id()),
                ("name", models.CharField("navn", max_length=200)),
                ("slug", models.SlugField("adresse", max_length=200)),
                ("sort_key", _sort_key()),
                ("successor", _optional_key("committee", models.SET_NULL, "predecessors", "afløst af")),
                ("municipality", _key("municipality", models.PROTECT, "committees", "kommune")),
            ],
            options={
                "verbose_name": "udvalg",
                "verbose_name_plural": "udvalg",
                "ordering": ("sort_key", "id"),
                "constraints": [
                    models.UniqueConstraint(name="committee_slug_unique", fields=("municipality", "slug")),
                    models.CheckConstraint(name="committee_slug_not_empty", condition=~models.Q(slug="")),
                    models.CheckConstraint(
                        name="committee_slug_not_reserved",
                        condition=~models.Q(slug__in=["feed", "personer", "sager"]),
                        violation_error_message="Adressen er optaget af sitet selv.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteeAlias",
            fields=[
                ("id", _id()),
                ("name", models.CharField("navn", max_length=200)),
                ("slug", models.SlugField("adresse", max_length=200)),
                ("valid_from", models.DateField("fra", null=True, blank=True)),
                ("valid_to", models.DateField("til", null=True, blank=True)),
                ("committee", _key("committee", models.CASCADE, "aliases", "udvalg")),
            ],
            options={
                "verbose_name": "andet navn",
                "verbose_name_plural": "andre navne",
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(name="committeealias_slug_unique", fields=("committee", "slug"))
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", _id()),
                ("letter", models.CharField("bogstav eller navn, som trykt", max_length=60)),
                ("name", models.CharField("navn", max_length=200, blank=True)),
                ("valid_from", models.DateField("fra", null=True, blank=True)),
                ("valid_to", models.DateField("til", null=True, blank=True)),
                ("municipality", _key("municipality", models.PROTECT, "parties", "kommune")),
            ],
            options={
                "verbose_name": "parti",
                "verbose_name_plural": "partier",
                "ordering": ("municipality", "letter", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        name="party_letter_unique",
                        fields=("municipality", "letter", "valid_from"),
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", _id()),
                ("name", models.CharField("navn", max_length=200)),
                ("slug", models.SlugField("adresse", max_length=200)),
                ("sort_key", _sort_key()),
                ("municipality", _key("municipality", models.PROTECT, "people", "kommune")),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "personer",
                "ordering": ("sort_key", "id"),
                "constraints": [
                    models.UniqueConstraint(name="person_slug_unique", fields=("municipality", "slug")),
                    models.CheckConstraint(name="person_slug_not_empty", condition=~models.Q(slug="")),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonAlias",
            fields=[
                ("id", _id()),
                ("name", models.CharField("navn", max_length=200)),
                ("slug", models.SlugField("adresse", max_length=200)),
                ("made_at", models.DateTimeField("hvornår", auto_now_add=True)),
                ("made_by", _user("+", "af")),
                ("municipality", _key("municipality", models.PROTECT, "person_aliases", "kommune")),
                ("person", _key("person", models.CASCADE, "aliases", "person")),
            ],
            options={
                "verbose_name": "anden stavemåde",
                "verbose_name_plural": "andre stavemåder",
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(name="personalias_slug_unique", fields=("municipality", "slug"))
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", _id()),
                ("number", models.CharField("sagsnummer", max_length=100)),
                ("slug", models.SlugField("adresse", max_length=120)),
                ("standing", models.BooleanField("stående", default=False)),
                ("municipality", _key("municipality", models.PROTECT, "cases", "kommune")),
            ],
            options={
                "verbose_name": "sag",
                "verbose_name_plural": "sager",
                "ordering": ("municipality", "number"),
                "constraints": [
                    models.UniqueConstraint(name="case_slug_unique", fields=("municipality", "slug")),
                    models.CheckConstraint(name="case_slug_not_empty", condition=~models.Q(slug="")),
                ],
            },
        ),
        # Sources and meetings
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", _id()),
                ("started_at", models.DateTimeField("begyndt", auto_now_add=True)),
                (
                    "finished_at",
                    models.DateTimeField("færdig", null=True, blank=True, help_text="Tom, hvis afbrudt."),
                ),
                ("paths", models.JSONField("stier", default=list)),
                ("options", models.JSONField("valg", default=dict)),
                ("imported", models.PositiveIntegerField("nye", default=0)),
                ("unchanged", models.PositiveIntegerField("uændrede", default=0)),
                ("updated", models.PositiveIntegerField("opdaterede", default=0)),
                ("refused", models.PositiveIntegerField("afviste", default=0)),
                ("report", models.JSONField("rapport", default=list)),
                ("municipality", _optional_key("municipality", models.SET_NULL, "import_runs", "kommune")),
                ("user", _user("import_runs", "bruger")),
            ],
            options={
                "verbose_name": "indlæsning",
                "verbose_name_plural": "indlæsninger",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", _id()),
                ("sha256", models.CharField("SHA-256", max_length=64)),
                ("size", models.PositiveBigIntegerField("bytes")),
                ("name", models.CharField("filnavn", max_length=255)),
                ("origin", models.CharField("oprindelse", max_length=1000, blank=True)),
                ("received_at", models.DateTimeField("modtaget", auto_now_add=True)),
                ("given_date", models.DateField("oplyst dato", null=True, blank=True)),
                ("given_committee", models.CharField("oplyst udvalg", max_length=200, blank=True)),
                ("given_encoding", models.CharField("oplyst tegnsæt", max_length=40, blank=True)),
                (
                    "given_municipality",
                    _optional_key("municipality", models.PROTECT, "given_sources", "oplyst kommune"),
                ),
                ("run", _optional_key("importrun", models.SET_NULL, "sources", "indlæsning")),
            ],
            options={
                "verbose_name": "kilde",
                "verbose_name_plural": "kilder",
                "ordering": ("-id",),
                "constraints": [models.UniqueConstraint(name="source_sha256_unique", fields=("sha256",))],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", _id()),
                ("date", models.DateField("dato")),
                ("sequence", models.PositiveSmallIntegerField("møde nr. den dag", default=1)),
                ("start_time", models.TimeField("begynder", null=True, blank=True)),
                ("location", models.CharField("sted", max_length=300, blank=True)),
                ("term", models.CharField("valgperiode", max_length=20, blank=True)),
                (
                    "kind",
                    models.CharField("mødets art", max_length=15, choices=_MEETING_KINDS, default="ordinary"),
                ),
                (
                    "document",
                    models.CharField("dokument", max_length=10, choices=_DOCUMENTS, default="minutes"),
                ),
                ("committee_as_printed", models.CharField("udvalg som trykt", max_length=300, blank=True)),
                ("state", models.CharField("tilstand", max_length=10, choices=_STATES, default="draft")),
                ("published_at", models.DateTimeField("offentliggjort", null=True, blank=True)),
                ("created_at", models.DateTimeField("oprettet", auto_now_add=True)),
                ("updated_at", models.DateTimeField("ændret", auto_now=True)),
                ("committee", _key("committee", models.PROTECT, "meetings", "udvalg")),
                ("approved_by", _user("+", "godkendt af den første")),
                ("indexed_at", models.DateTimeField("indekseret", null=True, blank=True)),
            ],
            options={
                "verbose_name": "møde",
                "verbose_name_plural": "møder",
                "ordering": ("-date", "-id"),
                "permissions": _PERMISSIONS,
                "indexes": [
                    models.Index(
                        name="meeting_published_newest",
                        fields=["-date", "-id"],
                        condition=models.Q(state="published"),
                    ),
                    models.Index(name="meeting_of_committee", fields=["committee", "-date", "-id"]),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        name="meeting_identity_unique", fields=("committee", "date", "sequence")
                    ),
                    models.CheckConstraint(
                        name="meeting_sequence_from_one", condition=models.Q(sequence__gte=1)
                    ),
                    models.CheckConstraint(
                        name="meeting_state_known",
                        condition=models.Q(state__in=["draft", "published", "withdrawn", "taken_down"]),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", _id()),
                ("date", models.DateField("dato")),
                ("sequence", models.PositiveSmallIntegerField("møde nr. den dag", default=1)),
                ("committee", _key("committee", models.PROTECT, "former_addresses", "udvalg")),
                ("meeting", _key("meeting", models.CASCADE, "former_addresses", "møde")),
            ],
            options={
                "verbose_name": "tidligere adresse",
                "verbose_name_plural": "tidligere adresser",
                "ordering": ("meeting", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        name="formeraddress_identity_unique", fields=("committee", "date", "sequence")
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", _id()),
                ("text", models.TextField("tekst")),
                ("facts", models.JSONField("fakta")),
                ("warnings", models.JSONField("advarsler", default=list)),
                ("reader_version", models.PositiveIntegerField("læserens version")),
                ("document", models.CharField("dokument", max_length=10, choices=_DOCUMENTS)),
                ("supplement", models.BooleanField("tillæg", default=False)),
                ("current", models.BooleanField("gældende", default=False)),
                ("created_at", models.DateTimeField("læst", auto_now_add=True)),
                ("meeting", _key("meeting", models.PROTECT, "readings", "møde")),
                ("source", _key("source", models.PROTECT, "readings", "kilde")),
                ("approved_by", _user("+", "godkendt af den første")),
                ("open_hits", models.JSONField("mulige CPR-numre", default=list, blank=True)),
                ("waiting", models.BooleanField("venter", default=False)),
                ("public_until", models.DateTimeField("offentlig til", null=True, blank=True)),
            ],
            options={
                "verbose_name": "læsning",
                "verbose_name_plural": "læsninger",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        name="reading_one_current_per_meeting",
                        fields=("meeting",),
                        condition=models.Q(current=True, supplement=False),
                    ),
                    models.CheckConstraint(
                        name="reading_waits_or_is_current", condition=~models.Q(current=True, waiting=True)
                    ),
                ],
            },
        ),
        # Agenda items
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads")),
                ("number", models.CharField("nummer som trykt", max_length=30, blank=True)),
                ("slug", models.SlugField("adresse", max_length=40)),
                ("title", models.TextField("titel")),
                ("closed", models.BooleanField("lukket", default=False)),
                ("decision", models.TextField("beslutning", blank=True)),
                ("outcome", models.CharField("udfald", max_length=15, choices=_OUTCOMES, default="none")),
                ("contested", models.BooleanField("omstridt", default=False)),
                ("meeting", _key("meeting", models.CASCADE, "items", "møde")),
                ("reading", _key("reading", models.PROTECT, "items", "læsning")),
                ("reading_index", models.PositiveSmallIntegerField("plads i læsningen", default=0)),
            ],
            options={
                "verbose_name": "punkt",
                "verbose_name_plural": "punkter",
                "ordering": ("meeting", "position", "id"),
                "indexes": [models.Index(name="agendaitem_in_meeting", fields=["meeting", "position"])],
                "constraints": [
                    models.UniqueConstraint(name="agendaitem_slug_unique", fields=("meeting", "slug")),
                    models.CheckConstraint(name="agendaitem_slug_not_empty", condition=~models.Q(slug="")),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads")),
                ("heading", models.CharField("overskrift", max_length=300, blank=True)),
                ("kind", models.CharField("art", max_length=25, choices=_SECTION_KINDS)),
                ("text", models.TextField("tekst", blank=True)),
                ("start", models.PositiveIntegerField("fra tegn")),
                ("end", models.PositiveIntegerField("til tegn")),
                ("item", _key("agendaitem", models.CASCADE, "sections", "punkt")),
            ],
            options={
                "verbose_name": "afsnit",
                "verbose_name_plural": "afsnit",
                "ordering": ("item", "position"),
                "constraints": [
                    models.UniqueConstraint(name="section_position_unique", fields=("item", "position")),
                    models.CheckConstraint(
                        name="section_span_forward", condition=models.Q(start__lte=models.F("end"))
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads")),
                ("title", models.TextField("titel")),
                ("item", _key("agendaitem", models.CASCADE, "attachments", "punkt")),
            ],
            options={
                "verbose_name": "bilag",
                "verbose_name_plural": "bilag",
                "ordering": ("item", "position"),
                "constraints": [
                    models.UniqueConstraint(name="attachment_position_unique", fields=("item", "position"))
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseNumber",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads", default=1)),
                ("label", models.CharField("betegnelse", max_length=30, blank=True)),
                ("printed", models.CharField("som trykt", max_length=100)),
                ("case", _key("case", models.PROTECT, "case_numbers", "sag")),
                ("item", _key("agendaitem", models.CASCADE, "case_numbers", "punkt")),
            ],
            options={
                "verbose_name": "sagsnummer",
                "verbose_name_plural": "sagsnumre",
                "ordering": ("item", "position"),
                "constraints": [
                    models.UniqueConstraint(name="casenumber_once_per_item", fields=("item", "case")),
                    models.UniqueConstraint(name="casenumber_position_unique", fields=("item", "position")),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="items",
            field=models.ManyToManyField(
                "minutes.agendaitem", related_name="cases", through="minutes.CaseNumber"
            ),
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads")),
                ("kind", models.CharField("art", max_length=15, choices=_REFERENCE_KINDS)),
                ("committee_name", models.CharField("udvalg", max_length=200, blank=True)),
                ("date", models.DateField("dato", null=True, blank=True)),
                ("item_number", models.CharField("punkt", max_length=30, blank=True)),
                ("text", models.TextField("ordlyd", blank=True)),
                ("start", models.PositiveIntegerField("fra tegn", null=True, blank=True)),
                ("end", models.PositiveIntegerField("til tegn", null=True, blank=True)),
                ("item", _key("agendaitem", models.CASCADE, "references", "punkt")),
                (
                    "target_item",
                    _optional_key("agendaitem", models.SET_NULL, "referenced_by", "punktet, der menes"),
                ),
                (
                    "target_meeting",
                    _optional_key("meeting", models.SET_NULL, "referenced_by", "mødet, der menes"),
                ),
            ],
            options={
                "verbose_name": "henvisning",
                "verbose_name_plural": "henvisninger",
                "ordering": ("item", "position"),
                "indexes": [
                    models.Index(
                        name="reference_of_day", fields=["date"], condition=models.Q(date__isnull=False)
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(name="reference_position_unique", fields=("item", "position"))
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads")),
                ("subject", models.CharField("om", max_length=30, default="main")),
                ("for_count", models.PositiveIntegerField("for", null=True, blank=True)),
                ("against_count", models.PositiveIntegerField("imod", null=True, blank=True)),
                ("abstained_count", models.PositiveIntegerField("undlod", null=True, blank=True)),
                (
                    "counts_from",
                    models.CharField("tallene er", max_length=10, choices=_COUNTS_FROM, default="printed"),
                ),
                ("result", models.CharField("resultat", max_length=10, choices=_RESULTS)),
                (
                    "result_from",
                    models.CharField("resultatet er", max_length=10, choices=_RESULT_FROM, default="printed"),
                ),
                ("evidence", models.TextField("ordlyd")),
                ("start", models.PositiveIntegerField("fra tegn")),
                ("end", models.PositiveIntegerField("til tegn")),
                ("item", _key("agendaitem", models.CASCADE, "ballots", "punkt")),
                ("corrected_on", models.DateField("rettet", null=True, blank=True)),
            ],
            options={
                "verbose_name": "afstemning",
                "verbose_name_plural": "afstemninger",
                "ordering": ("item", "position"),
                "constraints": [
                    models.UniqueConstraint(name="ballot_position_unique", fields=("item", "position")),
                    models.CheckConstraint(
                        name="ballot_span_forward", condition=models.Q(start__lte=models.F("end"))
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", _id()),
                ("choice", models.CharField("stemme", max_length=10, choices=_VOTES)),
                (
                    "count",
                    models.PositiveIntegerField(
                        "antal", null=True, blank=True, help_text="Partiets stemmer, hvor de er trykt."
                    ),
                ),
                ("ballot", _key("ballot", models.CASCADE, "votes", "afstemning")),
                ("party", _optional_key("party", models.PROTECT, "votes", "parti")),
                ("person", _optional_key("person", models.PROTECT, "votes", "person")),
            ],
            options={
                "verbose_name": "stemme",
                "verbose_name_plural": "stemmer",
                "ordering": ("ballot", "id"),
                "constraints": [
                    models.CheckConstraint(
                        name="vote_of_person_or_party",
                        condition=models.Q(party__isnull=True, person__isnull=False)
                        | models.Q(party__isnull=False, person__isnull=True),
                    ),
                    models.UniqueConstraint(
                        name="vote_once_per_person",
                        fields=("ballot", "person"),
                        condition=models.Q(person__isnull=False),
                    ),
                    models.UniqueConstraint(
                        name="vote_once_per_party_and_choice",
                        fields=("ballot", "party", "choice"),
                        condition=models.Q(party__isnull=False),
                    ),
                    models.CheckConstraint(
                        name="vote_choice_known",
                        condition=models.Q(choice__in=["for", "against", "abstained"]),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads")),
                ("kind", models.CharField("art", max_length=15, choices=_STATEMENT_KINDS)),
                ("who", models.CharField("hvem, som trykt", max_length=500)),
                ("text", models.TextField("tekst", blank=True)),
                ("start", models.PositiveIntegerField("fra tegn", null=True, blank=True)),
                ("end", models.PositiveIntegerField("til tegn", null=True, blank=True)),
                ("item", _key("agendaitem", models.CASCADE, "statements", "punkt")),
                (
                    "people",
                    models.ManyToManyField(
                        "minutes.person", blank=True, related_name="statements", verbose_name="personer"
                    ),
                ),
            ],
            options={
                "verbose_name": "udtalelse",
                "verbose_name_plural": "udtalelser",
                "ordering": ("item", "position"),
                "constraints": [
                    models.UniqueConstraint(name="statement_position_unique", fields=("item", "position"))
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField("plads")),
                ("role", models.CharField("rolle", max_length=10, choices=_ROLES)),
                ("name", models.CharField("navn, som trykt", max_length=200)),
                ("note", models.CharField("grund eller stilling", max_length=300, blank=True)),
                ("item", _optional_key("agendaitem", models.CASCADE, "attendances", "punkt")),
                ("meeting", _key("meeting", models.CASCADE, "attendances", "møde")),
                ("party", _optional_key("party", models.PROTECT, "attendances", "parti")),
                ("person", _optional_key("person", models.PROTECT, "attendances", "person")),
            ],
            options={
                "verbose_name": "deltagelse",
                "verbose_name_plural": "deltagelser",
                "ordering": ("meeting", "item", "position"),
                "constraints": [
                    models.CheckConstraint(
                        name="attendance_guest_is_no_member",
                        condition=~models.Q(role="guest") | models.Q(person__isnull=True),
                    )
                ],
            },
        ),
        # Staff
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", _id()),
                (
                    "group",
                    _key(
                        "auth.group",
                        models.PROTECT,
                        "assignments",
                        "rolle",
                        limit_choices_to={"name__in": ["Redaktør", "Ansvarlig"]},
                    ),
                ),
                ("municipality", _key("municipality", models.CASCADE, "assignments", "kommune")),
                ("user", _key(settings.AUTH_USER_MODEL, models.CASCADE, "assignments", "bruger")),
            ],
            options={
                "verbose_name": "tildeling",
                "verbose_name_plural": "tildelinger",
                "ordering": ("municipality", "user"),
                "constraints": [
                    models.UniqueConstraint(
                        name="assignment_once_per_municipality", fields=("user", "municipality")
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", _id()),
                ("item_slug", models.SlugField("punktets adresse", max_length=40, blank=True)),
                ("field", models.CharField("hvad", max_length=15, choices=_CORRECTED_FIELDS)),
                ("seen", models.JSONField("som læst", null=True)),
                ("value", models.JSONField("rettet til", null=True)),
                ("found", models.JSONField("ny læsning", null=True)),
                (
                    "state",
                    models.CharField(
                        "tilstand", max_length=10, choices=_CORRECTION_STATES, default="in_force"
                    ),
                ),
                ("reason", models.CharField("begrundelse", max_length=500, blank=True)),
                ("made_at", models.DateTimeField("rettet", auto_now_add=True)),
                ("made_by", _user("corrections", "rettet af")),
                ("meeting", _key("meeting", models.CASCADE, "corrections", "møde")),
            ],
            options={
                "verbose_name": "rettelse",
                "verbose_name_plural": "rettelser",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        name="correction_one_in_force",
                        fields=("meeting", "item_slug", "field"),
                        condition=models.Q(state__in=["in_force", "questioned"]) & ~models.Q(field="ballot"),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Takedown",
            fields=[
                ("id", _id()),
                ("ledger_id", models.UUIDField("nr. i fortegnelsen", unique=True)),
                (
                    "meeting_keys",
                    ArrayField(models.CharField(max_length=420), verbose_name="mødets adresser"),
                ),
                (
                    "sources",
                    ArrayField(models.CharField(max_length=64), default=list, verbose_name="dokumenter"),
                ),
                ("reason", models.CharField("begrundelse", max_length=500, blank=True)),
                ("made_at", models.DateTimeField("hvornår")),
                ("made_by", models.CharField("af", max_length=150, blank=True)),
                ("item_slug", models.SlugField("punktets adresse", max_length=40, blank=True)),
                ("title_letters", models.PositiveIntegerField("titlens længde", default=0)),
                ("title_fingerprint", models.CharField("titlens fingeraftryk", max_length=64, blank=True)),
                ("municipality", _key("municipality", models.SET_NULL, "+", "kommune", null=True)),
            ],
            options={
                "verbose_name": "nedtagning",
                "verbose_name_plural": "nedtagninger",
                "ordering": ("-id",),
                "indexes": [GinIndex(name="takedown_of_meeting", fields=["meeting_keys"])],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", _id()),
                ("ledger_id", models.UUIDField("nr. i fortegnelsen", unique=True)),
                (
                    "meeting_keys",
                    ArrayField(models.CharField(max_length=420), verbose_name="mødets adresser"),
                ),
                (
                    "sources",
                    ArrayField(models.CharField(max_length=64), default=list, verbose_name="dokumenter"),
                ),
                ("reason", models.CharField("begrundelse", max_length=500, blank=True)),
                ("made_at", models.DateTimeField("hvornår")),
                ("made_by", models.CharField("af", max_length=150, blank=True)),
                ("kind", models.CharField("art", max_length=20, choices=_REDACTION_KINDS)),
                ("letters", models.PositiveIntegerField("længde", default=0)),
                ("fingerprint", models.CharField("fingeraftryk", max_length=64)),
                ("municipality", _key("municipality", models.SET_NULL, "+", "kommune", null=True)),
            ],
            options={
                "verbose_name": "overdækning",
                "verbose_name_plural": "overdækninger",
                "ordering": ("-id",),
                "indexes": [GinIndex(name="redaction_of_meeting", fields=["meeting_keys"])],
            },
        ),
        migrations.CreateModel(
            name="FalseHit",
            fields=[
                ("id", _id()),
                ("fingerprint", models.CharField("fingeraftryk", max_length=64)),
                ("reason", models.CharField("begrundelse", max_length=500)),
                ("made_at", models.DateTimeField("vurderet", auto_now_add=True)),
                ("made_by", _user("false_hits", "vurderet af")),
                ("meeting", _key("meeting", models.CASCADE, "false_hits", "møde")),
            ],
            options={
                "verbose_name": "vurderet CPR-fund",
                "verbose_name_plural": "vurderede CPR-fund",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        name="falsehit_once_per_meeting", fields=("meeting", "fingerprint")
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", _id()),
                ("kind", models.CharField("hvad", max_length=15, choices=_CHANGE_KINDS)),
                ("detail", models.CharField("nærmere", max_length=200, blank=True)),
                ("reason", models.CharField("begrundelse", max_length=500, blank=True)),
                ("at", models.DateTimeField("hvornår", auto_now_add=True)),
                ("by", _user("changes", "af")),
                ("meeting", _optional_key("meeting", models.CASCADE, "changes", "møde")),
                ("municipality", _key("municipality", models.CASCADE, "changes", "kommune")),
            ],
            options={
                "verbose_name": "hændelse",
                "verbose_name_plural": "hændelser",
                "ordering": ("-id",),
                "indexes": [models.Index(name="change_of_municipality", fields=["municipality", "-id"])],
            },
        ),
    ]

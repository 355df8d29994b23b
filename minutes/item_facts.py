"""The simple facts of an agenda item, each described once.

The projection, the CSV columns, the API, the export and its import, the item's page and the search all read
this list. A new fact needs its line here, a field of the reader's `Item`, a column of `AgendaItem` and its
migration, and the rule that reads it; CONTRIBUTING.md has an example.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from minutes.vocabulary import Outcome

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class NamePrefix:
    """A prefix of the query language that finds items by somebody's name, with what it finds for the help."""

    prefix: str
    help: "StrOrPromise"


@dataclass(frozen=True)
class ItemFact:
    """A fact of one value. `name` is the field of the model, the reader's `Item`, the API and the export.

    Text is "" in the table and null in the reader's facts and the API where nothing is printed, unless it is
    `required`. A fact that is not `public_when_closed` has its default in the public row of a closed item.
    """

    name: str
    label: "StrOrPromise"
    type: type[str] | type[bool] | type[StrEnum]
    csv_column: str
    example: str | bool
    description: str | None = None  # in the API
    required: bool = False
    derived: bool = False  # computed by the projection; the reader's `Item` does not have it
    long_text: bool = False  # the last column of a CSV file
    public_when_closed: bool = True
    on_page: bool = False  # listed with its label on the item's page; others have a place of their own
    search: NamePrefix | None = None

    @property
    def default(self) -> str | bool:
        """The value in the table where nothing is printed."""
        if self.type is bool:
            return False
        return Outcome.NONE.value if self.type is Outcome else ""

    @property
    def nullable(self) -> bool:
        """Return True when the API has null for the default."""
        return self.type is str and not self.required


ITEM_FACTS: tuple[ItemFact, ...] = (
    ItemFact(
        name="number",
        label=_("nummer i referatet"),
        type=str,
        csv_column="punkt",
        description="As printed.",
        example="3",
    ),
    ItemFact(
        name="title",
        label=_("titel"),
        type=str,
        csv_column="titel",
        example="Cykelsti langs Mosevej",
        required=True,
    ),
    ItemFact(
        name="closed",
        label=_("lukket"),
        type=bool,
        csv_column="lukket",
        description="Whether it was dealt with behind closed doors.",
        example=False,
    ),
    ItemFact(
        name="decision",
        label=_("beslutning"),
        type=str,
        csv_column="beslutning",
        description="As printed. Null where none is.",
        example="Godkendt med 27 stemmer for og 1 stemme imod.",
        long_text=True,
    ),
    ItemFact(
        name="outcome",
        label=_("udfald"),
        type=Outcome,
        csv_column="udfald",
        description="What became of it, in one word.",
        example="approved",
    ),
    ItemFact(
        name="contested",
        label=_("omstridt"),
        type=bool,
        csv_column="omstridt",
        description="Whether somebody voted against, abstained or took a reservation.",
        example=True,
        derived=True,
    ),
    ItemFact(
        name="topic",
        label=_("emne"),
        type=str,
        csv_column="emne",
        description="The topic by the subject number that the case number begins with: a key, as in the"
        " search's parameter `topic`. Null where it has none.",
        example="trafik",
        derived=True,
    ),
    ItemFact(
        name="case_officer",
        label=_("sagsbehandler"),
        type=str,
        csv_column="sagsbehandler",
        description="Who prepared the item, by name or initials as printed. Null where none is.",
        example="Mette Holm",
        public_when_closed=False,
        on_page=True,
        search=NamePrefix("sagsbehandler", help=_("den sagsbehandler, der er nævnt")),
    ),
)

LABELS: "dict[str, StrOrPromise]" = {fact.name: fact.label for fact in ITEM_FACTS}

# In the order of the columns of a CSV file.
CSV_FACTS = tuple(sorted(ITEM_FACTS, key=lambda fact: fact.long_text))

# The facts that can be searched by a prefix of their own.
SEARCHED_FACTS: tuple[tuple[ItemFact, NamePrefix], ...] = tuple(
    (fact, fact.search) for fact in ITEM_FACTS if fact.search
)

"""Danish letters in addresses and in sorting."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, F, Func, GeneratedField, Value
from django.db.models.functions import Lower, Replace

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"})
# "børne- og ungeudvalget (2018)" → everything between runs of a-z and 0-9.
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return `text` as one part of an address: "Børne- og Ungeudvalget" → "boerne-og-ungeudvalget".

    æ ø å become ae oe aa, other accents are removed, and everything else between runs of
    a-z and 0-9 becomes one hyphen. The result may be empty.
    """
    folded = text.casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain).strip("-")


class SortKey(GeneratedField):
    """A generated column that sorts names in Danish order (… z æ ø å, aa as å) under any server locale.

    The database computes it from the field `source`; the column's collation is "C".
    """

    def __init__(self, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs["expression"] = Func(
            Replace(Lower(F(source)), Value("aa"), Value("å")),
            # { | } follow z in ASCII, as æ ø å follow z in Danish. Capitals are listed because lower()
            # under the locale "C" does not change them.
            Value("æäÆøöØåÅéèëáàüÉ"),
            Value("{{{|||}}eeeaaye"),
            function="translate",
        )
        kwargs["output_field"] = CharField(max_length=300, db_collation="C")
        kwargs["db_persist"] = True
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", args, kwargs

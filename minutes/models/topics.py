"""The labels of topics in the language of the page."""

from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import get_language

from minutes.topics import ENGLISH_LABELS, LABELS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def topic_label(topic: str) -> str:
    """Return the label of a topic's key, in English on an English page; "" for none."""
    labels = ENGLISH_LABELS if get_language() == "en" else LABELS
    return labels.get(topic, "")


# By key, in the order of lists of topics; translated when they are shown.
TOPIC_LABELS: "dict[str, StrOrPromise]" = {topic: lazy(topic_label, str)(topic) for topic in LABELS}

"""Limits on the forms of visitors: how often a network, and everybody, may send one."""

import datetime
from typing import ClassVar, TypeVar

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

Row = TypeVar("Row", bound=models.Model)

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


class VisitorQuerySet(models.QuerySet[Row]):
    """Rows that visitors sent, each with a keyed hash of its network and the date, and the time.

    With the date in the hash, rows of two days cannot be connected.
    """

    salt: ClassVar[str]
    network_field: ClassVar[str]
    time_field: ClassVar[str]
    # Limits that a person does not reach and a script does: in an hour, and in a day.
    most_of_network: ClassVar[int]
    most_in_all: ClassVar[int]

    def accepts(self, network: str) -> bool:
        """Return False if too many rows came from the network within an hour, or in all within a day.

        One query.
        """
        now = timezone.now()
        networks = [self.hash_of(network, now), self.hash_of(network, now - HOUR)]
        here = Q(**{f"{self.time_field}__gt": now - HOUR, f"{self.network_field}__in": networks})
        counts = self.filter(**{f"{self.time_field}__gt": now - DAY}).aggregate(
            here=Count("pk", filter=here), everywhere=Count("pk")
        )
        return bool(counts["here"] < self.most_of_network and counts["everywhere"] < self.most_in_all)

    @classmethod
    def hash_of(cls, value: str, at: datetime.datetime) -> str:
        """Return the keyed hash of a network or an address on the day of `at`."""
        return salted_hmac(cls.salt, f"{value} {timezone.localdate(at)}", algorithm="sha256").hexdigest()

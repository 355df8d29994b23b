"""Fixtures of the tests of e-mail alerts: a mail server, and an archive with an old and a new meeting."""

import pytest
from django.utils import timezone

from minutes.alerts import delivery
from minutes.models import Meeting
from tests.documents import imported
from tests.following import DAY, VOTED
from tests.mail_sink import mail_server
from tests.texts import minutes


@pytest.fixture(scope="module")
def server():
    with mail_server() as (sink, port):
        yield sink, port


@pytest.fixture
def sink(server, settings, monkeypatch):
    """The mail server that the site uses, without mails."""
    sink, settings.EMAIL_PORT = server
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    settings.DEFAULT_FROM_EMAIL = "arkiv@eksempel.dk"
    settings.SITE_URL = "https://referater.eksempel.dk"
    sink.mails.clear()
    sink.recipient_answer = sink.data_answer = ""
    monkeypatch.setattr(delivery, "SETTLED", 0 * DAY)
    return sink


@pytest.fixture(scope="module", autouse=True)
def archive(module_db):
    """Create an old meeting, so that the pages exist, and a new one."""
    imported(minutes("Havnebad", "Cykelsti", day="14-01-2019"))
    Meeting.objects.update(published_at=timezone.now() - 30 * DAY)
    imported(minutes("Havnebad", "Skolevej", decision=VOTED))


@pytest.fixture
def new():
    """The new meeting."""
    return Meeting.objects.with_places().get(date__year=2020)

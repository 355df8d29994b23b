"""Schemathesis checks the responses of the API against its OpenAPI document."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from minutes.models import Meeting
from minutes.reader.records import Participant, Reference, Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, item, section

pytestmark = pytest.mark.django_db

_CONFIG = SchemathesisConfig(
    seed=1,
    projects=ProjectsConfig(
        default=ProjectConfig(
            generation=GenerationConfig(max_examples=20, deterministic=True, database="none")
        )
    ),
)
# Requests run in this process; fetching the document needs no database.
API = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=_CONFIG)


@pytest.fixture(autouse=True)
def one_connection():
    """Let the requests of a test share its transaction, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def archive() -> Meeting:
    """The meeting that the document's examples name."""
    voted = item(
        "3",
        "Cykelsti langs Mosevej",
        case_number="05.01.00-P20-1-19",
        decision="Godkendt med 27 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        outcome=Outcome.APPROVED,
        sections=(section(SectionKind.RESUME, "Kort om stien.", "Resume"),),
        attachments=("Kort over stien",),
        ballots=(ballot(27, 1, against_names=("Ane Lund",)),),
        statements=(Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5),),
        references=(
            Reference(committee="Byrådet", date="2019-09-09", item="386", evidence="x", start=0, end=4),
        ),
    )
    minutes = document(
        voted, committee="Byrådet", term="2018-2021", participants=(Participant(name="Ane Lund", party="A"),)
    )
    return file(minutes).meeting


@API.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_response_is_documented(archive, case):
    """Check that there is no 5xx, and only documented statuses, schemas and query parameters.

    A schema cannot say which slugs are in the archive, so unknown ones may be refused.
    """
    # Schemathesis does not decompress the responses of this transport.
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance]
    )

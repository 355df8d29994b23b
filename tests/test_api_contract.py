"""The API keeps to its OpenAPI document, whatever it is asked: schemathesis asks."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from minutes.models import Meeting
from minutes.reader.records import Participant, Reference, Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, item, section

pytestmark = pytest.mark.django_db

EXAMPLES = 12


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
    told = document(
        voted, committee="Byrådet", term="2018-2021", participants=(Participant(name="Ane Lund", party="A"),)
    )
    return file(told).meeting


@pytest.fixture
def api(archive: Meeting):
    """The API of the site, asked in this process."""
    generation = GenerationConfig(max_examples=EXAMPLES, deterministic=True, database="none")
    projects = ProjectsConfig(default=ProjectConfig(generation=generation))
    config = SchemathesisConfig(seed=1, projects=projects)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)


contract = schemathesis.pytest.from_fixture("api")


@contract.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_document_tells_of(case):
    """No 5xx, no status or schema but those documented, no query parameter that is not known.

    Whether a slug is one of the archive's no schema can say, so those that it has not may be refused.
    """
    case.call_and_validate(excluded_checks=[positive_data_acceptance])

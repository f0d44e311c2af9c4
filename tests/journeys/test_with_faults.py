"""The longest journeys, unchanged, while calls fail and deliveries come twice and out of order.

The journeys are those of the other files; here they meet the faults of `with_faults.py`.
"""

import pytest

from tests.journeys.county import County
from tests.journeys.test_lead import (
    test_one_lead_from_request_to_receipt_with_errors_on_the_way,
    test_two_forms_open_at_once_are_never_mixed,
)
from tests.journeys.test_sponsor_and_board import (
    escalated,
    test_one_sponsor_from_escalation_to_acknowledgement_with_a_note,
    test_the_board_reads_the_digest_and_its_thread,
)
from tests.journeys.with_faults import FAULTS
from tests.sample import OPENS
from workspace.faults import FaultPlan

__all__ = [
    "escalated",
    "test_one_lead_from_request_to_receipt_with_errors_on_the_way",
    "test_one_sponsor_from_escalation_to_acknowledgement_with_a_note",
    "test_the_board_reads_the_digest_and_its_thread",
    "test_two_forms_open_at_once_are_never_mixed",
]


@pytest.fixture(params=["socket"])
def transport(request: pytest.FixtureRequest) -> str:
    """Over sockets only: the other road is tried without faults."""
    return str(request.param)


@pytest.fixture
def faults() -> FaultPlan:
    return FAULTS


async def test_the_faults_do_happen(county: County) -> None:
    await county.at(OPENS)
    await county.command("central-team-01", "status")
    at_work = county.workspace.faults
    assert at_work is not None
    assert sum(at_work.done.values()) >= 3

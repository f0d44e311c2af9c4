"""Restricted figures: who reads them, from the records."""

from sqlmodel import Session, col, select

from flows import standing, withholding
from flows.standing import Asker
from store import targets
from store.tables import Partnership, Target
from tests.flows.office import SECOND_DAY, Office
from tests.sample import QUARTER

REF = "LAA1-03"
ELSEWHERE = "LAA1-06"


def restrict(session: Session) -> None:
    """Mark the target as restricted."""
    session.exec(select(Target).where(Target.ref == REF)).one().restricted = True


def agree(session: Session) -> None:
    """Every partnership agrees to share its data."""
    for partnership in session.exec(select(Partnership).order_by(col(Partnership.id))):
        partnership.data_sharing_agreed_on = SECOND_DAY.date()


def withheld_from(office: Office, label: str) -> bool:
    def look(session: Session) -> bool:
        who = standing.asker(session, office.slack_ids[label], SECOND_DAY)
        assert isinstance(who, Asker)
        found = targets.in_quarter(session, office.numbers[REF], QUARTER, SECOND_DAY.date())
        assert found is not None
        return withholding.eyes(session, who, SECOND_DAY).withholds(found)

    return office.do(look)


def test_a_restricted_target_is_read_in_its_partnership_alone(opened: Office) -> None:
    opened.do(restrict)
    lead = opened.parts[REF].lead
    assert lead is not None
    assert not withheld_from(opened, lead)
    assert not withheld_from(opened, "target-lead-19"), "who leads another target there"
    assert not withheld_from(opened, "central-team-01")
    assert withheld_from(opened, opened.parts[ELSEWHERE].lead or "")


def test_once_its_partnership_shares_data_everybody_reads_it(opened: Office) -> None:
    opened.do(restrict)
    opened.do(agree)
    assert not withheld_from(opened, opened.parts[ELSEWHERE].lead or "")

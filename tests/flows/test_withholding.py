"""Restricted figures: who reads them, from the records and in every answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from flows import answers, return_history, returns_list, standing, target_answer, withholding
from flows.digest import compose
from flows.home.gather import home
from flows.partnership import partnership
from flows.standing import Asker
from messages.gallery import Roles
from messages.notices import Notice
from messages.notices.answers import TargetAnswer
from messages.notices.checking import ReturnHistory
from messages.notices.digest import DigestAnnex, DigestEscalations, DigestFollowUp
from messages.say import Voice
from rules.vocabulary import ActionState, NoteKind, ReturnState
from store import returns, targets
from store.tables import ActionRow, Note, Partnership, RiskRow, Target
from tests.flows.office import SECOND_DAY, Office
from tests.sample import PACK, QUARTER, RUN

REF = "LAA1-03"
ELSEWHERE = "LAA1-06"
POOR = "LAA1-06"
LATER = RUN + timedelta(hours=2)
SECRET, FIGURE = "Only for the partnership", Decimal("71.37")
OUTSIDE = ("target-lead-19", "psb-member-01", "district-coordinator-01")
CENTRAL, MANAGER = "central-team-01", "laa-manager-01"
VOICE = Voice()


def restrict(session: Session, ref: str = REF) -> None:
    """Mark the target as restricted."""
    session.exec(select(Target).where(Target.ref == ref)).one().restricted = True


def agree(session: Session) -> None:
    """Every partnership agrees to share its data."""
    for one in session.exec(select(Partnership).order_by(col(Partnership.id))):
        one.data_sharing_agreed_on = SECOND_DAY.date()


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


def write_secrets(session: Session, number: int) -> None:
    """Write the same words wherever words of a target are kept, and accept its returns."""
    said = returns.in_quarter(session, QUARTER)[number]
    written = replace(said, actual=FIGURE, cause=SECRET, why=SECRET, reason_text=SECRET)
    returns.keep(session, replace(written, state=ReturnState.ACCEPTED))
    for risk in session.exec(select(RiskRow).where(RiskRow.target_id == number)):
        risk.text = risk.mitigation = SECRET
    for action in session.exec(select(ActionRow).where(ActionRow.target_id == number)):
        action.text = SECRET
    session.add(
        Note(target_id=number, kind=NoteKind.WORKSHOP, on_day=date(2008, 9, 1), text=SECRET, at=RUN)
    )


@pytest.fixture
def restricted(escalated: Office) -> Office:
    """A red target, escalated, with the same words in everything written about it."""
    number = escalated.numbers[POOR]
    escalated.do(restrict, POOR)
    escalated.do(write_secrets, number)
    return escalated


Asked = Callable[[Office, str], object]


def by_partnership(office: Office) -> str:
    found = office.do(targets.in_quarter, office.numbers[POOR], QUARTER, RUN.date())
    assert found is not None
    return found.partnership_name


ANSWERS: dict[str, Asked] = {
    "target": lambda office, by: office.do(target_answer.target, by, POOR, None, LATER),
    "history": lambda office, by: office.do(return_history.history, by, POOR, None, LATER),
    "returns": lambda office, by: office.do(returns_list.listed, by, None, LATER),
    "status": lambda office, by: office.do(answers.status, by, None, "", LATER),
    "escalations": lambda office, by: office.do(answers.escalations, by, None, LATER),
    "partnership": lambda office, by: office.do(
        partnership, by, by_partnership(office), None, LATER
    ),
    "home": lambda office, by: office.do(home, by, LATER),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_tells_anybody_outside_what_was_said_of_a_restricted_target(
    restricted: Office, name: str
) -> None:
    for label in OUTSIDE:
        found = repr(ANSWERS[name](restricted, restricted.slack_ids[label]))
        assert SECRET not in found, label
        assert repr(FIGURE) not in found, label


@pytest.mark.parametrize("name", ["target", "history", "partnership"])
def test_whoever_is_involved_reads_all_of_it(restricted: Office, name: str) -> None:
    part = restricted.parts[POOR]
    for label in (part.lead or "", CENTRAL, MANAGER):
        found = repr(ANSWERS[name](restricted, restricted.slack_ids[label]))
        assert SECRET in found, label
        assert repr(FIGURE) in found, label
        assert "withheld=True" not in found, label


def test_the_colour_stays_and_the_answer_says_why_there_is_no_figure(restricted: Office) -> None:
    outside = restricted.slack_ids[OUTSIDE[0]]
    shown = ANSWERS["target"](restricted, outside)
    assert isinstance(shown, TargetAnswer)
    assert shown.withheld
    assert shown.quarters[0].status is restricted.record(POOR).status
    assert f"kept within {shown.partnership}" in words(shown)
    past = ANSWERS["history"](restricted, outside)
    assert isinstance(past, ReturnHistory)
    assert past.withheld
    assert past.versions[0].status is restricted.record(POOR).status
    assert "kept within its partnership" in words(past)


def test_the_digest_gives_a_restricted_target_its_colour_and_no_figure(
    restricted: Office,
) -> None:
    restricted.do(raise_last_quarter, restricted.numbers[POOR])
    digest = restricted.do(compose, QUARTER, PACK)
    assert SECRET not in repr(digest)
    assert repr(FIGURE) not in repr(digest)
    lines = [
        line
        for _, part in digest.thread
        if isinstance(part, DigestAnnex)
        for _, listed in part.sections
        for line in listed
    ]
    (line,) = [line for line in lines if line.ref == POOR]
    assert (line.withheld, line.status) == (True, restricted.record(POOR).status)
    assert (line.actual, line.expected, line.variance) == (None, None, None)
    assert sum(one.withheld for one in lines) == 1
    for _, part in digest.thread:
        if isinstance(part, DigestAnnex | DigestEscalations) and POOR in repr(part):
            assert "kept within the partnership" in words(part)
        if isinstance(part, DigestFollowUp):
            assert f"{POOR}: what it is stays within the partnership" in words(part)


def test_the_digest_is_as_ever_once_the_partnership_shares_its_data(restricted: Office) -> None:
    restricted.do(agree)
    digest = restricted.do(compose, QUARTER, PACK)
    assert SECRET in repr(digest)
    assert "withheld=True" not in repr(digest)


def raise_last_quarter(session: Session, number: int) -> None:
    """An action the last meeting agreed, so that this one follows it up."""
    kept = session.exec(select(ActionRow).where(ActionRow.target_id == number)).first()
    assert kept is not None
    kept.raised_in, kept.state = QUARTER.previous, ActionState.OPEN


def words(notice: Notice) -> str:
    return " ".join(payload.text for payload in VOICE.say(notice, Roles()))

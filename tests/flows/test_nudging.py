"""Nudging one person, and writing to all who owe: once each, by those who may."""

from datetime import datetime, timedelta

import pytest

from flows import nudging
from flows.home.gather import home
from flows.nudging import Empty, Writing, may_write, write_to_owing
from flows.pause import pause
from messages.notices.home import Home, NoteSent, Nudged
from messages.notices.refusals import (
    NothingToRemind,
    PersonUnknown,
    QuarterIsPaused,
    QuarterNotOpen,
    Refused,
)
from messages.notices.returns import NoteToOwing
from rules.leave import Leave
from store import leave
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import QUARTER, RUN

CENTRAL, LEAD = "central-team-01", "target-lead-19"
LATER = SECOND_DAY + timedelta(minutes=32)


def press(office: Office, label: str = CENTRAL, lead: str = LEAD, now: datetime = LATER) -> object:
    slack_id = office.slack_ids.get(label, "UNOBODY")
    return office.do(nudging.nudge, slack_id, office.people[lead], QUARTER, now)


def write(office: Office, text: str, form: str = "V1", label: str = CENTRAL) -> object:
    return office.do(write_to_owing, office.slack_ids[label], text, form, LATER)


def test_a_nudge_reminds_one_person_of_all_they_owe(almost_in: Office) -> None:
    assert press(almost_in) == Nudged(almost_in.people[LEAD], LATER)
    assert almost_in.told("returns_still_missing") == {LEAD}
    (entry,) = almost_in.audited("nudge")
    assert entry.actor == almost_in.people[CENTRAL]


def test_the_home_says_when_it_was(almost_in: Office) -> None:
    press(almost_in)
    found = almost_in.do(home, almost_in.slack_ids[CENTRAL], LATER)
    assert isinstance(found, Home)
    at = {one.person: one.nudged_at for one in found.owing}
    assert at[almost_in.people[LEAD]] == LATER
    assert list(at.values()).count(None) == len(SILENT) - 1


def test_a_second_press_that_day_sends_nothing_and_says_when_the_first_was(
    almost_in: Office,
) -> None:
    press(almost_in)
    again = press(almost_in, "laa-manager-01", now=LATER + timedelta(hours=2))
    assert again == Nudged(almost_in.people[LEAD], LATER, again=True)
    assert len(almost_in.ledger("returns_still_missing")) == 1
    assert len(almost_in.audited("nudge")) == 1


def test_the_next_day_a_nudge_is_a_new_one(almost_in: Office) -> None:
    press(almost_in)
    press(almost_in, now=LATER + timedelta(days=1))
    assert len(almost_in.ledger("returns_still_missing")) == 2


def test_whoever_owes_nothing_is_not_nudged(almost_in: Office) -> None:
    assert isinstance(press(almost_in, lead="target-lead-06"), NothingToRemind)
    assert almost_in.ledger("returns_still_missing") == []


@pytest.mark.parametrize(
    ("label", "answer"), [(LEAD, Refused), ("psb-member-01", Refused), ("nobody", PersonUnknown)]
)
def test_only_those_who_follow_the_quarter_nudge(
    almost_in: Office, label: str, answer: type
) -> None:
    assert isinstance(press(almost_in, label), answer)
    assert almost_in.ledger("returns_still_missing") == []


def test_once_the_window_has_closed_nobody_is_nudged(escalated: Office) -> None:
    assert isinstance(press(escalated, now=RUN), QuarterNotOpen)


def test_a_note_goes_to_each_who_owes_with_what_they_owe(almost_in: Office) -> None:
    slack_id = almost_in.slack_ids[CENTRAL]
    assert almost_in.do(may_write, slack_id, LATER) == Writing(QUARTER, 3, 3)
    assert write(almost_in, "Please report by Friday.") == NoteSent(QUARTER, 3, 3)
    wanted = {almost_in.parts[ref].lead for ref in SILENT}
    assert almost_in.told("note_to_owing") == wanted
    said = almost_in.said(f"note:2008/09 Q2:V1:person {almost_in.people[LEAD]}")
    assert isinstance(said, NoteToOwing)
    assert said.text == "Please report by Friday."
    assert [target.ref for target in said.targets] == ["LAA2-NI154"]
    (entry,) = almost_in.audited("write to all who owe")
    assert "Please report by Friday." in entry.after


def test_the_same_form_sent_twice_writes_once(almost_in: Office) -> None:
    for _ in range(2):
        assert isinstance(write(almost_in, "Please report."), NoteSent)
    assert len(almost_in.ledger("note_to_owing")) == 3
    assert len(almost_in.audited("write to all who owe")) == 1
    write(almost_in, "Please report.", "V2")
    assert len(almost_in.ledger("note_to_owing")) == 6


def test_a_note_without_words_is_not_sent(almost_in: Office) -> None:
    assert isinstance(write(almost_in, " \n"), Empty)
    assert almost_in.ledger("note_to_owing") == []


def test_a_lead_writes_no_note_to_others(almost_in: Office) -> None:
    assert isinstance(write(almost_in, "Hello.", label=LEAD), Refused)
    assert almost_in.ledger("note_to_owing") == []


def test_with_everything_in_there_is_nobody_to_write_to(almost_in: Office) -> None:
    for ref in SILENT:
        almost_in.report(ref, SECOND_DAY)
    assert isinstance(write(almost_in, "Hello."), NothingToRemind)


def test_while_the_quarter_is_paused_nobody_is_nudged_or_written_to(almost_in: Office) -> None:
    central = almost_in.slack_ids[CENTRAL]
    almost_in.do(pause, central, QUARTER, SECOND_DAY)
    assert isinstance(press(almost_in), QuarterIsPaused)
    assert isinstance(almost_in.do(may_write, central, LATER), QuarterIsPaused)
    assert isinstance(write(almost_in, "Please report."), QuarterIsPaused)
    assert almost_in.keys("returns_still_missing") == almost_in.keys("note_to_owing") == []


def test_for_a_lead_who_is_away_it_goes_to_whoever_answers_and_that_is_said(
    almost_in: Office,
) -> None:
    stand_in = almost_in.people["target-lead-06"]
    days = Leave(almost_in.people[LEAD], SECOND_DAY.date(), RUN.date(), stand_in)
    almost_in.do(leave.keep, days.person, days, SECOND_DAY.date())
    done = press(almost_in)
    assert done == Nudged(almost_in.people[LEAD], LATER, reader=stand_in)
    assert almost_in.told("returns_still_missing") == {"target-lead-06"}
    sent = write(almost_in, "Please report.")
    assert isinstance(sent, NoteSent)
    assert sent.stand_ins == (stand_in,)
    assert LEAD not in almost_in.told("note_to_owing")
    assert "target-lead-06" in almost_in.told("note_to_owing")


def test_a_nudge_at_night_waits_and_that_is_said(almost_in: Office) -> None:
    done = press(almost_in, now=SECOND_DAY + timedelta(hours=12))
    assert isinstance(done, Nudged)
    assert done.rests


def test_what_rests_when_a_quarter_is_paused_is_never_sent(almost_in: Office) -> None:
    press(almost_in, now=SECOND_DAY + timedelta(hours=12))
    assert almost_in.keys("returns_still_missing")
    almost_in.do(pause, almost_in.slack_ids[CENTRAL], QUARTER, SECOND_DAY + timedelta(hours=13))
    assert almost_in.keys("returns_still_missing") == []

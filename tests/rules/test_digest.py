from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.annex import Record
from rules.digest import (
    NEVER_LEFT_OUT,
    DigestPart,
    FollowUpAction,
    FollowUpCount,
    counts,
    days_overdue,
    escalations,
    follow_up,
    follow_up_counts,
    parts,
    plans,
)
from rules.kinds import TargetKind
from rules.vocabulary import ActionState, EscalationEvent, Status, StatusBasis, StatusReason

KIND = TargetKind("ANY", "Any targets", collected=True, annex=1)
TODAY = date(2008, 11, 13)
STATUSES = st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(Status)), max_size=20)


def record(ref: str, status: Status = Status.RED, **other: Any) -> Record:
    made = Record(ref, "A title", KIND, "ENV", "spatial", status)
    return replace(made, **other)


def test_counts_leave_out_what_is_nought_and_show_the_change() -> None:
    records = [
        record("A1", Status.RED, previous=Status.AMBER),
        record("A2", Status.RED, previous=Status.RED, basis=StatusBasis.DATA_GAP),
        record("A3", Status.GREEN, previous=Status.GREEN),
    ]
    (found,) = counts(records)
    assert found.counts == ((Status.RED, 2), (Status.GREEN, 1))
    assert found.before == ((Status.RED, 1), (Status.AMBER, 1), (Status.GREEN, 1))
    assert found.changes == ((Status.RED, 1), (Status.AMBER, -1))
    assert (found.total, found.red_for_want_of_data) == (3, 1)


def test_the_first_quarter_of_all_has_no_change() -> None:
    (found,) = counts([record("A1")])
    assert (found.before, found.changes) == ((), ())


def test_a_kind_that_is_not_collected_is_not_counted() -> None:
    assert counts([record("A1", kind=TargetKind("OTHER", "Other"))]) == ()


@given(STATUSES)
def test_every_target_is_counted_once(pairs: list[tuple[Status, Status]]) -> None:
    records = [record(f"A{n}", now, previous=before) for n, (now, before) in enumerate(pairs)]
    for found in counts(records):
        assert sum(number for _, number in found.counts) == found.total == len(records)
        assert sum(change for _, change in found.changes) == 0


def test_plans_name_the_targets_without_one_in_natural_order() -> None:
    records = [
        record("NI 39"),
        record("NI 8", reason=StatusReason.NO_DATA_AND_NO_MILESTONE),
        record("NI 1", plan_in_place=True, reason=StatusReason.NO_MILESTONE),
    ]
    found = plans(records)
    assert (found.in_place, found.of) == (1, 3)
    assert found.without == ("NI 8", "NI 39")
    assert found.missing_milestones == ("NI 1", "NI 8")


def test_escalations_are_grouped_by_what_happened_longest_streak_first() -> None:
    records = [
        record("A1", event=EscalationEvent.CONTINUING, streak=3),
        record("A2", event=EscalationEvent.CONTINUING, streak=4),
        record("A3", event=EscalationEvent.NEW, streak=2),
        record("A4"),
    ]
    found = escalations(records)
    assert [one.ref for one in found.continuing] == ["A2", "A1"]
    assert [one.ref for one in found.new] == ["A3"]
    assert found.resolved == found.withdrawn == found.held == ()


def action(
    ref: str, due_on: date, state: ActionState = ActionState.OPEN, update: str = ""
) -> FollowUpAction:
    return FollowUpAction(ref, "Do it", "Lead", due_on, state, update)


LATE = action("A1", date(2008, 11, 1))
LATER = action("A2", date(2008, 10, 1))
AHEAD = action("A3", date(2008, 12, 1), update="On the way")
AHEAD_SILENT = action("A4", date(2008, 11, 20))
DONE = action("A5", date(2008, 9, 1), ActionState.DONE)
DROPPED = action("A6", date(2008, 9, 2), ActionState.DROPPED)


def test_follow_up_begins_with_the_longest_overdue_and_ends_with_what_is_done() -> None:
    found = follow_up([DROPPED, DONE, AHEAD, LATE, AHEAD_SILENT, LATER], TODAY)
    assert [one.ref for one in found] == ["A2", "A1", "A4", "A3", "A5", "A6"]


def test_every_action_is_counted_in_one_place() -> None:
    found = follow_up_counts([DROPPED, DONE, DONE, AHEAD, LATE, AHEAD_SILENT, LATER], TODAY)
    assert found == FollowUpCount(done=2, dropped=1, overdue=2, without_update=1, open=1)
    assert found.total == 7


@pytest.mark.parametrize(
    ("due_on", "state", "days"),
    [
        (date(2008, 11, 13), ActionState.OPEN, 0),
        (date(2008, 11, 12), ActionState.IN_PROGRESS, 1),
        (date(2008, 10, 31), ActionState.OPEN, 13),
        (date(2008, 10, 31), ActionState.DONE, 0),
        (date(2008, 10, 31), ActionState.DROPPED, 0),
    ],
)
def test_an_action_is_overdue_from_the_day_after_it_was_due(
    due_on: date, state: ActionState, days: int
) -> None:
    assert days_overdue(action("A1", due_on, state), TODAY) == days


@given(st.sets(st.sampled_from(DigestPart)))
def test_empty_parts_are_left_out_but_escalations_and_follow_up(filled: set[DigestPart]) -> None:
    found = parts(filled)
    assert set(found) == filled | NEVER_LEFT_OUT
    assert list(found) == [part for part in DigestPart if part in found]
    assert {DigestPart.ESCALATIONS, DigestPart.FOLLOW_UP} <= set(found)

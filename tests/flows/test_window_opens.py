"""The window opens: every lead gets one message with all that they owe."""

from datetime import datetime, timedelta

from sqlmodel import Session

from flows.board_date import set_board
from flows.run_quarter import Opening, open_by_hand
from messages.notices.answers import Opened
from messages.notices.refusals import CalendarNotTaken, Refused
from messages.notices.returns import ReturnsRequested
from messages.notices.window import DatesChanged, WindowOpened
from rules.vocabulary import QuarterState
from store import quarters
from store.installation import LOADED
from store.quarters import QuarterRecord
from store.tables import Setting
from tests.flows.office import Office
from tests.flows.test_home_at_size import counting
from tests.sample import (
    BEFORE_OPENING,
    BOARD,
    CLOSES,
    OPENS,
    PACK,
    PREVIEW,
    QUARTER,
    RUN,
    london,
)

MOST_OF_AN_IDLE_TICK = 30


def _loaded_at(session: Session, now: datetime) -> None:
    """As if the programme had been loaded at an instant."""
    session.get_one(Setting, LOADED).value = now.isoformat()


def test_nothing_is_said_a_moment_before(prepared: Office) -> None:
    assert prepared.tick(OPENS - timedelta(seconds=1)) == []
    assert prepared.ledger() == []


def test_every_lead_with_something_to_report_gets_one_message(prepared: Office) -> None:
    assert prepared.tick(OPENS) == ["open"]
    leads = {part.lead for part in prepared.parts.values() if part.answers}
    assert prepared.told("returns_requested") == leads
    keys = prepared.keys("returns_requested")
    assert len(keys) == len(set(keys)) == len(leads)
    assert all(line.due_at == OPENS for line in prepared.ledger())


def test_a_lead_of_two_targets_is_asked_for_both_in_one_message(opened: Office) -> None:
    asked = opened.said(f"request:2008/09 Q2:person {opened.people['target-lead-19']}")
    assert isinstance(asked, ReturnsRequested)
    assert [target.ref for target in asked.targets] == ["LAA2-NI154", "LAA2-NI155"]
    assert asked.next_reminder == london(10, 14).date()


def test_what_came_in_by_import_and_what_is_not_due_is_not_asked_for(opened: Office) -> None:
    asked = [opened.said(key) for key in opened.keys("returns_requested")]
    refs = {t.ref for one in asked if isinstance(one, ReturnsRequested) for t in one.targets}
    assert refs == {part.ref for part in opened.parts.values() if part.answers}
    assert not {"LAA2-NI186", "LAA2-NI008", "LAA2-NI171"} & refs


def test_opening_again_says_nothing_more(opened: Office) -> None:
    before = opened.keys()
    assert opened.tick(OPENS) == []
    assert opened.tick(OPENS + timedelta(minutes=1)) == []
    assert opened.keys() == before


def test_the_central_channel_is_told_once_and_asked_to_confirm_the_board(opened: Office) -> None:
    told = opened.said("opened:2008/09 Q2")
    assert isinstance(told, WindowOpened)
    assert (told.asked, told.targets) == (33, 40)
    assert (told.board, told.board_confirmed) == (BOARD, False)


def test_a_programme_loaded_in_mid_window_opens_only_by_hand(prepared: Office) -> None:
    later = london(10, 20)
    prepared.do(_loaded_at, later)
    assert prepared.tick(later + timedelta(hours=1)) == []


def test_a_window_missed_altogether_is_told_and_left_to_the_central_team(prepared: Office) -> None:
    assert prepared.tick(london(10, 22)) == ["missed"]
    assert prepared.tick(london(10, 22, 10)) == []
    assert [line.key for line in prepared.ledger()] == ["missed:2008/09 Q2"]
    now = london(10, 22, 11)
    asked = Opening(QUARTER, london(11, 5).date(), london(12, 10).date())
    done = prepared.do(open_by_hand, prepared.slack_ids["central-team-01"], asked, now)
    assert isinstance(done, Opened)
    assert (done.asked, done.due, done.board) == (33, asked.due, asked.board)
    assert not done.already
    assert len(prepared.keys("returns_requested")) == 33
    assert prepared.tick(now) == []


def test_windows_missed_over_a_long_time_away_are_told_once_each(prepared: Office) -> None:
    """The bot comes back as the window of the third quarter has been missed, too."""
    back = london(1, 22, year=2009)
    assert prepared.tick(back) == ["missed", "missed"]
    missed = ["missed:2008/09 Q2", "missed:2008/09 Q3"]
    assert [line.key for line in prepared.ledger()] == missed
    for later in (back, back + timedelta(minutes=1), london(3, 31, 23, year=2009)):
        assert prepared.tick(later) == []
    assert prepared.keys() == missed


def test_a_window_missed_is_told_though_the_next_has_opened_by_then(prepared: Office) -> None:
    assert prepared.tick(london(1, 6, year=2009)) == ["missed", "open"]
    (told,) = prepared.keys("window_missed")
    assert told == "missed:2008/09 Q2"
    others = [line.key for line in prepared.ledger() if line.key != told]
    assert others
    assert all(":2008/09 Q3" in key for key in others)
    done = prepared.do(
        open_by_hand,
        prepared.slack_ids["central-team-01"],
        Opening(QUARTER, london(2, 4, year=2009).date(), london(3, 11, year=2009).date()),
        london(1, 6, 11, year=2009),
    )
    assert isinstance(done, Opened)
    assert not done.already


def test_no_more_than_two_years_of_missed_windows_are_told(prepared: Office) -> None:
    prepared.tick(london(1, 26, year=2012))
    keys = prepared.keys("window_missed")
    assert keys == [f"missed:{QUARTER.shifted(by).label}" for by in range(6, 14)]
    with counting() as sent:
        assert prepared.tick(london(1, 26, 10, year=2012)) == []
    assert len(sent) < MOST_OF_AN_IDLE_TICK


def test_a_programme_that_was_just_loaded_misses_nothing_of_the_past(prepared: Office) -> None:
    """Its history holds quarters long gone, and none between the last of them and now."""
    installed = london(2, 10, year=2010)
    prepared.do(_loaded_at, installed)
    assert prepared.tick(installed + timedelta(hours=1)) == []
    assert prepared.tick(london(3, 31, 23, year=2010)) == []
    assert prepared.ledger() == []


def test_a_quarter_whose_statuses_came_in_by_import_was_not_missed(prepared: Office) -> None:
    imported = QuarterRecord(QUARTER, QuarterState.PUBLISHED)
    prepared.do(quarters.keep, imported)
    assert prepared.tick(london(1, 22, year=2009)) == ["missed"]
    assert prepared.keys() == ["missed:2008/09 Q3"]


def test_a_quarter_that_was_run_is_not_missed_when_the_bot_was_away_later(opened: Office) -> None:
    for now in (CLOSES, RUN, PREVIEW, PACK):
        opened.tick(now)
    opened.tick(london(4, 1, 8, year=2009))
    assert opened.keys("window_missed") == ["missed:2008/09 Q3"]


def test_reminders_before_a_window_opened_by_hand_are_never_said(prepared: Office) -> None:
    now = london(10, 16, 11)
    asked = Opening(QUARTER, london(10, 21).date())
    prepared.do(open_by_hand, prepared.slack_ids["central-team-01"], asked, now)
    prepared.tick(now)
    assert prepared.keys("returns_still_missing") == []
    assert prepared.tick(london(10, 17)) == ["due-2"]


def test_a_window_is_opened_by_hand_once(opened: Office) -> None:
    before = opened.keys()
    by = opened.slack_ids["central-team-02"]
    again = opened.do(open_by_hand, by, Opening(QUARTER), london(10, 2))
    assert isinstance(again, Opened)
    assert (again.already, again.asked) == (True, 33)
    assert opened.keys() == before


def test_new_dates_for_an_open_window_are_told_to_everyone_asked_once(opened: Office) -> None:
    by = opened.slack_ids["central-team-02"]
    moved = Opening(QUARTER, due=london(11, 5).date())
    again = opened.do(open_by_hand, by, moved, london(10, 2))
    assert isinstance(again, Opened)
    assert (again.already, again.due) == (True, london(11, 5).date())
    assert len(opened.keys("dates_changed")) == 33
    opened.do(open_by_hand, by, moved, london(10, 3))
    assert len(opened.keys("dates_changed")) == 33


def test_dates_that_cannot_work_open_nothing(prepared: Office) -> None:
    asked = Opening(QUARTER, london(10, 21).date(), london(11, 12).date())
    by = prepared.slack_ids["central-team-01"]
    refused = prepared.do(open_by_hand, by, asked, BEFORE_OPENING)
    assert isinstance(refused, CalendarNotTaken)
    assert "13 November" in " ".join(refused.problems)
    assert prepared.ledger() == []
    assert prepared.do(quarters.find, QUARTER) is None
    assert prepared.tick(OPENS) == ["open"]


def test_the_board_is_confirmed_and_the_central_message_says_so(opened: Office) -> None:
    opened.do(set_board, opened.slack_ids["central-team-01"], QUARTER, None, london(10, 1, 10))
    told = opened.said("opened:2008/09 Q2")
    assert isinstance(told, WindowOpened)
    assert told.board_confirmed
    assert opened.keys("dates_changed") == []


def test_a_board_too_early_is_refused_with_the_earliest_that_fits(opened: Office) -> None:
    by = opened.slack_ids["central-team-01"]
    refused = opened.do(set_board, by, QUARTER, london(11, 12).date(), london(10, 1, 10))
    assert isinstance(refused, CalendarNotTaken)
    assert "Thursday 13 November 2008" in refused.problems[0]
    record = opened.do(quarters.find, QUARTER)
    assert record is not None
    assert (record.board, record.board_confirmed) == (None, False)


def test_the_earliest_board_that_fits_is_taken(opened: Office) -> None:
    by = opened.slack_ids["central-team-01"]
    earliest = london(11, 13).date()
    done = opened.do(set_board, by, QUARTER, earliest, london(10, 1, 10))
    assert not isinstance(done, CalendarNotTaken)


def test_a_board_moved_twice_is_told_to_everyone_asked_once_for_each(opened: Office) -> None:
    by = opened.slack_ids["central-team-01"]
    for day in (26, 27, 27):
        opened.do(set_board, by, QUARTER, london(11, day).date(), london(10, 2))
    keys = opened.keys("dates_changed")
    assert len(keys) == len(set(keys)) == 2 * 33
    person = opened.people["target-lead-19"]
    last = opened.said(f"dates:2008/09 Q2:v2:person {person}")
    assert isinstance(last, DatesChanged)
    assert last.board == london(11, 27).date()


def test_only_the_central_team_sets_the_board(opened: Office) -> None:
    refused = opened.do(
        set_board, opened.slack_ids["target-lead-03"], QUARTER, BOARD, london(10, 2)
    )
    assert isinstance(refused, Refused)
    assert refused.who_can == ("CENTRAL_TEAM",)
    (entry,) = opened.audited("refused")
    assert (entry.actor, entry.subject) == (
        opened.people["target-lead-03"],
        "RUN_QUARTER:programme",
    )


def test_the_quarter_stands_open(opened: Office) -> None:
    record = opened.do(quarters.find, QUARTER)
    assert record is not None
    assert (record.state, record.opened_at) == (QuarterState.OPEN, OPENS)

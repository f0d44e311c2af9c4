"""Settings are seen and changed, from now on and with an audit entry."""

from datetime import date

import pytest

from flows import cycle
from flows.board_date import set_board
from flows.setup.settings import change_setting, setting_sheet, settings_listed
from messages.notices.organising import SettingRow, SettingsListed
from messages.notices.organising_sheets import SettingAnswer, SettingSheet
from messages.notices.refusals import OutOfDate, Refused
from messages.wording.settings import SETTINGS, reads
from rules.organising import Amiss, Faults
from rules.vocabulary import Status
from store import settings
from tests.flows.office import Office
from tests.sample import BOARD, OPENS, QUARTER, london

CENTRAL, LEAD = "central-team-01", "target-lead-19"
TEN = london(10, 10, 10)


def change(office: Office, name: str, value: str, seen: str | None = None) -> object:
    central = office.slack_ids[CENTRAL]
    sheet = office.do(setting_sheet, central, name, TEN)
    assert isinstance(sheet, SettingSheet)
    answer = SettingAnswer(name, value, sheet.value if seen is None else seen)
    return office.do(change_setting, central, answer, TEN)


def row(listed: object, name: str) -> SettingRow:
    assert isinstance(listed, SettingsListed), listed
    return next(one for one in listed.rows if one.setting == name)


def test_every_setting_has_its_words_and_no_words_are_left_over(opened: Office) -> None:
    listed = opened.do(settings_listed, opened.slack_ids[CENTRAL], TEN)
    assert isinstance(listed, SettingsListed)
    assert {one.setting for one in listed.rows} == set(SETTINGS)
    for one in listed.rows:
        assert reads(one.usual, one.setting)
        words = SETTINGS[one.setting]
        assert words.options is None or one.usual in words.options
        opened.do(settings.tried, one.setting, one.usual)


def test_a_threshold_is_changed_with_who_and_when(opened: Office) -> None:
    listed = change(opened, "significant_risk", "15")
    found = row(listed, "significant_risk")
    assert (found.value, found.usual, found.changed_by) == ("15", "12", opened.people[CENTRAL])
    assert found.changed_at == TEN
    (entry,) = opened.audited("setting changed")[-1:]
    assert (entry.subject, entry.after, entry.actor) == (
        "significant_risk",
        '"15"',
        opened.people[CENTRAL],
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("due_after", "soon", ""),
        ("due_after", "-3", "Give a whole number from 0 to 1,000."),
        ("reminders", "five", "Give days with commas between"),
        ("time_of_day", "9 o'clock", "Give a time of day"),
        ("grant_threshold", "60", "Give a share from 0 to 1"),
        ("travel_band", "NaN", "Give a number from 0 up"),
        ("effective_from", "2009/11 Q2", "2009/10"),
        ("close_after", "9", "The cycle runs in order"),
        ("missing_data_policy", "purple", ""),
    ],
)
def test_a_value_it_cannot_have_is_refused_at_the_field_without_its_code(
    opened: Office, name: str, value: str, says: str
) -> None:
    found = change(opened, name, value)
    assert isinstance(found, Faults)
    (fault,) = found.faults
    assert (fault.field, fault.code) == ("value", Amiss.NOT_A_VALUE)
    assert says in fault.named
    assert name not in fault.named
    assert opened.do(settings.read) == opened.do(settings.read)
    assert row(opened.do(settings_listed, opened.slack_ids[CENTRAL], TEN), name).value != value


def test_a_setting_changed_meanwhile_is_not_written_over(opened: Office) -> None:
    change(opened, "pack_before", "5")
    found = change(opened, "pack_before", "6", seen="4")
    assert isinstance(found, Faults)
    assert found.faults[0].code is Amiss.CHANGED_MEANWHILE
    assert opened.do(settings.read).calendar.pack_before == 5


def test_a_distance_that_breaks_a_quarters_dates_is_refused_with_which(opened: Office) -> None:
    opened.do(set_board, opened.slack_ids[CENTRAL], QUARTER, BOARD, TEN)
    found = change(opened, "card_after", "20")
    assert isinstance(found, Faults)
    (fault,) = found.faults
    assert fault.code is Amiss.BREAKS_DATES
    assert "Wednesday 19 November 2008 comes too early" in fault.named
    assert opened.do(settings.read).calendar.card_after == 7


def test_another_due_day_counts_for_later_quarters_only(opened: Office) -> None:
    change(opened, "due_after", "28")
    assert opened.do(cycle.of, QUARTER).calendar.due == date(2008, 10, 21)
    assert opened.do(cycle.of, QUARTER.next).calendar.due == date(2009, 1, 28)


def test_what_was_reported_keeps_the_criteria_it_was_judged_by(opened: Office) -> None:
    opened.report("LAA1-03", OPENS)
    before = opened.record("LAA1-03")
    change(opened, "missing_data_policy", "red_flagged")
    change(opened, "travel_band", "1000")
    assert opened.record("LAA1-03") == before
    assert before.status in set(Status)


def test_only_the_central_team_sees_and_changes_settings(opened: Office) -> None:
    lead = opened.slack_ids[LEAD]
    assert isinstance(opened.do(settings_listed, lead, TEN), Refused)
    answer = SettingAnswer("due_after", "28", "21")
    assert isinstance(opened.do(change_setting, lead, answer, TEN), Refused)
    assert opened.audit()[-2:] == [("refused", "SET_UP:programme")] * 2
    nothing = opened.do(setting_sheet, opened.slack_ids[CENTRAL], "delivery_secret", TEN)
    assert nothing == OutOfDate()
    assert opened.do(setting_sheet, opened.slack_ids[CENTRAL], "zone", TEN) == OutOfDate()

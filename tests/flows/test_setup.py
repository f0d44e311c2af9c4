"""Set-up: what is kept, who is named in the audit, what is asked of a thousand targets."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import Session

from flows import target_answer
from flows.setup.card import card
from flows.setup.check import check_setup, list_gaps
from flows.setup.forms import open_form, send_form
from flows.setup.shape import Kept
from flows.setup.suggest import suggest_targets
from messages.notices.answers import TargetAnswer
from messages.notices.refusals import OutOfDate, Refused
from messages.notices.setup import GapsListed, SetupCheck
from messages.notices.setup_cards import TargetCard
from messages.notices.setup_sheets import FormSheet
from rules.quarters import Quarter
from rules.setup_fields import SetupProblemCode
from rules.setup_forms import FormKey, FormKind, Unfit
from rules.setup_gaps import GapCode
from rules.vocabulary import QuarterState, Status
from store import quarters, settings, targets
from store.database import Database
from store.importing.loading import load
from store.importing.programme import Programme
from store.migrate import upgrade
from tests.bot.programmes import made_up
from tests.engines import Cabinet
from tests.flows.office import SECOND_DAY, Office
from tests.sample import QUARTER, london

CENTRAL, MANAGER = "central-team-01", "laa-manager-01"
REF = "LAA2-NI154"
NOW = SECOND_DAY


def opened_form(office: Office, kind: FormKind, ref: str = REF) -> FormSheet:
    asked = FormKey(kind, office.numbers[ref])
    found = office.do(open_form, office.slack_ids[CENTRAL], asked, NOW)
    assert isinstance(found, FormSheet)
    return found


def send(
    office: Office, sheet: FormSheet, typed: Mapping[str, str], label: str = CENTRAL
) -> object:
    slack_id, answers = office.slack_ids[label], {**sheet.typed, **typed}
    return office.do(send_form, slack_id, sheet.key, answers, sheet.mark, NOW)


def change(office: Office, kind: FormKind, typed: Mapping[str, str], ref: str = REF) -> object:
    return send(office, opened_form(office, kind, ref), typed)


def test_a_change_is_kept_with_who_made_it_and_how_it_stood(opened: Office) -> None:
    assert isinstance(change(opened, FormKind.WORDS, {"outcome": "Homes for all"}), Kept)
    (entry,) = opened.audited("target changed")[-1:]
    assert (entry.actor, entry.subject) == (opened.people[CENTRAL], REF)
    assert json.loads(entry.before) == {"outcome": ""}
    assert json.loads(entry.after) == {"outcome": "Homes for all"}


def test_a_form_sent_twice_has_one_effect(opened: Office) -> None:
    sheet = opened_form(opened, FormKind.MEASURE)
    for _time in range(2):
        assert isinstance(send(opened, sheet, {"unit": "homes", "amber": "12"}), Kept)
    assert len([one for one in opened.audited("target changed") if one.subject == REF]) == 1


@pytest.mark.parametrize("kind", [FormKind.NOTE, FormKind.PARTNERSHIP_NOTE])
def test_a_note_sent_twice_is_kept_once(opened: Office, kind: FormKind) -> None:
    key = FormKey(kind, 1)
    sheet = opened.do(open_form, opened.slack_ids[CENTRAL], key, NOW)
    assert isinstance(sheet, FormSheet)
    for _time in range(2):
        sent = send(opened, sheet, {"kind": "WORKSHOP", "on_day": "2008-07-02", "text": "12 kept"})
        assert isinstance(sent, Kept)
    assert len(opened.audited("note added")) == 1


def test_nobody_else_changes_the_set_up_and_the_refusal_is_kept(opened: Office) -> None:
    sheet = opened_form(opened, FormKind.WORDS)
    assert isinstance(send(opened, sheet, {"title": "Mine"}, MANAGER), Refused)
    assert opened.audit()[-1] == ("refused", "SET_UP:programme")
    again = opened_form(opened, FormKind.WORDS)
    assert again.typed["title"] != "Mine"


def test_a_change_over_somebody_elses_comes_back_once_and_then_counts(opened: Office) -> None:
    first, second = (opened_form(opened, FormKind.WORDS) for _ in range(2))
    send(opened, first, {"outcome": "First"})
    back = send(opened, second, {"outcome": "Second"}, "central-team-02")
    assert isinstance(back, FormSheet)
    assert back.overtaken is not None
    assert (back.overtaken.by, back.overtaken.now["outcome"]) == (CENTRAL, "First")
    assert back.typed["outcome"] == "Second"
    assert isinstance(send(opened, back, {}, "central-team-02"), Kept)


def test_a_changed_tolerance_counts_for_later_returns_only(almost_in: Office) -> None:
    ref = "LAA2-NI155"
    before = almost_in.record(ref)
    assert before.status is Status.AMBER
    assert isinstance(change(almost_in, FormKind.MEASURE, {"amber": "99"}, ref), Kept)
    assert almost_in.record(ref) == before
    found = almost_in.do(targets.in_quarter, almost_in.numbers[ref], QUARTER.next, NOW.date())
    assert found is not None
    assert found.tolerance.amber == Decimal(99)


def test_a_milestone_of_a_quarter_that_is_locked_stands_as_it_was(opened: Office) -> None:
    sheet = opened_form(opened, FormKind.MILESTONES)
    assert sheet.key.quarter == QUARTER
    opened.do(publish, QUARTER)
    refused = send(opened, sheet, {"2008q2": "7"})
    assert isinstance(refused, Unfit)
    assert [one.code for one in refused.problems] == [SetupProblemCode.QUARTER_DONE]
    assert isinstance(send(opened, sheet, {"2008q3": "7"}), Kept)
    assert opened_form(opened, FormKind.MILESTONES).key.quarter == QUARTER.next


def test_per_cent_tolerances_and_a_milestone_of_nought_exclude_each_other(opened: Office) -> None:
    refused = change(opened, FormKind.MILESTONES, {"2009q1": "0"})
    assert isinstance(refused, Unfit)
    assert isinstance(change(opened, FormKind.MEASURE, {"mode": "ABSOLUTE", "amber": "2"}), Kept)
    assert isinstance(change(opened, FormKind.MILESTONES, {"2009q1": "0"}), Kept)
    back = change(opened, FormKind.MEASURE, {"mode": "PERCENT"})
    assert isinstance(back, Unfit)
    assert [one.code for one in back.problems] == [SetupProblemCode.TOLERANCE_UNDEFINED]


def test_a_target_has_one_stand_in_and_a_retired_one_makes_room(opened: Office) -> None:
    assert isinstance(change(opened, FormKind.PROXY, {"title": "Homes begun"}), Kept)
    assert isinstance(change(opened, FormKind.PROXY, {"title": "Homes started"}), Kept)
    assert isinstance(change(opened, FormKind.PROXY_MILESTONES, {"2008q3": "90"}), Kept)
    found = opened.do(targets.in_quarter, opened.numbers[REF], QUARTER.next, NOW.date())
    assert found is not None
    assert found.proxy is not None
    assert (found.proxy.title, found.proxy.profile.value) == ("Homes started", Decimal(90))
    assert isinstance(change(opened, FormKind.PROXY, {"retired": "yes"}), Kept)
    assert opened_form(opened, FormKind.PROXY).typed["title"] == ""
    gone = FormKey(FormKind.PROXY_MILESTONES, opened.numbers[REF])
    assert isinstance(opened.do(open_form, opened.slack_ids[CENTRAL], gone, NOW), OutOfDate)


@pytest.mark.parametrize(
    "key",
    [
        FormKey(FormKind.WORDS, 999_999),
        FormKey(FormKind.NOTE, 1, 999_999),
        FormKey(FormKind.PARTNERSHIP_NOTE, 999_999),
        FormKey(FormKind.LINKS, 0),
    ],
)
def test_what_is_not_there_is_out_of_date(opened: Office, key: FormKey) -> None:
    central = opened.slack_ids[CENTRAL]
    assert isinstance(opened.do(open_form, central, key, NOW), OutOfDate)
    assert isinstance(opened.do(send_form, central, key, {}, "", NOW), OutOfDate)


def test_values_nobody_was_offered_are_refused(opened: Office) -> None:
    wrong = change(opened, FormKind.BELONGING, {"partnership": "999999", "kind": "KING"})
    assert isinstance(wrong, Unfit)
    assert {one.field for one in wrong.problems} == {"partnership", "kind"}
    links = change(opened, FormKind.LINKS, {"links": "999999,junk"})
    assert isinstance(links, Unfit)


def test_a_link_shows_with_both_targets_and_their_present_status(almost_in: Office) -> None:
    other = "LAA2-NI155"
    linked = str(almost_in.numbers[other])
    assert isinstance(change(almost_in, FormKind.LINKS, {"links": linked}), Kept)
    assert answer(almost_in, other).beside.links[0].ref == REF
    (link,) = answer(almost_in, REF).beside.links
    assert link.ref == other
    assert link.quarter is not None
    assert isinstance(change(almost_in, FormKind.LINKS, {"links": ""}), Kept)
    assert answer(almost_in, other).beside.links == ()


def test_a_target_is_shown_with_its_benchmark_groups_and_notes(opened: Office) -> None:
    change(opened, FormKind.SMART, {"benchmark_value": "290", "benchmark_source": "South East"})
    change(opened, FormKind.WORDS, {"affected_groups": "Young families", "fund_note": "Monthly"})
    change(opened, FormKind.NOTE, {"kind": "INSPECTION", "on_day": "2008-06-12", "text": "Good"})
    found = answer(opened, REF).beside
    assert found.benchmark is not None
    assert (found.benchmark.value, found.benchmark_source) == (Decimal(290), "South East")
    assert (found.affected_groups, found.fund_note) == ("Young families", "Monthly")
    assert [note.text for note in found.notes] == ["Good"]
    shown = opened.do(card, opened.slack_ids[CENTRAL], opened.numbers[REF], NOW)
    assert isinstance(shown, TargetCard)
    assert shown.notes == found.notes


def answer(office: Office, ref: str) -> TargetAnswer:
    central = office.slack_ids[CENTRAL]
    found = office.do(target_answer.target, central, ref, None, NOW)
    assert isinstance(found, TargetAnswer)
    return found


def test_the_sample_lacks_what_its_files_do_not_say(opened: Office) -> None:
    found = opened.do(check_setup, opened.slack_ids[CENTRAL], NOW)
    assert isinstance(found, SetupCheck)
    counts = {group.code: group.count for group in found.groups}
    assert counts[GapCode.NO_OUTCOME] == found.targets == len(opened.numbers)
    assert counts[GapCode.BOARD_UNCONFIRMED] == 1
    assert GapCode.TARGET_WITHOUT_LEAD not in counts
    assert found.gaps == sum(counts.values()) - counts[GapCode.NO_ACTION_PLAN]
    assert found.quarter == QUARTER


def publish(session: Session, quarter: Quarter) -> None:
    record = quarters.find(session, quarter)
    assert record is not None
    quarters.keep(session, replace(record, state=QuarterState.PUBLISHED))


@pytest.fixture(scope="module")
def many(cabinet: Cabinet, programme: Programme) -> Iterator[Database]:
    database = Database(cabinet.fresh("many"))
    upgrade(database)
    with database.writing() as session:
        thousand = made_up(programme, 1_000, 7)
        load(session, thousand, history_before=QUARTER, now=london(9, 30))
    yield database
    database.close()


def test_a_thousand_targets_are_checked_in_a_few_statements(many: Database) -> None:
    asked = []

    def count(*_: object) -> None:
        asked.append(1)

    with many.writing() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", count)
        found = check_setup(session, "UCENTRALTEAM01", NOW)
        event.remove(engine, "before_cursor_execute", count)
        assert isinstance(found, SetupCheck)
        assert found.targets == 1_000
        assert all(len(group.gaps) <= 3 for group in found.groups)
        listed = list_gaps(session, "UCENTRALTEAM01", GapCode.NO_OUTCOME, 990, NOW)
    assert not isinstance(listed, Refused)
    assert len(asked) < 25


def test_a_search_of_a_thousand_offers_a_hundred_and_the_very_reference_first(
    many: Database,
) -> None:
    with many.reading() as session:
        found = suggest_targets(session, "UCENTRALTEAM01", "made-up", NOW)
        assert (len(found.options), found.count) == (100, 1_000)
        exact = suggest_targets(session, "UCENTRALTEAM01", "laa2-ni100", NOW)
        assert exact.options[0][1].startswith("LAA2-NI100 ")
        assert suggest_targets(session, "UCENTRALTEAM01", "100%_", NOW).count == 0
        assert suggest_targets(session, "UNOBODY", "made-up", NOW).count == 0


def test_indicators_that_no_target_holds_are_named_once_their_numbers_are_known(
    opened: Office,
) -> None:
    opened.do(settings.change, "indicators", "154-155, 198", None, NOW)
    found = opened.do(list_gaps, opened.slack_ids[CENTRAL], GapCode.INDICATORS_UNOWNED, 0, NOW)
    assert isinstance(found, GapsListed)
    (gap,) = found.group.gaps
    assert gap.numbers == (198,)
    for wrong in ("all", "1-", "-3", "1-99999"):
        with pytest.raises(settings.SettingRefusedError):
            opened.do(settings.change, "indicators", wrong, None, NOW)

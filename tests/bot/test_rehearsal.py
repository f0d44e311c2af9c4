"""A whole quarter, rehearsed: the sample, other data, and with the bot killed on the way."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rehearsal import burden
from bot.rehearsal.crew import Crew
from bot.rehearsal.kills import Moment
from bot.rehearsal.nursery import BotDiedError, SteeredBot
from bot.rehearsal.performance import (
    NothingToRehearseError,
    Rehearsal,
    planned_messages,
    rehearse,
)
from bot.rehearsal.report import Found
from bot.rehearsal.troubles import troubles
from bot.rehearsal.venue import VenueError, database_for
from rules.quarters import Quarter
from rules.vocabulary import Status
from store.address import DatabaseError
from store.importing.programme import Programme
from tests.bot.programmes import EARLIER, made_up, some
from tests.rules.vectors import DATA, rows
from tests.sample import QUARTER

FEW = (
    "LAA1-01",  # held
    "LAA1-02",  # amber again
    "LAA2-NI163",  # by proxy
    "LAA2-NI008",  # red for want of data, by import
)


async def run(programme: Programme, **more: Any) -> Found:
    return await rehearse(Rehearsal(programme, QUARTER, **more), lambda _done, _words: None)


async def test_the_sample_comes_out_as_the_boards_paper_has_it(programme: Programme) -> None:
    found = await run(programme)
    assert found.is_whole
    body = found.body
    summary = yaml.safe_load(
        (DATA / "oxfordshire" / "expected_summary_2008-09_q2.yaml").read_text(encoding="utf-8")
    )
    published, listed = summary["from_psb_report"], summary["illustrative"]
    for kind, name in (("LAA1_STRETCH", "laa1"), ("LAA2", "laa2")):
        assert {**body["counts"][kind], "total": published[name]["total"]} == published[name]
    assert body["red_for_want_of_data"] == len(listed["laa2_red_of_which_data_gap"])
    assert body["action_plans_in_place"] == published["action_plans_in_place"]
    assert body["grant_total_gbp"] == 8_988_000
    for annex in ("annex1", "annex2"):
        held = {name: set(refs) for name, refs in body[annex].items() if refs}
        assert held == {name: set(refs) for name, refs in listed[annex].items()}
    _is_the_published_calendar(body["calendar"])
    _are_the_expected_escalations(body["escalations"])
    _asked_on_the_first_of_october(body["messages"])
    _says_what_was_asked_of_each_lead(body)


def _is_the_published_calendar(calendar: dict[str, str]) -> None:
    (expected,) = [row for row in rows("calendar_examples.csv") if row["quarter"] == "2008/09 Q2"]
    assert calendar == expected


def _are_the_expected_escalations(escalations: list[dict[str, Any]]) -> None:
    new = {one["ref"]: one for one in escalations if one["event"] == "NEW"}
    expected = rows("oxfordshire/expected_escalations_2008-09_q2.csv")
    assert {(ref, str(one["streak"]), one["sponsor"]) for ref, one in new.items()} == {
        (row["target_ref"], row["streak"], row["notify_sponsor"]) for row in expected
    }
    held = [one for one in escalations if one["event"] == "HELD"]
    assert [one["ref"] for one in held] == ["LAA1-01"]
    assert len(escalations) == 13


def _asked_on_the_first_of_october(messages: list[dict[str, Any]]) -> None:
    requests = [message for message in messages if message["kind"] == "returns_requested"]
    assert len(requests) == 33
    assert {message["due"] for message in requests} == {"2008-10-01T09:00:00+01:00"}


def _says_what_was_asked_of_each_lead(body: dict[str, Any]) -> None:
    requests = {one["to"] for one in body["messages"] if one["kind"] == "returns_requested"}
    assert {row["lead"] for row in body["leads"]} == requests
    addressed = Counter(one["to"] for one in body["messages"])
    assert {row["lead"]: row["messages"] for row in body["leads"]} == {
        lead: addressed[lead] for lead in requests
    }
    for row in body["leads"]:
        assert 0 <= row["reported"] <= row["targets"]
        assert (row["minutes_to_first_answer"] is None) == (row["reported"] == 0)
        if row["reported"]:
            assert 0 < row["minutes_to_first_answer"] <= row["minutes_to_last_answer"]
    # Somebody with two targets missing was reminded of both in one message.
    assert sum(row["reminders_saved"] for row in body["leads"]) > 0
    prompted = Counter(
        one["to"] for one in body["messages"] if one["kind"] in set(burden.REMINDERS)
    )
    assert {row["lead"]: row["reminders"] for row in body["leads"] if row["reminders"]} == prompted


async def test_killed_on_the_way_the_same_comes_out(programme: Programme) -> None:
    few = some(programme, FEW)
    undisturbed = await run(few)
    disturbed = await run(few, kills=len(Moment), seed=3, faults=troubles(0.05, 3))
    assert undisturbed.is_whole
    assert set(disturbed.killed) == {moment.value for moment in Moment}
    assert disturbed.faults
    assert disturbed.body == undisturbed.body


async def test_a_bot_that_ends_by_itself_ends_the_rehearsal_with_its_last_words(
    tmp_path: Path,
) -> None:
    crew = Crew({"answers": SteeredBot({}, ("run", "--steered"), tmp_path / "bot.log")})
    with pytest.raises(BotDiedError, match="SLACK_BOT_TOKEN is missing"):
        await crew.start()
    assert crew.restarts == 0


async def test_a_bot_that_is_not_ready_in_time_is_ended(tmp_path: Path) -> None:
    bot = SteeredBot({}, ("run", "--steered"), tmp_path / "bot.log", ready_seconds=0)
    with pytest.raises(BotDiedError, match="not ready in 0 seconds"):
        await bot.start()
    assert not bot.is_alive


def test_workers_need_a_server(tmp_path: Path) -> None:
    with pytest.raises(VenueError, match="Workers need PostgreSQL"):
        database_for(None, tmp_path, workers=1)


def test_words_that_are_no_address_are_refused_with_an_example(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="as in postgresql://"):
        database_for("rehearsal", tmp_path, workers=0)


def test_a_database_that_holds_something_is_not_rehearsed_in(
    prepared_url: str, tmp_path: Path
) -> None:
    with pytest.raises(VenueError, match="not empty"):
        database_for(prepared_url, tmp_path, workers=0)


async def test_two_dozen_other_targets_with_three_quarters_of_history_come_out(
    programme: Programme,
) -> None:
    other = made_up(programme, 24, seed=1)
    found = await run(other)
    assert found.is_whole
    wanted = Counter(line.status for line in other.statuses_in(QUARTER))
    counted = sum((Counter(counts) for counts in found.body["counts"].values()), Counter())
    assert counted == {status.value: count for status, count in wanted.items()}
    events = {one["ref"]: (one["event"], one["streak"]) for one in found.body["escalations"]}
    assert events == {
        target.ref: event
        for target in other.targets
        if (event := expected_event(other, target.ref))[0] != "NONE"
    }


def expected_event(programme: Programme, ref: str) -> tuple[str, int]:
    """The last row of the specification's table, walked by hand (§7)."""
    streak, is_open, event = 0, False, "NONE"
    for quarter in (*EARLIER, QUARTER):
        line = programme.status_of(ref, quarter)
        assert line is not None
        if line.status in {Status.RED, Status.AMBER}:
            streak += 1
            event = "NONE" if streak == 1 else "CONTINUING" if is_open else "NEW"
            is_open = streak > 1
        elif line.status is Status.GREEN:
            streak, event, is_open = 0, "RESOLVED" if is_open else "NONE", False
        elif line.status is Status.TARGET_TO_BE_SET:
            streak, event, is_open = 0, "WITHDRAWN" if is_open else "NONE", False
        else:
            event = "HELD" if streak or is_open else "NONE"
    return event, streak


def test_a_plan_says_who_would_get_what_when_and_why(programme: Programme) -> None:
    lines = planned_messages(Rehearsal(some(programme, FEW), QUARTER))
    first = [line for line in lines if line.what.startswith("request")]
    assert {line.at for line in first} == {datetime.fromisoformat("2008-10-01T09:00:00+01:00")}
    assert {line.to for line in first} == {
        "target-lead-01",
        "target-lead-02",
        "target-lead-18",
    }
    escalated = [line.to for line in lines if line.what == "escalation (new): LAA1-02"]
    assert escalated == ["sponsor-02"]
    assert max(line.at for line in lines).date() == date(2008, 11, 13)
    assert all(line.why for line in lines)


async def test_a_quarter_the_data_do_not_hold_is_not_rehearsed(programme: Programme) -> None:
    asked = Rehearsal(programme, Quarter(2011, 1))
    with pytest.raises(NothingToRehearseError, match="They hold: 2008/09 Q1, 2008/09 Q2"):
        await rehearse(asked, lambda _done, _words: None)
    with pytest.raises(NothingToRehearseError):
        planned_messages(asked)

"""Scripted people with tempers: their file, their steps, and a quarter with them."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rehearsal.parts import cast
from bot.rehearsal.performance import Rehearsal, rehearse
from bot.rehearsal.temper_file import read_tempers
from bot.rehearsal.timetable import Does, Step, timetable
from rules.calendar import calendar_of
from rules.working_days import england
from store.importing.faults import FaultyFilesError
from store.importing.programme import Programme
from tests.bot.programmes import some
from tests.sample import CLOSES, QUARTER
from workspace.tempers import Leave, Length, Nature, Temper, Tempers

KNOWN = ("target-lead-03", "target-lead-07", "performance-lead-ede")
SAMPLE = Path(__file__).parents[2] / "bot" / "sample" / "tempers.yaml"
DAYS = england()
CALENDAR = calendar_of(QUARTER, DAYS)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "tempers.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def faults(tmp_path: Path, text: str) -> set[tuple[int, str]]:
    with pytest.raises(FaultyFilesError) as refused:
        read_tempers(written(tmp_path, text), KNOWN)
    return {(fault.row, fault.column) for fault in refused.value.faults}


def test_the_file_says_who_is_how(tmp_path: Path) -> None:
    text = (
        "people:\n"
        "- {id: target-lead-03, temper: thorough}\n"
        "- id: target-lead-07\n"
        "  temper: on leave\n"
        "  from: 2008-10-06\n"
        "  to: 2008-10-24\n"
        "  in_place: performance-lead-ede\n"
    )
    assert read_tempers(written(tmp_path, text), KNOWN, seed=4) == Tempers(
        {
            "target-lead-03": Nature(Temper.THOROUGH),
            "target-lead-07": Nature(
                Temper.ON_LEAVE,
                (Leave(date(2008, 10, 6), date(2008, 10, 24)),),
                "performance-lead-ede",
            ),
        },
        4,
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("people:\n- id: target-lead-03\n  temper: sleepy\n", (3, "temper")),
        ("people:\n- id: target-lead-99\n  temper: late\n", (2, "id")),
        ("people:\n- id: target-lead-03\n  tempr: late\n  temper: late\n", (3, "tempr")),
        ("people:\n- id: target-lead-03\n", (2, "temper")),
        ("people:\n- id: target-lead-03\n  temper: on leave\n", (3, "temper")),
        (
            "people:\n- id: target-lead-03\n  temper: late\n  from: 2008-10-06\n",
            (4, "from"),
        ),
        (
            "people:\n- id: target-lead-03\n  temper: late\n  from: 2008-10-06\n  to: soon\n",
            (5, "to"),
        ),
        (
            "people:\n- id: target-lead-03\n  temper: late\n  from: 2008-10-06\n  to: 2008-10-05\n",
            (5, "to"),
        ),
        (
            "people:\n- id: target-lead-03\n  temper: late\n  in_place: target-lead-03\n",
            (4, "in_place"),
        ),
        (
            "people:\n- {id: target-lead-03, temper: late}\n- {id: target-lead-03, temper: late}\n",
            (3, "id"),
        ),
        ("persons: []\n", (0, "people")),
        ("people: late\n", (1, "people")),
    ],
)
def test_a_wrong_file_names_line_and_key(tmp_path: Path, text: str, place: tuple[int, str]) -> None:
    assert place in faults(tmp_path, text)


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    text = "people:\n- {id: nobody, temper: sleepy}\n- {id: target-lead-03}\n"
    assert {(2, "id"), (2, "temper"), (3, "temper")} <= faults(tmp_path, text)


def test_the_samples_own_people_have_tempers(programme: Programme) -> None:
    labels = [person.label for person in programme.people]
    assert {nature.temper for nature in read_tempers(SAMPLE, labels).of.values()} == set(Temper)


def steps(programme: Programme, tempers: Tempers | None) -> list[Step]:
    sponsors = {target.sponsor for target in programme.targets if target.sponsor}
    parts = cast(programme, QUARTER)
    return list(timetable(CALENDAR, DAYS, parts, sponsors, "central-team-01", tempers))


def everybody(programme: Programme, nature: Nature, seed: int) -> Tempers:
    return Tempers({person.label: nature for person in programme.people}, seed)


@given(st.sampled_from(Temper), st.integers(0, 999))
def test_whatever_the_tempers_steps_are_in_order_and_the_same_again(
    programme: Programme, temper: Temper, seed: int
) -> None:
    tempers = everybody(programme, Nature(temper), seed)
    found = steps(programme, tempers)
    assert found == steps(programme, tempers)
    assert [step.at for step in found] == sorted(step.at for step in found)
    reports = [step for step in found if step.does is Does.REPORT]
    assert all(CALENDAR.at(CALENDAR.opens) < step.at < CLOSES for step in reports)
    assert max(Counter(step.part.ref for step in reports if step.part).values(), default=1) == 1


def test_away_all_the_while_leads_are_stood_in_for_and_sponsors_are_not(
    programme: Programme,
) -> None:
    away = (Leave(CALENDAR.opens, CALENDAR.board + timedelta(30)),)
    nature = Nature(Temper.ON_LEAVE, away, "performance-lead-ede")
    found = steps(programme, everybody(programme, nature, 1))
    assert {step.does for step in found} == {Does.CONFIRM_BOARD, Does.REPORT_IN_PLACE}
    assert {step.who for step in found if step.part} == {"performance-lead-ede"}


def test_without_tempers_everybody_answers_at_the_usual_times(programme: Programme) -> None:
    assert steps(programme, Tempers()) == steps(programme, None)
    assert {step.manner.length for step in steps(programme, None)} == {Length.USUAL}


FEW = {
    "LAA1-02": Nature(Temper.THOROUGH),
    "LAA1-15": Nature(Temper.LATE),
    "LAA2-NI154": Nature(
        Temper.ON_LEAVE,
        (Leave(CALENDAR.opens, CALENDAR.board),),
        "performance-lead-ede",
    ),
    "LAA1-01": Nature(Temper.ON_LEAVE, (Leave(CALENDAR.opens, CALENDAR.board),)),
}


async def test_a_quarter_comes_out_as_its_people_are(programme: Programme) -> None:
    few = some(programme, tuple(FEW))
    leads = {target.ref: target.lead or "" for target in few.targets}
    tempers = Tempers({leads[ref]: nature for ref, nature in FEW.items()}, seed=2)
    asked = Rehearsal(few, QUARTER, tempers=tempers)
    found = await rehearse(asked, lambda _done, _words: None)
    assert found.is_whole
    assert found.body["counts"]["LAA1_STRETCH"]["NOT_SUBMITTED"] == 1, "nobody stood in for 01"
    assert found.body["counts"]["LAA2"]["RED"] == 1, "somebody stood in for NI 154"
    overdue = {one["to"] for one in kinds(found.body, "returns_overdue")}
    assert leads["LAA1-15"] in overdue, "the late were told"
    assert leads["LAA1-02"] not in overdue, "the thorough took their time, and were in time"


def kinds(body: dict[str, Any], named: str) -> list[dict[str, Any]]:
    return [message for message in body["messages"] if message["kind"] == named]

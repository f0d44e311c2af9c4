"""Forms of their own: what is new, what differs, what stays, and what is said of it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, func, select

from rules.quarters import Quarter
from rules.vocabulary import ActionState, QuarterState, Role
from store.database import Database
from store.importing.loading import load
from store.importing.reading import read_programme
from store.importing.registers.forms import FORMS, form_called
from store.tables import (
    ActionRow,
    ActionUpdateRow,
    AuditEntry,
    Milestone,
    Person,
    QuarterRow,
    RoleAssignment,
    SpendLine,
    Target,
)
from tests.store.records_office import Clerk

Q2 = Quarter(2008, 2)
ACTIONS = "target,text,owner,due_on,state\n"
BUILD = "LAA1-03,Build 20 homes,housing lead,30/1/2009"


@pytest.fixture
def clerk(database: Database, folder: Path, now: datetime) -> Clerk:
    with database.writing() as session:
        load(session, read_programme(folder), history_before=Q2, now=now)
    return Clerk(database, now)


def last_entries(clerk: Clerk, count: int) -> list[AuditEntry]:
    with clerk.database.reading() as session:
        query = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(count)
        return list(session.exec(query))


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("milestones", "milestones"),
        ("Proxy milestones", "proxy_milestones"),
        ("oxfordshire_actions_2008-09_q2", "actions"),
        ("NI results", "light_results"),
        ("2030_results_q2", "light_results"),
        ("Target-facts", "target_facts"),
        ("Sheet1", None),
    ],
)
def test_a_form_is_told_by_the_name_of_its_file_or_sheet(title: str, form: str | None) -> None:
    found = form_called(title)
    assert (found.name if found else None) == form


def test_every_form_s_own_name_says_that_form() -> None:
    assert [form for form in FORMS if form_called(form.name) is not form] == []


def test_a_look_says_what_would_change_and_changes_nothing(clerk: Clerk) -> None:
    before = clerk.export()
    looked = clerk.look(
        {"target_facts.csv": "ref,unit,outcome\nLAA1-03,homes,Homes for people\nLAA1-04,,\n"}
    )
    (count,) = looked.counts
    assert (count.new, count.changed, count.same) == (0, 1, 1)
    assert [(one.name, one.column, one.before, one.after) for one in looked.differs] == [
        ("LAA1-03", "outcome", "", "Homes for people"),
        ("LAA1-03", "unit", "", "homes"),
    ]
    assert clerk.export() == before


def test_a_column_left_out_leaves_what_stands_and_an_empty_cell_empties_it(clerk: Clerk) -> None:
    clerk.keep({"target_facts.csv": "ref,unit,outcome\nLAA1-03,homes,Homes\n"})
    clerk.keep({"target_facts.csv": "ref,unit\nLAA1-03,\n"})
    with clerk.database.reading() as session:
        target = session.exec(select(Target).where(Target.ref == "LAA1-03")).one()
        assert (target.unit, target.outcome) == ("", "Homes")
    assert [(entry.action, entry.subject, entry.before) for entry in last_entries(clerk, 1)] == [
        ("target changed", "LAA1-03", '{"unit":"homes"}')
    ]


def test_a_target_named_in_one_file_can_be_referred_to_in_the_next(clerk: Clerk) -> None:
    looked = clerk.keep(
        {
            "milestones.csv": "target,quarter,profile\nLAA1-77,2008/09 Q2,5\n",
            "target_facts.csv": (
                "ref,kind,title,block,partnership,state\n"
                "LAA1-77,LAA1_STRETCH,Trees,HCOP,health-wellbeing,AGREED\n"
            ),
        }
    )
    assert [(count.one, count.new) for count in looked.counts] == [("target", 1), ("milestone", 1)]
    with clerk.database.reading() as session:
        kept = session.exec(
            select(Milestone)
            .join(Target, col(Target.id) == col(Milestone.target_id))
            .where(Target.ref == "LAA1-77")
        ).all()
    assert [row.quarter for row in kept] == [Q2]


def test_an_action_file_says_what_differs_and_what_only_the_register_has(clerk: Clerk) -> None:
    """B18: the plan system's export beside the register."""
    clerk.keep(
        {"actions.csv": f"{ACTIONS}{BUILD},OPEN\nLAA1-03,Ask for land,housing lead,1/3/2009,OPEN\n"}
    )
    clerk.now += timedelta(days=7)
    changed = {"actions.csv": f"{ACTIONS}{BUILD.replace('30/1', '28/2')},DONE\n"}
    looked = clerk.look(changed)
    assert [(one.name, one.column, one.before, one.after) for one in looked.differs] == [
        ("LAA1-03 Build 20 homes", "due on", "30 January 2009", "28 February 2009"),
        ("LAA1-03 Build 20 homes", "state", "open", "done"),
    ]
    assert looked.left == ("LAA1-03 Ask for land",)
    clerk.keep(changed)
    with clerk.database.reading() as session:
        news = session.exec(select(ActionUpdateRow)).all()
        actions = session.exec(select(ActionRow)).all()
        states = {row.text: (row.state, row.updated_in) for row in actions}
        assert [(row.state, row.quarter) for row in news] == [(ActionState.DONE, Q2)]
    assert states["Build 20 homes"] == (ActionState.DONE, Q2)
    assert states["Ask for land"] == (ActionState.OPEN, None)
    assert not clerk.keep(changed).changes_anything


def test_two_actions_in_the_same_words_are_told_apart_by_again(clerk: Clerk) -> None:
    assert "write 2 in the column “again”" in clerk.fault(
        {"actions.csv": f"{ACTIONS}{BUILD},OPEN\n{BUILD},OPEN\n"}
    )
    head = "again," + ACTIONS
    looked = clerk.keep({"actions.csv": f"{head},{BUILD},OPEN\n2,{BUILD},DONE\n"})
    assert looked.counts[0].new == 2


def test_a_lead_is_replaced_by_two_rows(clerk: Clerk) -> None:
    with clerk.database.reading() as session:
        held = session.exec(
            select(Person, RoleAssignment)
            .join(Person, col(Person.id) == col(RoleAssignment.person_id))
            .join(Target, col(Target.id) == col(RoleAssignment.target_id))
            .where(Target.ref == "LAA1-03", RoleAssignment.role == Role.TARGET_LEAD)
        ).one()
        label, starts = held[0].label, held[1].starts
    head = "person,role,target,starts,ends\n"
    clerk.keep(
        {
            "roles.csv": f"{head}{label},TARGET_LEAD,LAA1-03,{starts},2008-10-05\n"
            "target-lead-02,TARGET_LEAD,LAA1-03,6 October 2008,\n"
        }
    )
    with clerk.database.reading() as session:
        now_held = session.exec(
            select(Person.label)
            .join(RoleAssignment, col(Person.id) == col(RoleAssignment.person_id))
            .join(Target, col(Target.id) == col(RoleAssignment.target_id))
            .where(Target.ref == "LAA1-03", RoleAssignment.role == Role.TARGET_LEAD)
            .where(col(RoleAssignment.ends).is_(None))
        ).all()
    assert now_held == ["target-lead-02"]
    for entry in last_entries(clerk, 2):
        assert entry.subject == "TARGET_LEAD LAA1-03"
        assert "target-lead" not in entry.before + entry.after


def test_nobody_is_left_out_of_the_central_team(clerk: Clerk) -> None:
    lines = clerk.export()["roles.csv"].decode().splitlines()
    head, central = lines[0], [line for line in lines if ",CENTRAL_TEAM," in line]
    ended = "\n".join(f"{line}2008-09-30" for line in central)
    assert "Nobody would be left" in clerk.fault({"roles.csv": f"{head}\n{ended}\n"})


def test_milestones_of_a_published_quarter_stand(clerk: Clerk) -> None:
    head = "target,quarter,profile\n"
    clerk.keep({"milestones.csv": f"{head}LAA1-03,2007/08 Q2,5\n"})
    with clerk.database.writing() as session:
        session.add(QuarterRow(label=Quarter(2007, 2), state=QuarterState.PUBLISHED))
    same = clerk.look({"milestones.csv": f"{head}LAA1-03,2007/08 Q2,5\n"})
    assert same.counts[0].same == 1
    assert "is published" in clerk.fault({"milestones.csv": f"{head}LAA1-03,2007/08 Q2,6\n"})


def test_spend_that_is_not_given_is_not_nought(clerk: Clerk) -> None:
    clerk.keep({"spend.csv": 'block,year,half,planned,actual\nHCOP,2008/09,1,"£1,200",\n'})
    with clerk.database.reading() as session:
        (line,) = session.exec(select(SpendLine)).all()
        assert (line.year, line.half, line.planned) == (2008, 1, Decimal(1200))
        assert line.actual is None
    clerk.keep({"spend.csv": "block,year,half,actual\nHCOP,2008/09,1,0\n"})
    with clerk.database.reading() as session:
        (line,) = session.exec(select(SpendLine)).all()
        assert (line.planned, line.actual) == (Decimal(1200), Decimal(0))


def test_dates_of_a_quarter_are_entered_and_can_be_emptied(clerk: Clerk) -> None:
    head = "quarter,due,board,board_confirmed\n"
    clerk.keep({"calendar.csv": f"{head}2008/09 Q3,22/1/2009,18/2/2009,yes\n"})
    with clerk.database.reading() as session:
        row = session.get(QuarterRow, Quarter(2008, 3))
        assert row is not None
        assert (row.board, row.board_confirmed) == (date(2009, 2, 18), True)
        assert row.state is QuarterState.FUTURE
    clerk.keep({"calendar.csv": "quarter,due\n2008/09 Q3,\n"})
    assert b"2008/09 Q3,,,2009-02-18,true" in clerk.export()["calendar.csv"]


def test_an_empty_database_takes_targets_without_a_file_of_kinds(
    database: Database, now: datetime
) -> None:
    clerk = Clerk(database, now)
    clerk.keep(
        {
            "blocks.csv": "code,name\nB,Block\n",
            "partnerships.csv": "code,name\nP,Partnership\n",
            "target_facts.csv": "ref,kind,title,block,partnership,state\nT1,LAA2,T,B,P,DRAFT\n",
        }
    )
    assert b"T1,LAA2,,T" in clerk.export()["target_facts.csv"]


def test_a_thousand_targets_are_looked_at_and_kept_in_few_statements(
    database_file: Database, folder: Path, now: datetime
) -> None:
    with database_file.writing() as session:
        load(session, read_programme(folder), history_before=Q2, now=now)
    clerk = Clerk(database_file, now)
    rows = "".join(
        f"T{number},LAA2,Title {number},HCOP,health-wellbeing,AGREED\n" for number in range(1_000)
    )
    milestones = "".join(f"T{number},2008/09 Q2,{number + 1}\n" for number in range(1_000))
    files = {
        "target_facts.csv": f"ref,kind,title,block,partnership,state\n{rows}",
        "milestones.csv": f"target,quarter,profile\n{milestones}",
    }
    counted: list[str] = []

    def count(*told: Any) -> None:
        counted.append(told[2])

    event.listen(Engine, "before_cursor_execute", count)
    try:
        clerk.keep(files)
        keeping = len(counted)
        assert not clerk.look(files).changes_anything
        looking = len(counted) - keeping
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert keeping < 40
    assert looking < 20
    with database_file.reading() as session:
        assert session.exec(select(func.count()).select_from(Target)).one() == 1_059

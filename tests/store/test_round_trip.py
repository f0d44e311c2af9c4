"""What is written out is read back the same: a round trip changes nothing."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, func, select

from rules.quarters import Quarter
from rules.vocabulary import (
    Accumulation,
    ActionState,
    Frequency,
    NoteKind,
    Polarity,
    QuarterState,
    Role,
    RoleScope,
    TargetState,
    ToleranceMode,
)
from store.database import Database
from store.exporting.files import csv_of, workbook_of
from store.exporting.sheets import Sheet
from store.importing.faults import Faults
from store.importing.loading import load
from store.importing.reading import read_programme
from store.importing.registers.cells import as_meant, harmless, tidy
from store.importing.registers.files import read_tables
from store.importing.registers.forms import FORMS
from store.tables import (
    ActionRow,
    AuditEntry,
    Block,
    GrantPotential,
    KindRow,
    LightResult,
    Milestone,
    Note,
    Partnership,
    Person,
    ProxyMeasure,
    ProxyMilestone,
    QuarterRow,
    RiskRow,
    RoleAssignment,
    SpendLine,
    Target,
    TargetLink,
)
from tests.store.records_office import Clerk

Q2 = Quarter(2008, 2)


def audited(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()


@pytest.fixture
def filled(database: Database, folder: Path, now: datetime) -> Clerk:
    """The sample, and something in every form that it has none of."""
    with database.writing() as session:
        load(session, read_programme(folder), history_before=Q2, now=now)
        session.add_all(beside(session, now))
    return Clerk(database, now)


def beside(session: Session, now: datetime) -> list[SQLModel]:
    first, second = session.exec(select(Target).order_by("id").limit(2)).all()
    one, two = first.id or 0, second.id or 0
    block = session.exec(select(Block.id)).first() or 0
    partnership = session.exec(select(Partnership.id)).first() or 0
    proxy = ProxyMeasure(target_id=one, title="Calls\nanswered", polarity=Polarity.HIGHER)
    session.add(proxy)
    session.flush()
    first.unit, first.benchmark_value, first.due_quarters = "%", Decimal("47.50"), "0"
    first.definition = '=HYPERLINK("https://evil")'
    first.baseline_on = date(2008, 2, 29)
    return [
        TargetLink(target_id=one, linked_id=two),
        ProxyMilestone(proxy_id=proxy.id or 0, quarter=Q2, low=Decimal(1), high=Decimal("2.0")),
        GrantPotential(target_id=two, potential_gbp=5, value_with_stretch=Decimal("-1.5"))
        if session.get(GrantPotential, two) is None
        else SpendLine(block_id=block, year=2007, half=2, planned=None, actual=Decimal("0.00")),
        QuarterRow(label=Quarter(2008, 3), state=QuarterState.FUTURE, board=date(2009, 2, 18)),
        action(one, "Bring two sites forward"),
        action(one, "Bring two sites forward"),
        action(two, "-1 = @nobody"),
        RiskRow(target_id=one, text="+cmd", likelihood=2, impact=5, raised_at=now),
        RiskRow(target_id=one, text="'=1", likelihood=2, impact=5, raised_at=now, open=False),
        LightResult(
            partnership_id=partnership,
            kind="NATIONAL_INDICATOR",
            quarter=Q2,
            managed=20,
            due=12,
            returned=11,
            on_target=7,
        ),
        SpendLine(block_id=block, year=2008, half=1, planned=Decimal(0), actual=None),
        Note(target_id=one, kind=NoteKind.WORKSHOP, on_day=date(2008, 9, 1), text="Kept", at=now),
        Note(
            partnership_id=partnership,
            kind=NoteKind.OTHER,
            on_day=date(2008, 9, 1),
            text="Kept",
            at=now,
        ),
    ]


def action(target: int, text: str) -> ActionRow:
    return ActionRow(
        target_id=target,
        raised_in=Q2,
        text=text,
        owner="housing lead",
        due_on=date(2009, 1, 30),
        state=ActionState.IN_PROGRESS,
        districts="Cherwell,West Oxfordshire",
    )


def test_every_form_is_written_out(filled: Clerk) -> None:
    assert set(filled.export()) == {f"{form.name}.csv" for form in FORMS}


def test_an_export_changes_nothing_where_it_comes_from(filled: Clerk) -> None:
    before, entries = filled.export(), audited(filled.database)
    looked = filled.keep(before)
    assert not looked.changes_anything
    assert looked.unread == ()
    assert audited(filled.database) == entries
    assert filled.export() == before
    assert not filled.keep({"everything.xlsx": filled.workbook()}).changes_anything
    assert audited(filled.database) == entries


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_empty_database_holds_the_same_after_it(
    filled: Clerk, tmp_path: Path, empty_file: Path, now: datetime, form: str
) -> None:
    files = filled.export()
    (tmp_path / "empty.db").write_bytes(empty_file.read_bytes())
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    empty = Clerk(database, now)
    empty.keep(files if form == "csv" else {"everything.xlsx": filled.workbook()})
    assert empty.export() == files
    assert empty.workbook()
    database.close()


nasty = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\r\x07"), max_size=30
) | st.sampled_from(
    ["=1+1", "+1", "-1", "@x", "\t=x", "\uff1dx", "'=1", "''+", "'", "-5", "1e3", "_x000D_"]
)


@given(nasty)
def test_a_harmless_cell_is_read_back_as_meant(text: str) -> None:
    assert as_meant(harmless(text)) == text
    shown = harmless(text)
    assert shown[:1] not in tuple("=+@\t\r\uff1d\uff0b\uff0d\uff20")
    assert not shown.startswith("-") or Decimal(shown)


@given(st.lists(st.tuples(nasty.map(tidy).filter(bool), nasty.map(tidy)), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_survives_both_kinds_of_file(rows: list[tuple[str, str]]) -> None:
    guarded = tuple((harmless(one), harmless(two)) for one, two in rows)
    sheet = Sheet("notes", ("text", "link"), guarded)
    for name, content in (("notes.csv", csv_of(sheet)), ("x.xlsx", workbook_of([sheet]))):
        faults = Faults()
        (table,) = read_tables(name, content, faults)
        assert not faults
        assert tuple(cells for _, cells in table.records) == tuple(rows)


words = nasty.map(tidy)
figures = st.decimals(-(10**9), 10**9, places=3) | st.none()
days = st.dates(date(1990, 1, 1), date(2030, 1, 1)) | st.none()


@given(st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
def test_whatever_a_target_holds_comes_back(
    empty_file: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    now = datetime(2008, 10, 1, 8, tzinfo=UTC)
    folder = tmp_path_factory.mktemp("two")
    clerks = []
    for name in ("one.db", "two.db"):
        (folder / name).write_bytes(empty_file.read_bytes())
        clerks.append(Clerk(Database(f"sqlite:///{folder / name}"), now))
    with clerks[0].database.writing() as session:
        session.add(KindRow(code="K", label=data.draw(words) or "K"))
        session.add(Block(code="B", name=data.draw(words) or "B"))
        session.add(Partnership(code="P", name=data.draw(words) or "P", block_id=1))
        session.add(Person(slack_user_id="U1", label=data.draw(words) or "x", day_starts=time(9)))
        session.add(Person(slack_user_id="U2", label=data.draw(words) or "x"))
        session.flush()
        session.add(drawn_target(data))
        session.flush()
        lead = RoleAssignment(
            person_id=2,
            role=Role.TARGET_LEAD,
            scope=RoleScope.TARGET,
            target_id=1,
            starts=date(2008, 4, 1),
        )
        session.add(lead)
        profile = data.draw(figures.filter(bool))
        session.add(Milestone(target_id=1, quarter=Q2, profile=profile, note=data.draw(words)))
    files = clerks[0].export()
    assert not clerks[0].keep(files).changes_anything
    clerks[1].keep(files)
    assert clerks[1].export() == files
    for clerk in clerks:
        clerk.database.close()


def drawn_target(data: st.DataObject) -> Target:
    return Target(
        ref="T1",
        kind="K",
        title=data.draw(words) or "T",
        outcome=data.draw(words),
        definition=data.draw(words),
        block_id=1,
        partnership_id=1,
        state=data.draw(st.sampled_from(TargetState)),
        polarity=data.draw(st.sampled_from(Polarity)),
        unit=data.draw(st.sampled_from(["", "%", "£", "homes"])),
        decimals=data.draw(st.integers(0, 6)),
        accumulation=data.draw(st.sampled_from(Accumulation)),
        frequency=data.draw(st.sampled_from(Frequency)),
        due_quarters=data.draw(st.sampled_from(["0", "1,2,3,4", "2,4", "4"])),
        amber_tolerance=Decimal("10.50"),
        tolerance_mode=data.draw(st.sampled_from(ToleranceMode)),
        restricted=data.draw(st.booleans()),
        baseline_value=data.draw(figures),
        baseline_on=data.draw(days),
        end_value=data.draw(figures),
        end_on=data.draw(days),
        benchmark_value=data.draw(figures),
        affected_groups=data.draw(words),
    )

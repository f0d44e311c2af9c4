"""Files as people send them: what is wrong is said at the cell, and nothing is stored."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import func, select

from rules.quarters import Quarter
from store.database import Database
from store.importing.loading import load
from store.importing.reading import read_programme
from store.tables import AuditEntry, Milestone, Target
from tests.store.records_office import Clerk

Q2 = Quarter(2008, 2)
PER_CENT, HOMES = "LAA1-06", "LAA1-03"


@pytest.fixture
def clerk(database_file: Database, folder: Path, now: datetime) -> Clerk:
    with database_file.writing() as session:
        load(session, read_programme(folder), history_before=Q2, now=now)
        units = {PER_CENT: "%", HOMES: "homes", "LAA1-01": "£"}
        for ref, unit in units.items():
            session.exec(select(Target).where(Target.ref == ref)).one().unit = unit
    return Clerk(database_file, now)


def entries(clerk: Clerk) -> int:
    with clerk.database.reading() as session:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()


def workbook(*rows: list[object], title: str = "milestones", merge: str = "") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    return packed(book)


def packed(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()


HEAD = "target,quarter,profile\n"
LIGHTS = "partnership,kind,quarter,managed,due,returned,on_target\n"
HEADING: list[object] = ["target", "quarter", "profile"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("milestones.csv", "", "is empty"),
        ("milestones.csv", " \n\n", "is empty"),
        ("milestones.csv", HEAD, "no row below the header"),
        ("milestones.csv", "ref,quarter,profile\nLAA1-03,2008/09 Q2,5\n", "“target” is missing"),
        ("milestones.csv", "target;quarter;profile\nLAA1-03;2008/09 Q2;5\n", "semicolons"),
        ("milestones.csv", "target,quarter,quarter\nLAA1-03,2008/09 Q2,5\n", "stands twice"),
        ("milestones.csv", HEAD + 'LAA1-03,"2008/09 Q2,5\n', "not closed"),
        ("milestones.csv", HEAD + "LAA1-03,2008/09 Q2,1,200\n", "cell D2: This column has no"),
        ("milestones.csv", HEAD + "LAA1-99,2008/09 Q2,5\n", "cell A2 (target): There is no target"),
        ("milestones.csv", HEAD + "LAA1-03,autumn,5\n", "cell B2 (quarter): “autumn” names no"),
        ("milestones.csv", HEAD + "LAA1-03,2008/09 Q2,many\n", "cell C2 (profile): “many” is no"),
        ("milestones.csv", HEAD + "LAA1-03,2008/09 Q2,47%\n", "“47%” is no number"),
        ("milestones.csv", HEAD + "LAA1-03,2008/09 Q2,£3.5m\n", "“£3.5m” is no number"),
        ("milestones.csv", HEAD + "LAA1-03,2008/09 Q2,\n", "Give a profile"),
        ("milestones.csv", HEAD + "LAA1-03,2008/09 Q2,0\n", "No per cent of 0"),
        ("milestones.csv", HEAD + "LAA1-03,2008/09 Q2,5\n" * 2, "stands in row 2 already"),
        ("milestones.csv", (HEAD + "LAA1-03,2008/09 Q2,5\n").encode("utf-16"), "not UTF-8"),
        ("milestones.csv", HEAD.encode() + b"LAA1-03,2008/09 Q2,5\xa3\n", "row 2: This is not UTF"),
        ("milestones.csv", b"x" * 5_000_001, "larger than 5 MB"),
        ("milestones.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind of file"),
        (
            "milestones.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        ("milestones.xlsx", b"PK\x03\x04 not really", "cannot be opened"),
        ("milestones.xlsx", b"target,quarter\n", "no workbook, though its name says so"),
        ("milestones.pdf", b"%PDF-1.4", "neither a CSV file nor a workbook"),
        ("milestones.csv", f"{'x' * 301},target\na,b\n", "cell A1: This heading has 301"),
        ("milestones.csv", "x," * 201 + "y\n1\n", "more than 200 columns"),
        ("sheet.csv", HEAD + "LAA1-03,2008/09 Q2,5\n", "says no form"),
        ("risks.csv", "target,text,likelihood,impact\nLAA1-03,Snow,7,1\n", "cell C2 (likelihood)"),
        ("risks.csv", "target,text,likelihood,impact\nLAA1-03,Snow,0,1\n", "less than 1"),
        ("risks.csv", "target,text,likelihood\nLAA1-03,Snow,1\n", "column impact: This row is new"),
        (
            "actions.csv",
            "target,text,owner,due_on\nLAA1-03,Build,lead,10/21/2008\n",
            "cell D2 (due_on): “10/21/2008” is no date. Write it like 21/10/2008, the day first.",
        ),
        (
            "actions.csv",
            "target,text,owner,due_on,state\nLAA1-03,Build,lead,1/2/2009,DROPPED\n",
            "needs a reason",
        ),
        (
            "light_results.csv",
            f"{LIGHTS}health-wellbeing,NATIONAL_INDICATOR,2008/09 Q2,9,8,7,8\n",
            "cell G2 (on_target): This is more than returned (7)",
        ),
        ("spend.csv", "block,year,half,planned\nHCOP,2008/10,1,5\n", "no financial year"),
        ("people.csv", "slack_user_id,label\nlead@example.org,Lead\n", "no Slack member id"),
        ("calendar.csv", "quarter,due,board\n2008/09 Q3,22/1/2009,30/1/2009\n", "too early"),
        (
            "roles.csv",
            "person,role,target,starts\ntarget-lead-02,TARGET_LEAD,LAA1-03,1/10/2008\n",
            "LAA1-03 has another TARGET_LEAD now",
        ),
        (
            "roles.csv",
            "person,role,starts\ntarget-lead-02,TARGET_LEAD,1/10/2008\n",
            "is held over a target",
        ),
        ("target_facts.csv", f"ref,unit\nLAA1-03,{'x' * 300}\n", "This has 300 characters"),
        (
            "target_facts.csv",
            "ref,green_tolerance,amber_tolerance\nLAA1-03,11,10\n",
            "amber is not below green",
        ),
        (
            "target_facts.csv",
            "ref,linked_targets\nLAA1-03,LAA1-04\nLAA1-04,\n",
            "LAA1-04 does not list LAA1-03",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands_and_nothing_is_kept(
    clerk: Clerk, name: str, content: str | bytes, says: str
) -> None:
    before = entries(clerk)
    said = " ".join(map(str, clerk.faults({name: content})))
    assert says in said
    assert said.startswith(Path(name).stem)
    assert entries(clerk) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            workbook(HEADING, ["LAA1-03", "2008/09 Q2", 5], merge="A2:A3"),
            "sheet milestones, cell A2: The cells A2:A3 are merged",
        ),
        (
            workbook(HEADING, ["LAA1-03", "2008/09 Q2", "=1+1"]),
            "cell C2: This cell holds a formula",
        ),
        (workbook(HEADING, ["LAA1-03", "2008/09 Q2", "#REF!"]), "formula gives an error (#REF!)"),
        (workbook(["target", "quarter", "due"], ["LAA1-99", "x", 5], title="x"), "says no form"),
    ],
)
def test_a_workbook_s_own_faults_are_told_with_their_cell(
    clerk: Clerk, content: bytes, says: str
) -> None:
    assert says in " ".join(map(str, clerk.faults({"m.xlsx": content})))


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(clerk: Clerk) -> None:
    written = BytesIO(workbook(HEADING, ["LAA1-03", "2008/09 Q2", 5]))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet9.xml", b" " * 60_000_000)
    assert len(written.getvalue()) < 100_000
    assert "more than 40 MB" in clerk.fault({"m.xlsx": written.getvalue()})


def test_two_sheets_of_one_workbook_are_two_forms(clerk: Clerk) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Milestones"
    page.append(["Target", "Quarter", "Profile"])
    page.append([HOMES, "2008/09 Q2", 1200])
    risks = book.create_sheet("Risks 2008-09")
    risks.append(["target", "text", "likelihood", "impact", "review on"])
    risks.append([HOMES, "Snow", 2, 3, datetime(2009, 1, 15)])  # noqa: DTZ001  # as Excel has it
    book.create_sheet("Empty")
    looked = clerk.keep({"m.xlsx": packed(book)})
    assert [(count.one, count.new) for count in looked.counts] == [("milestone", 1), ("risk", 1)]
    assert b"2009-01-15" in clerk.export()["risks.csv"]


@pytest.mark.parametrize(
    ("ref", "cell", "kept"),
    [
        (HOMES, "1,200", "1200"),
        (PER_CENT, "47%", "47"),
        ("LAA1-01", "£3.5m", "3500000.0"),
        (HOMES, "−3", "-3"),  # noqa: RUF001  # a true minus
    ],
)
def test_a_figure_is_read_as_people_write_it_where_the_unit_fits(
    clerk: Clerk, ref: str, cell: str, kept: str
) -> None:
    clerk.keep({"milestones.csv": f'{HEAD}{ref},2009/10 Q2,"{cell}"\n'})
    with clerk.database.reading() as session:
        rows = session.exec(select(Milestone).where(Milestone.quarter == Quarter(2009, 2))).all()
    assert [format(row.profile or 0, "f") for row in rows] == [kept]


def test_a_per_cent_of_a_spreadsheet_is_one_of_a_hundred(clerk: Clerk) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "milestones"
    page.append(HEADING)
    page.append([PER_CENT, "2009/10 Q2", 0.47])
    page["C2"].number_format = "0.0%"
    clerk.keep({"m.xlsx": packed(book)})
    assert b"LAA1-06,2009/10 Q2,47,," in clerk.export()["milestones.csv"]


def test_every_fault_is_told_at_once_file_by_file(clerk: Clerk) -> None:
    found = clerk.faults(
        {
            "milestones.csv": HEAD + "LAA1-98,2008/09 Q2,x\nLAA1-99,Q9,5\n",
            "risks.csv": "target,text,likelihood,impact\nLAA1-03,Snow,7,1\n",
        }
    )
    assert [(fault.file, fault.letter + str(fault.row)) for fault in found] == [
        ("milestones.csv", "C2"),
        ("milestones.csv", "A2"),
        ("milestones.csv", "B3"),
        ("milestones.csv", "A3"),
        ("risks.csv", "C2"),
    ]


def test_one_bad_row_keeps_all_others_out(clerk: Clerk) -> None:
    before = clerk.export()
    good = "\n".join(f"LAA1-03,{year}/{(year + 1) % 100:02d} Q2,5" for year in range(2010, 2015))
    assert clerk.faults({"milestones.csv": f"{HEAD}{good}\nLAA1-03,2009/10 Q2,bad\n"})
    assert clerk.export() == before


def test_a_name_of_300_characters_is_kept_whole(clerk: Clerk) -> None:
    name = "é" * 300
    clerk.keep({"people.csv": f"slack_user_id,label\nUNEW,{name}\n"})
    assert name in clerk.export()["people.csv"].decode()


def test_a_byte_order_mark_and_columns_of_one_s_own_do_no_harm(clerk: Clerk) -> None:
    looked = clerk.keep(
        {"milestones.csv": "\ufefftarget,my notes,quarter,profile\nLAA1-03,x,2009/10 Q2,5\n"}
    )
    assert looked.counts[0].new == 1
    assert looked.unread == ("milestones: my notes",)

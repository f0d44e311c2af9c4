"""The central team hands a file in through Slack, and takes everything out."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import Session, func, select

from messages.forms.commentary_step import YES
from messages.ids import Action, Block
from store.tables import AuditEntry, Milestone, RiskRow
from tests.journeys.county import COMMAND, County, asks, ephemeral_after
from tests.sample import OPENS
from workspace.people import Client

CENTRAL, LEAD = "central-team-01", "target-lead-19"
MILESTONES = "target,quarter,profile\nLAA1-03,2009/10 Q2,5\nLAA1-06,2009/10 Q2,6\n"


def workbook(*rows: list[object], title: str = "risks") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


async def hand_in(county: County, name: str, content: str | bytes, label: str = CENTRAL) -> Client:
    """Somebody sends a file; what came of it is the newest direct message."""
    person = county.person(label)
    await person.command(COMMAND, "import")
    await person.wait_for(lambda: person.modal)
    file = person.upload(name, content.encode() if isinstance(content, str) else content)
    await person.fill(Block.FILE, [file])
    before = len(person.dm())
    assert not (await person.submit()).errors
    assert person.modal is not None
    assert "is being read" in person.modal.plain()
    await person.close()
    await told(county, person, before)
    return person


async def told(county: County, person: Client, before: int) -> None:
    """Wait for what is told of a file, however long reading it takes."""
    assert await county.bot.under_way.ended(30)
    await county.settle()
    assert len(person.dm()) > before


async def milestones(county: County) -> int:
    def count(session: Session) -> int:
        return session.exec(select(func.count()).select_from(Milestone)).one()

    return await county.bot.desk.read(count)


async def audit_entries(county: County) -> int:
    def count(session: Session) -> int:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()

    return await county.bot.desk.read(count)


async def test_a_file_is_looked_at_first_and_imported_by_a_press(county: County) -> None:
    await county.at(OPENS)
    before = await milestones(county)
    central = await hand_in(county, "milestones.csv", MILESTONES)
    checked = central.dm()[-1]
    assert "milestones.csv can be imported. Nothing is changed yet." in checked.plain()
    assert "Milestones: 2 new, 0 changed, 0 the same" in checked.plain()
    assert await milestones(county) == before
    await central.press(checked, Action.IMPORT_THESE)
    assert await county.bot.under_way.ended(30)
    await county.settle()
    assert await milestones(county) == before + 2
    done = central.dm()[-1]
    assert done.ts == checked.ts
    assert "milestones.csv is imported" in done.plain()
    assert "Imported by" in done.plain()
    assert asks(done) == []


async def test_a_second_press_says_who_imported_it_and_when(county: County) -> None:
    await county.at(OPENS)
    central = await hand_in(county, "milestones.csv", MILESTONES)
    checked = central.dm()[-1]
    await central.press(checked, Action.IMPORT_THESE)
    assert await county.bot.under_way.ended(30)
    entries = await audit_entries(county)
    # The message still shows its button: the edit has not been sent yet.
    again = await ephemeral_after(central, lambda: central.press(checked, Action.IMPORT_THESE))
    assert "milestones.csv was imported on" in again
    assert await audit_entries(county) == entries


async def test_every_fault_is_told_by_its_cell_and_nothing_is_kept(county: County) -> None:
    await county.at(OPENS)
    rows: list[list[object]] = [
        ["target", "text", "likelihood", "impact"],
        ["LAA1-03", "Snow", 7, 1],
        ["X", "Y", 1, 2],
    ]
    central = await hand_in(county, "Risks.xlsx", workbook(*rows))
    words = central.dm()[-1].plain()
    assert "2 faults in Risks.xlsx. Nothing was stored." in words
    assert "sheet risks, cell C2 (likelihood): “7” is no whole number from 0 to 5." in words
    assert "sheet risks, cell A3 (target): There is no target “X”." in words
    assert asks(central.dm()[-1]) == []
    assert await county.bot.desk.read(lambda session: list(session.exec(select(RiskRow)))) == []


async def test_a_file_that_changes_nothing_says_so(county: County) -> None:
    await county.at(OPENS)
    central = await hand_in(county, "milestones.csv", MILESTONES)
    await central.press(central.dm()[-1], Action.IMPORT_THESE)
    assert await county.bot.under_way.ended(30)
    central = await hand_in(county, "milestones.csv", MILESTONES)
    assert "hold all of milestones.csv already" in central.dm()[-1].plain()
    assert asks(central.dm()[-1]) == []


@pytest.mark.parametrize("word", ["import", "export"])
async def test_only_the_central_team_hands_files_in_and_takes_them_out(
    county: County, word: str
) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    refused = await ephemeral_after(lead, lambda: lead.command(COMMAND, word))
    assert "central team" in refused.casefold()
    assert lead.modal is None


async def test_a_form_without_a_file_asks_for_one(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    await central.command(COMMAND, "import")
    await central.wait_for(lambda: central.modal)
    outcome = await central.submit()
    assert "Choose a file." in outcome.errors[Block.FILE]


async def test_a_file_that_is_gone_by_the_press_is_not_imported(county: County) -> None:
    await county.at(OPENS)
    before = await milestones(county)
    central = await hand_in(county, "milestones.csv", MILESTONES)
    held = next(iter(county.workspace.core.files.held.values()))
    whole, held.content = held.content, MILESTONES.replace("5", "9").encode()
    words = await ephemeral_after(
        central, lambda: central.press(central.dm()[-1], Action.IMPORT_THESE)
    )
    assert "not the file that was looked at" in words
    held.content = None
    words = await ephemeral_after(
        central, lambda: central.press(central.dm()[-1], Action.IMPORT_THESE)
    )
    assert "Slack did not give me this file" in words
    assert await milestones(county) == before
    held.content = whole
    await central.press(central.dm()[-1], Action.IMPORT_THESE)
    assert await county.bot.under_way.ended(30)
    assert await milestones(county) == before + 2


async def test_the_workbook_comes_to_whoever_asked_and_can_be_handed_in_again(
    county: County,
) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    words = await ephemeral_after(central, lambda: central.command(COMMAND, "export"))
    assert "is in the workbook" in words
    sent = next(message for message in central.dm() if message.files)
    content = county.workspace.core.files.held[sent.files[0]["id"]].content
    assert content is not None
    assert "target_facts" in load_workbook(BytesIO(content)).sheetnames
    await hand_in(county, "quarterlight.xlsx", content)
    assert "hold all of quarterlight.xlsx already" in central.dm()[-1].plain()


SHEET = "Measure,July to Sept,Checked\nLAA1-03,1000,30/9/2008\nLAA2-NI154,many,30/9/2008\n"


async def named(county: County, central: Client) -> None:
    """The central team says which column is which."""
    await central.press(central.dm()[-1], Action.MAP_COLUMNS)
    await central.wait_for(lambda: central.modal)
    await central.fill(Block.TARGET_COLUMN, "0")
    await central.fill(Block.FIGURE_COLUMN, "1")
    await central.fill(Block.AS_AT_COLUMN, "2")
    await central.fill(Block.SHEET_NAME, "Safer Communities")
    assert not (await central.submit()).errors
    assert await county.bot.under_way.ended(30)
    await county.settle()


async def test_a_block_s_own_sheet_is_read_once_its_columns_are_named(county: County) -> None:
    await county.at(OPENS)
    central = await hand_in(county, "safer.csv", SHEET)
    question = central.dm()[-1]
    assert "Say which column is which." in question.plain()
    assert "Measure, July to Sept and Checked" in question.plain()
    await named(county, central)
    found = central.dm()[-1]
    assert found.ts == question.ts
    assert "1 figure in safer.csv for July to September 2008" in found.plain()
    assert "cell B3 (july to sept): “many” is no number" in found.plain()
    await central.press(found, Action.KEEP_FIGURES)
    assert await county.bot.under_way.ended(30)
    again = await ephemeral_after(central, lambda: central.press(found, Action.KEEP_FIGURES))
    assert "was imported on" in again
    await county.settle()
    assert "1 figure of safer.csv is kept" in central.dm()[-1].plain()


async def test_the_next_sheet_with_these_headings_reads_by_itself(county: County) -> None:
    await county.at(OPENS)
    central = await hand_in(county, "safer.csv", SHEET)
    await named(county, central)
    await hand_in(county, "safer-2.csv", SHEET.replace("many", "12"))
    words = central.dm()[-1].plain()
    assert "2 figures in safer-2.csv" in words
    assert "Read as the columns of “Safer Communities” were named." in words


async def test_a_lead_confirms_the_figure_instead_of_typing_it(county: County) -> None:
    await county.at(OPENS)
    lead = county.person("target-lead-03")
    (request,) = lead.dm()
    central = await hand_in(county, "safer.csv", SHEET)
    await named(county, central)
    await central.press(central.dm()[-1], Action.KEEP_FIGURES)
    assert await county.bot.under_way.ended(30)
    await county.settle()
    (same,) = lead.dm()
    assert same.ts == request.ts
    assert "Please confirm: 1,000" in same.plain()
    assert "from the Safer Communities sheet" in same.plain()
    await lead.press(same, Action.CONFIRM_FIGURE)
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    assert "GREEN" in lead.modal.plain()
    await lead.fill(Block.RISKS_REVIEWED, [YES])
    outcome = await lead.submit()
    assert not outcome.errors
    await county.settle()
    assert "reported" in lead.dm()[0].plain()
    assert "Please confirm" not in lead.dm()[0].plain()


async def test_columns_that_are_missing_or_chosen_twice_are_said_at_their_fields(
    county: County,
) -> None:
    await county.at(OPENS)
    central = await hand_in(county, "safer.csv", SHEET)
    await central.press(central.dm()[-1], Action.MAP_COLUMNS)
    await central.wait_for(lambda: central.modal)
    errors = (await central.submit()).errors
    assert set(errors) == {Block.TARGET_COLUMN, Block.FIGURE_COLUMN, Block.SHEET_NAME}
    await central.fill(Block.TARGET_COLUMN, "0")
    await central.fill(Block.FIGURE_COLUMN, "0")
    await central.fill(Block.SHEET_NAME, "S")
    assert "chosen above already" in (await central.submit()).errors[Block.FIGURE_COLUMN]


async def test_a_sheet_that_comes_while_nothing_is_open_is_told_so(county: County) -> None:
    central = await hand_in(county, "safer.csv", SHEET)
    assert "no quarter is open" in central.dm()[-1].plain()

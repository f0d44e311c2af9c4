"""Figures of a block's own sheet: kept for the open quarter, and confirmed by leads (C17)."""

from datetime import date
from decimal import Decimal

import pytest

from flows import gather
from flows.confirm_figure import confirm
from flows.gather import Gathering
from flows.open_window import request_key
from flows.report_target import FigureTaken, Opened
from messages.notices.refusals import OutOfDate, Refused
from messages.notices.returns import ReturnsRequested
from rules.answers import FigureAnswer
from store import column_mappings, gathered
from store.column_mappings import Mapping
from store.importing.faults import Faults
from store.importing.registers.files import read_tables
from tests.flows.office import SECOND_DAY, Office
from tests.sample import QUARTER

COLUMNS = Mapping("Safer Communities", "measure", "july_to_sept", as_at="checked")
HEAD = "Measure,July to Sept,Checked,Our notes\n"


def look(office: Office, rows: str, columns: Mapping = COLUMNS) -> Gathering:
    (table,) = read_tables("safer.csv", (HEAD + rows).encode(), Faults())
    return office.do(gather.look, table, columns, QUARTER, SECOND_DAY)


def kept(office: Office, rows: str) -> Gathering:
    found = look(office, rows)
    office.do(gather.keep, found, office.people["central-team-01"], SECOND_DAY)
    return found


def lead_of(office: Office, ref: str) -> str:
    return office.parts[ref].lead or ""


def asked(office: Office, ref: str) -> ReturnsRequested:
    said = office.said(request_key(QUARTER, office.people[lead_of(office, ref)]))
    assert isinstance(said, ReturnsRequested)
    return said


def test_a_row_is_found_by_reference_or_title_and_bad_rows_are_listed(opened: Office) -> None:
    found = look(
        opened,
        "laa1-03,1000,30/9/2008,ours\n"
        "increase SANCTION detections,24.1,,\n"
        "LAA1-99,5,,\n"
        "LAA1-04,,,\n"
        "LAA1-05,lots,,\n"
        "LAA1-03,7,,\n",
    )
    first = found.figures[0]
    assert (first.target.ref, first.figure) == ("LAA1-03", Decimal(1000))
    assert first.as_at == date(2008, 9, 30)
    said = [str(fault) for fault in found.rejected]
    assert any("cell A4 (measure): There is no target “LAA1-99”" in one for one in said)
    assert any("cell B5 (july_to_sept): There is no figure here." in one for one in said)
    assert any("cell B6 (july_to_sept): “lots” is no number" in one for one in said)
    assert any("LAA1-03 stands in row 2 already" in one for one in said)


def test_a_lead_who_was_asked_sees_the_figure_to_confirm_in_the_same_message(
    opened: Office,
) -> None:
    keys = opened.keys()
    kept(opened, "LAA1-03,1000,30/9/2008,\n")
    (target,) = (one for one in asked(opened, "LAA1-03").targets if one.ref == "LAA1-03")
    assert target.gathered is not None
    assert target.gathered.value == 1000
    assert target.gathered_source == "the Safer Communities sheet"
    assert opened.keys() == keys
    (entry,) = opened.audited("figure gathered")
    assert (entry.subject, entry.actor) == (
        f"LAA1-03 {QUARTER}",
        opened.people["central-team-01"],
    )


def test_figures_that_came_before_the_window_opens_are_in_the_first_request(
    prepared: Office,
) -> None:
    from tests.sample import OPENS  # noqa: PLC0415

    found = look(prepared, "LAA1-03,1000,30/9/2008,\n")
    prepared.do(gather.keep, found, None, SECOND_DAY)
    prepared.tick(OPENS)
    (target,) = (one for one in asked(prepared, "LAA1-03").targets if one.ref == "LAA1-03")
    assert target.gathered is not None


def test_the_same_sheet_again_changes_nothing(opened: Office) -> None:
    found = kept(opened, "LAA1-03,1000,30/9/2008,\n")
    assert opened.do(gather.keep, found, None, SECOND_DAY) == 0
    assert len(opened.audited("figure gathered")) == 1


def test_what_a_lead_reported_stands(opened: Office) -> None:
    opened.report("LAA1-03", SECOND_DAY)
    found = look(opened, "LAA1-03,1000,30/9/2008,\n")
    assert found.figures == ()
    assert "is reported already" in str(found.rejected[0])


def test_confirming_goes_to_what_the_colour_needs(opened: Office) -> None:
    kept(opened, "LAA1-03,1000,30/9/2008,\n")
    lead = opened.slack_ids[lead_of(opened, "LAA1-03")]
    number = opened.numbers["LAA1-03"]
    taken = opened.do(confirm, lead, number, QUARTER, SECOND_DAY)
    assert isinstance(taken, FigureTaken)
    again = opened.do(confirm, lead, number, QUARTER, SECOND_DAY)
    assert isinstance(again, Opened)
    assert again.typed == FigureAnswer(
        figure="1000",
        source="the Safer Communities sheet",
        as_at=date(2008, 9, 30),
        quality_confirmed=True,
    )


def test_without_its_day_the_first_step_opens_with_the_figure_in_it(opened: Office) -> None:
    kept(opened, "LAA1-03,1000,,\n")
    lead = opened.slack_ids[lead_of(opened, "LAA1-03")]
    found = opened.do(confirm, lead, opened.numbers["LAA1-03"], QUARTER, SECOND_DAY)
    assert isinstance(found, Opened)
    assert found.typed is not None
    assert (found.typed.figure, found.typed.as_at) == ("1000", None)


@pytest.mark.parametrize("somebody", ["sponsor-01", "target-lead-19"])
def test_nobody_else_confirms_it(opened: Office, somebody: str) -> None:
    kept(opened, "LAA1-03,1000,30/9/2008,\n")
    number = opened.numbers["LAA1-03"]
    found = opened.do(confirm, opened.slack_ids[somebody], number, QUARTER, SECOND_DAY)
    assert isinstance(found, Refused)


def test_there_is_nothing_to_confirm_where_nothing_came(opened: Office) -> None:
    lead = opened.slack_ids[lead_of(opened, "LAA1-03")]
    found = opened.do(confirm, lead, opened.numbers["LAA1-03"], QUARTER, SECOND_DAY)
    assert isinstance(found, OutOfDate)


def test_named_columns_are_saved_and_offered_where_they_fit(opened: Office) -> None:
    by = opened.people["central-team-01"]
    opened.do(gather.save_columns, COLUMNS, by, SECOND_DAY)
    opened.do(gather.save_columns, COLUMNS, by, SECOND_DAY)
    assert len(opened.audited("column mapping saved")) == 1
    fits = ("measure", "checked", "july_to_sept", "more")
    assert opened.do(column_mappings.fitting, fits) == COLUMNS
    assert opened.do(column_mappings.fitting, ("measure",)) is None
    assert opened.do(column_mappings.named, "safer communities") == COLUMNS
    assert opened.do(gathered.in_quarter, QUARTER) == {}


def test_a_column_that_stands_twice_is_not_guessed_at(opened: Office) -> None:
    (table,) = read_tables("s.csv", b"Measure,Total,Total\nLAA1-03,1,2\n", Faults())
    columns = Mapping("S", "measure", "total")
    found = opened.do(gather.look, table, columns, QUARTER, SECOND_DAY)
    assert found.figures == ()
    assert "“total” stands twice" in str(found.rejected[0])

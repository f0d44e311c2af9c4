"""What the campaign writes is what it found, and a failing seed is kept."""

from pathlib import Path

import pytest

from tests.campaign import papers, seeds
from tests.campaign.record import Record, from_row, totals
from tests.campaign.seeds import Seed

MET = Record("G1", "killed", "sqlite", 1, 20, 9, 54, 54, seconds=12.34)
MISSED = Record("G2", "killed", "sqlite", 2, 20, 0, 54, 53, lost=1, failed=((2_000, 20),))


def test_the_table_on_the_page_is_made_from_the_json_beside_it() -> None:
    page = papers.PAGE.read_text(encoding="utf-8")
    assert papers.with_table(page, papers.read()) == page


def test_every_figure_of_the_campaign_stands_on_the_page_and_is_met() -> None:
    records = papers.read()
    figures = {record.figure for record in records}
    assert figures == {"G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G11", "G13"}
    assert [record.line for record in records if not record.ok] == []


def test_a_lost_or_doubled_message_or_a_missed_figure_is_no_success() -> None:
    assert MET.ok
    assert not MISSED.ok
    assert not Record("G5", "killed", "sqlite", 1, doubled=1).ok
    assert not Record("G5", "killed", "sqlite", 1, wrong="too slow").ok
    assert totals([MET, MISSED]) == (
        "1 of 2 met: 40 kills, 9 faults, 108 due, 107 posted, 1 lost, 0 doubled."
    )


def test_a_record_comes_back_from_its_json() -> None:
    assert from_row(MET.row) == Record("G1", "killed", "sqlite", 1, 20, 9, 54, 54, seconds=12.3)


def test_a_page_without_a_place_for_the_table_is_not_written() -> None:
    with pytest.raises(ValueError, match="substring not found"):
        papers.with_table("no marks", [MET])


def test_a_run_that_failed_is_kept_once(tmp_path: Path) -> None:
    file = tmp_path / "seeds.txt"
    file.write_text("# for people\n", encoding="utf-8")
    assert seeds.keep([MET, MISSED], file) == (Seed("G2", "sqlite", 2_000, 20),)
    assert seeds.keep([MISSED], file) == ()
    assert seeds.kept(file) == (Seed("G2", "sqlite", 2_000, 20),)

"""What the campaign writes: its JSON, and the table in docs/reliability.md made from it.

It owns both. The table is made from the JSON alone, so that a test can hold one to the other.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.campaign.record import Record, from_row, totals

ROOT = Path(__file__).parents[2]
RAW = ROOT / "var" / "campaign.json"
KEPT = ROOT / "docs" / "reliability.json"
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
COLUMNS = (
    "Figure",
    "What was done",
    "Engine",
    "Seed",
    "Kills",
    "Faults",
    "Due",
    "Posted",
    "Lost",
    "Doubled",
    "Met",
)
NUMBERS = COLUMNS[3:10]


def table(records: Iterable[Record]) -> str:
    """The records as a table of a page, with the totals below."""
    every = tuple(records)
    rules = ["---:" if column in NUMBERS else "---" for column in COLUMNS]
    lines = [COLUMNS, rules, *(_cells(record) for record in every)]
    rows = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([*rows, "", totals(every)])


def as_json(records: Iterable[Record]) -> str:
    """The records as JSON, one to a line."""
    rows = [json.dumps(record.row, ensure_ascii=False) for record in records]
    return "[\n " + ",\n ".join(rows) + "\n]\n"


def read(file: Path = KEPT) -> tuple[Record, ...]:
    """The records of a file."""
    return tuple(from_row(row) for row in json.loads(file.read_text(encoding="utf-8")))


def write(records: Sequence[Record]) -> None:
    """Write the JSON, and the table into the page."""
    RAW.parent.mkdir(exist_ok=True)
    for file in (RAW, KEPT):
        file.write_text(as_json(records), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_table(page, records), encoding="utf-8")


def with_table(page: str, records: Iterable[Record]) -> str:
    """A page with the table between its marks. Raises `ValueError` where a mark is missing."""
    before, after = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:before]}\n\n{table(records)}\n\n{page[after:]}"


def _cells(record: Record) -> list[str]:
    numbers = (record.seed, record.kills, record.faults, record.due, record.posted)
    return [
        record.figure,
        record.words,
        record.engine,
        *(str(number) for number in (*numbers, record.lost, record.doubled)),
        "yes" if record.ok else "**no**",
    ]

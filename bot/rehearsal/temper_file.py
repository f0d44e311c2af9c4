"""The file of tempers: who among the people is punctual, late, forgetful, and so on.

It owns the form of the file, and says every fault in it with its line and key. What a temper
means is `workspace/tempers.py`'s.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from store.importing.faults import Faults
from store.importing.lined_yaml import entries_under, read_yaml, row_of
from store.importing.sheets import Row
from workspace.tempers import Leave, Nature, Temper, Tempers

PEOPLE = "people"
KEYS = ("id", "temper", "from", "to", "in_place")


def read_tempers(path: Path, known: Collection[str], seed: int = 0) -> Tempers:
    """Who is how. `known` are the labels of the people there are.

    Raises `FaultyFilesError` with every fault. Each person is listed once, with one leave at most.
    """
    faults = Faults()
    document = read_yaml(path, faults)
    listed = entries_under(document, PEOPLE, path.name, faults) if document else []
    if document is not None and not document.get(PEOPLE):
        faults.add(path.name, 0, PEOPLE, f"The list “{PEOPLE}” is missing. Add it.")
    natures: dict[str, Nature] = {}
    for entry in listed:
        row = row_of(entry, path.name, faults)
        _check_keys(row, entry)
        nature = _nature(row, known)
        who = row.known("id", known, "person")
        if who in natures:
            row.fault("id", f"“{who}” stands here already. Remove one of them.")
        elif row.needed("id") and who and nature:
            natures[who] = nature
    faults.refuse_any()
    return Tempers(natures, seed)


def _check_keys(row: Row, keys: Collection[str]) -> None:
    for key in keys:
        if key not in KEYS:
            row.fault(key, f"There is no “{key}” here. Write one of these: {', '.join(KEYS)}.")


def _nature(row: Row, known: Collection[str]) -> Nature | None:
    row.needed("temper")
    temper = row.word("temper", Temper)
    leave = _leave(row)
    in_place = row.known("in_place", known, "person")
    if in_place and in_place == row.cells.get("id"):
        row.fault("in_place", "Nobody stands in for themselves. Name another person.")
    if temper is Temper.ON_LEAVE and "from" not in row.cells:
        row.fault("temper", "Say from when to when this person is on leave, with from and to.")
    return Nature(temper, (leave,) if leave else (), in_place) if temper else None


def _leave(row: Row) -> Leave | None:
    first, last = _day(row, "from"), _day(row, "to")
    if first is None or last is None:
        for key, other in (("from", "to"), ("to", "from")):
            if key in row.cells and other not in row.cells:
                row.fault(key, f"A leave has two ends. Add “{other}”.")
        return None
    if last < first:
        row.fault("to", f"This is before {first.isoformat()}. Give the last day of the leave.")
        return None
    return Leave(first, last)


def _day(row: Row, column: str) -> date | None:
    written = row.text(column)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        row.fault(column, f"“{written}” is no day. Write it like 2008-10-21.")
        return None

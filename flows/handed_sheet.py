"""A block's own sheet handed in through Slack: its columns named, its figures shown and kept.

It owns this use case. The names of columns are saved, so that the next sheet reads by itself.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import gather, posting
from flows.gather import Gathering
from flows.handing_in import (
    MOST_FAULTS,
    HandedIn,
    Read,
    Refusal,
    Waiting,
    changed_since,
    faulty_file,
    is_the_same,
    may_import,
    place_of,
    told_key,
    waiting,
)
from messages.notices.common import Figure
from messages.notices.files import (
    CellFault,
    FigureLine,
    FiguresFound,
    FiguresKept,
    FileFaulty,
    HeadingsUnknown,
)
from messages.notices.refusals import AlreadyImported, OutOfDate
from store import column_mappings
from store.column_mappings import Mapping
from store.importing.faults import Fault
from store.importing.registers.tables import Table, plain_name

MOST_SHOWN = 40
NO_QUARTER = (
    "This is in none of the forms, and no quarter is open that could take a block's figures. Name "
    "the file after its form, or send it once the window is open."
)


@dataclass(frozen=True, slots=True)
class Named:
    """Which heading is which, by place from 0; none where the sheet has no such column."""

    form: int
    name: str
    target: int | None
    figure: int | None
    source: int | None = None
    as_at: int | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """A sheet whose columns are to be named, and how they were named before, if they were."""

    form: int
    file: str
    headings: tuple[str, ...]
    before: Named


def look(
    session: Session, file: HandedIn, table: Table, now: datetime
) -> HeadingsUnknown | FiguresFound | FileFaulty:
    """What a sheet would give the open quarter, or the question what its columns are."""
    quarter = gather.open_quarter(session)
    if quarter is None:
        return faulty_file(file.name, (Fault(file.name, 0, "", NO_QUARTER),))
    mapping = column_mappings.fitting(session, table.names)
    if mapping is None:
        return HeadingsUnknown(file.name, file.form, file.file_id, file.digest, table.headings)
    found = gather.look(session, table, mapping, quarter, now)
    return _found(file, table, mapping, found)


def may_name(
    session: Session, slack_id: str, form: int, now: datetime
) -> Naming | AlreadyImported | OutOfDate | Refusal:
    """The sheet whose columns somebody wants to name."""
    by = may_import(session, slack_id, now)
    if not isinstance(by, int):
        return by
    asked = waiting(session, slack_id, form)
    if isinstance(asked, HeadingsUnknown | FiguresFound):
        names = tuple(map(plain_name, asked.headings))
        mapping = column_mappings.fitting(session, names)
        return Naming(form, asked.file, asked.headings, _named(form, mapping, names))
    return asked if isinstance(asked, AlreadyImported) else OutOfDate()


def name_columns(
    session: Session, slack_id: str, named: Named, now: datetime
) -> Waiting | AlreadyImported | OutOfDate | Refusal:
    """Save which column is which; the file that is to be looked at again."""
    by = may_import(session, slack_id, now)
    if not isinstance(by, int):
        return by
    asked = waiting(session, slack_id, named.form)
    if not isinstance(asked, HeadingsUnknown | FiguresFound):
        return asked if isinstance(asked, AlreadyImported) else OutOfDate()
    mapping = _mapping(named, asked.headings)
    if mapping is None:
        return OutOfDate()
    gather.save_columns(session, mapping, by, now)
    return asked


def show_anew(
    session: Session, slack_id: str, form: int, notice: Waiting | FileFaulty, now: datetime
) -> None:
    """Say what a sheet gives in the message that asked for its columns."""
    by = may_import(session, slack_id, now)
    if isinstance(by, int):
        posting.anew(session, told_key(form, by), notice, now=now)


def keep(
    session: Session, slack_id: str, file: HandedIn, found: Read, now: datetime
) -> FiguresKept | AlreadyImported | FileFaulty | OutOfDate | Refusal:
    """Keep a sheet's figures, if it is the one that was looked at, and say so in its place."""
    by = may_import(session, slack_id, now)
    if not isinstance(by, int):
        return by
    asked = waiting(session, slack_id, file.form)
    if not isinstance(asked, FiguresFound):
        return asked if isinstance(asked, AlreadyImported) else OutOfDate()
    mapping = column_mappings.named(session, asked.mapping)
    if not is_the_same(file, asked) or not found.tables or mapping is None:
        return changed_since(asked.file)
    if gather.open_quarter(session) != asked.quarter:
        return OutOfDate()
    given = gather.look(session, found.tables[0], mapping, asked.quarter, now)
    gather.keep(session, given, by, now)
    rejected = len({one.row for one in given.rejected})
    done = FiguresKept(asked.file, asked.quarter, len(given.figures), rejected, by, now)
    posting.anew(session, told_key(file.form, by), done, now=now)
    return done


def _named(form: int, mapping: Mapping | None, names: tuple[str, ...]) -> Named:
    if mapping is None:
        return Named(form, "", None, None)
    wanted = (mapping.target, mapping.figure, mapping.source, mapping.as_at, mapping.quarter)
    places = (names.index(name) if name in names else None for name in wanted)
    return Named(form, mapping.name, *places)


def _mapping(named: Named, headings: tuple[str, ...]) -> Mapping | None:
    places = (named.target, named.figure, named.source, named.as_at, named.quarter)
    if any(place is not None and place >= len(headings) for place in places):
        return None
    columns = ["" if place is None else plain_name(headings[place]) for place in places]
    return Mapping(named.name, *columns) if columns[0] and columns[1] else None


def _found(file: HandedIn, table: Table, mapping: Mapping, found: Gathering) -> FiguresFound:
    rejected = found.rejected[:MOST_FAULTS]
    return FiguresFound(
        file.name,
        file.form,
        file.file_id,
        file.digest,
        table.headings,
        mapping.name,
        found.quarter,
        len(found.figures),
        tuple(_line(found, place) for place in range(min(MOST_SHOWN, len(found.figures)))),
        tuple(CellFault(place_of(file.name, one), one.reason) for one in rejected),
        len(found.rejected) - len(rejected),
    )


def _line(found: Gathering, place: int) -> FigureLine:
    one = found.figures[place]
    decimals = found.targets[one.target.number].decimals
    return FigureLine(
        one.target.ref, one.target.title, Figure(one.figure, one.target.unit, decimals)
    )

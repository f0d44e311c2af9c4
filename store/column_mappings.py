"""How blocks' own sheets are read: our columns by theirs, under a name (requirement C17).

It owns these rows. A mapping fits a sheet that has every column it names.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from store.tables import ColumnMapping


@dataclass(frozen=True, slots=True)
class Mapping:
    """The headings of a sheet's columns, as they are compared; empty where it has none.

    `target` holds a reference or a title. Without a `quarter` all rows are of the open one.
    """

    name: str
    target: str
    figure: str
    source: str = ""
    as_at: str = ""
    quarter: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings a sheet must have."""
        named = (self.target, self.figure, self.source, self.as_at, self.quarter)
        return tuple(one for one in named if one)

    def fits(self, names: Collection[str]) -> bool:
        """Whether a sheet with these headings can be read with it."""
        return set(self.columns) <= set(names)

    def doubled(self, names: Sequence[str]) -> tuple[str, ...]:
        """The columns it names that a sheet has twice, so that nobody knows which is meant."""
        return tuple(one for one in self.columns if names.count(one) > 1)


def every(session: Session) -> tuple[Mapping, ...]:
    """The saved mappings, by name."""
    rows = session.exec(select(ColumnMapping).order_by(col(ColumnMapping.name)))
    return tuple(Mapping(row.name, **json.loads(row.columns)) for row in rows)


def named(session: Session, name: str) -> Mapping | None:
    """A mapping by its name, whatever its case."""
    found = (one for one in every(session) if one.name.casefold() == name.strip().casefold())
    return next(found, None)


def fitting(session: Session, names: Collection[str]) -> Mapping | None:
    """The mapping that fits these headings; of several, the one that names most columns."""
    fits = [one for one in every(session) if one.fits(names)]
    return max(fits, key=lambda one: len(one.columns), default=None)


def keep(session: Session, mapping: Mapping, by: int | None, now: datetime) -> Mapping | None:
    """Save a mapping under its name; the one that stood there before, or none."""
    before = named(session, mapping.name)
    row = None
    if before is not None:
        row = session.exec(select(ColumnMapping).where(ColumnMapping.name == before.name)).one()
    columns = asdict(mapping)
    del columns["name"]
    row = row or ColumnMapping(name=mapping.name, columns="", changed_at=now)
    row.columns, row.changed_by, row.changed_at = json.dumps(columns), by, now
    session.add(row)
    session.flush()
    return before

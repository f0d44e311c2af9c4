"""Counting what an upgrade must keep: rows that belong to something, and the shape of tables.

It owns these two sums, made from what the database says of itself, alike on both engines.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKeyConstraint,
    Select,
    Table,
    and_,
    exists,
    func,
    select,
)

Shape = dict[str, tuple[str, ...]]


def orphans(connection: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """By foreign key, how many rows have lost what they belong to; empty when none has."""
    found = {
        str(key.name): connection.execute(_orphans_of(table, key)).scalar_one()
        for table in tables
        for key in table.foreign_key_constraints
    }
    return {name: number for name, number in found.items() if number}


def shape(tables: Iterable[Table]) -> Shape:
    """Every table with its columns."""
    return {table.name: tuple(table.columns.keys()) for table in tables}


def _orphans_of(table: Table, key: ForeignKeyConstraint) -> Select[int]:
    parent = key.referred_table.alias()
    pairs: list[tuple[Column[Any], Column[Any]]] = [
        (element.parent, parent.c[element.column.name]) for element in key.elements
    ]
    belongs = exists().where(*(mine == theirs for mine, theirs in pairs))
    given = and_(*(mine.is_not(None) for mine, _ in pairs))
    return select(func.count()).select_from(table).where(given, ~belongs)

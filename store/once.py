"""Insert a row under a key that may exist once only, on SQLite and PostgreSQL alike.

It owns the one statement both engines share for it. A look before the insert would not do on
PostgreSQL, where two transactions can both look first.
"""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, row: type[SQLModel], **values: object) -> bool:
    """Insert in this transaction unless a unique key stands already; whether it did.

    Columns left out take the defaults of their table.
    """
    table = cast("Table", row.__table__)  # type: ignore[attr-defined]  # SQLModel types no table
    # A Core insert: the session holds no object of it, so nothing can be flushed twice. What
    # comes back tells, as PostgreSQL counts no rows for an insert that returns its key.
    statement = _unless_there(session, table).values(**values).returning(*table.primary_key)
    return session.connection().execute(statement).first() is not None


def _unless_there(session: Session, table: Table) -> sqlite.Insert | postgresql.Insert:
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()

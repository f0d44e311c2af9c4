"""Turns: work that one transaction at a time may do, on a server with many.

It owns the locks' numbers and taking them. A turn ends with its transaction, however that
ends. On SQLite there is nothing to take: its one writer is everybody's turn.
"""

from enum import IntEnum

from sqlalchemy import Connection, text


class Turn(IntEnum):
    """What is done by one at a time. The numbers are PostgreSQL's advisory locks."""

    WRITING = 0x51_4C_01
    """A use case: what it reads stays true until it ends, as on SQLite."""
    CLAIMING = 0x51_4C_02
    """Taking rows to send: a channel's messages go to one sender at a time."""
    LEADING = 0x51_4C_03
    """Looking what is due. Held for a session, and only to save the others the work."""


def take(connection: Connection, turn: Turn) -> None:
    """Wait for a turn and keep it to the end of the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": int(turn)})

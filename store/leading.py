"""The leader: of several processes on a server, the one that looks what is due.

It owns holding that lock. Leading only saves the others the looking: what is done is made
sure by keys, and the others look now and then all the same, should the leader hang.
"""

from contextlib import suppress
from threading import Lock

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from store.database import Database
from store.turns import Turn


class Leadership:
    """This process's claim to lead. On SQLite, where it is alone, it always does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._at_hand = Lock()  # a connection is for one thread at a time

    def leads(self) -> bool:
        """Whether this process leads now; it takes the lead when nobody has it.

        The server drops the lock with the connection, however the process ends. A server out
        of reach is nobody's to lead.
        """
        if self._database.is_sqlite:
            return True
        with self._at_hand:
            try:
                return self._holds() or self._takes()
            except DBAPIError:
                self._let_go()
                return False

    def resign(self) -> None:
        """Let another lead, at once."""
        with self._at_hand:
            with suppress(DBAPIError):
                self._hand_over()
            self._let_go()

    def _hand_over(self) -> None:
        # The server would drop the lock with the connection, but not before it notices.
        if self._connection is not None:
            turn = {"turn": int(Turn.LEADING)}
            self._connection.execute(text("SELECT pg_advisory_unlock(:turn)"), turn)

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _holds(self) -> bool:
        if self._connection is None:
            return False
        self._connection.execute(text("SELECT 1"))
        return True

    def _takes(self) -> bool:
        self._connection = self._database.session_connection()
        taken = self._connection.execute(
            text("SELECT pg_try_advisory_lock(:turn)"), {"turn": int(Turn.LEADING)}
        ).scalar()
        if not taken:
            self._connection.close()
            self._connection = None
        return bool(taken)

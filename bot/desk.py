"""Where flows are run: one transaction each, in worker threads, never in the event loop.

It owns the threads. It must not know any flow. On SQLite all writing goes through one thread:
the database has one writer, and waiting for it in a queue beats failing for it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from store.database import Database

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

READERS = 4
WRITERS_ON_A_SERVER = 4


class Desk:
    """Runs flows against one database. `written` is set after every write but the quiet ones."""

    def __init__(self, database: Database) -> None:
        self._database = database
        writers = 1 if database.is_sqlite else WRITERS_ON_A_SERVER
        self._writers = ThreadPoolExecutor(writers, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self.written = asyncio.Event()

    async def write(
        self,
        flow: Callable[Concatenate[Session, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a flow in one write transaction, kept whole or not at all."""
        result = await self.write_quietly(flow, *args, **kwargs)
        self.written.set()
        return result

    async def write_quietly(
        self,
        flow: Callable[Concatenate[Session, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a flow in one write transaction that makes nothing new to send."""
        call = partial(self._in_transaction, partial(flow, **kwargs), *args)
        return await asyncio.get_running_loop().run_in_executor(self._writers, call)

    async def read(
        self,
        flow: Callable[Concatenate[Session, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a flow that only reads."""
        call = partial(self._reading, partial(flow, **kwargs), *args)
        return await asyncio.get_running_loop().run_in_executor(self._readers, call)

    def close(self) -> None:
        """Finish what is under way and give back the threads and connections."""
        self._writers.shutdown()
        self._readers.shutdown()
        self._database.close()

    def _in_transaction(self, flow: Callable[..., Result], *args: object) -> Result:
        with self._database.writing() as session:
            return flow(session, *args)

    def _reading(self, flow: Callable[..., Result], *args: object) -> Result:
        with self._database.reading() as session:
            return flow(session, *args)

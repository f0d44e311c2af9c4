"""Where flows are run: one transaction each, in worker threads, never in the event loop.

It owns the threads. It must not know any flow. All use cases of a process write in one thread:
one writes at a time anyhow, and waiting in a queue beats failing for it. On a server, what has
become of messages is noted beside them.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from store.database import Database, gave_way

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

READERS = 4
NOTERS_ON_A_SERVER = 4
GIVES_WAY = 3
"""Times that a transaction begins again for others; whoever comes back may meet the next one."""


class Desk:
    """Runs flows against one database. `written` is set after every write but the quiet ones."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writer = ThreadPoolExecutor(1, "writer")
        self._noters = (
            self._writer if database.is_sqlite else ThreadPoolExecutor(NOTERS_ON_A_SERVER, "noter")
        )
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
        return await asyncio.get_running_loop().run_in_executor(self._writer, call)

    async def note(
        self,
        change: Callable[Concatenate[Session, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Make a small change that rests on no rule and locks the rows it takes."""
        call = partial(self._noting, partial(change, **kwargs), *args)
        return await asyncio.get_running_loop().run_in_executor(self._noters, call)

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
        self._writer.shutdown()
        self._noters.shutdown()
        self._readers.shutdown()
        self._database.close()

    def _in_transaction(self, flow: Callable[..., Result], *args: object) -> Result:
        return _begun_again(self._database.writing, flow, *args)

    def _noting(self, change: Callable[..., Result], *args: object) -> Result:
        return _begun_again(self._database.noting, change, *args)

    def _reading(self, flow: Callable[..., Result], *args: object) -> Result:
        with self._database.reading() as session:
            return flow(session, *args)


def _begun_again(
    transaction: Callable[[], AbstractContextManager[Session]],
    flow: Callable[..., Result],
    *args: object,
) -> Result:
    """Run a flow in a transaction, and again where it had to give way to another."""
    for _ in range(GIVES_WAY):
        try:
            with transaction() as session:
                return flow(session, *args)
        except DBAPIError as failure:
            if not gave_way(failure):
                raise
    with transaction() as session:
        return flow(session, *args)

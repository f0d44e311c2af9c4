"""A database with a file clerk: looks at tables, keeps them, and writes everything out."""

from collections.abc import Mapping
from datetime import datetime

from flows.import_file import Looked, bring_in, look
from store.database import Database
from store.exporting.files import csv_of, workbook_of
from store.exporting.sheets import sheets_of
from store.importing.faults import Fault, Faults, FaultyFilesError
from store.importing.registers.files import read_tables
from store.importing.registers.tables import Table


class Clerk:
    """Reads files into one database, and out of it. `files` are contents by name."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def keep(self, files: Mapping[str, bytes | str]) -> Looked:
        tables, faults = _read(files)
        with self.database.writing() as session:
            return bring_in(session, tables, faults, None, self.now)

    def look(self, files: Mapping[str, bytes | str]) -> Looked:
        tables, faults = _read(files)
        with self.database.reading() as session:
            return look(session, tables, faults, self.now)

    def faults(self, files: Mapping[str, bytes | str]) -> tuple[Fault, ...]:
        try:
            self.look(files)
        except FaultyFilesError as faulty:
            return faulty.faults
        return ()

    def fault(self, files: Mapping[str, bytes | str]) -> str:
        """The one fault of files."""
        found = self.faults(files)
        assert len(found) == 1, found
        return str(found[0])

    def export(self) -> dict[str, bytes]:
        with self.database.reading() as session:
            return {f"{sheet.name}.csv": csv_of(sheet) for sheet in sheets_of(session)}

    def workbook(self) -> bytes:
        with self.database.reading() as session:
            return workbook_of(sheets_of(session))


def _read(files: Mapping[str, bytes | str]) -> tuple[list[Table], Faults]:
    faults = Faults()
    tables = [
        table
        for name, content in files.items()
        for table in read_tables(
            name, content.encode() if isinstance(content, str) else content, faults
        )
    ]
    return tables, faults

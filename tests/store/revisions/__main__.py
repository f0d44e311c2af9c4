"""Keep full data of the newest revision: `python -m tests.store.revisions`."""

import sys
import tempfile
from pathlib import Path

from store import migrate
from store.database import Database
from store.importing.programme import Programme
from store.importing.reading import read_programme
from tests.store.revisions import kept, story

SAMPLE = Path(__file__).parents[3] / "bot" / "sample"


def keep_newest(folder: Path, programme: Programme) -> Path:
    """Rehearse a quarter at the newest revision and keep its data in a folder; the file."""
    with tempfile.TemporaryDirectory() as made:
        url = f"sqlite:///{Path(made) / 'story.db'}"
        database = Database(url)
        migrate.upgrade(database)
        story.rehearse(url, programme)
        file = folder / kept.file_of(migrate.newest()).name
        with database.reading() as session:
            kept.dump(session.connection(), file)
        database.close()
    return file


def main() -> None:
    """Keep the newest revision's data, unless they are kept already."""
    newest = migrate.newest()
    if newest in kept.revisions():
        sys.exit(f"The data of revision {newest} are kept already, and stay as they are.")
    file = keep_newest(kept.FOLDER, read_programme(SAMPLE, optional=True))
    sys.stdout.write(f"Kept the data of revision {newest} in {file.name}.\n")


if __name__ == "__main__":
    main()

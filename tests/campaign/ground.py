"""What every figure stands on: the sample, a few of its targets, and databases on each engine.

It owns these, and looking into a database after a run. It must not run anything.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from store.database import Database
from store.importing.programme import Programme
from store.importing.reading import read_programme
from store.tables import AuditEntry
from tests.bot.programmes import some
from tests.engines import ENGINES, Cabinet, cabinet_of

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"
# One of every way in which a status comes about, escalations, and a lead with two targets.
FEW = (
    "LAA1-01",  # held
    "LAA1-02",  # amber again
    "LAA1-13",  # green with a significant risk
    "LAA1-15",  # no data
    "LAA2-NI163",  # by proxy
    "LAA2-NI188",  # by plan
    "LAA2-NI008",  # red for want of data, by import
    "LAA2-NI171",  # to be set
    "LAA2-NI154",  # one of its lead's two
    "LAA2-NI155",
)
Trail = Counter[tuple[str, str]]
"""How often each action on each subject stands in the audit."""
OF_A_ROW = re.compile(r"\b(risk|action|proposal) \d+$")
"""The number of a risk, an action or a proposal. PostgreSQL gives none twice, so a transaction
that was killed leaves a gap; nothing is lost by that."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The sample, a few of its targets, and a cabinet for each engine."""

    sample: Programme
    few: Programme
    cabinets: Mapping[str, Cabinet]

    def fresh(self, engine: str) -> str:
        """The address of an empty database."""
        return self.cabinets[engine].fresh("campaign")


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """The ground, with its databases in a folder."""
    sample = read_programme(SAMPLE)
    with ExitStack() as house:
        cabinets = {}
        for engine in ENGINES:
            (folder / engine).mkdir()
            cabinets[engine] = house.enter_context(cabinet_of(engine, folder / engine))
        yield Ground(sample, some(sample, FEW), cabinets)


def trail(url: str) -> Trail:
    """The audit of a database, as it stands."""
    database = Database(url)
    with database.reading() as session:
        found = _trail(session)
    database.close()
    return found


def _trail(session: Session) -> Trail:
    entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
    return Counter((entry.action, OF_A_ROW.sub(r"\1", entry.subject)) for entry in entries)

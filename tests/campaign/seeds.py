"""Seeds that once failed, kept so that every test run tries them again.

It owns their file. A seed stays in it for good: what it found must not come back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.campaign.record import Record

FILE = Path(__file__).with_name("seeds.txt")


@dataclass(frozen=True, slots=True)
class Seed:
    """A run that failed: for which figure, on which engine, its seed, and how many kills."""

    figure: str
    engine: str
    seed: int
    kills: int

    @property
    def line(self) -> str:
        """The seed as a line of the file."""
        return f"{self.figure} {self.engine} {self.seed} {self.kills}"


def kept(file: Path = FILE) -> tuple[Seed, ...]:
    """The seeds in the file, oldest first; lines that begin with # are for people."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    fields = [line.split() for line in lines if not line.startswith("#")]
    return tuple(
        Seed(figure, engine, int(seed), int(kills)) for figure, engine, seed, kills in fields
    )


def keep(records: Iterable[Record], file: Path = FILE) -> tuple[Seed, ...]:
    """Add the runs that failed; those that are new."""
    failed = [
        Seed(one.figure, one.engine, seed, kills) for one in records for seed, kills in one.failed
    ]
    new = tuple(seed for seed in dict.fromkeys(failed) if seed not in kept(file))
    with file.open("a", encoding="utf-8") as text:
        text.writelines(f"{seed.line}\n" for seed in new)
    return new

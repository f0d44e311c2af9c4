"""What a safety line is.

It owns that shape alone; the lines stand in the files beside it.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of code that something must not be lost or doubled for.

    `stands` is its exact text in `file` and is found there once; `instead` takes its place
    when it is removed. `tests` then turn red, where `only` (pytest's -k) does not leave them
    out: PostgreSQL and HTTP need starting, so they are asked only where they are needed.
    """

    what: str
    file: str
    stands: str
    instead: str
    why: str
    tests: tuple[str, ...]
    only: str = "not postgresql and not http"

    def times_found(self, root: Path = ROOT) -> int:
        """How often its text stands in its file."""
        return (root / self.file).read_text(encoding="utf-8").count(self.stands)

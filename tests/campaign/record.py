"""One line of the campaign's findings, and how a failing one is kept.

It owns the shape of a finding. It must not measure.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """What one figure came to. `faults` are calls and deliveries that were made to go wrong.

    `lost` and `doubled` count messages, and effects such as returns or audit entries; `seconds`
    are real ones. `wrong` says in words what missed the figure, and is empty when all is well;
    `failed` holds the seed and the kills of each run that did, to be tried again.
    """

    figure: str
    words: str
    engine: str
    seed: int
    kills: int = 0
    faults: int = 0
    due: int = 0
    posted: int = 0
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0
    wrong: str = ""
    failed: tuple[tuple[int, int], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the figure is met."""
        return not (self.lost or self.doubled or self.wrong)

    @property
    def row(self) -> dict[str, Any]:
        """The record as JSON."""
        found = {**asdict(self), "seconds": round(self.seconds, 1), "ok": self.ok}
        del found["failed"]
        return found

    @property
    def line(self) -> str:
        """The record as a line to read."""
        counted = ", ".join(
            f"{count} {name}"
            for name, count in (
                ("kills", self.kills),
                ("faults", self.faults),
                ("due", self.due),
                ("posted", self.posted),
                ("lost", self.lost),
                ("doubled", self.doubled),
            )
        )
        verdict = "met" if self.ok else f"MISSED {self.wrong}".rstrip()
        where = f"{self.engine}, seed {self.seed}"
        return f"{self.figure} {self.words} ({where}): {counted}; {self.seconds:.0f} s: {verdict}"


def totals(records: Iterable[Record]) -> str:
    """The last line: sums over all records."""
    every = tuple(records)
    met = sum(record.ok for record in every)
    return (
        f"{met} of {len(every)} met: {sum(one.kills for one in every)} kills, "
        f"{sum(one.faults for one in every)} faults, {sum(one.due for one in every)} due, "
        f"{sum(one.posted for one in every)} posted, {sum(one.lost for one in every)} lost, "
        f"{sum(one.doubled for one in every)} doubled."
    )


def from_row(row: dict[str, Any]) -> Record:
    """A record from its JSON."""
    return Record(**{name: value for name, value in row.items() if name != "ok"})

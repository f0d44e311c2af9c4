"""Keep rows by their codes: add what is new, change what differs, leave the rest alone.

It owns the comparison, the audit of every difference and the counts. Loading the same files
twice therefore changes nothing and leaves no second audit entry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel

from store import audit

Row = TypeVar("Row", bound=SQLModel)
Progress = Callable[[int, int, str], None]
"""Told `(done, total, words)` as a load goes on."""

RULE = "import"


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a subject were added, changed, or found as the files say."""

    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, by subject."""

    counts: Mapping[str, Count]

    @property
    def changed_anything(self) -> bool:
        """Whether the records differ from before."""
        return any(count.added or count.changed for count in self.counts.values())


@dataclass(slots=True)
class Ledger:
    """One load in one transaction. `by` is the person who runs it, or none for a command."""

    session: Session
    now: datetime
    by: int | None
    total: int
    on_step: Progress | None = None
    done: int = 0
    counts: dict[str, Count] = field(default_factory=dict)

    def keep(
        self, subject: str, name: str, found: Row | None, make: type[Row], facts: dict[str, object]
    ) -> Row:
        """The row with these facts: `found` brought up to them, or a new one."""
        if found is None:
            return self.add(subject, name, make(**facts), facts)
        differing = {key: value for key, value in facts.items() if getattr(found, key) != value}
        if differing:
            before = {key: getattr(found, key) for key in differing}
            for key, value in differing.items():
                setattr(found, key, value)
            self.session.add(found)
            self.note("changed", subject, name, before=before, after=differing)
        else:
            self.same(subject)
        return found

    def add(self, subject: str, name: str, row: Row, facts: object) -> Row:
        """A new row, with its audit."""
        self.session.add(row)
        self.note("added", subject, name, after=facts)
        return row

    def note(
        self,
        what: str,
        subject: str,
        name: str,
        *,
        before: object | None = None,
        after: object | None = None,
    ) -> None:
        """Count and audit a difference: `what` is added or changed."""
        self._count(subject, Count(added=what == "added", changed=what != "added"))
        audit.record(
            self.session,
            at=self.now,
            actor=self.by,
            rule=RULE,
            action=f"{subject} {what}",
            subject=name,
            before=before,
            after=after,
        )

    def same(self, subject: str) -> None:
        """Count a row that stands as the files say."""
        self._count(subject, Count(same=1))

    def _count(self, subject: str, more: Count) -> None:
        so_far = self.counts.get(subject, Count())
        self.counts[subject] = Count(
            so_far.added + more.added, so_far.changed + more.changed, so_far.same + more.same
        )

    def step(self, lines: int, words: str) -> None:
        """Say how far the load has come, and give new rows their numbers."""
        self.session.flush()
        self.done += lines
        if self.on_step:
            self.on_step(self.done, self.total, words)

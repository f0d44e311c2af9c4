"""What is told of files: their faults, what they would change, what was kept, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from messages.notices import samples


@dataclass(frozen=True, slots=True)
class FormCount:
    """How many rows of a form are new, differ, or stand as the file says."""

    one: str
    many: str
    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Differs:
    """One cell that says otherwise than the records: which row, which column, before, after."""

    one: str
    name: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CellFault:
    """A fault of a file: its place in words, and what is wrong and how to mend it."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileFaulty:
    """A file that cannot be imported. `more` faults are not shown. Nothing was stored."""

    file: str
    faults: tuple[CellFault, ...]
    more: int = 0

    @classmethod
    def example(cls) -> Self:
        """Two cells of a sheet."""
        faults = (
            CellFault("sheet risks, cell C2 (likelihood)", "“7” is no whole number from 0 to 5."),
            CellFault("sheet risks, cell D9 (impact)", "This cell is empty. Fill it in."),
        )
        return cls("programme.xlsx", faults, 3)


@dataclass(frozen=True, slots=True)
class FileChecked:
    """What a file would do, with a button that does it.

    `form` is our number of the form it came with, `file_id` Slack's id of the file and `digest` a
    mark of its content: what is imported is what was looked at. `left` are actions only the
    register has, `unread` what no form has.
    """

    file: str
    form: int
    file_id: str
    digest: str
    counts: tuple[FormCount, ...]
    differs: tuple[Differs, ...]
    more_differ: int
    left: tuple[str, ...]
    unread: tuple[str, ...]
    changes_anything: bool = True

    @classmethod
    def example(cls) -> Self:
        """New targets, and an action that is done."""
        return cls(
            "programme.xlsx",
            17,
            "F0123",
            "0" * 64,
            (
                FormCount("target", "targets", 12, 3, 44),
                FormCount("action", "actions", 0, 1, 9),
            ),
            (Differs("action", "LAA1-03 Build 20 homes", "state", "open", "done"),),
            4,
            ("LAA1-03 Ask for land",),
            ("milestones: my notes",),
        )


@dataclass(frozen=True, slots=True)
class FileImported:
    """A file that was imported: what it did, who did it and when."""

    file: str
    counts: tuple[FormCount, ...]
    by: int
    at: datetime

    @classmethod
    def example(cls) -> Self:
        """Targets and milestones."""
        counts = (
            FormCount("target", "targets", 12, 3, 44),
            FormCount("milestone", "milestones", 1, 0, 0),
        )
        return cls("programme.xlsx", counts, 2, samples.ACKNOWLEDGED)

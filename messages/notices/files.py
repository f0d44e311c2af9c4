"""What is told of files: their faults, what they would change, what was kept, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from messages.notices import samples
from messages.notices.common import Figure
from rules.quarters import Quarter


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


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of a sheet, and the target it is about."""

    ref: str
    title: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class HeadingsUnknown:
    """A sheet of a block, whose columns nobody has named. Its marks are as of a checked file."""

    file: str
    form: int
    file_id: str
    digest: str
    headings: tuple[str, ...]

    @classmethod
    def example(cls) -> Self:
        """Three columns."""
        return cls("safer.xlsx", 17, "F0123", "0" * 64, ("Measure", "July to Sept", "Checked on"))


@dataclass(frozen=True, slots=True)
class FiguresFound:
    """What a block's own sheet gives a quarter, read as `mapping` says. Nothing is kept yet."""

    file: str
    form: int
    file_id: str
    digest: str
    headings: tuple[str, ...]
    mapping: str
    quarter: Quarter
    figures: int
    shown: tuple[FigureLine, ...]
    rejected: tuple[CellFault, ...]
    more_rejected: int = 0

    @classmethod
    def example(cls) -> Self:
        """Two figures, and a row that is none."""
        shown = (
            FigureLine("LAA1-03", "More affordable housing", samples.homes(1000)),
            FigureLine("LAA1-04", "GCSE 5 A to C with English and maths", samples.per_cent("47.5")),
        )
        rejected = (CellFault("cell B9 (july to sept)", "There is no figure here."),)
        return cls(
            "safer.xlsx",
            17,
            "F0123",
            "0" * 64,
            ("Measure", "July to Sept"),
            "Safer Communities",
            samples.QUARTER,
            2,
            shown,
            rejected,
            1,
        )


@dataclass(frozen=True, slots=True)
class FiguresKept:
    """The figures of a block's own sheet were kept, and their leads are asked to confirm them."""

    file: str
    quarter: Quarter
    figures: int
    rejected: int
    by: int
    at: datetime

    @classmethod
    def example(cls) -> Self:
        """Two figures, and a row that was none."""
        return cls("safer.xlsx", samples.QUARTER, 2, 1, 2, samples.ACKNOWLEDGED)

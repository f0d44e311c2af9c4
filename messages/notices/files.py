"""What is told of files: their faults, what they would change, what was kept, and by whom."""

from dataclasses import dataclass


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

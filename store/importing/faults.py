"""What is wrong with the files of a load: where it is, and what to do about it.

It owns the fault and the gathering of every one before anything is refused. It must not know
any form.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. `row` counts as a spreadsheet does, the header being 1; 0 is the whole file.

    In a YAML file `row` is the line. `column` is the column's or key's name, or empty where
    the row as a whole is at fault; `letter` is where a spreadsheet shows it, if that is known.
    """

    file: str
    row: int
    column: str
    reason: str
    letter: str = ""

    def __str__(self) -> str:
        return f"{', '.join(part for part in (self.file, self.place) if part)}: {self.reason}"

    @property
    def place(self) -> str:
        """Where in the file: `cell C5 (status)`, or by row and column where no letter is known."""
        if self.letter and self.row:
            return f"cell {self.letter}{self.row}" + (f" ({self.column})" if self.column else "")
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (row, column) if part)


class FaultyFilesError(ValueError):
    """Files that cannot be loaded, with every fault in them. Nothing was loaded."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        lines = "\n".join(str(fault) for fault in faults)
        super().__init__(f"{count}; nothing was loaded.\n{lines}")
        self.faults = faults


class Faults:
    """The faults found so far, over all the files of one load."""

    def __init__(self, noted: Iterable[Fault] = ()) -> None:
        self._found: list[Fault] = list(noted)

    def __iter__(self) -> Iterator[Fault]:
        return iter(sorted(set(self._found)))

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, file: str, row: int, column: str, reason: str, letter: str = "") -> None:
        """Note a fault."""
        self._found.append(Fault(file, row, column, reason, letter))

    def refuse_any(self) -> None:
        """Raise `FaultyFilesError` with all of them, file by file, if there is one."""
        if self._found:
            raise FaultyFilesError(tuple(self))

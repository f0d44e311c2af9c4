"""A form: which columns it has, what tells its rows apart, and the table where they are kept."""

import re
from dataclasses import dataclass, field

from sqlmodel import SQLModel

from store.importing.registers import columns as c
from store.importing.registers.columns import Column


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `key` are the columns that tell its rows apart; `one` and `many` name a row.

    `again` counts rows that are otherwise the same: empty for the first, 2 for the second.
    `also` are names a file or sheet may have beside the form's own.
    """

    name: str
    one: str
    many: str
    table: type[SQLModel]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    again: bool = False
    also: tuple[str, ...] = field(default=())

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that must stand."""
        return tuple(column.name for column in self.columns if column.needed)

    @property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    def is_called(self, title: str) -> bool:
        """Whether a file or sheet of this name is of this form."""
        plain = re.sub(r"[\s\-]+", "_", title.casefold().strip())
        return any(re.fullmatch(rf"(.*_)?{name}(_.*)?", plain) for name in (self.name, *self.also))


# Columns that many forms have.
AGAIN = c.whole("again", 99, least=2)
TARGET = c.reference("target", "target", "target_id", needed=True)

"""Column types that keep a value exactly as the rules room knows it, on SQLite and PostgreSQL.

It owns the translation between a value and what a database column holds: figures as text (a
REAL would lose digits), instants as UTC, quarters by their label, enumerations by their word.
It must not know any table.
"""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import DateTime, Dialect, String, TypeDecorator

from rules.quarters import Quarter

Word = TypeVar("Word", bound=StrEnum)

WORD_LENGTH = 40
FIGURE_LENGTH = 40
LABEL_LENGTH = 10


class Exact(TypeDecorator[Decimal]):
    """A figure as its own digits, so that 0.10 comes back as 0.10."""

    impl = String(FIGURE_LENGTH)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Digits for the database."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Digits as a figure."""
        return None if value is None else Decimal(value)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC. A naive one is refused, as nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The instant, aware again where the database dropped the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class QuarterLabel(TypeDecorator[Quarter]):
    """A quarter by its label, which sorts as quarters do."""

    impl = String(LABEL_LENGTH)
    cache_ok = True

    def process_bind_param(self, value: Quarter | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The label."""
        return None if value is None else value.label

    def process_result_value(self, value: str | None, dialect: Dialect) -> Quarter | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The quarter of a label."""
        return None if value is None else Quarter.parse(value)


class OneOf(TypeDecorator[Word], Generic[Word]):
    """A word of a closed list. The table adds the named CHECK (`words_of`)."""

    impl = String(WORD_LENGTH)
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The word, refused when it is not on the list."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Word | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The enumeration's member."""
        return None if value is None else self.words(value)


def words_of(column: str, words: type[StrEnum], *, optional: bool = False) -> str:
    """The text of a CHECK that a column holds one of the words."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return f"{column} IS NULL OR {column} IN ({listed})" if optional else f"{column} IN ({listed})"

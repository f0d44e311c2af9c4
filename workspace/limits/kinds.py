"""The kinds of rule a field can have. Data only: nothing here checks anything."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """A text object; ``markup`` lets it be mrkdwn as well as plain text."""

    longest: int
    shortest: int = 1
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Chars:
    """A bare string, counted as it stands."""

    longest: int
    shortest: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number; ``above_zero`` refuses zero and less."""

    above_zero: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Strings:
    """A list of strings."""

    most: int
    least: int = 0
    longest: int = 255


@dataclass(frozen=True, slots=True)
class Part:
    """One nested object: of one of the named shapes, told apart by ``type``."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A list of nested objects; ``gaps`` lets an entry be null."""

    of: tuple[str, ...]
    most: int
    least: int = 1
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of lists of cells, every row as wide as the first when ``square``."""

    of: tuple[str, ...]
    most: int
    widest: int
    least: int = 1
    square: bool = False


@dataclass(frozen=True, slots=True)
class Free:
    """Whatever JSON holds: the sheet gives no limit."""


Rule = Words | Chars | Whole | Figure | Choice | Flag | Strings | Part | Parts | Rows | Free


@dataclass(frozen=True, slots=True)
class Shape:
    """What an object may and must hold. ``either`` needs at least one of its fields."""

    fields: dict[str, Rule]
    needs: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    only_one: tuple[str, ...] = field(default=())


UNBOUNDED = 10**9
"""Stands where the sheet knows no limit."""

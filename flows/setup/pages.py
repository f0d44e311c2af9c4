"""Long lists, a page at a time: a view holds a hundred blocks and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, as page `number` of `of`, counted from 1."""

    rows: tuple[Row, ...]
    number: int
    of: int


def page_of(rows: Sequence[Row], wanted: int) -> Page[Row]:
    """The page wanted, or the nearest there is."""
    of = max(1, -(-len(rows) // A_PAGE))
    number = min(max(wanted, 1), of)
    return Page(tuple(rows[(number - 1) * A_PAGE : number * A_PAGE]), number, of)

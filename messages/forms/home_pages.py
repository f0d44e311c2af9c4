"""The Home tab within a view's limits: parts that are too long are shown page by page.

It owns how much of each part is shown, and what a Home remembers of where somebody has turned
to. Nothing is left out silently: what is not shown is counted, with a button that leads to it.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, TypeVar

from messages.forms.answer_view import home_view
from messages.forms.pieces import BLOCKS_A_VIEW
from messages.forms.state import View, metadata
from messages.markup import Payload
from messages.notices.home import Home
from messages.notices.home_parts import HomePart, Page, ToDo
from messages.values import unpack_page

Sizes = Mapping[HomePart, int]
Pages = Mapping[HomePart, int]
Shown = TypeVar("Shown")

AMPLE: Final[Sizes] = {
    HomePart.REPORT: 30,
    HomePart.DRAFTS: 10,
    HomePart.WAITING: 10,
    HomePart.CARDS: 15,
    HomePart.ACTIONS: 15,
    HomePart.TARGETS: 30,
    HomePart.WATCHED: 20,
    HomePart.OWING: 20,
}
TIGHT: Final[Sizes] = {
    HomePart.REPORT: 8,
    HomePart.DRAFTS: 3,
    HomePart.WAITING: 3,
    HomePart.CARDS: 6,
    HomePart.ACTIONS: 5,
    HomePart.TARGETS: 12,
    HomePart.WATCHED: 8,
    HomePart.OWING: 10,
}
"""So little that even somebody who is everything at once has a Home in one view."""
IN_MESSAGES: Final[Sizes] = {**AMPLE, HomePart.TARGETS: 40}
FURTHEST: Final = 9_999


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a page of a part begins and ends, from 0, the end excluded."""

    begin: int
    end: int
    page: Page | None


def home_tab(home: Home, pages: Pages, compiled: Callable[[Home], Payload]) -> dict[str, Any]:
    """A Home as a view, with as much of each part as one view holds."""
    said = compiled(cut(home, AMPLE, pages))
    if len(said.blocks) > BLOCKS_A_VIEW:
        said = compiled(cut(home, TIGHT, pages))
    return home_view((said,), json.dumps({part.value: number for part, number in pages.items()}))


def as_answer(home: Home) -> Home:
    """A Home for messages, which have no pages to turn."""
    return replace(cut(home, IN_MESSAGES, {}), turns=False)


def pages_of(view: View) -> dict[HomePart, int]:
    """Where somebody has turned to in their Home; whatever is malformed is passed over."""
    kept = metadata(view)
    return {
        part: number
        for part in HomePart
        if isinstance(number := kept.get(part.value), int) and 0 < number <= FURTHEST
    }


def turned(pages: Pages, pressed: str) -> dict[HomePart, int] | None:
    """The pages after a press, or none where the press names no page."""
    found = unpack_page(pressed)
    if found is None or found[0] not in set(HomePart):
        return None
    return {**pages, HomePart(found[0]): found[1]}


def cut(home: Home, sizes: Sizes, pages: Pages) -> Home:
    """A Home with one page of each part that is longer than its size."""
    lengths = {
        HomePart.REPORT: sum(len(todo.targets) for todo in home.todos),
        HomePart.WAITING: sum(len(todo.escalations) for todo in home.todos),
        HomePart.DRAFTS: len(home.drafts),
        HomePart.CARDS: len(home.cards),
        HomePart.ACTIONS: len(home.actions),
        HomePart.TARGETS: len(home.targets),
        HomePart.WATCHED: len(home.watched),
        HomePart.OWING: len(home.owing),
    }
    at = {
        part: _stretch(part, length, sizes[part], pages.get(part, 0))
        for part, length in lengths.items()
    }
    return replace(
        home,
        todos=tuple(_todos(home.todos, at[HomePart.REPORT], at[HomePart.WAITING])),
        drafts=_of(home.drafts, at[HomePart.DRAFTS]),
        cards=_of(home.cards, at[HomePart.CARDS]),
        actions=_of(home.actions, at[HomePart.ACTIONS]),
        targets=_of(home.targets, at[HomePart.TARGETS]),
        watched=_of(home.watched, at[HomePart.WATCHED]),
        owing=_of(home.owing, at[HomePart.OWING]),
        pages=tuple(one.page for one in at.values() if one.page is not None),
    )


def _stretch(part: HomePart, length: int, size: int, wanted: int) -> _Stretch:
    """The wanted page of a part; the last one where there are fewer by now."""
    if length <= size:
        return _Stretch(0, length, None)
    last = (length - 1) // size
    number = min(wanted, last)
    begin, end = number * size, min((number + 1) * size, length)
    before = number - 1 if number else None
    after = number + 1 if number < last else None
    return _Stretch(begin, end, Page(part, begin + 1, end, length, before, after))


def _of(items: tuple[Shown, ...], at: _Stretch) -> tuple[Shown, ...]:
    return items[at.begin : at.end]


def _todos(todos: Sequence[ToDo], report: _Stretch, waiting: _Stretch) -> Iterator[ToDo]:
    """Quarters with what falls into the stretches, which run on over all of them."""
    reports = _starts(len(todo.targets) for todo in todos)
    waits = _starts(len(todo.escalations) for todo in todos)
    for todo, (from_, to), (since, until) in zip(
        todos, pairwise(reports), pairwise(waits), strict=True
    ):
        yield replace(
            todo,
            targets=todo.targets[_within(report.begin, from_, to) : _within(report.end, from_, to)],
            escalations=todo.escalations[
                _within(waiting.begin, since, until) : _within(waiting.end, since, until)
            ],
        )


def _starts(lengths: Iterator[int]) -> list[int]:
    found = [0]
    for length in lengths:
        found.append(found[-1] + length)
    return found


def _within(place: int, begin: int, end: int) -> int:
    return min(max(place, begin), end) - begin

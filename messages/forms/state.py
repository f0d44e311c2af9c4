"""Reading what a person entered: the first and last time a view's state is looked into.

It owns tolerance: anything missing, malformed or of another type reads as empty.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from messages.cleaning import cleaned

View = Mapping[str, Any]
TURN: Final = "~"
"""What stands between a field's name and the turn in which it was filled for the person."""


class Entered:
    """The entries of a submitted view, by block; a block is known by its field's name."""

    def __init__(self, view: View) -> None:
        self._values = mapping(mapping(mapping(view).get("state")).get("values"))
        self._named = {field_of(str(block)): str(block) for block in self._values}

    @property
    def blocks(self) -> tuple[str, ...]:
        """The input blocks of the view, in order."""
        return tuple(str(block) for block in self._values)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the view, in order, whatever turn their blocks are of."""
        return tuple(self._named)

    def block_of(self, field: str) -> str:
        """The block that holds a field now; the field's own name where there is none."""
        return self._named.get(field, field)

    def text(self, block: str) -> str:
        """Typed text, cleaned."""
        value = self._entry(block).get("value")
        return cleaned(value) if isinstance(value, str) else ""

    def day(self, block: str) -> date | None:
        """A chosen day."""
        value = self._entry(block).get("selected_date")
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def chosen(self, block: str) -> str:
        """The value of a chosen option, or nothing."""
        return _value(self._entry(block).get("selected_option"))

    def user(self, block: str) -> str:
        """The Slack id of a chosen person, or nothing."""
        value = self._entry(block).get("selected_user")
        return value if isinstance(value, str) else ""

    def ticked(self, block: str) -> frozenset[str]:
        """The values of ticked boxes."""
        ticks = self._entry(block).get("selected_options")
        return frozenset(_value(tick) for tick in ticks) if isinstance(ticks, list) else frozenset()

    def files(self, block: str) -> tuple[str, ...]:
        """Slack's ids of the files put into a field."""
        given = self._entry(block).get("files")
        ids = (mapping(one).get("id") for one in given) if isinstance(given, list) else ()
        return tuple(one for one in ids if isinstance(one, str) and one)

    def _entry(self, block: str) -> Mapping[str, Any]:
        name = self.block_of(block)
        return mapping(mapping(self._values.get(name)).get(name))


def field_of(block: str) -> str:
    """The field a block holds: `cause` for `cause` and for `cause~2`."""
    return block.partition(TURN)[0]


def metadata(view: View) -> Mapping[str, Any]:
    """A view's private metadata, or nothing where it is not ours."""
    text = mapping(view).get("private_metadata")
    try:
        return mapping(json.loads(text)) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        return {}


def mapping(value: object) -> Mapping[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def _value(option: object) -> str:
    value = mapping(option).get("value")
    return value if isinstance(value, str) else ""

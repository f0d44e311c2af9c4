"""Where an element stands and what it holds there: in a message, a modal or on Home.

Owns finding elements among blocks and reading and writing their values; delivers nothing.
"""

from dataclasses import dataclass, fields
from typing import Protocol

from workspace.checks.blocks import elements_of
from workspace.core import Core
from workspace.filling import CannotDoThat, offered
from workspace.payloads import Action, Payloads
from workspace.posts import Post
from workspace.surfaces import OpenView
from workspace.values import HOLDINGS, Values, starting
from workspace.wire import Json


@dataclass(frozen=True, slots=True)
class Spot:
    """One element in its block."""

    block: Json
    element: Json

    @property
    def dispatches(self) -> bool:
        """Tell whether using the element tells the app at once."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))

    def dispatches_when(self, *, entered: bool, pauses: bool = True) -> bool:
        """Tell the same of a text field: on each character, or only on Enter (the default)."""
        config = self.element.get("dispatch_action_config") or {}
        when = config.get("trigger_actions_on") or ["on_enter_pressed"]
        written = HOLDINGS[self.element["type"]].key in {"value", "rich_text_value"}
        return self.dispatches and (
            not written or (pauses and ("on_character_entered" in when or (entered and bool(when))))
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a person says which element they mean; what is None does not matter."""

    action_id: str | None = None
    block_id: str | None = None
    value: str | None = None
    label: str | None = None
    index: int | None = None

    def matches(self, spot: Spot) -> bool:
        """Tell whether an element is one that is meant."""
        element = spot.element
        values = {element.get("value"), *(o["value"] for o in offered(element))}
        return (
            self.action_id in {None, element.get("action_id")}
            and self.block_id in {None, spot.block["block_id"]}
            and (self.value is None or self.value in values)
            and (self.label is None or self.label == element.get("text", {}).get("text"))
        )

    def pick(self, blocks: tuple[Json, ...] | list[Json]) -> Spot:
        """Find the one element; raises :class:`CannotDoThat` for none and for several."""
        spots = [Spot(b, e) for b in blocks for e in elements_of(b)]
        found = [spot for spot in spots if self.matches(spot)]
        if self.index is not None:
            found = found[self.index : self.index + 1]
        if len(found) != 1:
            raise CannotDoThat(f"{len(found)} elements match {self.described()}, not one")
        return found[0]

    def described(self) -> str:
        """Say which marks were given."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        marks = [f"{name} {mark!r}" for name, mark in given.items() if mark is not None]
        return ", ".join(marks) or "anything"


class Place(Protocol):
    """A surface with elements to use."""

    @property
    def blocks(self) -> list[Json]:
        """The blocks as they stand now."""
        ...

    @property
    def values(self) -> Values:
        """What the elements hold, to be written to."""
        ...

    def payload(self, payloads: Payloads, action: Action) -> Json:
        """Build ``block_actions`` for this surface."""
        ...

    def suggestion(self, payloads: Payloads) -> Json:
        """Build the part of ``block_suggestion`` that says where."""
        ...


@dataclass(slots=True)
class InMessage:
    """Elements of a message."""

    core: Core
    person: str
    post: Post

    @property
    def blocks(self) -> list[Json]:
        """The blocks as they stand now."""
        return list(self.post.blocks)

    @property
    def values(self) -> Values:
        """What this person chose in the message."""
        where = (self.person, self.post.channel, self.post.ts)
        return self.core.surfaces.in_messages.setdefault(where, starting(self.post.blocks))

    def payload(self, payloads: Payloads, action: Action) -> Json:
        """Build ``block_actions`` of a message."""
        return payloads.message_action(self.post, action)

    def suggestion(self, payloads: Payloads) -> Json:
        """Say which message the menu is in."""
        return payloads.in_message("block_suggestion", self.post)


@dataclass(slots=True)
class InView:
    """Elements of a modal or the Home tab."""

    view: OpenView

    @property
    def blocks(self) -> list[Json]:
        """The blocks as they stand now."""
        return self.view.blocks

    @property
    def values(self) -> Values:
        """What the view holds."""
        return self.view.values

    def payload(self, payloads: Payloads, action: Action) -> Json:
        """Build ``block_actions`` of a view."""
        return payloads.view_action(self.view, action)

    def suggestion(self, payloads: Payloads) -> Json:
        """Say which view the menu is in."""
        return payloads.in_view("block_suggestion", self.view)

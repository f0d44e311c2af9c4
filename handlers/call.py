"""What Slack delivered and the ways to answer it, as a listener is given them.

It owns reading who acted and on what; a form's entries are read by the form itself.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

Acknowledge = Callable[..., Awaitable[BoltResponse]]
"""Tells Slack that a delivery arrived, with an answer where its kind takes one."""


@dataclass(frozen=True, slots=True)
class Call:
    """One delivery: a command, a press, a form or an event."""

    body: Mapping[str, Any]
    ack: Acknowledge
    respond: AsyncRespond
    client: AsyncWebClient

    @property
    def slack_id(self) -> str:
        """The Slack id of whoever acted, or nothing."""
        user = self.body.get("user")
        if isinstance(user, Mapping):
            return str(user.get("id", ""))
        return str(self.body.get("user_id") or self.event.get("user") or "")

    @property
    def pressed(self) -> str:
        """The value of the button that was pressed, or nothing."""
        actions = self.body.get("actions") or [{}]
        return str(actions[0].get("value") or "")

    @property
    def menu(self) -> str:
        """The menu that asks what to offer, or nothing."""
        return str(self.body.get("action_id") or "")

    @property
    def typed(self) -> str:
        """What was typed into a menu that asks what to offer."""
        return str(self.body.get("value") or "")

    @property
    def trigger(self) -> str:
        """What lets a modal open, for three seconds."""
        return str(self.body.get("trigger_id") or "")

    @property
    def view(self) -> Mapping[str, Any]:
        """The form, or nothing."""
        found: Mapping[str, Any] = self.body.get("view") or {}
        return found

    @property
    def form(self) -> str:
        """Which opened form it is, the same in all its steps."""
        return str(self.view.get("root_view_id") or self.view.get("id") or "")

    @property
    def acted_at(self) -> datetime | None:
        """When the person acted in the form, by Slack's clock, or none."""
        actions = self.body.get("actions") or [{}]
        try:
            return datetime.fromtimestamp(float(actions[0].get("action_ts")), UTC)
        except (TypeError, ValueError, OverflowError, OSError):
            return None

    @property
    def event(self) -> Mapping[str, Any]:
        """The event, or nothing."""
        found: Mapping[str, Any] = self.body.get("event") or {}
        return found

    @property
    def event_id(self) -> str:
        """Slack's id of the event, the same however often it is delivered."""
        return str(self.body.get("event_id", ""))

    @property
    def is_form(self) -> bool:
        """Whether a form was sent."""
        return self.body.get("type") == "view_submission"

    @property
    def is_in_modal(self) -> bool:
        """Whether it was pressed in a modal, so that another goes on top of it."""
        return self.view.get("type") == "modal"

    @property
    def is_in_home(self) -> bool:
        """Whether it was pressed in the Home tab."""
        return self.view.get("type") == "home"

    @property
    def is_in_message(self) -> bool:
        """Whether it was pressed in a message that stays, which its flow then says anew."""
        container: Mapping[str, Any] = self.body.get("container") or {}
        return container.get("type") == "message" and not container.get("is_ephemeral")

    @property
    def place(self) -> tuple[str, str]:
        """Where the message stands that was pressed: its channel and ts, or nothing."""
        container: Mapping[str, Any] = self.body.get("container") or {}
        return str(container.get("channel_id", "")), str(container.get("message_ts", ""))

    @property
    def can_respond(self) -> bool:
        """Whether Slack gave an address for private answers."""
        return bool(self.body.get("response_url"))

"""The payloads of interactions, commands and events, shaped as Slack shapes them.

Builds and remembers nothing beyond the trigger and response URL each payload carries.
"""

from dataclasses import dataclass

from workspace.api.users import handle
from workspace.core import Core
from workspace.posts import Post, shown, with_thread
from workspace.surfaces import OpenView
from workspace.values import Values, starting
from workspace.wire import Json

VERIFICATION = "workspace-verification"
"""The deprecated verification token every payload still carries."""


@dataclass(frozen=True, slots=True)
class Action:
    """One element acted on, with what it now holds."""

    block_id: str
    element: Json
    holds: Json

    def payload(self, action_ts: str) -> Json:
        """Give the entry of ``actions``."""
        carried = ("value", "text", "style", "url") if self.element["type"] == "button" else ()
        return {
            "action_id": self.element["action_id"],
            "block_id": self.block_id,
            "type": self.element["type"],
            **{name: self.element[name] for name in carried if name in self.element},
            **self.holds,
            "action_ts": action_ts,
        }


@dataclass(slots=True)
class Payloads:
    """Builds payloads for one person."""

    core: Core
    person: str

    def _common(self, kind: str) -> Json:
        team = self.core.config
        name = handle(self.core.team.people[self.person])
        return {
            "type": kind,
            "user": {
                "id": self.person,
                "username": name,
                "name": name,
                "team_id": team.team_id,
            },
            "api_app_id": self.core.bot.app_id,
            "token": VERIFICATION,
            "team": {"id": team.team_id, "domain": "workspace"},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def in_message(self, kind: str, post: Post) -> Json:
        """Give the part that says which message an interaction happened in."""
        core, ephemeral = self.core, post.only_for is not None
        channel = core.team.channels[post.channel]
        container = {
            "type": "message",
            "message_ts": post.ts,
            "channel_id": post.channel,
            "is_ephemeral": ephemeral,
        }
        if post.thread_ts:
            container["thread_ts"] = post.thread_ts
        body = {
            **self._common(kind),
            "container": container,
            "channel": {"id": channel.id, "name": channel.name},
        }
        if not ephemeral:
            message = shown(post, core.bot, core.config.team_id)
            body["message"] = with_thread(message, core.team.summary(post.channel, post.ts))
        return body

    def in_view(self, kind: str, view: OpenView) -> Json:
        """Give the part that says which view an interaction happened in."""
        return {
            **self._common(kind),
            "container": {"type": "view", "view_id": view.id},
            "view": view.shown(self.core.team),
        }

    def message_action(self, post: Post, action: Action) -> Json:
        """Give ``block_actions`` of a message."""
        core = self.core
        where = (self.person, post.channel, post.ts)
        state: Values = core.surfaces.in_messages.get(where) or starting(post.blocks)
        key = core.response_urls.give(
            self.person, post.channel, post.ts, ephemeral=post.only_for is not None
        )
        return {
            **self.in_message("block_actions", post),
            "trigger_id": core.triggers.give(self.person),
            "state": {"values": state},
            "response_url": f"{core.url}response/{key}",
            "actions": [action.payload(core.team.ids.ts())],
        }

    def view_action(self, view: OpenView, action: Action) -> Json:
        """Give ``block_actions`` of a modal or the Home tab."""
        return {
            **self.in_view("block_actions", view),
            "trigger_id": self.core.triggers.give(self.person),
            "actions": [action.payload(self.core.team.ids.ts())],
        }

    def submission(self, view: OpenView) -> Json:
        """Give ``view_submission``."""
        body = self.in_view("view_submission", view)
        del body["container"]
        trigger = self.core.triggers.give(self.person)
        return {**body, "trigger_id": trigger, "response_urls": []}

    def closed(self, view: OpenView, *, cleared: bool) -> Json:
        """Give ``view_closed``."""
        body = self.in_view("view_closed", view)
        del body["container"]
        return {**body, "is_cleared": cleared}

    def command(self, name: str, text: str, channel: str) -> Json:
        """Give a slash command."""
        core = self.core
        held = core.team.channels[channel]
        key = core.response_urls.give(self.person, channel)
        return {
            "token": VERIFICATION,
            "team_id": core.config.team_id,
            "team_domain": "workspace",
            "channel_id": channel,
            "channel_name": held.name,
            "user_id": self.person,
            "user_name": handle(core.team.people[self.person]),
            "command": name,
            "text": text,
            "api_app_id": core.bot.app_id,
            "is_enterprise_install": "false",
            "response_url": f"{core.url}response/{key}",
            "trigger_id": core.triggers.give(self.person),
        }

    def event(self, event: Json) -> Json:
        """Wrap an event as the Events API does."""
        core = self.core
        at = core.team.ids.ts()
        bot = {
            "enterprise_id": None,
            "team_id": core.config.team_id,
            "user_id": core.bot.user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": VERIFICATION,
            "team_id": core.config.team_id,
            "api_app_id": core.bot.app_id,
            "event": {**event, "event_ts": at},
            "type": "event_callback",
            "event_id": core.team.ids.next("Ev"),
            "event_time": int(at.partition(".")[0]),
            "authorizations": [bot],
            "is_ext_shared_channel": False,
        }

"""Which scopes a method needs. Owns the table; any one of the scopes named is enough."""

from collections.abc import Mapping

from workspace.core import Core
from workspace.wire import Code, Json, SlackError, as_text

NEEDS: Mapping[str, tuple[str, ...]] = {
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.list": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.members": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.open": ("im:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
}
BY_CHANNEL: Mapping[str, str] = {
    "conversations.history": "history",
    "conversations.info": "read",
    "conversations.replies": "history",
}
"""Methods whose scope is that of the kind of conversation asked for."""


def check_scopes(core: Core, method: str, args: Json) -> None:
    """Raise ``missing_scope`` with what is needed and provided, where scopes are set."""
    granted = core.bot.scopes
    needed = NEEDS.get(method, ())
    if method in BY_CHANNEL:
        needed = (f"{_kind(core, args)}:{BY_CHANNEL[method]}",)
    if granted is None or not needed or granted & set(needed):
        return
    provided = ",".join(sorted(granted))
    raise SlackError(Code.MISSING_SCOPE, extra={"needed": ",".join(needed), "provided": provided})


HEARS: Mapping[str, str] = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}
"""The scope without which an event is not delivered, where it needs one."""


def hears(core: Core, event: str) -> bool:
    """Tell whether the app asked for an event and has the scope for it."""
    granted, needed = core.bot.scopes, HEARS.get(event)
    return event in core.bot.events and (granted is None or needed is None or needed in granted)


def has_commands(core: Core) -> bool:
    """Tell whether the app has the scope without which it has no slash commands."""
    return core.bot.scopes is None or "commands" in core.bot.scopes


def _kind(core: Core, args: Json) -> str:
    channel = core.team.channels.get(as_text(args.get("channel")))
    if channel is None or channel.person is None:
        return "groups" if channel is not None and channel.private else "channels"
    return "im"

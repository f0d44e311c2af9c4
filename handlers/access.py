"""Slack took the bot's access away: the audit and the log say so, once."""

import logging
from collections.abc import Mapping

from flows import events
from handlers.call import Call
from handlers.context import Context

log = logging.getLogger(__name__)


async def on_access_ended(context: Context, call: Call) -> None:
    """The app was uninstalled, or its token revoked. Slack can no longer be told anything."""
    what = str(call.event.get("type", ""))
    tokens = call.event.get("tokens")
    if isinstance(tokens, Mapping) and not tokens.get("bot"):
        return  # somebody's own token, which the bot has no use for
    first = await context.desk.write(events.access_ended, call.event_id, what, context.clock.now())
    if first:
        log.critical(
            "Slack ended the bot's access (%s). Nothing more can be sent until the app is "
            "installed again and SLACK_BOT_TOKEN is set anew.",
            what,
        )

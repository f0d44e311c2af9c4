"""auth.test and apps.connections.open: who the token is, and a socket for it."""

from secrets import token_urlsafe

from workspace.core import Core
from workspace.wire import Json


def test(core: Core, _args: Json) -> Json:
    """auth.test: the app's own user and team."""
    return {
        "url": core.url,
        "team": core.config.team_name,
        "team_id": core.config.team_id,
        "user": core.bot.name,
        "user_id": core.bot.user_id,
        "bot_id": core.bot.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(core: Core, _args: Json) -> Json:
    """apps.connections.open: the address of one socket, good for one connection."""
    ticket = token_urlsafe()
    core.tickets.add(ticket)
    return {"url": f"ws://{core.address}/link/?ticket={ticket}&app_id={core.bot.app_id}"}

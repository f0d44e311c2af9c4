"""The Slack app's manifest: what the bot is called, may do and listens to.

It owns the list of scopes, and where Slack is to deliver: over a socket, or to an address.
"""

from typing import Any

import yaml

EVENTS = "/slack/events"
"""The path of the one address that takes events, interactions and commands."""
SCOPES = (
    "chat:write",
    "commands",
    "im:write",
    "im:history",
    "channels:history",
    "groups:history",
    "users:read",
    "files:read",
    "files:write",
)


def manifest(command: str = "/laa", http: str | None = None) -> str:
    """The manifest as YAML: for Socket Mode, or for HTTP at the public address `http`."""
    address = f"{http.rstrip('/')}{EVENTS}" if http else None
    where = {"request_url": address} if address else {}
    body: dict[str, Any] = {
        "_metadata": {"major_version": 1},
        "display_information": {
            "name": "Quarterlight",
            "description": "Asks, reminds, escalates and reports, every quarter.",
        },
        "features": {
            "bot_user": {"display_name": "quarterlight", "always_online": True},
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "slash_commands": [
                {
                    "command": command,
                    **({"url": address} if address else {}),
                    "description": "Quarterly targets",
                    "usage_hint": "help",
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "interactivity": {"is_enabled": True, **where},
            "event_subscriptions": {
                **where,
                "bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked"],
            },
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
            "org_deploy_enabled": False,
        },
    }
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True)

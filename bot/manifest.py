"""The Slack app's manifest: what the bot is called, may do and listens to.

It owns the list of scopes. HTTP delivery needs more addresses; this one is for Socket Mode.
"""

import yaml

SCOPES = (
    "chat:write",
    "commands",
    "im:write",
    "im:history",
    "channels:history",
    "groups:history",
)


def manifest(command: str = "/laa") -> str:
    """The manifest as YAML."""
    body = {
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
                    "description": "Quarterly targets",
                    "usage_hint": "help",
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "interactivity": {"is_enabled": True},
            "event_subscriptions": {
                "bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked"]
            },
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
            "org_deploy_enabled": False,
        },
    }
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True)

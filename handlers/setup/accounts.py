"""Asking Slack who an account is, after the acknowledgement.

It owns reading Slack's answer. Whether such an account can hold a role is decided by
`rules/people.py`.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from handlers.call import Call
from messages.cleaning import cleaned
from messages.forms.state import mapping
from rules.people import Account, Known, Unfit, judged

UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


async def look_up(call: Call, slack_id: str) -> Known:
    """Who an account is; one that Slack says nothing of cannot hold a role for now."""
    try:
        answer = await call.client.users_info(user=slack_id)
    except SlackApiError as refused:
        gone = refused.response.get("error") in UNKNOWN
        return Known(slack_id, unfit=Unfit.UNKNOWN if gone else Unfit.NOT_ASKED)
    except (TimeoutError, ClientError):
        return Known(slack_id, unfit=Unfit.NOT_ASKED)
    return judged(_account(slack_id, mapping(answer.get("user")), call))


def _account(slack_id: str, user: Mapping[str, Any], call: Call) -> Account:
    profile = mapping(user.get("profile"))
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    label = next((cleaned(name) for name in names if isinstance(name, str) and name.strip()), "")
    home = str(mapping(call.body.get("team")).get("id") or "")
    theirs = str(user.get("team_id") or home)
    return Account(
        slack_id,
        label,
        str(user.get("tz") or ""),
        deactivated=bool(user.get("deleted")),
        bot=bool(user.get("is_bot") or user.get("is_workflow_bot")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        at_home=not user.get("is_stranger") and (not home or theirs == home),
    )

"""Trying the tokens before the bot starts to work, so that a wrong one names itself.

It owns two calls. Slack being out of reach is no fault of a token: connecting goes on trying.
"""

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.fates import FAILURES, Fate, verdict
from bot.settings import WHERE_TO_GET, SettingsError
from bot.wiring import Bot

log = logging.getLogger(__name__)


async def try_bot_token(bot: Bot) -> None:
    """Ask Slack who the bot is. Raises `SettingsError` when Slack refuses its token."""
    try:
        await bot.app.client.auth_test()
    except FAILURES as failure:
        _judge("SLACK_BOT_TOKEN", failure)


async def try_app_token(web: AsyncWebClient, token: str) -> str | None:
    """Ask Slack for the address of a socket; it holds for a while, once.

    None when Slack is out of reach. Raises `SettingsError` when it refuses the token.
    """
    try:
        answer = await web.apps_connections_open(app_token=token)
    except FAILURES as failure:
        _judge("SLACK_APP_TOKEN", failure)
        return None
    return str(answer["url"])


def _judge(name: str, failure: BaseException) -> None:
    found = verdict(failure)
    if isinstance(failure, SlackApiError) and found.fate is Fate.WRONG_KEY:
        raise SettingsError(f"{name} is refused by Slack ({found.word}). {WHERE_TO_GET[name]}")
    log.warning("Slack could not be asked about %s yet: %s", name, found.word)

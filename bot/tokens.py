"""Trying the tokens before the bot starts to work, so that a wrong one names itself.

It owns two calls. Slack being out of reach is no fault of a token: connecting goes on trying.
"""

import logging

from slack_sdk.errors import SlackApiError

from bot.fates import FAILURES, Fate, verdict
from bot.settings import WHERE_TO_GET, SettingsError
from bot.wiring import Bot

log = logging.getLogger(__name__)


async def try_tokens(bot: Bot) -> None:
    """Ask Slack who each token is. Raises `SettingsError` for one that Slack refuses."""
    try:
        await bot.app.client.auth_test()
    except FAILURES as failure:
        _judge("SLACK_BOT_TOKEN", failure)
    try:
        await bot.handler.client.web_client.apps_connections_open(
            app_token=bot.handler.app_token or ""
        )
    except FAILURES as failure:
        _judge("SLACK_APP_TOKEN", failure)


def _judge(name: str, failure: BaseException) -> None:
    found = verdict(failure)
    if isinstance(failure, SlackApiError) and found.fate is Fate.WRONG_KEY:
        raise SettingsError(f"{name} is refused by Slack ({found.word}). {WHERE_TO_GET[name]}")
    log.warning("Slack could not be asked about %s yet: %s", name, found.word)

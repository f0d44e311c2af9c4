"""The post office takes no client that sends again by itself."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.post_office import PostOffice


async def test_a_client_that_retries_by_itself_is_refused() -> None:
    async with aiohttp.ClientSession() as http:
        with pytest.raises(ValueError, match="no retry handlers"):
            PostOffice(AsyncWebClient(session=http), b"secret")
        PostOffice(AsyncWebClient(session=http, retry_handlers=[]), b"secret")

"""Files on their way between Slack and us: fetched with the bot's token, and sent.

It owns these calls. The token goes to Slack alone: a file that lies elsewhere is not fetched.
"""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

MOST_BYTES = 6_000_000
"""A little more than is read, so that a file that is too large is told as such."""
SLACKS = ".slack.com"
WORKBOOK = "quarterlight.xlsx"
TRIES = 3
OWN_TROUBLE = frozenset({"internal_error", "fatal_error", "service_unavailable"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file from Slack. `content` is none where Slack did not give it."""

    name: str
    content: bytes | None


async def fetch(client: AsyncWebClient, file_id: str) -> Fetched:
    """A file by its id, no more than `MOST_BYTES` of it."""
    name = ""
    try:
        answer = await trying_again(client).files_info(file=file_id)
        file = answer.get("file") or {}
        name = str(file.get("name") or "")
        content = await _download(client, str(file.get("url_private_download") or ""))
    except (SlackClientError, aiohttp.ClientError, TimeoutError) as failure:
        log.warning("A file could not be fetched: %s", type(failure).__name__)
        return Fetched(name, None)
    return Fetched(name, content)


async def send_workbook(client: AsyncWebClient, slack_id: str, content: bytes) -> bool:
    """Send a workbook to a person alone. False where Slack did not take it."""
    try:
        opened = await trying_again(client).conversations_open(users=slack_id)
        await client.files_upload_v2(
            channel=str(opened["channel"]["id"]), content=content, filename=WORKBOOK
        )
    except (SlackClientError, aiohttp.ClientError, TimeoutError) as failure:
        log.warning("The workbook could not be sent: %s", type(failure).__name__)
        return False
    return True


def trying_again(client: AsyncWebClient) -> AsyncWebClient:
    """A client for what does no harm when it is asked twice: it tries again by itself."""
    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        session=client.session,
        retry_handlers=[
            AsyncConnectionErrorRetryHandler(TRIES),
            AsyncServerErrorRetryHandler(TRIES),
            AsyncRateLimitErrorRetryHandler(TRIES),
            _OwnTroubleRetryHandler(TRIES),
        ],
    )


class _OwnTroubleRetryHandler(AsyncRetryHandler):
    """Tries again where Slack says in a sound answer that the trouble is its own."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002  # as the library calls it
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        said = (response.body or {}).get("error") if response is not None else None
        return said in OWN_TROUBLE


async def _download(client: AsyncWebClient, url: str) -> bytes | None:
    if not is_slacks(url, client.base_url) or client.session is None:
        return None
    headers = {"Authorization": f"Bearer {client.token}"}
    async with client.session.get(url, headers=headers, allow_redirects=False) as response:
        if response.status != HTTPStatus.OK or response.content_type == "text/html":
            # Slack shows a page to sign in on to whoever may not read files.
            return None
        return await _at_most(response.content)


async def _at_most(content: aiohttp.StreamReader) -> bytes:
    taken = bytearray()
    async for piece in content.iter_chunked(65_536):
        taken += piece
        if len(taken) > MOST_BYTES:
            break
    return bytes(taken)


def is_slacks(url: str, api: str) -> bool:
    """Whether an address is Slack's own: at its domain over TLS, or where its API is."""
    asked, own = urlsplit(url), urlsplit(api)
    if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
        return True
    return asked.scheme == "https" and (asked.hostname or "").endswith(SLACKS)

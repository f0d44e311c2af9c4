"""Signed HTTP: envelopes go out as the requests Slack makes, answers come back as acks.

Owns the form of each request and its signature (limits sheet sections 5 and 8); which address
is next is ``deliveries``'s to say, and what the real time is, the one who starts the workspace.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import aiohttp

from workspace.deliveries import AppDidNotAnswer, NotTaken, Parcel
from workspace.loopback import is_on_this_machine
from workspace.wire import Json

RealNow = Callable[[], datetime]
"""Tells the real time: Slack dates its requests by it, and Bolt refuses what is old."""
USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"
TAKEN = range(200, 300)
"""The statuses Slack takes for an ack."""
RETRY_REASONS = {
    "timeout": "http_timeout",
    "error": "http_error",
    "connection": "connection_failed",
}


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a request as Slack does, version ``v0``."""
    signed = b":".join((b"v0", timestamp.encode(), body))
    return f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def checked_url(url: str) -> str:
    """Give an address back; raises :class:`ValueError` where it is not on this machine."""
    if not is_on_this_machine(url):
        raise ValueError(f"{url} is not an http address on loopback")
    return url


@dataclass(slots=True)
class Outgoing:
    """The one HTTP session of a workspace, opened when it is first needed.

    Every request has a connection of its own, so that one that was refused was surely not
    sent, and no old connection breaks under a new request.
    """

    secret: str
    real_now: RealNow
    _session: aiohttp.ClientSession | None = None

    async def post(self, url: str, parcel: Parcel) -> aiohttp.ClientResponse:
        """Send one request; raises aiohttp's errors."""
        content_type, body = _body(parcel.envelope)
        headers = {
            "Content-Type": content_type,
            "User-Agent": USER_AGENT,
            **self._signed(parcel, body),
            **_retried(parcel.envelope),
        }
        return await self._open().post(url, data=body, headers=headers, allow_redirects=False)

    def _signed(self, parcel: Parcel, body: bytes) -> dict[str, str]:
        if parcel.dated is None:
            parcel.dated = int(self.real_now().timestamp()) + parcel.later
        timestamp = str(parcel.dated)
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.secret, timestamp, body),
        }

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # How long Slack waits is counted around the whole delivery, not by the session.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True, limit=0),
                timeout=aiohttp.ClientTimeout(total=None),
            )
        return self._session

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None


@dataclass(frozen=True, slots=True)
class Address:
    """One address the app listens at."""

    url: str
    outgoing: Outgoing

    async def carry(self, parcel: Parcel) -> Json:
        """Send one request; gives what it was answered with.

        Raises :class:`NotTaken` where nobody listens, :class:`AppDidNotAnswer` otherwise.
        """
        try:
            async with await self.outgoing.post(self.url, parcel) as response:
                body = await response.text(errors="replace")
        except aiohttp.ClientConnectorError:
            raise NotTaken("the app refused the connection", loss="connection") from None
        except aiohttp.ClientError:
            raise AppDidNotAnswer(
                "the connection broke before the answer", loss="connection"
            ) from None
        if response.status not in TAKEN:
            raise AppDidNotAnswer(f"the app answered {response.status}", loss="error")
        if not parcel.envelope["accepts_response_payload"]:
            return {}
        return _answer(response.content_type, body)


def _answer(content_type: str, body: str) -> Json:
    """Read an answer: JSON as it is, words as the text of a message."""
    if not body:
        return {}
    if content_type != JSON_TYPE:
        return {"text": body}
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        raise AppDidNotAnswer("the answer is not JSON", loss="error") from None
    return read if isinstance(read, dict) else {}


def _body(envelope: Json) -> tuple[str, bytes]:
    """Write a delivery's content type and body in the form Slack has for its kind."""
    kind, payload = envelope["type"], envelope["payload"]
    if kind == "events_api":
        return JSON_TYPE, json.dumps(payload).encode()
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return FORM_TYPE, urlencode(form, errors="replace").encode()


def _retried(envelope: Json) -> dict[str, str]:
    if not envelope.get("retry_attempt"):
        return {}
    return {
        "X-Slack-Retry-Num": str(envelope["retry_attempt"]),
        "X-Slack-Retry-Reason": RETRY_REASONS[envelope["retry_reason"]],
    }

"""Whether a request comes from Slack: its size, its date and its signature.

It owns what is looked at before a body is read for what it says. The date is compared with the
real time, always: Slack signs by it, whatever a clock moved by hand may show. Malformed dates
and signatures are refused here; the SDK's verifier would fail over them.
"""

import asyncio
import hashlib
import re
from dataclasses import dataclass

from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request

from bot.clock import Clock

MOST_BYTES = 1_000_000
"""Slack's requests are a few thousand bytes; none is near this."""
DATE = "x-slack-request-timestamp"
SIGNATURE = "x-slack-signature"

_DATE = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)


class RefusedError(Exception):
    """A request that goes no further; the status and a word for whoever sent it."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


@dataclass(frozen=True, slots=True)
class Signed:
    """A request of Slack's. `digest` tells it from every other one."""

    body: bytes
    content_type: str
    digest: str
    retry: dict[str, str]


class Checker:
    """Tells Slack's requests from all others.

    `wall` gives the real time; `seconds` is how long a body may take to arrive.
    """

    def __init__(self, secret: str, wall: Clock, seconds: float) -> None:
        self._seconds = seconds
        self._verifier = SignatureVerifier(secret, _Seconds(wall))

    async def check(self, request: Request) -> Signed:
        """The request, verified. Raises `RefusedError`."""
        date, signature = _only(request, DATE, _DATE), _only(request, SIGNATURE, _SIGNATURE)
        body = await _read(request, self._seconds)
        if not self._is_slacks(body, date, signature):
            raise RefusedError(401, "This is not signed by Slack, or is too old.")
        digest = hashlib.sha256(b"\n".join((signature.encode(), date.encode(), body)))
        headers = request.headers
        return Signed(
            body,
            headers.get("content-type", ""),
            digest.hexdigest(),
            {name: headers[name] for name in headers if name.startswith("x-slack-retry-")},
        )

    def _is_slacks(self, body: bytes, date: str, signature: str) -> bool:
        try:
            return self._verifier.is_valid(body, date, signature)
        except UnicodeDecodeError:
            return False  # the verifier signs text, and Slack sends nothing else


class _Seconds(SignatureClock):
    """The real time, as the SDK's verifier asks for it."""

    def __init__(self, wall: Clock) -> None:
        self._wall = wall

    def now(self) -> float:
        return self._wall.now().timestamp()


def _only(request: Request, name: str, form: re.Pattern[str]) -> str:
    """The one header of this name. Raises `RefusedError` when missing, twice or malformed."""
    found = request.headers.getlist(name)
    if len(found) != 1 or not form.fullmatch(found[0]):
        raise RefusedError(401, "This is not signed as Slack signs.")
    return found[0]


async def _read(request: Request, seconds: float) -> bytes:
    """The body, up to its largest size: no more is taken in, whatever was announced."""
    announced = request.headers.get("content-length", "0")
    if not _LENGTH.fullmatch(announced) or int(announced) > MOST_BYTES:
        raise RefusedError(413, "This is larger than anything Slack sends.")
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise RefusedError(413, "This is larger than anything Slack sends.")
    except TimeoutError:
        raise RefusedError(408, "The request did not arrive whole in time.") from None
    except ClientDisconnect:
        raise RefusedError(400, "The request broke off.") from None
    return bytes(body)

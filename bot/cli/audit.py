"""The command that compares by hand what was due with what stands in Slack.

It owns reading its arguments and printing what was found. It reads the records beside a
running bot and changes nothing, neither there nor in Slack.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import aiohttp
import typer
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.auditor import Reading, begin
from bot.cli.faults import fail
from bot.clock import WallClock
from bot.desk import Desk
from bot.directory import NOBODY
from bot.history import History
from bot.settings import WorkerSettings, load_as
from bot.walk import Pace
from bot.wiring import CALL_TIMEOUT_SECONDS
from flows import certificate
from flows.certificate import Check, Comparison, Seen
from flows.places import BOARD, CENTRAL
from messages.notices.deliveries import AmissLine
from messages.wording.subjects import SUBJECT
from rules.quarters import Quarter
from store import ledger, migrate, people, quarters
from store.database import Database

CHANNELS = {BOARD: "board", CENTRAL: "central team"}


class NothingToCheckError(LookupError):
    """The records hold no quarter to check; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What a check by hand found; `unread` are channels with Slack's word for why."""

    check: Check
    compared: Comparison
    strangers: int
    unread: dict[str, str]
    labels: dict[int, str]


def audit_deliveries(
    quarter: Annotated[
        str | None, typer.Option(help="Such as “2008/09 Q2”. Without it: the latest one opened.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Compare what was due since a quarter's window opened with what stands in Slack.

    Ends with 1 when something is missing or stands twice, could not be read, or was not sent
    and waits for a person. Nothing is changed, and the bot may run meanwhile.
    """
    settings = load_as(WorkerSettings)
    wanted = Quarter.parse(quarter) if quarter else None
    try:
        found = asyncio.run(_audit(settings, wanted))
    except NothingToCheckError as nothing:
        fail(str(nothing))
    if as_json:
        typer.echo(json.dumps(_body(found), indent=1, ensure_ascii=False))
    else:
        _show(found, ZoneInfo(settings.time_zone))
    if not found.compared.found.is_proven:
        raise typer.Exit(1)


async def _audit(settings: WorkerSettings, quarter: Quarter | None) -> Audited:
    async with _records(settings) as desk, _web(settings) as web:
        check, secret = await desk.read(_wanted, quarter)
        labels = {one.number: one.label for one in await desk.read(people.everyone)}
        places = {BOARD: settings.board_channel, CENTRAL: settings.central_channel}
        reading = begin(check, History(web), secret, WallClock(), places, Pace())
        seen = await _to_the_end(reading, desk)
        compared = certificate.compare(check.messages, seen)
        unread = {place.channel: word for place, word in reading.walk.unread.items()}
        return Audited(check, compared, seen.strangers, unread, labels)


async def _to_the_end(reading: Reading, desk: Desk) -> Seen:
    """Read on, waiting wherever Slack asks for it."""
    while isinstance(seen := await reading.go_on(desk), datetime):  # noqa: ASYNC110  # no event tells when a minute is over
        await asyncio.sleep(max(0.0, (seen - WallClock().now()).total_seconds()))
    return seen


@asynccontextmanager
async def _records(settings: WorkerSettings) -> AsyncIterator[Desk]:
    database = Database(settings.database_url.get_secret_value())
    migrate.require_current(database)
    desk = Desk(database)
    try:
        yield desk
    finally:
        desk.close()


@asynccontextmanager
async def _web(settings: WorkerSettings) -> AsyncIterator[AsyncWebClient]:
    timeout = aiohttp.ClientTimeout(total=CALL_TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as http:
        yield AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            session=http,
            retry_handlers=[],
        )


def _wanted(session: Session, quarter: Quarter | None) -> tuple[Check, bytes]:
    latest = quarters.latest_opened(session)
    wanted = quarter or (latest.quarter if latest else None)
    check = certificate.by_hand(session, wanted) if wanted else None
    secret = ledger.secret(session)
    if check is None or secret is None:
        which = f"The window of {wanted} was never" if wanted else "No window was ever"
        raise NothingToCheckError(f"{which} opened in these records, so nothing was due.")
    return check, secret


def _show(found: Audited, zone: ZoneInfo) -> None:
    counted = found.compared.found
    parts = [
        f"{counted.due} due",
        f"{counted.posted} posted once",
        f"{counted.missing} missing",
        f"{counted.twice} twice",
        *([f"{counted.on_their_way} on the way"] if counted.on_their_way else []),
        *([f"{counted.parked} not sent"] if counted.parked else []),
        *([f"{counted.unchecked} not checked"] if counted.unchecked else []),
    ]
    typer.echo(f"{found.check.quarter}: {', '.join(parts)}")
    for line in found.compared.apart:
        due = f"{line.due_at.astimezone(zone):%a %d %b %Y %H:%M}"
        what = SUBJECT.get(line.subject, line.subject)
        typer.echo(f"{line.fate}: {what}, due {due}, to {_who(found, line)} ({line.key})")
    for channel, word in found.unread.items():
        typer.echo(f"could not be read: {channel} ({word})")
    if found.strangers:
        typer.echo(f"{found.strangers} of the bot's own messages stand in no record.")


def _body(found: Audited) -> dict[str, object]:
    return {
        "quarter": found.check.quarter.label,
        "since": found.check.since.isoformat(),
        **asdict(found.compared.found),
        "strangers": found.strangers,
        "unread": found.unread,
        "apart": [
            {
                "key": line.key,
                "kind": line.subject,
                "to": _who(found, line),
                "due": line.due_at.isoformat(),
                "fate": line.fate.value,
            }
            for line in found.compared.apart
        ],
    }


def _who(found: Audited, line: AmissLine) -> str:
    if line.to_person is not None:
        return found.labels.get(line.to_person, NOBODY)
    return CHANNELS.get(str(line.to_channel), str(line.to_channel))

"""A workspace that runs by itself, for any Slack app to be pointed at.

Owns starting, saying where it is, and ending on Ctrl-C. It knows nothing of any app.
"""

import asyncio
import errno
import signal
from collections.abc import Callable
from dataclasses import dataclass

from workspace.config import Bot, WorkspaceConfig
from workspace.loopback import LOOPBACK
from workspace.server import Workspace
from workspace.wall import MovedClock, real_now

Say = Callable[[str], object]


class CannotStartError(Exception):
    """The workspace cannot listen where it was asked to; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen. Port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8008
    let_others_in: bool = False


async def run(config: WorkspaceConfig, place: Place, say: Say) -> None:
    """Run until Ctrl-C; raises :class:`CannotStartError`."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    clock = MovedClock()
    workspace = Workspace(config, clock, on_move_clock=clock.move_to, real_now=real_now)
    await _listen(workspace, place)
    try:
        if place.host not in LOOPBACK:
            say(WARNING)
        say(_where(workspace))
        await stop.wait()
        say("Ending.")
    finally:
        await workspace.stop()


WARNING = (
    "Warning: this workspace lets others in. Anyone who can reach this machine can act as any "
    "person in it, read all it holds and move its clock. There is no password. Hold nothing in "
    "it that is not for everybody on this network, and end it when you are done."
)


async def _listen(workspace: Workspace, place: Place) -> None:
    if place.host not in LOOPBACK and not place.let_others_in:
        raise CannotStartError(
            f"{place.host} is not this machine's own loopback address: anyone who reaches the "
            "workspace there can act as any person in it. If you want that, add --let-others-in."
        )
    try:
        await workspace.start(place.host, place.port, let_others_in=place.let_others_in)
    except (OSError, OverflowError) as fault:
        raise CannotStartError(_refusal(fault, place)) from None


def _refusal(fault: Exception, place: Place) -> str:
    number = fault.errno if isinstance(fault, OSError) else None
    if number == errno.EADDRINUSE:
        return f"Port {place.port} is in use. End what listens there, or give another with --port."
    if number == errno.EACCES:
        return f"Port {place.port} is not yours to use. Give one above 1023 with --port."
    return f"{place.host} is no address of this machine. Give one that is with --host."


def _where(workspace: Workspace) -> str:
    config = workspace.core.config
    return "\n".join(
        (
            f"{config.team_name} is open at {workspace.url}",
            f"The inspector shows every call and delivery: {workspace.url}inspector",
            "",
            "Point your app at it:",
            f"  SLACK_API_URL={workspace.api_url}",
            *(f"  {name}={value}" for name, value in _settings(config.bot).items()),
            *_people(config),
            "",
            "Ctrl-C ends it.",
        )
    )


def _settings(bot: Bot) -> dict[str, str]:
    """The words an app needs, by the names that apps commonly read them from."""
    road = (
        {"SLACK_SIGNING_SECRET": bot.signing_secret}
        if bot.request_urls
        else {"SLACK_APP_TOKEN": bot.app_token}
    )
    return {"SLACK_BOT_TOKEN": bot.bot_token, **road}


def _people(config: WorkspaceConfig) -> tuple[str, ...]:
    if config.people:
        return ()
    return ("", "Nobody is in it yet: add people to the description.")

"""The stage: where a bot's process runs, and on which clock.

It owns the environment and the arguments of a bot's processes for a workspace. It must not know
the script.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SharedClock
from bot.rehearsal.crew import Crew
from bot.rehearsal.nursery import SteeredBot
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID, COMMAND, administrators
from bot.settings import WHERE_TO_GET
from store.importing.programme import Programme
from workspace.server import Workspace

ANSWERS = "answers"
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy")


def environment_for(
    workspace: Workspace, programme: Programme, database_url: str
) -> dict[str, str]:
    """The bot's environment: this machine's, without proxies, with the workspace's settings."""
    bot = workspace.core.config.bot
    own = {*PROXIES, *WHERE_TO_GET}
    inherited = {name: value for name, value in os.environ.items() if name not in own}
    return {
        **inherited,
        "SLACK_BOT_TOKEN": bot.bot_token,
        "SLACK_APP_TOKEN": bot.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": database_url,
        "BOARD_CHANNEL": BOARD_ID,
        "CENTRAL_CHANNEL": CENTRAL_ID,
        "CENTRAL_TEAM": ",".join(one.slack_id for one in administrators(programme)),
        "SLASH_COMMAND": COMMAND,
    }


@dataclass(frozen=True, slots=True)
class Stage:
    """What the processes of one bot share: Slack, the records and the time."""

    workspace: Workspace
    programme: Programme
    database_url: str
    clock: SharedClock
    folder: Path

    def crew(self, workers: int) -> Crew:
        """The bot in one process; or in one that only answers, and so many workers."""
        if not workers:
            return Crew({ANSWERS: self._process(ANSWERS, "run")})
        members = {ANSWERS: self._process(ANSWERS, "run", "--no-work")}
        names = [f"worker-{number}" for number in range(1, workers + 1)]
        return Crew(members | {name: self._process(name, "worker") for name in names})

    def _process(self, name: str, *command: str) -> SteeredBot:
        how = ("--steered", "--clock", str(self.clock.path), "--name", name)
        environment = environment_for(self.workspace, self.programme, self.database_url)
        return SteeredBot(environment, (*command, *how), self.folder / f"{name}.log")

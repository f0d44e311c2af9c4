"""A command as typed, and how each is written when it is written well.

It owns reading what every subcommand reads alike. It must not know any flow.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.context import Context
from handlers.words import WordsNotUnderstoodError, quarter_in
from messages.notices.refusals import NotUnderstood
from rules.quarters import Quarter

PERSON = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>")

EXAMPLES: dict[str, str] = {
    "status": "status 2008/09 Q2",
    "target": "target LAA1-03",
    "history": "history LAA1-03",
    "returns": "returns 2008/09 Q2",
    "extend": "extend @somebody until 5 November because the survey is late",
    "remind": "remind all",
    "open": "open 2008/09 Q2 due 21 October board 19 November",
    "calendar": "calendar 2008/09 Q2",
    "escalations": "escalations 2008/09 Q2",
    "actions": "actions overdue",
    "partnership": "partnership Children 2008/09 Q2",
    "digest preview": "digest preview 2008/09 Q2",
    "digest post": "digest post 2008/09 Q2",
    "pause": "pause 2008/09 Q2",
    "resume": "resume 2008/09 Q2 board 26 November",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as typed: who, the words after the subcommand, and Slack's mark of this one."""

    context: Context
    slack_id: str
    words: str
    occasion: str

    @property
    def quarter(self) -> Quarter | None:
        """The quarter in the words, or none where they name none."""
        return quarter_in(self.words, self.today)[0]

    @property
    def only_quarter(self) -> Quarter | None:
        """The quarter, where the words may name nothing else.

        Raises `WordsNotUnderstoodError` for words that would be passed over.
        """
        if self.rest:
            raise WordsNotUnderstoodError(f"“{self.rest}” is not something I can read here.")
        return self.quarter

    @property
    def rest(self) -> str:
        """The words beside the quarter."""
        return quarter_in(self.words, self.today)[1]

    @property
    def today(self) -> date:
        """The day it is in UTC, which is near enough to tell which quarter has ended."""
        return self.context.clock.now().date()

    def unclear(self, name: str, why: str = "") -> NotUnderstood:
        """The answer to words that cannot be read, with how the command is written."""
        return NotUnderstood(why, f"{self.context.command} {EXAMPLES[name]}")

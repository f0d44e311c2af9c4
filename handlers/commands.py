"""The slash command: its words become one flow's arguments, and the flow's answer is said.

It owns the table of subcommands and the reading of their words. Unknown words get help.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from flows import answers, run_quarter, target_answer
from flows.run_quarter import Opening
from handlers.answering import in_reply
from handlers.call import Call
from handlers.context import Context
from handlers.importing import on_export, on_import
from handlers.words import DayNotUnderstoodError, WordsNotUnderstoodError, quarter_in, read_day
from messages.notices import Notice
from messages.notices.refusals import NotUnderstood
from rules.quarters import Quarter, QuarterNotUnderstoodError

PERSON = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>")


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


async def on_command(context: Context, call: Call) -> None:
    """The command was typed: find its subcommand, ask its flow, say the answer."""
    text = " ".join(str(call.body.get("text") or "").split())
    name, words = _split(text)
    if name in OPENING:
        await OPENING[name](context, call)
        return
    asked = Asked(context, call.slack_id, words if name else text, call.trigger)
    await in_reply(context, call, _answer(name, asked))


async def _answer(name: str, asked: Asked) -> Notice:
    try:
        return await SUBCOMMANDS.get(name, _help)(asked)
    except (QuarterNotUnderstoodError, WordsNotUnderstoodError) as problem:
        return NotUnderstood(str(problem), f"{asked.context.command} {EXAMPLES[name]}")


def _split(text: str) -> tuple[str, str]:
    """The subcommand at the start of the words, the longest that fits, and the rest."""
    folded = f"{text.casefold()} "
    fits = [name for name in COMMANDS if folded.startswith(f"{name} ")]
    name = max(fits, key=len, default="")
    return name, text[len(name) :].strip()


async def _help(asked: Asked) -> Notice:
    context = asked.context
    return await context.desk.read(
        answers.help_, asked.slack_id, context.command, asked.words, context.clock.now()
    )


async def _mine(asked: Asked) -> Notice:
    return await asked.context.desk.read(answers.mine, asked.slack_id, asked.context.clock.now())


async def _status(asked: Asked) -> Notice:
    return await asked.context.desk.write(
        answers.status, asked.slack_id, asked.quarter, asked.rest, asked.context.clock.now()
    )


async def _target(asked: Asked) -> Notice:
    if not asked.rest:
        return NotUnderstood("", f"{asked.context.command} {EXAMPLES['target']}")
    return await asked.context.desk.write(
        target_answer.target, asked.slack_id, asked.rest, asked.quarter, asked.context.clock.now()
    )


async def _remind(asked: Asked) -> Notice:
    if not asked.words:
        return NotUnderstood("", f"{asked.context.command} {EXAMPLES['remind']}")
    named = PERSON.fullmatch(asked.words)
    return await asked.context.desk.write(
        run_quarter.remind_now,
        asked.slack_id,
        named["id"] if named else asked.words,
        asked.occasion,
        asked.context.clock.now(),
    )


async def _open(asked: Asked) -> Notice:
    if asked.quarter is None:
        return NotUnderstood("", f"{asked.context.command} {EXAMPLES['open']}")
    opening = _opening(asked.quarter, asked.rest, asked.today)
    return await asked.context.desk.write(
        run_quarter.open_by_hand, asked.slack_id, opening, asked.context.clock.now()
    )


async def _calendar(asked: Asked) -> Notice:
    return await asked.context.desk.read(
        answers.calendar, asked.only_quarter, asked.context.clock.now()
    )


async def _escalations(asked: Asked) -> Notice:
    return await asked.context.desk.write(
        answers.escalations, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


async def _preview(asked: Asked) -> Notice:
    return await asked.context.desk.write(
        run_quarter.preview,
        asked.slack_id,
        asked.only_quarter,
        asked.occasion,
        asked.context.clock.now(),
    )


async def _post(asked: Asked) -> Notice:
    return await asked.context.desk.write(
        run_quarter.post, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


def _opening(quarter: Quarter, words: str, today: date) -> Opening:
    """Read `due DATE` and `board DATE` in any order. Raises `DayNotUnderstoodError`."""
    found: dict[str, date] = {}
    pieces = re.split(r"\b(due|board)\b", words, flags=re.IGNORECASE)
    if pieces[0].strip():
        raise DayNotUnderstoodError(pieces[0])
    for name, day in zip(pieces[1::2], pieces[2::2], strict=True):
        if name.casefold() in found:
            raise WordsNotUnderstoodError(f"There are two days after “{name}”. Give one.")
        found[name.casefold()] = read_day(day, today)
    return Opening(quarter, found.get("due"), found.get("board"))


Subcommand = Callable[[Asked], Awaitable[Notice]]

SUBCOMMANDS: dict[str, Subcommand] = {
    "help": _help,
    "mine": _mine,
    "status": _status,
    "target": _target,
    "remind": _remind,
    "open": _open,
    "calendar": _calendar,
    "escalations": _escalations,
    "digest preview": _preview,
    "digest post": _post,
}

OPENING: dict[str, Callable[[Context, Call], Awaitable[None]]] = {
    "import": on_import,
    "export": on_export,
}
"""Subcommands that acknowledge first: a form opens, or a file is sent."""

COMMANDS = (*SUBCOMMANDS, *OPENING)

EXAMPLES: dict[str, str] = {
    "status": "status 2008/09 Q2",
    "target": "target LAA1-03",
    "remind": "remind all",
    "open": "open 2008/09 Q2 due 21 October board 19 November",
    "calendar": "calendar 2008/09 Q2",
    "escalations": "escalations 2008/09 Q2",
    "digest preview": "digest preview 2008/09 Q2",
    "digest post": "digest post 2008/09 Q2",
}

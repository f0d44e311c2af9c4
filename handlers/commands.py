"""The slash command: its words become one flow's arguments, and the flow's answer is said.

It owns the table of subcommands and the reading of their words. Unknown words get help.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from flows import (
    actions,
    answers,
    extend,
    partnership,
    pause,
    return_history,
    returns_list,
    run_quarter,
    target_answer,
)
from flows.home.gather import home
from flows.run_quarter import Opening
from flows.setup.admission import admitted
from flows.setup.check import check_setup
from flows.standing import Asker
from handlers.answering import in_reply
from handlers.call import Call
from handlers.context import Context
from handlers.extension_words import read_extension
from handlers.importing import on_export, on_import
from handlers.leave import open_away
from handlers.setup.areas import offered
from handlers.words import DayNotUnderstoodError, WordsNotUnderstoodError, quarter_in, read_day
from messages.forms.home_pages import as_answer
from messages.forms.record_page import on_one_page
from messages.notices import Notice
from messages.notices.home import Home
from messages.notices.partnership import PartnershipRecord
from messages.notices.refusals import NotUnderstood
from messages.notices.setup import SetupMenu
from rules.actions import Which
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
        await call.ack()
        await OPENING[name](context, call, words)
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
    found = await asked.context.desk.read(home, asked.slack_id, asked.context.clock.now())
    return as_answer(found) if isinstance(found, Home) else found


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


async def _history(asked: Asked) -> Notice:
    if not asked.rest:
        return NotUnderstood("", f"{asked.context.command} {EXAMPLES['history']}")
    return await asked.context.desk.write(
        return_history.history,
        asked.slack_id,
        asked.rest,
        asked.quarter,
        asked.context.clock.now(),
    )


async def _returns(asked: Asked) -> Notice:
    return await asked.context.desk.write(
        returns_list.listed, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


async def _extend(asked: Asked) -> Notice:
    wanted = read_extension(asked.words, asked.today)
    now = asked.context.clock.now()
    quarter = wanted.quarter
    if quarter is None:
        quarter = await asked.context.desk.read(answers.current_quarter, now)
    return await asked.context.desk.write(
        extend.by_slack_id,
        asked.slack_id,
        wanted.person,
        quarter,
        wanted.until,
        wanted.reason,
        now,
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


async def _pause(asked: Asked) -> Notice:
    return await asked.context.desk.write(
        pause.pause, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


async def _resume(asked: Asked) -> Notice:
    board = None
    if asked.rest:
        named, _, day = asked.rest.partition(" ")
        if named.casefold() != "board":
            raise WordsNotUnderstoodError(f"“{asked.rest}” is not something I can read here.")
        board = read_day(day, asked.today)
    return await asked.context.desk.write(
        pause.resume, asked.slack_id, asked.quarter, board, asked.context.clock.now()
    )


async def _setup(asked: Asked) -> Notice:
    context = asked.context
    who = await context.desk.write(admitted, asked.slack_id, context.clock.now())
    return SetupMenu(offered()) if isinstance(who, Asker) else who


async def _check(asked: Asked) -> Notice:
    return await asked.context.desk.write(check_setup, asked.slack_id, asked.context.clock.now())


async def _actions(asked: Asked) -> Notice:
    word = asked.words.casefold() or Which.OPEN
    if word not in set(Which):
        return NotUnderstood(
            f"“{asked.words}” is not something I can read here.",
            f"{asked.context.command} {EXAMPLES['actions']}",
        )
    return await asked.context.desk.write(
        actions.listed, asked.slack_id, Which(word), asked.context.clock.now()
    )


async def _partnership(asked: Asked) -> Notice:
    found = await asked.context.desk.write(
        partnership.partnership,
        asked.slack_id,
        asked.rest,
        asked.quarter,
        asked.context.clock.now(),
    )
    if not isinstance(found, PartnershipRecord):
        return found
    return on_one_page(found, await asked.context.say_as_answer())


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


async def _import(context: Context, call: Call, _words: str) -> None:
    await on_import(context, call)


async def _export(context: Context, call: Call, _words: str) -> None:
    await on_export(context, call)


async def _away(context: Context, call: Call, words: str) -> None:
    named = PERSON.fullmatch(words)
    # Words that name nobody name nobody the bot could know.
    await open_away(context, call, named["id"] if named else words)


Opener = Callable[[Context, Call, str], Awaitable[None]]

OPENING: dict[str, Opener] = {
    "away": _away,
    "import": _import,
    "export": _export,
}
"""Subcommands that are acknowledged first: a form opens, or a file is sent."""
"""Subcommands that open a form: acknowledged first, as a form may take a moment to open."""

Subcommand = Callable[[Asked], Awaitable[Notice]]

SUBCOMMANDS: dict[str, Subcommand] = {
    "help": _help,
    "mine": _mine,
    "status": _status,
    "target": _target,
    "history": _history,
    "returns": _returns,
    "extend": _extend,
    "remind": _remind,
    "open": _open,
    "calendar": _calendar,
    "escalations": _escalations,
    "actions": _actions,
    "partnership": _partnership,
    "digest preview": _preview,
    "digest post": _post,
    "pause": _pause,
    "resume": _resume,
    "setup": _setup,
    "check": _check,
}

COMMANDS = (*SUBCOMMANDS, *OPENING)

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

"""The slash command: its words become one flow's arguments, and the flow's answer is said.

It owns the table of subcommands. Unknown words get help.
"""

from collections.abc import Awaitable, Callable

from handlers.answering import in_reply
from handlers.asked import Asked
from handlers.call import Call
from handlers.context import Context
from handlers.subcommands import lookups, opening, running
from handlers.words import WordsNotUnderstoodError
from messages.notices import Notice
from rules.quarters import QuarterNotUnderstoodError


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
        return await SUBCOMMANDS.get(name, lookups.help_)(asked)
    except (QuarterNotUnderstoodError, WordsNotUnderstoodError) as problem:
        return asked.unclear(name, str(problem))


def _split(text: str) -> tuple[str, str]:
    """The subcommand at the start of the words, the longest that fits, and the rest."""
    folded = f"{text.casefold()} "
    fits = [name for name in COMMANDS if folded.startswith(f"{name} ")]
    name = max(fits, key=len, default="")
    return name, text[len(name) :].strip()


Opener = Callable[[Context, Call, str], Awaitable[None]]
Subcommand = Callable[[Asked], Awaitable[Notice]]

OPENING: dict[str, Opener] = {
    "away": opening.away,
    "import": opening.import_,
    "export": opening.export,
}

SUBCOMMANDS: dict[str, Subcommand] = {
    "help": lookups.help_,
    "mine": lookups.mine,
    "status": lookups.status,
    "target": lookups.target,
    "history": lookups.history,
    "returns": lookups.returns,
    "extend": running.extend,
    "remind": running.remind,
    "open": running.open_,
    "calendar": lookups.calendar,
    "escalations": lookups.escalations,
    "actions": lookups.actions,
    "partnership": lookups.partnership,
    "digest preview": running.preview,
    "digest post": running.post,
    "pause": running.pause,
    "resume": running.resume,
    "setup": running.setup,
    "check": running.check,
}

COMMANDS = (*SUBCOMMANDS, *OPENING)

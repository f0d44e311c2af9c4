"""Subcommands that are acknowledged first: a form opens, or a file is sent."""

from handlers.asked import PERSON
from handlers.call import Call
from handlers.context import Context
from handlers.importing import on_export, on_import
from handlers.leave import open_away


async def import_(context: Context, call: Call, _words: str) -> None:
    """The form for a file."""
    await on_import(context, call)


async def export(context: Context, call: Call, _words: str) -> None:
    """Everything in a workbook."""
    await on_export(context, call)


async def away(context: Context, call: Call, words: str) -> None:
    """The form for days away."""
    named = PERSON.fullmatch(words)
    # Words that name nobody name nobody the bot could know.
    await open_away(context, call, named["id"] if named else words)

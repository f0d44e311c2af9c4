"""The compiler from readable markup to Slack's Block Kit.

It owns Slack's limits and escaping for everything the bot says. It must not know any notice.
"""

from collections.abc import Iterator

from messages.markup.blocks import MAKERS, Piece
from messages.markup.inline import Directory
from messages.markup.parts import Payload, payloads, unparted
from messages.markup.table import table
from messages.markup.tree import MarkupError, parse

__all__ = ["Directory", "MarkupError", "Payload", "compiled", "whole"]


def compiled(
    source: str, directory: Directory, *, tables: bool = True, foot: str = ""
) -> tuple[Payload, ...]:
    """Markup as messages for Slack, within every limit.

    `tables` says whether Slack's own table block may be used; without it a table is lines of
    text. `foot` is markup of buttons for the end of the first message. Raises `MarkupError` for
    markup that is wrong or says nothing.
    """
    last = _pieces(foot, directory, tables=False) if foot else ()
    found = payloads(_pieces(source, directory, tables=tables), tuple(last))
    if not found:
        raise MarkupError("A message must say something.")
    return found


def whole(source: str, directory: Directory) -> Payload:
    """Markup as the blocks of one view, however many: whoever shows them counts them.

    Raises `MarkupError` for markup that is wrong.
    """
    return unparted(_pieces(source, directory, tables=False))


def _pieces(source: str, directory: Directory, *, tables: bool) -> Iterator[Piece]:
    for element in parse(source):
        if element.tag == "table":
            yield from table(element, directory, native=tables)
        else:
            yield from MAKERS[element.tag](element, directory)

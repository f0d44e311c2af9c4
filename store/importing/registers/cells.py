"""Cells that a spreadsheet would take for a formula, made harmless and read back unchanged.

It owns the one rule for both ways (reliability paper, decision 12): an apostrophe goes before
what begins with a formula's mark, and comes off again. Figures are left alone.
"""

import re
import unicodedata

_DANGER = "=+\\-@\t\r＝＋－＠﹢﹣﹫"  # noqa: RUF001  # their full-width and small forms, too
_BEGINS = re.compile(f"'*[{_DANGER}]")
_GUARDED = re.compile(f"'+[{_DANGER}]")
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NOT_IN_XML = frozenset("\ufffe\uffff")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    if _FIGURE.fullmatch(text) or not _BEGINS.match(text):
        return text
    return f"'{text}"


def as_meant(cell: str) -> str:
    """The text of a cell, as it was before it was made harmless."""
    return cell[1:] if _GUARDED.match(cell) else cell


def tidy(text: str) -> str:
    """A text as every form keeps it: trimmed, one kind of line end, nothing invisible."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (mark for mark in lined if mark in "\n\t" or _is_kept(mark))
    return "".join(kept).strip()


def _is_kept(mark: str) -> bool:
    return unicodedata.category(mark) not in {"Cc", "Cs"} and mark not in _NOT_IN_XML

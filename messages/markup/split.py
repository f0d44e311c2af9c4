"""Splitting of text that is longer than a block may be: nothing is left out, nothing repeated.

It owns where a cut may fall: after a line, else after a word, else between two characters
that are seen as two.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from messages.markup.inline import Run
from messages.markup.limits import weight

_JOINER: Final = "\u200d"


def split_text(text: str, limit: int) -> tuple[str, ...]:
    """Text in stretches of at most `limit` (`limits.weight`), which joined give the text again.

    `limit` must hold one escaped character (five bytes).
    """
    stretches = []
    while weight(text) > limit:
        end = _cut(text, _longest(text, limit))
        stretches.append(text[:end])
        text = text[end:]
    return (*stretches, text) if text else tuple(stretches)


def split_runs(found: tuple[Run, ...], limit: int) -> Iterator[tuple[Run, ...]]:
    """Runs in groups of at most `limit` each. A mention is never cut in two."""
    group: list[Run] = []
    used = 0
    for run in _short_runs(found, limit):
        size = weight(run.text)
        if group and used + size > limit:
            yield tuple(group)
            group, used = [], 0
        group.append(run)
        used += size
    if group:
        yield tuple(group)


def _short_runs(found: tuple[Run, ...], limit: int) -> Iterator[Run]:
    for run in found:
        for stretch in (run.text,) if run.mention else split_text(run.text, limit):
            yield replace(run, text=stretch)


def _longest(text: str, limit: int) -> int:
    """The length of the longest beginning within the limit; a character weighs at least one."""
    lengths = range(min(len(text), limit) + 1)
    return bisect_right(lengths, limit, key=lambda length: weight(text[:length])) - 1


def _cut(text: str, longest: int) -> int:
    head = text[:longest]
    for mark in ("\n", " "):
        end = head.rfind(mark) + 1
        if end * 2 > longest:
            return end
    end = longest
    while end > 1 and _belongs_to_the_last(text, end):
        end -= 1
    return end if end > 1 else longest


def _belongs_to_the_last(text: str, index: int) -> bool:
    char = text[index]
    joined = char == _JOINER or text[index - 1] == _JOINER
    return joined or bool(unicodedata.combining(char)) or "\ufe00" <= char <= "\ufe0f"

"""Cleaning of text that people typed, once, where it enters, and again before it is shown.

It owns which characters are taken out. It must not judge what was said, nor shorten it.
"""

import re
import unicodedata
from typing import Final

_CONTROL: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_DIRECTION: Final = r"\u202a-\u202e\u2066-\u2069"
_NOT_IN_XML: Final = r"\ud800-\udfff\ufffe\uffff"
_UNWANTED: Final = re.compile(f"[{_CONTROL}{_DIRECTION}{_NOT_IN_XML}]")

# Letters and symbols by their class that nevertheless draw nothing.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE_CLASSES: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Cn"})


def cleaned(text: str) -> str:
    """Text as it is kept: printable, composed (NFC), with no space at either end.

    Text of nothing but spaces and zero-width characters is empty.
    """
    composed = unicodedata.normalize("NFC", printable(text)).strip()
    return composed if is_visible(composed) else ""


def printable(text: str) -> str:
    """Text without what XML cannot hold or what turns the reading direction of a line.

    Line ends become one newline each; tabs stay.
    """
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_visible(text: str) -> bool:
    """Whether a reader would see anything at all."""
    return any(
        unicodedata.category(char) not in _INVISIBLE_CLASSES and char not in _BLANK for char in text
    )

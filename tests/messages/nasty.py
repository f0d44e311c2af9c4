"""Texts that have broken other programs, and a way to put one into every text of a notice."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import strategies as st

NASTY = (
    "&" * 3_000,
    "<!channel> <!here> <!subteam^S123|team>",
    "<@U123> <#C123> <https://evil.example|bank.gov.uk>",
    "&lt;!channel&gt; &amp;amp;",
    "*bold* _italic_ ~struck~ `code",
    "> quoted\n```unclosed",
    "\u202egnitirw desrever\u2066 isolated",
    "\u200b\u200d\ufeff",
    "before\x00after\x1b[31m\x08",
    "half a character \ud83d and the other \ude00",
    "\N{PILE OF POO}" * 3_000,
    "e" + "\u0301" * 500,
    " \t\n\r\n ",
    "",
    "=HYPERLINK('https://evil.example')",
    "{{7*7}} {% raw %} {# gone #} ${7*7}",
    "Robert'); DROP TABLE targets;--",
    "]]> <!-- <message> </message> <![CDATA[ &#0; &nope;",
    ":tada: :skull: http://example.org @channel #general",
    "one\ntwo\r\nthree\rfour\u2028five\x85six\x0bseven",
    "word " * 900,
    "x" * 7_000,
    "\ufffe\uffff\ufdd0",
    "👩‍👩‍👧‍👦" * 400,
    "مرحبا " * 600,
)

# These hold one of a few words of our own, never what a person typed.
_CLOSED = frozenset(
    {"audience", "next_step", "words_for", "who_can", "measured", "setting", "kind_code"}
)

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=400),
    st.text(alphabet="<>&!@#|*_~`\"'{}%:\n \u200d\u0301\N{PILE OF POO}", max_size=4_000),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Mn", "So"]), max_size=200),
)


def spoiled(value: Any, text: str) -> Any:
    """The same value with the text in every place where a text stands."""
    if type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(spoiled(part, text) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = {
            field.name: spoiled(getattr(value, field.name), text)
            for field in fields(value)
            if field.name not in _CLOSED
        }
        return replace(value, **kept)
    return value

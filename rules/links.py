"""Links as people paste them: which ones are taken (specification §6, evidence)."""

from typing import Final
from urllib.parse import urlsplit

LONGEST_LINK: Final = 2_000
"""Characters of a link: a little under what Slack takes."""


def is_link(text: str) -> bool:
    """Whether a text is one web address, with http or https and a host."""
    if not text or len(text) > LONGEST_LINK or any(sign.isspace() for sign in text):
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # reading a port that is none raises
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)

"""How long a text is to Slack: after escaping, in the larger of two countings."""

import re

BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")


def units(text: str) -> int:
    """Count characters or UTF-16 units, whichever is more: Slack does not say which it takes."""
    return max(len(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


def escaped_length(text: str, *, markup: bool) -> int:
    """Count a text as Slack keeps it: entities stand, bare signs are escaped.

    In markup ``<`` and ``>`` are taken as control signs and counted as one.
    """
    kept = BARE_AMPERSAND.sub("&amp;", text)
    if not markup:
        kept = kept.replace("<", "&lt;").replace(">", "&gt;")
    return units(kept)

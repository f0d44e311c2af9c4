"""Which addresses are on this machine. Owns the names of loopback; opens nothing."""

from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_on_this_machine(url: str) -> bool:
    """Tell whether a web address surely leads to this machine."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in LOOPBACK

"""Two facts of this installation: its own secret, and when a programme was first loaded.

It owns these two rows. The secret never leaves the database but as an HMAC.
"""

import secrets
from datetime import datetime

from sqlmodel import Session

from store.once import insert_once
from store.tables import Setting

SECRET = "delivery_secret"  # noqa: S105  # the name of a row, not a secret
LOADED = "programme_loaded_at"


def delivery_secret(session: Session, now: datetime) -> bytes:
    """The secret that makes message keys opaque: made at first use, the same from then on."""
    insert_once(session, Setting, name=SECRET, value=secrets.token_hex(32), changed_at=now)
    return bytes.fromhex(session.get_one(Setting, SECRET).value)


def mark_loaded(session: Session, now: datetime) -> None:
    """Remember when a programme was loaded for the first time."""
    insert_once(session, Setting, name=LOADED, value=now.isoformat(), changed_at=now)


def loaded_at(session: Session) -> datetime | None:
    """When a programme was first loaded, or none.

    Windows whose opening day had passed by then are opened by hand.
    """
    kept = session.get(Setting, LOADED)
    return datetime.fromisoformat(kept.value) if kept else None

"""The installation's own secret, which turns message keys into opaque ones.

It owns one setting. The secret never leaves the database but as an HMAC.
"""

import secrets
from datetime import datetime

from sqlmodel import Session

from store.once import insert_once
from store.tables import Setting

NAME = "delivery_secret"


def delivery_secret(session: Session, now: datetime) -> bytes:
    """The secret, made at first use and the same from then on."""
    insert_once(session, Setting, name=NAME, value=secrets.token_hex(32), changed_at=now)
    return bytes.fromhex(session.get_one(Setting, NAME).value)

"""The outbox: what must be said, under keys that exist once, and how far each has got.

It owns the states of a delivery (`PENDING → SENDING → SENT`, `UNKNOWN` after an unclear
reply, `PARKED` when a person is needed). It must not render, call Slack or decide how long
to wait: instants and outcomes are handed in by the sender.
"""

from store.outbox.doubting import doubt
from store.outbox.keeping import add_parts, body_of, edit, kept_under, keys_of, post
from store.outbox.ledger import LedgerLine, Said, ledger, said_to_people
from store.outbox.outcomes import park, plainly, refused, sent, unknown
from store.outbox.parked import Aside, aside, key_of, put_back
from store.outbox.queue import EDITS, OPENS, POSTS, claim, look, next_ready
from store.outbox.resting import Resting, move, ready_between, resting, withdraw
from store.outbox.rows import Delivery, Outgoing, part_key, recipient
from store.outbox.standing import StandingMessage, standing_at
from store.outbox.standing import before as sent_before
from store.outbox.strays import expire, recall

__all__ = [
    "EDITS",
    "OPENS",
    "POSTS",
    "Aside",
    "Delivery",
    "LedgerLine",
    "Outgoing",
    "Resting",
    "Said",
    "StandingMessage",
    "add_parts",
    "aside",
    "body_of",
    "claim",
    "doubt",
    "edit",
    "expire",
    "kept_under",
    "key_of",
    "keys_of",
    "ledger",
    "look",
    "move",
    "next_ready",
    "park",
    "part_key",
    "plainly",
    "post",
    "put_back",
    "ready_between",
    "recall",
    "recipient",
    "refused",
    "resting",
    "said_to_people",
    "sent",
    "sent_before",
    "standing_at",
    "unknown",
    "withdraw",
]

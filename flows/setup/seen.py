"""A mark of how something stood when its form was opened, to notice what changed since.

It owns the mark only: a short check of the record's own text.
"""

import hashlib

from store import audit

MARK_LENGTH = 16


def mark(record: object) -> str:
    """The mark of a record as it stands."""
    return hashlib.sha256(audit.as_text(record).encode()).hexdigest()[:MARK_LENGTH]

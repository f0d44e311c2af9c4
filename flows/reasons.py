"""Why a version of a return was made, where nobody typed a reason.

It owns these words, which are part of the record: a history and an export read by themselves.
"""

from typing import Final

CHANGED_BY_LEAD: Final = "Changed by its lead before the close"
LATE: Final = "Sent in late, with the central team's leave"
LEFT: Final = "Sent back, and not sent in again before the window closed"

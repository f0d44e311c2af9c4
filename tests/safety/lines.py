"""The safety lines, all of them. Each text is copied from its file as it stands."""

from tests.safety.answering import ANSWERING
from tests.safety.keeping import KEEPING, UPGRADING
from tests.safety.sending import SENDING

LINES = (*SENDING, *ANSWERING, *KEEPING, *UPGRADING)

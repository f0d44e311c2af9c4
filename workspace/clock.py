"""The clock that is handed in. This file may not read one."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Whatever knows the time: the wall clock's owner, or a clock moved by hand."""

    def now(self) -> datetime:
        """Give the present instant, aware, in UTC."""
        ...

"""Everything the records hold is handed out, in the forms it is imported in.

It owns this use case. It must not write a file.
"""

from sqlmodel import Session

from store.exporting.sheets import Sheet, sheets_of


def everything(session: Session) -> tuple[Sheet, ...]:
    """Every form that something stands of."""
    return sheets_of(session)

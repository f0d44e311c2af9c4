"""Alembic's environment, on the connection and transaction that `store/migrate.py` opened.

It owns nothing but that hand-over: no file of settings, no URL, no engine of its own.
"""

from alembic import context
from sqlmodel import SQLModel

import store.tables as _tables  # noqa: F401  # fills the metadata that steps are compared with

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    # Ours begin explicitly, so SQLite takes the whole step back when it fails.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

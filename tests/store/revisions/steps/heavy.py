"""A step far heavier than any of ours: it rebuilds the biggest tables and every parent.

On SQLite each table is made anew, filled, dropped and renamed, as batch mode does; on
PostgreSQL every row is written again. It owns no table that the triggers guard.
"""

import sqlalchemy as sa
from alembic import op

from store import migrate

revision = "heavy"
down_revision = migrate.newest()
branch_labels = None
depends_on = None

REBUILT = (
    "action",
    "block",
    "partnership",
    "person",
    "target_kind",
    "target",
    "proxy_measure",
    "escalation",
    "outbox",
    "role_assignment",
)


def upgrade() -> None:
    """Give each table one more column, and every row of it a word there."""
    on_sqlite = op.get_context().dialect.name == "sqlite"
    for table in REBUILT:
        with op.batch_alter_table(table, recreate="always" if on_sqlite else "never") as batch:
            batch.add_column(sa.Column("remark", sa.Text(), nullable=True))
        op.execute(sa.update(sa.table(table, sa.column("remark"))).values(remark="moved"))


def downgrade() -> None:
    """There is no way back."""
    raise NotImplementedError("Restore a copy instead.")

"""What answering a quarter needs: leave, snoozes, extensions, proposals, set-up facts, forms."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _more_columns()
    _people()
    _returns()
    _moves()
    _targets()
    _gathering()
    _returns_stay_as_they_were_said()


def downgrade() -> None:
    raise NotImplementedError("Restore the copy made before the step.")


def _more_columns() -> None:
    added = {
        "person": (_column("day_starts", sa.Time()), _column("day_ends", sa.Time())),
        "quarter": (_column("paused_at", INSTANT), _column("paused_by", sa.Integer())),
        "quarterly_return": (_words("why"), _words("evidence")),
        "draft": (_column("figure_at", INSTANT), _column("commentary_at", INSTANT)),
        "action": (_words("districts"),),
        "target": (
            _words("pledge"),
            _words("strategic_objective"),
            _words("related_psa"),
            *(_tick(name) for name in SMART),
            _column("baseline_value", sa.String(40)),
            _column("baseline_on", sa.Date()),
            _column("end_value", sa.String(40)),
            _column("end_on", sa.Date()),
            _column("range_low", sa.String(40)),
            _column("range_high", sa.String(40)),
            _column("benchmark_value", sa.String(40)),
            _words("benchmark_source"),
            _words("affected_groups"),
            _words("fund_note"),
        ),
    }
    for table, columns in added.items():
        for column in columns:
            op.add_column(table, column)
    op.create_index("ix_outbox_ts", "outbox", ["ts"])
    # Nobody could choose a zone before: everybody's follows the programme's from now on.
    op.execute(sa.text("UPDATE person SET zone = ''"))


SMART = ("specific", "measurable", "achievable", "relevant", "time_bound")


def _column(name: str, kind: object) -> sa.Column:
    return sa.Column(name, kind, nullable=True)


def _words(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _tick(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _people() -> None:
    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends >= starts", name="ck_leave_dates"),
        sa.CheckConstraint(
            "delegate_id IS NULL OR delegate_id != person_id", name="ck_leave_delegate_is_another"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_leave_person_id"),
        sa.ForeignKeyConstraint(["delegate_id"], ["person.id"], name="fk_leave_delegate_id"),
        sa.PrimaryKeyConstraint("id", name="pk_leave"),
    )
    op.create_index("ix_leave_person", "leave", ["person_id"])
    op.create_index("ix_leave_delegate", "leave", ["delegate_id"])
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("snoozed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_snooze_target_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_snooze_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        sa.UniqueConstraint("target_id", "quarter", name="uq_snooze_once_a_target"),
    )
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_extension_person_id"),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name="fk_extension_given_by"),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
        sa.UniqueConstraint("quarter", "person_id", name="uq_extension_person"),
    )


def _returns() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.String(40), nullable=False),
        sa.Column("computed", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('TAKEN', 'WAITING', 'AGREED', 'DECLINED', 'OVERTAKEN')",
            name="ck_proposal_state",
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_proposal_target_id"),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name="fk_proposal_proposed_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_proposal_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint("target_id", "quarter", "version", name="uq_proposal_version"),
    )
    op.create_table(
        "gathered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("figure", sa.String(40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("gathered_by", sa.Integer(), nullable=True),
        sa.Column("gathered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_gathered_target_id"),
        sa.ForeignKeyConstraint(["gathered_by"], ["person.id"], name="fk_gathered_gathered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_gathered"),
        sa.UniqueConstraint("target_id", "quarter", name="uq_gathered_target_quarter"),
    )
    op.create_table(
        "action_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "state IN ('OPEN', 'IN_PROGRESS', 'DONE', 'DROPPED')", name="ck_action_update_state"
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_action_update_action_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_action_update_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_action_update"),
    )
    op.create_index("ix_action_update_action", "action_update", ["action_id"])


def _moves() -> None:
    states = (
        "'NOT_STARTED', 'DRAFT', 'SUBMITTED', 'SENT_BACK', 'ACCEPTED', 'LOCKED', 'LAPSED'"
    )
    op.create_table(
        "return_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(40), nullable=False),
        sa.Column("after", sa.String(40), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.Integer(), nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.CheckConstraint(f"before IN ({states})", name="ck_return_move_before"),
        sa.CheckConstraint(f"after IN ({states})", name="ck_return_move_after"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_return_move_target_id"),
        sa.ForeignKeyConstraint(["moved_by"], ["person.id"], name="fk_return_move_moved_by"),
        sa.PrimaryKeyConstraint("id", name="pk_return_move"),
    )
    op.create_index("ix_return_move_return", "return_move", ["target_id", "quarter"])


def _targets() -> None:
    op.create_table(
        "target_link",
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("linked_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("target_id < linked_id", name="ck_target_link_once"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_target_link_target_id"),
        sa.ForeignKeyConstraint(["linked_id"], ["target.id"], name="fk_target_link_linked_id"),
        sa.PrimaryKeyConstraint("target_id", "linked_id", name="pk_target_link"),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('INSPECTION', 'SURVEY', 'EVIDENCE', 'WORKSHOP', 'FUND', 'OTHER')",
            name="ck_note_kind",
        ),
        sa.CheckConstraint(
            "(target_id IS NULL) != (partnership_id IS NULL)", name="ck_note_about_one"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_note_target_id"),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name="fk_note_partnership_id"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_note_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_target", "note", ["target_id"])


def _gathering() -> None:
    op.create_table(
        "column_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name="fk_column_mapping_changed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_column_mapping"),
        sa.UniqueConstraint("name", name="uq_column_mapping_name"),
    )
    op.create_table(
        "light_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("managed", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("on_target", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= on_target AND on_target <= returned AND returned <= due AND due <= managed",
            name="ck_light_result_counts",
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name="fk_light_result_partnership_id"
        ),
        sa.ForeignKeyConstraint(["kind"], ["target_kind.code"], name="fk_light_result_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_light_result"),
        sa.UniqueConstraint(
            "partnership_id", "kind", "quarter", name="uq_light_result_partnership_quarter"
        ),
    )
    op.create_table(
        "spend_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("planned", sa.String(40), nullable=True),
        sa.Column("actual", sa.String(40), nullable=True),
        sa.CheckConstraint("half IN (1, 2)", name="ck_spend_line_half"),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name="fk_spend_line_block_id"),
        sa.PrimaryKeyConstraint("id", name="pk_spend_line"),
        sa.UniqueConstraint("block_id", "year", "half", name="uq_spend_line_block_half"),
    )


def _returns_stay_as_they_were_said() -> None:
    # On PostgreSQL the trigger compares whole rows; on SQLite it names every column.
    if op.get_context().dialect.name != "sqlite":
        return
    op.execute("DROP TRIGGER tr_quarterly_return_update")
    columns = [
        column["name"]
        for column in sa.inspect(op.get_bind()).get_columns("quarterly_return")
        if column["name"] != "state"
    ]
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    op.execute(
        "CREATE TRIGGER tr_quarterly_return_update BEFORE UPDATE ON quarterly_return "
        f"WHEN {changed} "
        "BEGIN SELECT RAISE(ABORT, 'quarterly_return keeps what was said'); END"
    )

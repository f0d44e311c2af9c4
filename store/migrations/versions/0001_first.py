"""Every table of the first release, with the triggers that keep the record as it was made.

A step that rebuilds `quarterly_return`, `audit_entry` or `audit_seal` in batch mode loses
their triggers on SQLite and must make them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_entry", "audit_seal")


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_table(
        "audit_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_entry", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_seal"),
        sa.UniqueConstraint("first_entry", name="uq_audit_seal_first_entry"),
    )
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_block"),
        sa.UniqueConstraint("code", name="uq_block_code"),
    )
    op.create_table(
        "digest_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("check_sum", sa.String(64), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest_issue"),
        sa.UniqueConstraint("quarter", "version", name="uq_digest_issue_version"),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_received", "inbox", ["received_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slack_user_id", sa.String(40), nullable=False),
        sa.Column("label", sa.String(300), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("direct_channel", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("slack_user_id", name="uq_person_slack_user_id"),
    )
    op.create_table(
        "quarter",
        sa.Column("label", sa.String(10), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("board", sa.Date(), nullable=True),
        sa.Column("board_confirmed", sa.Boolean(), nullable=False),
        sa.Column("dates_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('FUTURE', 'OPEN', 'CLOSED', 'FROZEN', 'PUBLISHED')", name="ck_quarter_state"
        ),
        sa.PrimaryKeyConstraint("label", name="pk_quarter"),
    )
    op.create_table(
        "stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stage"),
        sa.UniqueConstraint("quarter", "name", name="uq_stage_quarter_name"),
    )
    op.create_table(
        "target_kind",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("collected", sa.Boolean(), nullable=False),
        sa.Column("escalates", sa.Boolean(), nullable=False),
        sa.Column("carries_grant", sa.Boolean(), nullable=False),
        sa.Column("light_only", sa.Boolean(), nullable=False),
        sa.Column("agreed_first", sa.Boolean(), nullable=False),
        sa.Column("annex", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_target_kind"),
    )
    op.create_table(
        "block_focus",
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name="fk_block_focus_block_id"),
        sa.PrimaryKeyConstraint("quarter", name="pk_block_focus"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("operation", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("to_person", sa.Integer(), nullable=True),
        sa.Column("to_channel", sa.String(40), nullable=True),
        sa.Column("follows", sa.String(200), nullable=True),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("first_part", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plain", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=True),
        sa.Column("ts", sa.String(40), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(300), nullable=False),
        sa.CheckConstraint("operation IN ('POST', 'EDIT')", name="ck_outbox_operation"),
        sa.CheckConstraint("state != 'SENT' OR ts IS NOT NULL", name="ck_outbox_sent_has_ts"),
        sa.CheckConstraint(
            "state IN ('PENDING', 'SENDING', 'UNKNOWN', 'SENT', 'PARKED')", name="ck_outbox_state"
        ),
        sa.CheckConstraint(
            "(to_person IS NULL) != (to_channel IS NULL)", name="ck_outbox_one_recipient"
        ),
        sa.ForeignKeyConstraint(["to_person"], ["person.id"], name="fk_outbox_to_person"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_follows", "outbox", ["follows"], unique=False)
    op.create_index("ix_outbox_ready", "outbox", ["state", "ready_at", "id"], unique=False)
    op.create_table(
        "partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("data_sharing_agreed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name="fk_partnership_block_id"),
        sa.PrimaryKeyConstraint("id", name="pk_partnership"),
        sa.UniqueConstraint("code", name="uq_partnership_code"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name="fk_setting_changed_by"),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("ni_number", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("polarity", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("accumulation", sa.String(40), nullable=False),
        sa.Column("frequency", sa.String(40), nullable=False),
        sa.Column("due_quarters", sa.String(7), nullable=False),
        sa.Column("green_tolerance", sa.String(40), nullable=False),
        sa.Column("amber_tolerance", sa.String(40), nullable=False),
        sa.Column("tolerance_mode", sa.String(40), nullable=False),
        sa.Column("plan_basis", sa.Boolean(), nullable=False),
        sa.Column("action_plan_in_place", sa.Boolean(), nullable=False),
        sa.Column("expected_set_by", sa.Date(), nullable=True),
        sa.Column("set_reason", sa.Text(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("active_from", sa.String(10), nullable=True),
        sa.Column("active_to", sa.String(10), nullable=True),
        sa.CheckConstraint(
            "accumulation IN ('POINT_IN_TIME', 'CUMULATIVE_YTD', 'ROLLING_YEAR')",
            name="ck_target_accumulation",
        ),
        sa.CheckConstraint(
            "frequency IN ('QUARTERLY', 'BIANNUAL', 'ANNUAL', 'BIENNIAL', 'SURVEY')",
            name="ck_target_frequency",
        ),
        sa.CheckConstraint("polarity IN ('HIGHER', 'LOWER', 'RANGE')", name="ck_target_polarity"),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'TO_BE_SET', 'AGREED', 'CLOSED')", name="ck_target_state"
        ),
        sa.CheckConstraint(
            "tolerance_mode IN ('PERCENT', 'ABSOLUTE')", name="ck_target_tolerance_mode"
        ),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name="fk_target_block_id"),
        sa.ForeignKeyConstraint(["kind"], ["target_kind.code"], name="fk_target_kind"),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name="fk_target_partnership_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_target"),
        sa.UniqueConstraint("ref", name="uq_target_ref"),
    )
    op.create_index("ix_target_partnership", "target", ["partnership_id"], unique=False)
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("raised_in", sa.String(10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("update_note", sa.Text(), nullable=False),
        sa.Column("updated_in", sa.String(10), nullable=True),
        sa.CheckConstraint(
            "state IN ('OPEN', 'IN_PROGRESS', 'DONE', 'DROPPED')", name="ck_action_state"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_action_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_index("ix_action_target", "action", ["target_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("figure_step", sa.Text(), nullable=False),
        sa.Column("commentary_step", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_draft_author_id"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_draft_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("target_id", "quarter", "author_id", name="uq_draft_target_author"),
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("streak_start", sa.String(10), nullable=False),
        sa.Column("opened_in", sa.String(10), nullable=False),
        sa.Column("closed_in", sa.String(10), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "state IN ('AWAITING_ACK', 'ACKNOWLEDGED', 'RESOLVED', 'WITHDRAWN')",
            name="ck_escalation_state",
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_escalation_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_escalation"),
        sa.UniqueConstraint("target_id", "streak_start", name="uq_escalation_streak"),
    )
    op.create_table(
        "grant_potential",
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("potential_gbp", sa.Integer(), nullable=False),
        sa.Column("value_without_stretch", sa.String(40), nullable=True),
        sa.Column("value_with_stretch", sa.String(40), nullable=True),
        sa.CheckConstraint("potential_gbp >= 0", name="ck_grant_potential_amount"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_grant_potential_target_id"),
        sa.PrimaryKeyConstraint("target_id", name="pk_grant_potential"),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("profile", sa.String(40), nullable=True),
        sa.Column("low", sa.String(40), nullable=True),
        sa.Column("high", sa.String(40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "profile IS NOT NULL OR (low IS NOT NULL AND high IS NOT NULL)",
            name="ck_milestone_given",
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_milestone_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.UniqueConstraint("target_id", "quarter", name="uq_milestone_target_quarter"),
    )
    op.create_table(
        "proxy_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("polarity", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("green_tolerance", sa.String(40), nullable=False),
        sa.Column("amber_tolerance", sa.String(40), nullable=False),
        sa.Column("tolerance_mode", sa.String(40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "polarity IN ('HIGHER', 'LOWER', 'RANGE')", name="ck_proxy_measure_polarity"
        ),
        sa.CheckConstraint(
            "tolerance_mode IN ('PERCENT', 'ABSOLUTE')", name="ck_proxy_measure_tolerance_mode"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_proxy_measure_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_proxy_measure"),
    )
    op.create_index("ix_proxy_measure_target", "proxy_measure", ["target_id"], unique=False)
    op.create_table(
        "quarterly_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("computed_status", sa.String(40), nullable=True),
        sa.Column("basis", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("actual", sa.String(40), nullable=True),
        sa.Column("profile", sa.String(40), nullable=True),
        sa.Column("profile_low", sa.String(40), nullable=True),
        sa.Column("profile_high", sa.String(40), nullable=True),
        sa.Column("green_tolerance", sa.String(40), nullable=True),
        sa.Column("amber_tolerance", sa.String(40), nullable=True),
        sa.Column("tolerance_mode", sa.String(40), nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("significant_concern", sa.Boolean(), nullable=False),
        sa.Column("highest_risk", sa.Integer(), nullable=True),
        sa.Column("direction", sa.String(40), nullable=False),
        sa.Column("data_source", sa.Text(), nullable=False),
        sa.Column("data_as_at", sa.Date(), nullable=True),
        sa.Column("quality_confirmed", sa.Boolean(), nullable=False),
        sa.Column("grant_expectation", sa.String(40), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "basis IS NULL OR basis IN ('MEASURE', 'PROXY', 'DELIVERY_PLAN', 'OVERRIDE', 'DATA_GAP', 'IMPORT')",
            name="ck_quarterly_return_basis",
        ),
        sa.CheckConstraint(
            "state IN ('NOT_STARTED', 'DRAFT', 'SUBMITTED', 'SENT_BACK', 'ACCEPTED', 'LOCKED', 'LAPSED')",
            name="ck_quarterly_return_state",
        ),
        sa.CheckConstraint(
            "status IN ('RED', 'AMBER', 'GREEN', 'UNCERTAIN', 'NO_DATA', 'TARGET_TO_BE_SET', 'NOT_REQUIRED', 'NOT_SUBMITTED')",
            name="ck_quarterly_return_status",
        ),
        sa.CheckConstraint("version >= 1", name="ck_quarterly_return_version"),
        sa.ForeignKeyConstraint(
            ["on_behalf_of"], ["person.id"], name="fk_quarterly_return_on_behalf_of"
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["person.id"], name="fk_quarterly_return_submitted_by"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_quarterly_return_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_quarterly_return"),
        sa.UniqueConstraint("target_id", "quarter", "version", name="uq_quarterly_return_version"),
    )
    op.create_index("ix_quarterly_return_quarter", "quarterly_return", ["quarter"], unique=False)
    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(300), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name="ck_risk_impact"),
        sa.CheckConstraint("likelihood BETWEEN 1 AND 5", name="ck_risk_likelihood"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_risk_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_risk"),
    )
    op.create_index("ix_risk_target", "risk", ["target_id"], unique=False)
    op.create_table(
        "role_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(scope = 'BLOCK') = (block_id IS NOT NULL) AND (scope = 'PARTNERSHIP') = (partnership_id IS NOT NULL) AND (scope = 'TARGET') = (target_id IS NOT NULL)",
            name="ck_role_assignment_scope_matches",
        ),
        sa.CheckConstraint(
            "role IN ('PSB_MEMBER', 'TARGET_LEAD', 'TARGET_SPONSOR', 'BLOCK_PERFORMANCE_LEAD', 'DELIVERY_GROUP', 'LIAISON_OFFICER', 'LAA_MANAGER', 'CENTRAL_TEAM', 'DISTRICT_COORDINATOR', 'GO_CONTACT')",
            name="ck_role_assignment_role",
        ),
        sa.CheckConstraint(
            "scope IN ('NONE', 'BLOCK', 'PARTNERSHIP', 'TARGET')", name="ck_role_assignment_scope"
        ),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name="ck_role_assignment_dates"),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name="fk_role_assignment_block_id"),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name="fk_role_assignment_partnership_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_role_assignment_person_id"),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name="fk_role_assignment_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role_assignment"),
    )
    op.create_index("ix_role_assignment_person", "role_assignment", ["person_id"], unique=False)
    op.create_index(
        "uq_role_assignment_block",
        "role_assignment",
        ["block_id"],
        unique=True,
        sqlite_where=sa.text("role = 'BLOCK_PERFORMANCE_LEAD' AND ends IS NULL"),
        postgresql_where=sa.text("role = 'BLOCK_PERFORMANCE_LEAD' AND ends IS NULL"),
    )
    op.create_index(
        "uq_role_assignment_partnership",
        "role_assignment",
        ["partnership_id"],
        unique=True,
        sqlite_where=sa.text("role = 'LIAISON_OFFICER' AND ends IS NULL"),
        postgresql_where=sa.text("role = 'LIAISON_OFFICER' AND ends IS NULL"),
    )
    op.create_index(
        "uq_role_assignment_target",
        "role_assignment",
        ["target_id", "role"],
        unique=True,
        sqlite_where=sa.text(
            "role IN ('TARGET_LEAD', 'TARGET_SPONSOR') AND ends IS NULL AND scope = 'TARGET'"
        ),
        postgresql_where=sa.text(
            "role IN ('TARGET_LEAD', 'TARGET_SPONSOR') AND ends IS NULL AND scope = 'TARGET'"
        ),
    )
    op.create_table(
        "escalation_quarter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("told_under", sa.String(200), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "event IN ('NONE', 'NEW', 'CONTINUING', 'HELD', 'RESOLVED', 'WITHDRAWN')",
            name="ck_escalation_quarter_event",
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["person.id"], name="fk_escalation_quarter_acknowledged_by"
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalation.id"], name="fk_escalation_quarter_escalation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_escalation_quarter"),
        sa.UniqueConstraint("escalation_id", "quarter", name="uq_escalation_quarter"),
    )
    op.create_table(
        "proxy_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proxy_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(10), nullable=False),
        sa.Column("profile", sa.String(40), nullable=True),
        sa.Column("low", sa.String(40), nullable=True),
        sa.Column("high", sa.String(40), nullable=True),
        sa.CheckConstraint(
            "profile IS NOT NULL OR (low IS NOT NULL AND high IS NOT NULL)",
            name="ck_proxy_milestone_given",
        ),
        sa.ForeignKeyConstraint(
            ["proxy_id"], ["proxy_measure.id"], name="fk_proxy_milestone_proxy_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proxy_milestone"),
        sa.UniqueConstraint("proxy_id", "quarter", name="uq_proxy_milestone_proxy_quarter"),
    )
    if op.get_context().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    raise NotImplementedError("There is nothing before the first step. Restore a copy instead.")


def _guard_on_sqlite() -> None:
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER tr_{table}_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
    op.execute(
        "CREATE TRIGGER tr_quarterly_return_delete BEFORE DELETE ON quarterly_return "
        "BEGIN SELECT RAISE(ABORT, 'quarterly_return only grows'); END"
    )
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


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% keeps what was said', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER tr_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER tr_quarterly_return_delete BEFORE DELETE OR TRUNCATE "
        "ON quarterly_return FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER tr_quarterly_return_update BEFORE UPDATE ON quarterly_return "
        "FOR EACH ROW WHEN (to_jsonb(OLD) - 'state' IS DISTINCT FROM to_jsonb(NEW) - 'state') "
        "EXECUTE FUNCTION refuse_rewriting()"
    )

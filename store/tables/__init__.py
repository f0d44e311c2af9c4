"""The tables, by subject. Input is checked by rules first; named constraints back that up.

A row never leaves its transaction: queries hand out frozen values.
"""

from store.tables.answering import Extension, Gathered, Proposal, Snooze
from store.tables.collections import ColumnMapping, LightResult, SpendLine
from store.tables.cycle import Draft, QuarterRow, ReturnMoveRow, ReturnRow, StageRow
from store.tables.delivery import InboxRow, OutboxRow, OutboxState, RequestRow
from store.tables.escalations import EscalationQuarterRow, EscalationRow
from store.tables.people import Block, Leave, Partnership, Person, RoleAssignment
from store.tables.record import AuditEntry, AuditSeal, DigestIssue, Setting
from store.tables.targets import (
    ActionRow,
    ActionUpdateRow,
    BlockFocusRow,
    GrantPotential,
    KindRow,
    Milestone,
    Note,
    ProxyMeasure,
    ProxyMilestone,
    RiskRow,
    Target,
    TargetLink,
)

__all__ = [
    "ActionRow",
    "ActionUpdateRow",
    "AuditEntry",
    "AuditSeal",
    "Block",
    "BlockFocusRow",
    "ColumnMapping",
    "DigestIssue",
    "Draft",
    "EscalationQuarterRow",
    "EscalationRow",
    "Extension",
    "Gathered",
    "GrantPotential",
    "InboxRow",
    "KindRow",
    "Leave",
    "LightResult",
    "Milestone",
    "Note",
    "OutboxRow",
    "OutboxState",
    "Partnership",
    "Person",
    "Proposal",
    "ProxyMeasure",
    "ProxyMilestone",
    "QuarterRow",
    "RequestRow",
    "ReturnMoveRow",
    "ReturnRow",
    "RiskRow",
    "RoleAssignment",
    "Setting",
    "Snooze",
    "SpendLine",
    "StageRow",
    "Target",
    "TargetLink",
]

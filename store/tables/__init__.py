"""The tables, by subject. Input is checked by rules first; named constraints back that up.

A row never leaves its transaction: queries hand out frozen values.
"""

from store.tables.cycle import Draft, QuarterRow, ReturnRow, StageRow
from store.tables.delivery import InboxRow, OutboxRow, OutboxState, RequestRow
from store.tables.escalations import EscalationQuarterRow, EscalationRow
from store.tables.people import Block, Partnership, Person, RoleAssignment
from store.tables.record import AuditEntry, AuditSeal, DigestIssue, Setting
from store.tables.targets import (
    ActionRow,
    BlockFocusRow,
    GrantPotential,
    KindRow,
    Milestone,
    ProxyMeasure,
    ProxyMilestone,
    RiskRow,
    Target,
)

__all__ = [
    "ActionRow",
    "AuditEntry",
    "AuditSeal",
    "Block",
    "BlockFocusRow",
    "DigestIssue",
    "Draft",
    "EscalationQuarterRow",
    "EscalationRow",
    "GrantPotential",
    "InboxRow",
    "KindRow",
    "Milestone",
    "OutboxRow",
    "OutboxState",
    "Partnership",
    "Person",
    "ProxyMeasure",
    "ProxyMilestone",
    "QuarterRow",
    "RequestRow",
    "ReturnRow",
    "RiskRow",
    "RoleAssignment",
    "Setting",
    "StageRow",
    "Target",
]

"""Target kinds as data with flags (specification §1).

It owns the shape of a kind and the LAA set as a default for an empty database. No rule
names a kind: rules ask the flags, so that another framework is a matter of settings.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TargetKind:
    """One kind of target.

    `collected`: a return is asked for every due quarter. `escalates`: a second poor quarter
    escalates. `carries_grant`: the lead states a grant expectation. `light_only`: reported as
    a partnership's light and never singly. `agreed_first`: reported only once agreed.
    `annex`: the number of the annex its exceptions stand in, or none.
    """

    code: str
    label: str
    collected: bool = False
    escalates: bool = False
    carries_grant: bool = False
    light_only: bool = False
    agreed_first: bool = False
    annex: int | None = None


LAA_KINDS: tuple[TargetKind, ...] = (
    TargetKind("LAA1_STRETCH", "Stretch targets", True, True, True, annex=1),
    TargetKind("LAA1_LOCAL", "Local targets"),
    TargetKind("LAA2", "LAA2", True, True, annex=2),
    TargetKind("NATIONAL_INDICATOR", "National indicators", light_only=True),
    TargetKind("OXFORDSHIRE_2030", "Oxfordshire 2030", light_only=True, agreed_first=True),
)

"""Which figures are kept inside their partnership (requirement H12).

It owns that one question. It must not look up who belongs to a partnership: their partnerships
and roles are handed in.
"""

from collections.abc import Collection, Iterable

from rules.permissions import Capability, Holding, Matter, may


def withheld(
    holdings: Iterable[Holding],
    partnerships: Collection[str],
    matter: Matter,
    *,
    restricted: bool,
    agreed: bool,
) -> bool:
    """Whether a target's figures are withheld from a person.

    `restricted` marks the target, `agreed` says whether its partnership has agreed to share
    data. `partnerships` are the codes of those the person belongs to: they lead, sponsor or work
    on a target there, or are its liaison officer. Whoever may see the target's drafts (its lead,
    its sponsor, its block's performance lead, the LAA manager, the central team) sees its
    figures, too. For a public export there are no holdings and no partnerships.
    """
    if not restricted or agreed:
        return False
    inside = matter.partnership is not None and matter.partnership in partnerships
    return not (inside or may(holdings, Capability.SEE_DRAFTS, matter))

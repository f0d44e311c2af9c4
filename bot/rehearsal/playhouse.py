"""The workspace of a programme: its people by role, its channels and its command.

It owns turning an organisation into a workspace's description.
"""

from bot.manifest import SCOPES
from rules.vocabulary import Role
from store.importing.programme import PersonLine, Programme
from workspace.config import Bot, Channel, Command, Person, WorkspaceConfig

BOARD_ID = "CBOARD0001"
CENTRAL_ID = "CCENTRAL01"
COMMAND = "/laa"

IN_BOARD_CHANNEL = frozenset(
    {Role.PSB_MEMBER, Role.CENTRAL_TEAM, Role.LAA_MANAGER, Role.TARGET_SPONSOR}
)
IN_CENTRAL_CHANNEL = frozenset({Role.CENTRAL_TEAM, Role.LAA_MANAGER})

TITLES: dict[Role, str] = {
    Role.PSB_MEMBER: "board member",
    Role.TARGET_LEAD: "target lead",
    Role.TARGET_SPONSOR: "sponsor",
    Role.BLOCK_PERFORMANCE_LEAD: "performance lead",
    Role.DELIVERY_GROUP: "delivery group",
    Role.LIAISON_OFFICER: "liaison officer",
    Role.LAA_MANAGER: "LAA manager",
    Role.CENTRAL_TEAM: "central team",
    Role.DISTRICT_COORDINATOR: "district co-ordinator",
    Role.GO_CONTACT: "Government Office",
}


def playhouse(programme: Programme) -> WorkspaceConfig:
    """The workspace of a programme."""
    return WorkspaceConfig(
        team_name="Practice workspace",
        # With the manifest's scopes and no more, so that one that is missing shows here.
        bot=Bot(name="Quarterlight", scopes=frozenset(SCOPES)),
        people=tuple(_person(programme, line) for line in programme.people),
        channels=(
            _channel(programme, BOARD_ID, programme.channels.board or "board", IN_BOARD_CHANNEL),
            _channel(
                programme,
                CENTRAL_ID,
                programme.channels.central or "central-team",
                IN_CENTRAL_CHANNEL,
            ),
        ),
        commands=(Command(COMMAND, "Quarterly targets", "help, mine, status, target LAA1-03 …"),),
    )


def administrators(programme: Programme) -> tuple[PersonLine, ...]:
    """The central team; where the data name nobody, the LAA manager or else anybody at all."""
    for role in (Role.CENTRAL_TEAM, Role.LAA_MANAGER):
        found = tuple(line for line in programme.people if role in line.roles)
        if found:
            return found
    return programme.people[:1]


def _person(programme: Programme, line: PersonLine) -> Person:
    return Person(line.slack_id, line.label, title_of(programme, line))


def title_of(programme: Programme, line: PersonLine) -> str:
    """What a person is, in words: `target lead for LAA1-03 and LAA1-04`."""
    titles = [TITLES[role] for role in line.roles]
    over = _held(programme, line)
    return ", ".join(titles) + (f" for {over}" if over else "")


def _held(programme: Programme, line: PersonLine) -> str:
    if Role.TARGET_LEAD in line.roles:
        refs = [target.ref for target in programme.targets if target.lead == line.label]
        return " and ".join(refs)
    if line.partnership:
        names = {one.code: one.name for one in programme.partnerships}
        return names.get(line.partnership, "")
    if line.block:
        blocks = {one.code: one.name for one in programme.blocks}
        return blocks.get(line.block, "")
    return ""


def _channel(programme: Programme, channel: str, name: str, roles: frozenset[Role]) -> Channel:
    members = frozenset(
        person.slack_id for person in programme.people if roles.intersection(person.roles)
    )
    return Channel(channel, name, members)

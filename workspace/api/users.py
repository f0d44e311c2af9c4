"""users.*: who is in the workspace."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from workspace.api.paging import next_cursor, page
from workspace.config import Person
from workspace.core import Core
from workspace.wire import Code, Json, SlackError, as_text


def info(core: Core, args: Json) -> Json:
    """users.info: one person, or the app's own user."""
    wanted = as_text(args.get("user"))
    person = next((p for p in _everybody(core) if p.id == wanted), None)
    if person is None:
        raise SlackError(Code.USER_NOT_FOUND)
    return {"user": user_object(core, person)}


def list_(core: Core, args: Json) -> Json:
    """users.list: everybody, the app's user and deactivated people among them."""
    chosen, cursor = page(_everybody(core), args)
    now = int(core.clock.now().timestamp())
    return {
        "members": [user_object(core, p) for p in chosen],
        "cache_ts": now,
        **next_cursor(cursor),
    }


def _everybody(core: Core) -> list[Person]:
    bot = Person(core.bot.user_id, core.bot.name, is_bot=True)
    return [*core.team.people.values(), bot]


def user_object(core: Core, person: Person) -> Json:
    """Give a person as Slack shows them; the zone's offset is that of the handed clock's day."""
    offset = core.clock.now().astimezone(ZoneInfo(person.tz)).utcoffset() or timedelta()
    return {
        "id": person.id,
        "team_id": core.config.team_id,
        "name": handle(person),
        "real_name": person.name,
        "deleted": person.deleted,
        "tz": person.tz,
        "tz_offset": int(offset.total_seconds()),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "profile": {
            "title": person.title,
            "real_name": person.name,
            "display_name": person.name,
            "real_name_normalized": person.name,
            "display_name_normalized": person.name,
            "team": core.config.team_id,
        },
    }


def handle(person: Person) -> str:
    """Give the lower-case name Slack makes of a display name."""
    return ".".join(person.name.lower().split())

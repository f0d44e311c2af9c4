"""No target, one, 101 or 1,000: every command answers within Slack's limits, in few statements."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from flows import (
    actions,
    answers,
    extend,
    partnership,
    pause,
    return_history,
    returns_list,
    run_quarter,
    target_answer,
)
from flows.digest import compose
from flows.home.gather import home
from flows.run_quarter import Opening
from flows.setup import blocks, check, kinds, partnerships
from flows.setup.roles_over import roles_over
from flows.setup.suggest import suggest_targets
from messages.forms.home_pages import as_answer, home_tab
from messages.forms.record_page import on_one_page
from messages.gallery import Roles
from messages.markup import Payload
from messages.notices import Notice
from messages.notices.home import Home
from messages.notices.partnership import PartnershipRecord
from messages.say import Voice
from rules.actions import Which
from rules.vocabulary import RoleScope
from store.importing.programme import Programme
from tests.flows.office import SECOND_DAY, Office
from tests.flows.test_home_at_size import counting, opened
from tests.messages.judges import judge, judge_view
from tests.sample import CLOSES, PACK, PREVIEW, QUARTER, REMINDERS, RUN

SIZES = (0, 1, 101, 1_000)
CENTRAL, MANAGER = "central-team-01", "laa-manager-01"
MOST_STATEMENTS = 60
VOICE = Voice()
Asked = Callable[[Office, str], object]

QUESTIONS: dict[str, Asked] = {
    "help": lambda o, by: o.do(answers.help_, by, "/laa", "", SECOND_DAY),
    "mine": lambda o, by: o.do(home, by, SECOND_DAY),
    "status": lambda o, by: o.do(answers.status, by, None, "", SECOND_DAY),
    "status of one": lambda o, by: o.do(answers.status, by, None, "spatial", SECOND_DAY),
    "target": lambda o, by: o.do(target_answer.target, by, first(o), None, SECOND_DAY),
    "history": lambda o, by: o.do(return_history.history, by, first(o), None, SECOND_DAY),
    "returns": lambda o, by: o.do(returns_list.listed, by, None, SECOND_DAY),
    "escalations": lambda o, by: o.do(answers.escalations, by, None, SECOND_DAY),
    "actions": lambda o, by: o.do(actions.listed, by, Which.OPEN, SECOND_DAY),
    "partnership": lambda o, by: o.do(partnership.partnership, by, "spatial", None, SECOND_DAY),
    "calendar": lambda o, _: o.do(answers.calendar, None, SECOND_DAY),
    "check": lambda o, by: o.do(check.check_setup, by, SECOND_DAY),
    "blocks": lambda o, by: o.do(blocks.blocks_listed, by, 1, SECOND_DAY),
    "partnerships": lambda o, by: o.do(partnerships.partnerships_listed, by, 1, SECOND_DAY),
    "kinds": lambda o, by: o.do(kinds.kinds_listed, by, 1, SECOND_DAY),
    "roles": lambda o, by: o.do(roles_over, by, RoleScope.NONE, 0, 1, SECOND_DAY),
}
"""What only asks; each takes as many statements for a thousand targets as for a hundred."""
DEEDS: dict[str, Asked] = {
    "remind": lambda o, by: o.do(run_quarter.remind_now, by, "all", "T1", SECOND_DAY),
    "extend": lambda o, by: o.do(
        extend.by_slack_id, by, by, QUARTER, None, "The survey is late", SECOND_DAY
    ),
    "open": lambda o, by: o.do(run_quarter.open_by_hand, by, Opening(QUARTER), SECOND_DAY),
    "preview": lambda o, by: o.do(run_quarter.preview, by, QUARTER, "T2", SECOND_DAY),
    "post": lambda o, by: o.do(run_quarter.post, by, QUARTER, SECOND_DAY),
    "pause": lambda o, by: o.do(pause.pause, by, QUARTER, SECOND_DAY),
    "resume": lambda o, by: o.do(pause.resume, by, QUARTER, None, SECOND_DAY),
}


@pytest.fixture(scope="module")
def offices(
    tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[dict[int, Office]]:
    """One of each size, the window just opened."""
    folder = tmp_path_factory.mktemp("sizes")
    with ExitStack() as stack:
        yield {
            size: stack.enter_context(opened(folder, programme, size, size // 2)) for size in SIZES
        }


def first(office: Office) -> str:
    """A reference, or one that nothing has."""
    return next(iter(office.numbers), "LAA1-03")


def said(notice: object) -> int:
    """Word an answer as a command does, with every part judged; how many parts."""
    wanted = notice
    if isinstance(notice, Home):
        judge_view(home_tab(notice, {}, lambda found: VOICE.say_in_view(found, Roles())))
        wanted = as_answer(notice)
    if isinstance(notice, PartnershipRecord):
        wanted = on_one_page(notice, word)
    parts = word(wanted)  # type: ignore[arg-type]  # whatever a flow answers is a notice
    for part in parts:
        judge(part)
    return len(parts)


def word(notice: Notice) -> tuple[Payload, ...]:
    return VOICE.say(notice, Roles(), tables=False)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("label", [CENTRAL, MANAGER, "psb-member-01"])
def test_every_question_is_answered_within_the_limits_at_every_size(
    offices: dict[int, Office], name: str, label: str
) -> None:
    statements = {}
    for size, office in offices.items():
        with counting() as sent:
            found = QUESTIONS[name](office, office.slack_ids[label])
        assert said(found), size
        statements[size] = len(sent)
    assert statements[1_000] <= max(statements[101] + 2, MOST_STATEMENTS)
    assert statements[1_000] <= MOST_STATEMENTS, statements


def test_a_menu_of_targets_offers_no_more_than_slack_takes(offices: dict[int, Office]) -> None:
    for size, office in offices.items():
        found = office.do(suggest_targets, office.slack_ids[CENTRAL], "", SECOND_DAY)
        assert (len(found.options), found.count) == (min(size, 100), size)


@pytest.mark.parametrize("size", [*SIZES[:-1], pytest.param(SIZES[-1], marks=pytest.mark.campaign)])
def test_a_whole_quarter_passes_at_every_size(offices: dict[int, Office], size: int) -> None:
    """From the opening to the digest; everything that was to be said is within the limits."""
    office = offices[size]
    for now in (*REMINDERS, CLOSES, RUN, PREVIEW, PACK):
        with counting() as sent:
            office.tick(now)
        assert len(sent) < 400 + 40 * max(1, people_of(office)), (now, len(sent))
    digest = office.do(compose, QUARTER, PACK)
    everything = [*spoken(office), digest.parent, *(part for _, part in digest.thread)]
    for part in [part for notice in everything for part in VOICE.say(notice, Roles())]:
        judge(part)
    for name, deed in DEEDS.items():
        assert said(deed(office, office.slack_ids[CENTRAL])), name


def people_of(office: Office) -> int:
    return len(office.people)


def spoken(office: Office) -> list[Notice]:
    """Every message that was kept to be sent."""
    return [office.said(line.key) for line in office.ledger()]

"""A description in YAML: what is wrong is told with file, line and key, and all of it at once."""

from pathlib import Path

import pytest

from workspace.config import ConfigError, Person, WorkspaceConfig
from workspace.description import UNREADABLE, DescriptionError, read_description

FAR = "which is not an http address on loopback"

EVENTS = "app_home_opened, message.channels, message.groups, message.im"

GOOD = """\
team: {name: County, id: TCOUNTY}
bot:
  name: hello
  scopes: [chat:write, commands]
people:
  - {id: UANN, name: Ann, title: Target lead}
  - id: UBEN
    name: Ben
    title:
channels:
  - {id: CALL, name: general, members: [UANN, UBEN]}
commands:
  - {name: /hello, description: Says hello}
"""


def told(tmp_path: Path, text: str | bytes) -> list[str]:
    file = tmp_path / "workspace.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DescriptionError) as caught:
        read_description(file)
    return str(caught.value).splitlines()


def test_a_good_description_is_read(tmp_path: Path) -> None:
    file = tmp_path / "workspace.yaml"
    file.write_text(GOOD, encoding="utf-8")
    config = read_description(file)
    assert config.team_name == "County"
    assert config.bot.scopes == frozenset({"chat:write", "commands"})
    assert config.people == (Person("UANN", "Ann", "Target lead"), Person("UBEN", "Ben"))
    assert config.channels[0].members == {"UANN", "UBEN"}
    assert [command.name for command in config.commands] == ["/hello"]


def test_an_empty_description_is_an_empty_workspace(tmp_path: Path) -> None:
    file = tmp_path / "workspace.yaml"
    file.write_text("# nobody yet\n", encoding="utf-8")
    assert read_description(file) == WorkspaceConfig()


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("title: Target", "titles: Target",
         "line 6: people[0].titles is not a key here. Did you mean title?"),
        ("commands:", "command:", "line 12: command is not a key here. Did you mean commands?"),
        ("- id: UBEN\n    name: Ben", "- id: UBEN",
         "line 7: people[1] has no name, which it needs"),
        ("name: Ben", "name: NO",
         "line 8: people[1].name must be text: put it in quotation marks"),
        ("name: Ben", "name: 7", "line 8: people[1].name must be text: put it in quotation marks"),
        ("title:\n", "deleted: perhaps\n", "line 9: people[1].deleted must be true or false"),
        ("[UANN, UBEN]", "UANN",
         "line 11: channels[0].members must be a list, such as [one, another]"),
        ("[UANN, UBEN]", "[UANN, 7]",
         "line 11: channels[0].members[1] must be text: put it in quotation marks"),
        ("[UANN, UBEN]", "[UANN, UCAT]",
         "line 11: channels[0].members names UCAT, who is not among the people"),
        ("id: CALL", "id: UANN", "line 11: channels[0].id is UANN, which is given twice"),
        ("name: /hello", "name: hello",
         "line 13: commands[0].name is hello; it starts with a slash: /hello"),
        ("title:\n", "tz: Mars\n",
         "line 9: people[1].tz is Mars, which is no time zone such as Europe/London"),
        ("name: hello", "request_urls: [http://example.org/]",
         f"line 3: bot.request_urls[0] is http://example.org/, {FAR}"),
        ("name: hello", "events: [message.im, app_mention]",
         f"line 3: bot.events names app_mention, which never happens here. Known are {EVENTS}."),
        ("name: hello", "app_token: one\n  bot_token: one",
         "line 3: bot.app_token is the same as bot_token: give each its own"),
        ("members: [UANN, UBEN]", "person: UCAT",
         "line 11: channels[0].person names UCAT, who is not among the people"),
        ("id: CALL", "id: C/ALL",
         "line 11: channels[0].id is C/ALL; an id has letters, figures, - and _ only"),
        ("commands:\n", "commands:\n  - {name: /hello}\n",
         "line 14: commands[1].name is /hello, which is given twice"),
        ("  - {id: UANN, name: Ann, title: Target lead}", "  - UANN",
         "line 6: people[0] must be an entry with keys, such as name:"),
        ("team:", "team: {}\nteam:", "line 2: team stands twice in one entry: remove one of them"),
        ("  name: hello", " name: [", f"line 5: {UNREADABLE}"),
        ("name: Ben", 'name: " "', "line 8: people[1].name is blank: people see it on the page"),
        ("name: hello", 'name: ""', "line 3: bot.name is blank: people see it on the page"),
        ("commands:\n", "  - {id: CTWO, name: general}\ncommands:\n",
         "line 12: channels[1].name is general, as another channel's is"),
        ("[UANN, UBEN]", "*everybody",
         "line 11: refers to another place with *: write it out instead"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_its_key(
    tmp_path: Path, was: str, now: str, says: str
) -> None:
    assert was in GOOD
    assert told(tmp_path, GOOD.replace(was, now, 1)) == [f"workspace.yaml, {says}"]


def test_all_that_cannot_be_read_is_told_at_once_in_the_order_of_lines(
    tmp_path: Path,
) -> None:
    text = GOOD.replace("/hello,", "hello,").replace("title:\n", "mood: grim\n")
    lines = told(tmp_path, text.replace("id: UBEN", "id: 5"))
    assert [line.split(":")[0] for line in lines] == [
        "workspace.yaml, line 7",
        "workspace.yaml, line 9",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff\xfe", "is not in UTF-8"),
        (b"[" * 5000, "is no YAML that can be read"),
        (b"people: \x00", "is no YAML that can be read"),
        (b"- UANN", "line 1: a description has keys"),
    ],
    ids=["another encoding", "thousands of brackets", "a control character", "a list"],
)
def test_a_file_that_is_no_description_is_told_so(tmp_path: Path, text: bytes, says: str) -> None:
    (line,) = told(tmp_path, text)
    assert says in line


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DescriptionError, match=r"away\.yaml cannot be opened"):
        read_description(tmp_path / "away.yaml")


def test_the_same_mistakes_are_told_of_a_mapping() -> None:
    with pytest.raises(ConfigError, match=r"people\[0\]\.mail is not a key here"):
        WorkspaceConfig.from_mapping({"people": [{"id": "U1", "name": "A", "mail": "x"}]})

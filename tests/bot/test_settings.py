"""Settings: each one missing or wrong names itself and where to get it; no secret is shown."""

from pathlib import Path

import pytest

from bot.settings import (
    WHERE_TO_GET,
    Records,
    Settings,
    SettingsError,
    WebSettings,
    WorkerSettings,
    database_url,
    load,
    load_as,
)

SECRET = "hunter2-very-secret"
WHOLE = {
    "SLACK_BOT_TOKEN": f"xoxb-{SECRET}",
    "SLACK_APP_TOKEN": f"xapp-{SECRET}",
    "BOARD_CHANNEL": "C0123456789",
    "CENTRAL_CHANNEL": "C0123456780",
    "CENTRAL_TEAM": "U0123456789, U0987654321",
}
WRONG = {
    "SLACK_BOT_TOKEN": SECRET,
    "SLACK_APP_TOKEN": f"xapp {SECRET}",
    "SLACK_API_URL": "slack.com/api",
    "DATABASE_URL": f"no address {SECRET}",
    "BOARD_CHANNEL": "#board",
    "CENTRAL_CHANNEL": "central-team",
    "CENTRAL_TEAM": "U0123456789, @somebody",
    "TIME_ZONE": "Oxford",
    "SLASH_COMMAND": "laa team",
}
KINDS = (WorkerSettings, Settings, WebSettings)
NAMES = {name for kind in KINDS for name in kind.model_fields}


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def fault_of(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    given(monkeypatch, **values)
    with pytest.raises(SettingsError) as caught:
        load(env_file=None)
    return str(caught.value)


def test_a_whole_environment_is_taken_with_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **WHOLE)
    settings = load(env_file=None)
    assert settings.central_team == ("U0123456789", "U0987654321")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.time_zone, settings.slash_command) == ("Europe/London", "/laa")
    assert settings.database_url.get_secret_value() == "sqlite:///var/quarterlight.db"


@pytest.mark.parametrize("name", WHOLE)
def test_a_missing_setting_names_itself_and_says_where_to_get_it(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    rest = {one: value for one, value in WHOLE.items() if one != name}
    assert fault_of(monkeypatch, **rest) == f"{name} is missing. {WHERE_TO_GET[name]}"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_names_itself_and_says_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fault = fault_of(monkeypatch, **{**WHOLE, name: WRONG[name]})
    assert fault.startswith(f"{name} cannot be used: ")
    assert fault.endswith(WHERE_TO_GET[name])
    assert len(fault.splitlines()) == 1


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "CENTRAL_TEAM", "SLASH_COMMAND"])
def test_an_empty_setting_is_a_wrong_one(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert name in fault_of(monkeypatch, **{**WHOLE, name: ""})


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = fault_of(monkeypatch, **WRONG).splitlines()
    assert {line.split(" ", 1)[0] for line in lines} == set(WRONG)


def test_no_secret_stands_in_any_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SECRET not in fault_of(monkeypatch, **WRONG)


def test_no_secret_stands_in_the_settings_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"postgresql+psycopg://user:{SECRET}@db.example/quarterlight"
    given(monkeypatch, **{**WHOLE, "DATABASE_URL": address})
    settings = load(env_file=None)
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert SECRET not in shown


@pytest.mark.parametrize("swapped", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_of_the_other_kind_is_refused(
    monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    other = {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}[swapped]
    assert fault_of(monkeypatch, **{**WHOLE, swapped: other}).startswith(swapped)


def test_only_the_process_that_needs_a_secret_asks_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = {name: value for name, value in WHOLE.items() if name != "SLACK_APP_TOKEN"}
    given(monkeypatch, **shared, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="")
    assert load_as(WorkerSettings, env_file=None).board_channel == WHOLE["BOARD_CHANNEL"]
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN cannot be used") as socket:
        load(env_file=None)
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET cannot be used") as web:
        load_as(WebSettings, env_file=None)
    assert "SLACK_SIGNING_SECRET" not in str(socket.value)
    assert "SLACK_APP_TOKEN" not in str(web.value)


@pytest.mark.parametrize("wrong", ["", "with a blank", f"xoxb-{SECRET}", f"xapp-{SECRET}"])
def test_a_signing_secret_that_is_none_says_where_to_get_it(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    given(monkeypatch, **WHOLE)
    given(monkeypatch, SLACK_SIGNING_SECRET=wrong)
    with pytest.raises(SettingsError) as caught:
        load_as(WebSettings, env_file=None)
    assert str(caught.value).endswith(WHERE_TO_GET["SLACK_SIGNING_SECRET"])
    assert SECRET not in str(caught.value)


def test_a_missing_signing_secret_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **WHOLE)
    with pytest.raises(SettingsError) as caught:
        load_as(WebSettings, env_file=None)
    where = WHERE_TO_GET["SLACK_SIGNING_SECRET"]
    assert str(caught.value) == f"SLACK_SIGNING_SECRET is missing. {where}"


def test_settings_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("".join(f'{name}="{value}"\n' for name, value in WHOLE.items()))
    given(monkeypatch, BOARD_CHANNEL="CANOTHER01")
    settings = load(env_file=file)
    assert settings.board_channel == "CANOTHER01"
    assert settings.central_channel == WHOLE["CENTRAL_CHANNEL"]


def test_imports_and_upgrades_need_the_database_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, DATABASE_URL="sqlite:////srv/quarterlight.db")
    assert database_url(env_file=None) == "sqlite:////srv/quarterlight.db"
    given(monkeypatch, DATABASE_URL=WRONG["DATABASE_URL"])
    with pytest.raises(SettingsError, match="DATABASE_URL cannot be used") as caught:
        database_url(env_file=None)
    assert SECRET not in str(caught.value)


def test_every_setting_says_where_to_get_it() -> None:
    assert set(WHERE_TO_GET) == {name.upper() for name in NAMES}
    assert set(Records.model_fields) == {"database_url"}

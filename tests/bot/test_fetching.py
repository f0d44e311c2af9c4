"""The bot's token goes to Slack, and nowhere else."""

import pytest

from handlers.fetching import is_slacks

API = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", True),
        ("https://slack.com/files/a.csv", True),
        ("http://files.slack.com/a.csv", False),
        ("https://files.slack.com.evil.example/a.csv", False),
        ("https://evilslack.com/a.csv", False),
        ("https://docs.google.com/a.csv", False),
        ("https://slack.com@evil.example/a.csv", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_a_file_is_fetched_from_slack_alone(url: str, own: bool) -> None:  # noqa: FBT001  # a case
    assert is_slacks(url, API) is own


def test_a_practice_workspace_is_where_its_api_is() -> None:
    assert is_slacks("http://127.0.0.1:5000/files/F1/download", "http://127.0.0.1:5000/api/")
    assert not is_slacks("http://127.0.0.1:5001/files/F1", "http://127.0.0.1:5000/api/")

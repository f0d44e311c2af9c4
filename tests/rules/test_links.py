import pytest

from rules.links import LONGEST_LINK, is_link


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "HTTPS://EXAMPLE.ORG:8443/paper.pdf",
        "https://bücher.example/ä",
        f"https://example.org/{'x' * (LONGEST_LINK - 20)}",
    ],
)
def test_a_web_address_is_a_link(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "www.example.org/paper",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https:///paper",
        "https://example.org:port/",
        "https://[example",
        "see https://example.org",
        "https://example.org and more",
        "https://example.org\n",
        f"https://example.org/{'x' * (LONGEST_LINK - 19)}",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_link(text)

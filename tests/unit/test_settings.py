"""The table of settings."""

import pytest

from nutgraf import settings
from nutgraf.app import create_app
from tests import settings_docs
from tests.service import ROOT


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in settings.SETTINGS:
        monkeypatch.delenv(row.variable, raising=False)
        if row.platform:
            monkeypatch.delenv(row.platform, raising=False)


def test_every_setting_is_documented_with_its_default() -> None:
    """`make docs` updates the page."""
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_docs.page()


def test_arguments_override_the_environment_and_it_overrides_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.load()["port"] == 8000
    monkeypatch.setenv("NUTGRAF_PORT", "8001")
    assert settings.load()["port"] == 8001
    monkeypatch.setenv("PORT", "8002")
    assert settings.load()["port"] == 8002
    assert settings.load({"port": 8003})["port"] == 8003


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("NUTGRAF_WORKERS", "many", "NUTGRAF_WORKERS must be a whole number"),
        ("NUTGRAF_WORKERS", "0", "at least 1"),
        ("PORT", "99999", "at most 65535"),
        ("NUTGRAF_MAX_BODY_BYTES", "10", "at least 1024"),
        ("NUTGRAF_HOST", "", "must be text"),
        ("NUTGRAF_LIMIT", "often", "NUTGRAF_LIMIT: 'often' is not a rate limit"),
        ("NUTGRAF_LIMIT_STORAGE", "mysql://x", "NUTGRAF_LIMIT_STORAGE: It must start with one of memory://"),
        ("NUTGRAF_CORS_ORIGINS", "*", "NUTGRAF_CORS_ORIGINS: '\\*' is not an origin"),
        ("NUTGRAF_PROFILES", "push=5", "NUTGRAF_PROFILES: 'push=5' is not a profile"),
        ("NUTGRAF_OPEN", "yes", "NUTGRAF_OPEN must be a whole number"),
    ],
)
def test_an_invalid_setting_stops_the_start_with_a_message(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(settings.SettingError, match=says):
        create_app()


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(settings.SettingError, match="max_body_byte'"):
        create_app({"max_body_byte": 5_000})

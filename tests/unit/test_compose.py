"""compose.yaml starts existing commands in a working order, and has health checks."""

import re
from typing import Any

import pytest
import yaml

from nutgraf.server import supervisor
from nutgraf.settings import SETTINGS, load
from tests.commands import parse_command
from tests.service import ROOT

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "nutgraf"}


def test_external_images_have_complete_versions() -> None:
    others = [service["image"] for name, service in SERVICES.items() if name not in OURS]
    assert others
    assert all(re.search(r":\d+\.\d+", image) for image in others)


def test_a_service_waits_until_its_dependencies_are_healthy() -> None:
    assert OURS.keys() == {"nutgraf", "worker"}
    for service in OURS.values():
        for name, needed in service["depends_on"].items():
            assert needed["condition"] == "service_healthy"
            assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_every_service_has_a_health_check() -> None:
    """The worker once had no check, so nobody noticed that its database was unavailable."""
    program, name, *arguments = SERVICES["worker"]["healthcheck"]["test"][1:]
    assert program == "nutgraf"
    parse_command(name, arguments)
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    assert "healthcheck" not in SERVICES["nutgraf"]  # the image's


@pytest.mark.parametrize("name", OURS)
def test_a_service_has_known_settings_and_time_to_stop(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    service = OURS[name]
    assert service["environment"].keys() <= {row.variable for row in SETTINGS}
    for variable, value in service["environment"].items():
        monkeypatch.setenv(variable, value)
    stopping = max(load()["max_seconds"] + 5, supervisor.STOP_TIMEOUT_SECONDS)
    assert int(service["stop_grace_period"].removesuffix("s")) > stopping
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]

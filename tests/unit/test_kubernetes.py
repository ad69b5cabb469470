"""The files of deploy/kubernetes are valid and consistent, and use only commands, settings and routes that exist."""

import re
import shutil
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from flask import Flask

from nutgraf import __version__
from nutgraf.server import supervisor
from nutgraf.settings import SETTINGS, load
from tests import manifests
from tests.commands import parse_command
from tests.manifests import COMPONENTS, FOLDER, Manifest, containers, find
from tests.service import ROOT

# The oldest and the newest version that the documentation names.
VERSIONS = ("1.30", "1.37")
SECRETS = ("NUTGRAF_DATABASE_URL", "NUTGRAF_WEBHOOK_SECRET", "NUTGRAF_SUPERDESK_SECRETS", "NUTGRAF_GHOST_SECRETS")
READ = manifests.read()
SERVER = find(READ, "Deployment", "nutgraf-server")
WORKER = find(READ, "Deployment", "nutgraf-worker")
POLICY = find(READ, "NetworkPolicy", "nutgraf")
SETTINGS_MAP = find(READ, "ConfigMap", "nutgraf-settings")["data"]


def pod_labels(deployment: Manifest) -> dict[str, str]:
    labels: dict[str, str] = deployment["spec"]["template"]["metadata"]["labels"]
    return labels


def selects(selector: Manifest, deployment: Manifest) -> bool:
    return set(selector["matchLabels"].items()) <= set(pod_labels(deployment).items())


def names(path: Path) -> set[str]:
    return {each.name for each in path.glob("*.yaml")} - {"kustomization.yaml"}


@pytest.mark.parametrize("folder", [FOLDER, *COMPONENTS.iterdir()], ids=lambda path: path.name)
def test_a_kustomization_lists_every_file_beside_it(folder: Path) -> None:
    (kustomization,) = manifests.load(folder / "kustomization.yaml")
    assert set(kustomization["resources"]) == names(folder)


def test_optional_components_are_named() -> None:
    text = (FOLDER / "kustomization.yaml").read_text()
    assert re.findall(r"^#   - components/(\w+) ", text, re.M) == sorted(each.name for each in COMPONENTS.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("folder", [FOLDER, COMPONENTS / "callbacks"], ids=lambda path: path.name)
def test_every_object_is_valid_for_the_cluster(folder: Path, version: str) -> None:
    for each in manifests.read(folder):
        kubernetes_validate.validate(each, version, strict=True)


def test_validation_finds_a_misspelled_field() -> None:
    broken = yaml.safe_load(yaml.safe_dump(SERVER))
    broken["spec"]["template"]["spec"]["containers"][0]["securityContext"]["readOnlyRootFileSystem"] = True
    with pytest.raises(kubernetes_validate.ValidationError, match="readOnlyRootFileSystem"):
        kubernetes_validate.validate(broken, VERSIONS[0], strict=True)


def test_kustomize_builds_the_objects_of_the_files(tmp_path: Path) -> None:
    """Builds with all components. If kustomize is not installed, the other tests still check the files."""
    command = manifests.kustomize()
    shutil.copytree(FOLDER, tmp_path / "kubernetes")
    path = tmp_path / "kubernetes" / "kustomization.yaml"
    text = path.read_text().replace("# components:\n", "components:\n").replace("#   - components/", "  - components/")
    path.write_text(text)
    assert yaml.safe_load(text)["components"] == ["components/callbacks", "components/keda"]
    if command is None:
        return
    built = manifests.build(path.parent, command)
    expected = [*READ, *manifests.read(COMPONENTS / "callbacks"), *manifests.read(COMPONENTS / "keda")]
    assert len(built) == len(expected)
    workers = find(built, "Deployment", "nutgraf-worker")
    assert "replicas" not in workers["spec"]
    assert all(each["metadata"].get("namespace") == "nutgraf" for each in built if each["kind"] != "Namespace")
    (generated,) = [each for each in built if each["kind"] == "ConfigMap"]
    assert generated["data"] == SETTINGS_MAP
    for _, container in containers(built):
        assert container["image"] == f"nutgraf:{__version__}"
        assert container["envFrom"][0]["configMapRef"]["name"] == generated["metadata"]["name"] != "nutgraf-settings"


def test_the_image_has_the_version_of_the_code() -> None:
    (kustomization,) = manifests.load(FOLDER / "kustomization.yaml")
    assert [image["newTag"] for image in kustomization["images"]] == [__version__]
    assert {container["image"] for _, container in containers(READ)} == {kustomization["images"][0]["name"]}


@pytest.mark.parametrize("deployment", [SERVER, WORKER], ids=["server", "worker"])
def test_pods_have_no_unneeded_rights(deployment: Manifest) -> None:
    pod = deployment["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    user = re.findall(r"^USER (\d+)$", (ROOT / "Dockerfile").read_text(), re.M)
    assert [str(pod["securityContext"]["runAsUser"])] == user
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["requests"].keys() >= {"cpu", "memory"}
    assert "memory" in container["resources"]["limits"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}


@pytest.mark.parametrize("deployment", [SERVER, WORKER], ids=["server", "worker"])
def test_the_cluster_sets_no_variable_with_the_name_of_a_setting(deployment: Manifest) -> None:
    """For a service `nutgraf`, it would set NUTGRAF_PORT=tcp://…, and nothing would start."""
    assert find(READ, "Service", "nutgraf")
    assert deployment["spec"]["template"]["spec"]["enableServiceLinks"] is False


def test_settings_in_manifests_exist_and_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {row.variable for row in SETTINGS} | {row.platform for row in SETTINGS if row.platform}
    commented = re.findall(r"^# (NUTGRAF_\w+|\w+)=(.*)$", (FOLDER / "settings.env").read_text(), re.M)
    assert SETTINGS_MAP.keys() | {name for name, _ in commented} <= known
    assert not SETTINGS_MAP.keys() & set(SECRETS)
    assert set(SECRETS) <= known
    for name, value in [*SETTINGS_MAP.items(), *commented]:
        monkeypatch.setenv(name, value)
    settings = load()
    assert settings["job_workers"] == 0  # workers have pods of their own
    (keys,) = [
        mount for mount in SERVER["spec"]["template"]["spec"]["containers"][0]["volumeMounts"] if mount["name"] == "keys"
    ]
    assert settings["data_dir"] == keys["mountPath"]


def test_probes_use_existing_routes(app: Flask) -> None:
    (container,) = SERVER["spec"]["template"]["spec"]["containers"]
    probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness", "liveness")}
    assert {name: probe["path"] for name, probe in probes.items()} == {
        "startup": "/healthz",
        "readiness": "/readyz",
        "liveness": "/healthz",
    }
    assert {probe["port"] for probe in probes.values()} == {"http"}
    client = app.test_client()
    assert {client.get(probe["path"]).status_code for probe in probes.values()} == {200}
    assert [port["containerPort"] for port in container["ports"]] == [load()["port"]]


def test_commands_and_their_options_exist() -> None:
    commands = [container["command"] for _, container in containers(READ)]
    commands.append(WORKER["spec"]["template"]["spec"]["containers"][0]["readinessProbe"]["exec"]["command"])
    assert len(commands) == 3
    for program, name, *arguments in commands:
        assert program == "nutgraf"
        parse_command(name, arguments)


def test_pods_have_time_to_finish_their_work() -> None:
    (server,) = SERVER["spec"]["template"]["spec"]["containers"]
    pause = int(server["lifecycle"]["preStop"]["exec"]["command"][1])
    stopping = load()["max_seconds"] + 5  # graceful_timeout in server/gunicorn_config.py
    assert SERVER["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > pause + stopping
    assert WORKER["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > supervisor.STOP_TIMEOUT_SECONDS


def test_selectors_names_and_ports_agree() -> None:
    service = find(READ, "Service", "nutgraf")
    assert selects({"matchLabels": service["spec"]["selector"]}, SERVER)
    assert not selects({"matchLabels": service["spec"]["selector"]}, WORKER)
    assert [port["targetPort"] for port in service["spec"]["ports"]] == ["http"]
    for deployment in (SERVER, WORKER):
        name = deployment["metadata"]["name"]
        assert selects(deployment["spec"]["selector"], deployment)
        assert selects(find(READ, "PodDisruptionBudget", name)["spec"]["selector"], deployment)
        assert selects(POLICY["spec"]["podSelector"], deployment)
    target = find(READ, "HorizontalPodAutoscaler", "nutgraf-server")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", SERVER["metadata"]["name"])
    assert "replicas" not in SERVER["spec"]  # applying the file would reset the autoscaler's number


def test_network_policies_allow_only_needed_traffic() -> None:
    assert POLICY["spec"]["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in POLICY["spec"]
    ports = [[port["port"] for port in rule["ports"]] for rule in POLICY["spec"]["egress"]]
    assert ports == [[53, 53], [5432]]
    assert all(rule["to"] for rule in POLICY["spec"]["egress"])
    clients = find(READ, "NetworkPolicy", "nutgraf-server")["spec"]
    assert selects(clients["podSelector"], SERVER)
    assert not selects(clients["podSelector"], WORKER)
    assert [port["port"] for port in clients["ingress"][0]["ports"]] == ["http"]
    (callbacks,) = manifests.read(COMPONENTS / "callbacks")
    assert selects(callbacks["spec"]["podSelector"], WORKER)
    assert not selects(callbacks["spec"]["podSelector"], SERVER)


def test_the_backlog_sets_the_number_of_workers(app: Flask) -> None:
    (scaled,) = manifests.read(COMPONENTS / "keda")
    assert scaled["spec"]["scaleTargetRef"]["name"] == WORKER["metadata"]["name"]
    (trigger,) = scaled["spec"]["triggers"]
    service = find(READ, "Service", "nutgraf")
    assert trigger["metadata"]["url"] == f"http://{service['metadata']['name']}.nutgraf.svc/metrics"
    assert service["spec"]["ports"][0]["port"] == 80
    metrics = app.test_client().get("/metrics").get_data(as_text=True)
    assert f"\n{trigger['metadata']['valueLocation']} 0.0" in metrics
    (kustomization,) = manifests.load(COMPONENTS / "keda" / "kustomization.yaml")
    (patch,) = kustomization["patches"]
    (change,) = yaml.safe_load(patch["patch"])
    value: Any = find(READ, patch["target"]["kind"], patch["target"]["name"])
    for part in change["path"].strip("/").split("/"):
        value = value[part]
    assert (change["op"], value) == ("remove", 2)

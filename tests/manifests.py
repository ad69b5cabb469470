"""The objects of deploy/kubernetes, built by kustomize or, without kustomize, read from the files."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.service import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
COMPONENTS = FOLDER / "components"
Manifest = dict[str, Any]


def load(path: Path) -> list[Manifest]:
    """The objects of a file."""
    return [manifest for manifest in yaml.safe_load_all(path.read_text(encoding="utf-8")) if manifest]


def read(folder: Path = FOLDER) -> list[Manifest]:
    """The objects of a kustomization without its patches; names of generated objects have no hash."""
    (kustomization,) = load(folder / "kustomization.yaml")
    objects = [each for name in kustomization["resources"] for each in load(folder / name)]
    for generator in kustomization.get("configMapGenerator", ()):
        lines = [line for name in generator["envs"] for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        objects.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": generator["name"]}, "data": values})
    return objects


def kustomize() -> list[str] | None:
    """A command that builds a kustomization with components, if this machine has one."""
    if shutil.which("kustomize"):
        return ["kustomize", "build"]
    command = ["kubectl", "kustomize"]
    if shutil.which("kubectl") and "Kustomize Version: v5" in _output_of("kubectl", "version", "--client"):
        return command
    return None


def build(folder: Path, command: list[str]) -> list[Manifest]:
    """The objects of a kustomization as the command builds it."""
    built = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    return [manifest for manifest in yaml.safe_load_all(built.stdout) if manifest]


def find(objects: list[Manifest], kind: str, name: str) -> Manifest:
    (found,) = [each for each in objects if each["kind"] == kind and each["metadata"]["name"] == name]
    return found


def containers(objects: list[Manifest]) -> Iterator[tuple[Manifest, Manifest]]:
    """Each container with its pod's specification."""
    for each in objects:
        if each["kind"] == "Deployment":
            pod = each["spec"]["template"]["spec"]
            for container in pod["containers"]:
                yield pod, container


def _output_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout

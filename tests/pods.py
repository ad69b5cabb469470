"""Runs a container of a manifest as a cluster would: with its user and settings, a read-only root, and no capabilities."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import pytest

from tests.manifests import Manifest
from tests.service import ROOT

# System folders of the image; the Python environment and the checkout keep their paths on this machine.
SYSTEM = ("/usr", "/etc", "/bin", "/lib", "/lib64", "/sbin")
DEVICES = ("null", "zero", "random", "urandom")
# A script that builds the root: the needed folders of this machine, read-only, and the volumes of the pod. Its last argument
# is the command, which becomes the first process of a namespace, as in a container.
SCRIPT = """
set -e
root=$1; user=$2; shift 2
mount -t tmpfs -o mode=755 tmpfs "$root"
cd "$root"
mkdir dev proc
while [ "$1" != -- ]; do
  case $1 in
    link) mkdir -p ".$(dirname "$3")"; ln -s "$2" ".$3"; shift 3;;
    read-only) mkdir -p ".$2"; mount --bind "$3" ".$2"; mount -o remount,bind,ro ".$2"; shift 3;;
    writable) mkdir -p ".$2"; mount -t tmpfs -o mode=1777 tmpfs ".$2"; shift 2;;
    device) touch "dev/$2"; mount --bind "/dev/$2" "dev/$2"; shift 2;;
  esac
done
shift
mount -t proc proc proc
ln -s /proc/self/fd dev/fd
mount -o remount,ro "$root"
set -- setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
exec chroot "$root" "$@"
"""


class Pod:
    """A pod of one container, with its own mount and process namespaces, on the network of this machine.

    `variables` are those of the ConfigMap and the Secret. `secrets` are folders by the names of the secrets that are
    volumes.
    """

    def __init__(
        self, deployment: Manifest, variables: Mapping[str, str], secrets: Mapping[str, Path] | None = None
    ) -> None:
        if os.geteuid() or not shutil.which("unshare") or not shutil.which("setpriv"):
            pytest.skip("needs root and util-linux, to run a container")
        pod = deployment["spec"]["template"]["spec"]
        (self.container,) = pod["containers"]
        assert self.container["securityContext"]["readOnlyRootFilesystem"]
        self._user = str(pod["securityContext"]["runAsUser"])
        self._root = Path(tempfile.mkdtemp(prefix="nutgraf-pod-"))
        self._volumes: list[str] = []
        sources = {volume["name"]: volume for volume in pod["volumes"]}
        for mount in self.container["volumeMounts"]:
            source = sources[mount["name"]]
            if "secret" in source:
                folder = (secrets or {})[source["secret"]["secretName"]]
                self._volumes += ["read-only", mount["mountPath"], str(folder)]
            else:
                assert "emptyDir" in source
                self._volumes += ["writable", mount["mountPath"]]
        # The environment: only these variables, those of the Dockerfile, and the home that a runtime sets for a user without
        # one.
        self._environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "api"), "PYTHONDONTWRITEBYTECODE": "1"}
        self._environment["HOME"] = "/"
        self._environment |= variables

    def start(self) -> None:
        # A new session, so that Ctrl-C in a terminal does not reach the container.
        self.log = tempfile.TemporaryFile()  # noqa: SIM115  # open while the container runs
        self.process = self._run(self.container["command"], self.log)

    def has_logged(self, text: str) -> bool:
        """Whether the log of the container contains a text."""
        return text.encode() in os.pread(self.log.fileno(), 1 << 20, 0)

    def run(self, command: Sequence[str]) -> int:
        """Runs a command, such as a probe, in a container like this one, and returns its exit status."""
        with tempfile.TemporaryFile() as log:
            return self._run(command, log).wait(60)

    def stop(self, seconds: float) -> int:
        """Asks the first process to stop, as a cluster does, and returns its exit status."""
        for first in self._first_process():
            os.kill(first, signal.SIGTERM)
        return self.process.wait(seconds)

    def remove(self) -> None:
        """Kills the remaining processes."""
        for first in self._first_process():
            os.kill(first, signal.SIGKILL)  # this ends all processes of its namespace
        self.process.wait()
        self.log.close()
        shutil.rmtree(self._root, ignore_errors=True)

    def _first_process(self) -> list[int]:
        """The first process of the namespace, while it runs."""
        try:
            return [
                int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            ]
        except FileNotFoundError:
            return []

    def _run(self, command: Sequence[str], log: IO[bytes]) -> "subprocess.Popen[bytes]":
        assert command[0] == "nutgraf"
        inside = [sys.executable, "-m", "nutgraf.cli", *command[1:]]
        # Volumes are mounted first, because one could hide the folder of the checkout.
        places = [ROOT, Path(sys.prefix), Path(sys.base_prefix)]
        mounts = [*self._volumes, "writable", "/dev/shm"]
        for path in map(Path, SYSTEM):
            if path.is_symlink():
                mounts += ["link", os.readlink(path), str(path)]
            elif path.exists():
                mounts += ["read-only", str(path), str(path)]
        for device in DEVICES:
            mounts += ["device", device]
        for place in dict.fromkeys(places):
            if not any(place.is_relative_to(path) for path in SYSTEM):
                mounts += ["read-only", str(place), str(place)]
        script = ["sh", "-c", SCRIPT, "sh", str(self._root), self._user, *mounts]
        return subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--propagation", "private", *script, "--", *inside],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )


def wait_until(ready: object, seconds: float) -> None:
    """Waits until a function returns something true."""
    assert callable(ready)
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, f"not ready within {seconds} seconds"
        time.sleep(0.1)

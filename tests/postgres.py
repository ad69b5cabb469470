"""A Postgres server for the tests, which they may stop, restart and disconnect."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.ports import free_port

SETTINGS = "-c fsync=off -c max_connections=60 -c shared_buffers=32MB"


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl` of the newest installed version."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


class Postgres:
    """A server with its own data folder.

    Postgres refuses to run as root, so root starts it as the user of Debian's package.
    """

    def __init__(self, address: str = "127.0.0.1", *, inside: tuple[str, ...] = ()) -> None:
        folder = binaries()
        self.user = None if os.geteuid() else "postgres"
        if folder is None or (self.user and not _exists(self.user)):
            pytest.skip("needs PostgreSQL's initdb and pg_ctl")
        self._folder, self._inside = folder, inside
        self.address = address
        self.directory = Path(tempfile.mkdtemp(prefix="nutgraf-postgres-"))
        if self.user:
            shutil.chown(self.directory, self.user)
        self.port = free_port()
        self._call("initdb", "-D", f"{self.directory}/data", "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        (self.directory / "data" / "pg_hba.conf").write_text("local all all trust\nhost all all all trust\n")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.directory} -c listen_addresses={self.address} {SETTINGS}"
        self._call("pg_ctl", "-D", f"{self.directory}/data", "-l", f"{self.directory}/log", "-w", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._call("pg_ctl", "-D", f"{self.directory}/data", "-w", "-m", mode, "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def database(self, name: str) -> str:
        """Creates an empty database, and returns its URL."""
        place = f"host={self.directory} port={self.port} user=tests dbname=postgres"
        with psycopg.connect(place, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql://tests@{self.address}:{self.port}/{name}"

    def _call(self, *command: str) -> None:
        as_user = ("runuser", "-u", self.user, "--") if self.user else ()
        inside = (*self._inside, *as_user, str(self._folder / command[0]), *command[1:])
        with tempfile.TemporaryFile() as said:  # not a pipe, which the started server would keep open
            code = subprocess.run(inside, cwd="/", stdout=said, stderr=said, check=False).returncode
            said.seek(0)
            assert code == 0, said.read().decode()


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True

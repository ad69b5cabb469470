"""A WordPress for tests: a copy of Debian's files, a MariaDB on a free port, PHP's server, and the active plugin.

It sends no request to other hosts: WordPress' HTTP API may call only 127.0.0.1, and its calls are recorded.
"""

import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.service import ROOT

# Debian's files, unless a setting names others.
WORDPRESS = Path(os.environ.get("NUTGRAF_WORDPRESS", "/usr/share/wordpress"))
PHP = os.environ.get("NUTGRAF_PHP", "php")
PLUGIN = ROOT / "integrations" / "wordpress" / "nutgraf"
EXTENSIONS = ("mysqli", "curl", "xml", "mbstring", "sodium")
START_SECONDS = 30
HERE = Path(__file__).parent


def missing() -> str | None:
    """The programs that this machine lacks to run WordPress; None if it lacks none."""
    for name, command in (("PHP", PHP), ("MariaDB", "mariadbd"), ("MariaDB", "mariadb-install-db")):
        if not shutil.which(command):
            return f"needs {name} ({command})"
    if not (WORDPRESS / "wp-load.php").exists():
        return "needs WordPress: Debian's, or the folder that NUTGRAF_WORDPRESS names"
    loaded = subprocess.run([PHP, "-m"], capture_output=True, text=True, check=True).stdout.split()
    return next((f"needs PHP's {name}" for name in EXTENSIONS if name not in loaded), None)


class Site:
    """A running WordPress; `with Site(folder) as site`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "wordpress"
        self.calls = folder / "calls.txt"
        self.port, self.database_port = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.users: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> "Site":
        try:
            self._start_database()
            self._lay_out()
            self.users = json.loads(self._php(str(HERE / "install.php"), self.address))
            self._serve()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                # PHP's server does not end its workers; they belong to its process group.
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=START_SECONDS)
        self.processes.clear()

    def run(self, code: str) -> str:
        """Runs PHP code with WordPress loaded and the user `desk` logged in, and returns its output."""
        return self._php("-r", f'require "{self.files}/wp-load.php"; wp_set_current_user(1); {code}')

    def rest(self, path: str, body: Any = None, *, user: str = "desk", method: str | None = None) -> tuple[int, Any]:
        """Sends a request to the REST API with a user's application password, and returns status and body."""
        route, _, query = path.partition("?")
        request = urllib.request.Request(
            f"{self.address}/index.php?rest_route={route}{'&' if query else ''}{query}",
            json.dumps(body).encode() if body is not None else None,
            {"Content-Type": "application/json", "Authorization": f"Basic {self._credentials(user)}"},
            method=method or ("GET" if body is None else "POST"),
        )
        try:
            with urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def post(self, post: int) -> dict[str, Any]:
        """The stored title and excerpt of a post, and its status."""
        status, found = self.rest(f"/wp/v2/posts/{post}?context=edit")
        assert status == 200, found
        return {"title": found["title"]["raw"], "excerpt": found["excerpt"]["raw"], "content": found["content"]["raw"]}

    def write(self, title: str, *paragraphs: str, user: str = "desk", **more: Any) -> int:
        """Creates a post with blocks, by default a draft, and returns its id."""
        content = "\n\n".join(f"<!-- wp:paragraph -->\n<p>{each}</p>\n<!-- /wp:paragraph -->" for each in paragraphs)
        status, made = self.rest("/wp/v2/posts", {"title": title, "content": content, "status": "draft", **more}, user=user)
        assert status == 201, made
        return int(made["id"])

    def set_up(self, first: str = "", **settings: Any) -> None:
        """Saves settings as the form does; `first` is PHP to run before."""
        form = base64.b64encode(json.dumps(settings).encode()).decode()
        self.run(f'{first} update_option("nutgraf_settings", json_decode(base64_decode("{form}"), true));')

    def do_background_work(self) -> None:
        """Runs the events that are due, as WordPress' cron does."""
        urllib.request.urlopen(f"{self.address}/wp-cron.php?doing_wp_cron", timeout=START_SECONDS).close()

    def complaints(self) -> list[str]:
        """The lines that PHP has written into WordPress' log."""
        log = self.folder / "debug.log"
        return log.read_text(errors="replace").splitlines() if log.exists() else []

    def called(self) -> list[str]:
        """The addresses that WordPress' HTTP API was asked for, since the last time."""
        lines = self.calls.read_text().split() if self.calls.exists() else []
        self.calls.write_text("")
        return lines

    def _credentials(self, user: str) -> str:
        return base64.b64encode(f"{user}:{self.users[user]['application']}".encode()).decode()

    def _php(self, *arguments: str) -> str:
        # Compiled PHP is cached in a folder, so that WordPress starts in a third of the time.
        cache = self.folder / "compiled"
        cache.mkdir(exist_ok=True)
        opcache = ("-d", "opcache.enable_cli=1", "-d", f"opcache.file_cache={cache}", "-d", "opcache.file_cache_only=1")
        done = subprocess.run([PHP, *opcache, *arguments], cwd=self.files, capture_output=True, text=True, timeout=60)
        if done.returncode or "PHP " in done.stderr:
            raise RuntimeError(f"PHP failed: {done.stdout[:500]}{done.stderr[:500]} {self.complaints()[-1:]}")
        return done.stdout

    def _start(self, *command: str, environment: dict[str, str] | None = None) -> None:
        log = (self.folder / f"{Path(command[0]).name}.txt").open("wb")
        with log:
            self.processes.append(
                subprocess.Popen(
                    command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True,
                    env={**os.environ, **(environment or {})},
                )
            )  # fmt: skip

    def _start_database(self) -> None:
        data = self.folder / "database"
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
             "--skip-test-db", f"--user={_me()}"],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        self._start(
            "mariadbd", "--no-defaults", f"--datadir={data}", f"--port={self.database_port}", "--bind-address=127.0.0.1",
            f"--socket={self.folder}/database.sock", f"--user={_me()}", "--innodb-flush-log-at-trx-commit=0",
            "--performance-schema=off",
        )  # fmt: skip
        self._wait(self.database_port)

    def _lay_out(self) -> None:
        shutil.copytree(WORDPRESS, self.files, ignore=shutil.ignore_patterns("akismet", ".htaccess"))
        content = self.files / "wp-content"
        shutil.copytree(PLUGIN, content / "plugins" / "nutgraf")
        (content / "mu-plugins").mkdir()
        shutil.copy(HERE / "no_network.php", content / "mu-plugins")
        theme = content / "themes" / "bare"
        theme.mkdir(parents=True)
        (theme / "style.css").write_text("/* Theme Name: Bare */")
        (theme / "index.php").write_text("<?php wp_head(); the_post(); the_title(); the_excerpt(); the_content();")
        constants = {
            "DB_NAME": "wordpress", "DB_USER": "root", "DB_PASSWORD": "", "DB_HOST": f"127.0.0.1:{self.database_port}",
            "DB_CHARSET": "utf8mb4", "DB_COLLATE": "", "WP_HOME": self.address, "WP_SITEURL": self.address,
            "WP_DEFAULT_THEME": "bare", "WP_ENVIRONMENT_TYPE": "local", "WP_HTTP_BLOCK_EXTERNAL": True,
            "WP_ACCESSIBLE_HOSTS": "127.0.0.1,*.invalid", "DISABLE_WP_CRON": True, "AUTOMATIC_UPDATER_DISABLED": True,
            "WP_DEBUG": True, "WP_DEBUG_DISPLAY": False, "WP_DEBUG_LOG": str(self.folder / "debug.log"),
            "NUTGRAF_TEST_CALLS": str(self.calls),
        }  # fmt: skip
        for salt in ("AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"):
            constants |= {f"{salt}_KEY": secrets.token_hex(), f"{salt}_SALT": secrets.token_hex()}
        lines = "".join(f"define({json.dumps(name)}, {json.dumps(value)});\n" for name, value in constants.items())
        end = '$table_prefix = "wp_";\ndefined("ABSPATH") || define("ABSPATH", __DIR__ . "/");\nrequire ABSPATH . "wp-settings.php";\n'
        (self.files / "wp-config.php").write_text(f"<?php\n{lines}{end}")

    def _serve(self) -> None:
        # PHP's server needs several workers, because a page may call its own site.
        self._start(
            PHP, "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{self.port}", "-t", str(self.files),
            environment={"PHP_CLI_SERVER_WORKERS": "4"},
        )  # fmt: skip
        self._wait(self.port)

    def _wait(self, port: int) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.processes[-1].poll() is None:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        logs = "".join(log.read_text(errors="replace")[-2000:] for log in self.folder.glob("*.txt"))
        raise RuntimeError(f"Nothing listens at port {port}: {logs}")


def _me() -> str:
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()

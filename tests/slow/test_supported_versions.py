"""The suite on other versions of what it runs on.

NUTGRAF_PYTHONS names interpreters that have the project and what tests need installed (`make VENV=.venv-3.13
PYTHON=python3.13 .venv-3.13/installed-for-tests`), NUTGRAF_PHPS commands, NUTGRAF_WORDPRESSES folders with WordPress' files.

The npm package `@wp-playground/wordpress-builds` has the files of some versions: unpack one of its zips, add what its folder
`public` has for that version, and delete `wp-config.php` and `wp-content/database`.
"""

import os
import subprocess
import sys
from itertools import product

import pytest

from tests.service import ROOT


def named(variable: str) -> list[str | None]:
    """What a variable names, separated by white space; None where it names nothing."""
    return [*os.environ.get(variable, "").split()] or [None]


def run(command: list[str], **environment: str) -> None:
    result = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout[-8_000:] + result.stderr[-2_000:]


@pytest.mark.parametrize("python", named("NUTGRAF_PYTHONS"))
def test_the_package_works_on_another_python(python: str | None) -> None:
    if python is None:
        pytest.skip("needs NUTGRAF_PYTHONS: interpreters of other versions with the project installed")
    run([python, "-m", "pytest", "tests/unit", "-m", "unit", "-n", "auto"])


@pytest.mark.parametrize(("wordpress", "php"), list(product(named("NUTGRAF_WORDPRESSES"), named("NUTGRAF_PHPS"))))
def test_the_plugin_works_in_another_wordpress_and_php(wordpress: str | None, php: str | None) -> None:
    if wordpress is None and php is None:
        pytest.skip("needs NUTGRAF_WORDPRESSES or NUTGRAF_PHPS: folders of WordPress, and commands of PHP")
    chosen = {"NUTGRAF_WORDPRESS": wordpress, "NUTGRAF_PHP": php}
    run(
        [sys.executable, "-m", "pytest", "tests/wordpress", "-m", "wordpress"],
        **{name: value for name, value in chosen.items() if value},
    )

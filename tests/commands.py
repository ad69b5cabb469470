"""Checks commands that manifests and units contain, without running them."""

from collections.abc import Sequence

import click

from nutgraf.cli.main import main


def parse_command(name: str, arguments: Sequence[str]) -> None:
    """Parses the arguments of a subcommand of `nutgraf`. Raises click.UsageError for an unknown option."""
    command = main.get_command(click.Context(main), name)
    assert command, f"nutgraf has no command {name}"
    command.make_context(name, [*arguments])

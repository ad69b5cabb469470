"""The command `nutgraf` and its subcommands.

`python -m nutgraf.cli.nltk_data` is no subcommand, because it installs what `nutgraf` needs.
"""

from importlib import import_module

import click

from nutgraf import __version__

# A subcommand is the function of its name in the module of its name.
COMMANDS = ("serve", "summarize", "stories", "batch", "archive", "worker", "keys", "openapi", "webhook-secret")


class _Commands(click.Group):
    """Imports a subcommand when it is needed: all together take a second, which each start of a server would wait."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"nutgraf.cli.{name}"), name)
        return command


@click.group(cls=_Commands)
@click.version_option(__version__, prog_name="nutgraf")
def main() -> None:
    """Extractive summaries and headlines from news articles."""

"""The command `nutgraf` and its subcommands.

`python -m nutgraf.cli.nltk_data` is no subcommand, because it installs what `nutgraf` needs.
"""

import click

from nutgraf import __version__
from nutgraf.cli.archive import archive
from nutgraf.cli.batch import batch
from nutgraf.cli.keys import keys
from nutgraf.cli.openapi import openapi
from nutgraf.cli.serve import serve
from nutgraf.cli.stories import stories
from nutgraf.cli.summarize import summarize
from nutgraf.cli.webhook_secret import webhook_secret
from nutgraf.cli.worker import worker


@click.group()
@click.version_option(__version__, prog_name="nutgraf")
def main() -> None:
    """Extractive summaries and headlines from news articles."""


for command in (serve, summarize, stories, batch, archive, worker, keys, openapi, webhook_secret):
    main.add_command(command)

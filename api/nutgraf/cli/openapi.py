"""`nutgraf openapi`: the contract as a file."""

from pathlib import Path

import click

from nutgraf.app import create_app
from nutgraf.http.openapi import written_contract


@click.command()
@click.option("--check", type=click.Path(exists=True), help="Only say whether this file is what would be printed.")
def openapi(check: str | None) -> None:
    """Print the contract as openapi.yaml has it."""
    text = written_contract(create_app()).as_yaml.decode()
    if check is None:
        click.echo(text, nl=False)
    elif Path(check).read_text(encoding="utf-8") != text:
        raise click.ClickException(f"{check} is not what the code writes; run `make openapi` and read the difference.")

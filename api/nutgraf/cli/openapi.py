"""`nutgraf openapi`: prints or checks the API's contract."""

from pathlib import Path

import click

from nutgraf.app import create_app
from nutgraf.http.openapi import serialized_contract


@click.command()
@click.option("--check", type=click.Path(exists=True), help="Print nothing; fail if this file differs from the contract.")
def openapi(check: str | None) -> None:
    """Print the contract in the form of openapi.yaml."""
    text = serialized_contract(create_app()).as_yaml.decode()
    if check is None:
        click.echo(text, nl=False)
    elif Path(check).read_text(encoding="utf-8") != text:
        raise click.ClickException(f"{check} differs from the code; run `make openapi` and review the difference.")

"""`nutgraf webhook-secret`: prints a new secret for signing callbacks."""

import os
from base64 import b64encode

import click


@click.command()
def webhook_secret() -> None:
    """Print a new random secret for NUTGRAF_WEBHOOK_SECRET, which signs callbacks."""
    click.echo("whsec_" + b64encode(os.urandom(32)).decode())

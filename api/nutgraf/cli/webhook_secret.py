"""`nutgraf webhook-secret`: a secret that signs callbacks."""

import os
from base64 import b64encode

import click


@click.command()
def webhook_secret() -> None:
    """Make a secret that signs callbacks, for NUTGRAF_WEBHOOK_SECRET."""
    click.echo("whsec_" + b64encode(os.urandom(32)).decode())

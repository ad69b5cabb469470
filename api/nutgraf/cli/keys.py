"""`nutgraf keys`: create, list and revoke API keys."""

import click

from nutgraf.errors import NutgrafError
from nutgraf.http.security.keys import KeyFile
from nutgraf.settings import load


class _ErrorReportingGroup(click.Group):
    """Prints a NutgrafError as one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NutgrafError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_ErrorReportingGroup)
def keys() -> None:
    """Create, list and revoke API keys. They are stored in the folder NUTGRAF_DATA_DIR."""


@keys.command()
@click.argument("name")
@click.option("--rate", help='Rate limit of this key, such as "100 per minute"; it replaces NUTGRAF_LIMIT.')
def add(name: str, rate: str | None) -> None:
    """Create a key called NAME and print it once: only its digest is stored. As soon as a key exists, requests need one."""
    click.echo(_file().add(name, rate))


@keys.command("list")
def list_keys() -> None:
    """List the keys with their names, dates of creation and rate limits."""
    for key in _file().keys() or ():
        click.echo("\t".join([key.name, key.added, key.rate or "-"]))


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Revoke the key NAME. A running server needs no restart."""
    file = _file()
    if not file.revoke(name):
        files = f"delete {file.path} and {file.marker_path}"
        click.echo(f"That was the last key. All requests are refused until you add a key, or {files}.", err=True)


def _file() -> KeyFile:
    return KeyFile(load()["data_dir"])

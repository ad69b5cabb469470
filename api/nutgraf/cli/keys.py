"""The command `nutgraf keys`: make, list and revoke the keys that callers show."""

import click

from nutgraf.errors import NutgrafError
from nutgraf.http.security.keys import KeyFile
from nutgraf.settings import load


class _Sentences(click.Group):
    """Says in a sentence what can't be done."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NutgrafError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Sentences)
def keys() -> None:
    """Make, list and revoke keys; they stand in the folder NUTGRAF_DATA_DIR."""


@keys.command()
@click.argument("name")
@click.option("--rate", help='A limit of its own, such as "100 per minute", in place of NUTGRAF_LIMIT.')
def add(name: str, rate: str | None) -> None:
    """Make a key called NAME and print it, once: only its digest is kept. From now on every request needs a key."""
    click.echo(_file().add(name, rate))


@keys.command("list")
def list_keys() -> None:
    """Name the keys, since when there are, and what limits they have of their own."""
    for key in _file().keys() or ():
        click.echo("\t".join([key.name, key.added, key.rate or "-"]))


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Take the key NAME away; a server that runs needs no restart."""
    file = _file()
    if not file.revoke(name):
        click.echo(f"That was the last key: every request is refused until you add one, or delete {file.path}.", err=True)


def _file() -> KeyFile:
    return KeyFile(load()["data_dir"])

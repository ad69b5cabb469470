"""Imports libraries when a document needs them, and turns off their logs, because their messages quote documents."""

import logging
from importlib import import_module
from typing import Any

from nutgraf.formats.common import UnreadableDocumentError


def load(name: str, extra: str | None = None) -> Any:
    """Returns a library by the name of its module. Raises UnreadableDocumentError if it is not installed.

    `extra` is the optional dependency of Nutgraf that installs the library; the message names it.
    """
    try:
        library = import_module(name)
    except ImportError as error:
        raise UnreadableDocumentError(
            f"This format needs an optional dependency: pip install nutgraf[{extra}]." if extra else f"{name} is missing."
        ) from error
    logger = logging.getLogger(name)
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return library

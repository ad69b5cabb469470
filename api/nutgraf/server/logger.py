"""Writes gunicorn's log lines in the format of the application's log."""

import sys
from typing import Any

from gunicorn.glogging import Logger

from nutgraf.observability.logs import formatter, frames


class ServerLogger(Logger):
    """gunicorn's logger, with the application's line format and without anything that a client sent.

    The setting `logger_class` of gunicorn names it.
    """

    def setup(self, cfg: Any) -> None:
        """Applies our format to the handlers that gunicorn has set up."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Logs the class and the frames of the current exception.

        `msg` and `args` are ignored: they contain the requested URL with its query string, which may quote an article.
        """
        error = sys.exc_info()[1]
        if error is None or isinstance(error, TimeoutError):  # a slow client is not an error of the service
            return
        self.error_log.error({"event": "server-error", "error": type(error).__name__, "frames": frames(error)})

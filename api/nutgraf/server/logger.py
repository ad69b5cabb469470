"""gunicorn's log lines, in the form of the application's."""

import sys
from typing import Any

from gunicorn.glogging import Logger

from nutgraf.observability.logs import formatter, frames


class ServerLogger(Logger):
    """gunicorn's own lines, in the same form."""

    def setup(self, cfg: Any) -> None:
        """Adds our form to what gunicorn sets up."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """The class and frames of the exception; `args` would be the address that was asked for, query and all."""
        error = sys.exc_info()[1]
        if error is None or isinstance(error, TimeoutError):  # a client that was too slow is no fault here
            return
        self.error_log.error({"event": "server-error", "error": type(error).__name__, "frames": frames(error)})

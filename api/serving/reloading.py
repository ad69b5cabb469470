"""New code without a restart: on HUP the application is loaded anew, before new workers take over from the old."""

import gc
import importlib
import sys
from typing import Any

from api.observability.logs import frames, log

# What gunicorn itself holds on to stays as it was; a restart renews it.
_KEPT = frozenset({"api.observability.logs", "api.serving", "api.settings"})


def reload(server: Any) -> None:
    """Gives the server the application of the code on the disk; code that can't be loaded changes nothing."""
    old = {name: module for name, module in sys.modules.items() if _is_ours(name)}
    gc.unfreeze()  # what the old application held can go now
    for name in old:
        del sys.modules[name]
    try:
        server.app.callable = importlib.import_module("api.wsgi").app
    except Exception as error:  # whatever the new code raises, the old one goes on
        for name in [name for name in sys.modules if _is_ours(name)]:
            del sys.modules[name]
        sys.modules.update(old)
        log.error("reload-failed", error=type(error).__name__, frames=frames(error))


def _is_ours(name: str) -> bool:
    return name.startswith("api.") and not name.startswith("api.serving.") and name not in _KEPT

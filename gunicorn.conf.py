"""For `gunicorn` from a checkout; `nutgraf serve` does the same from anywhere."""

import os

# Sparse products need no BLAS threads; must be set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from nutgraf.server.gunicorn_config import *  # noqa: F403

"""The file that `gunicorn` reads in a checkout; the configuration is in nutgraf/server/gunicorn_config.py.

`nutgraf serve` does the same from any folder.
"""

import os

# Sparse products need no BLAS threads; must be set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from nutgraf.server.gunicorn_config import *  # noqa: F403

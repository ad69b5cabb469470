"""Serving with gunicorn: its configuration, its worker class, and the supervisor of the job worker."""

"""Runs the service under gunicorn: configuration, worker class, and the supervisor of the job worker.

The package `service` answers the requests.
"""

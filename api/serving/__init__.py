"""How gunicorn serves the application: its configuration, its workers, and new code without a restart."""

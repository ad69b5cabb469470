"""How gunicorn serves the application: its configuration, its workers, and the job worker beside them."""

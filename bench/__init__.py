"""Quality and speed compared with other tools, as a command: `python -m bench`. Tests do not run it."""

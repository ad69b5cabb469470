"""Quality and speed against peers, as a command: `python -m bench`. No test runs it."""

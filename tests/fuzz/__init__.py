"""Fuzzing by coverage: `python -m tests.fuzz TARGET --seconds N`, once `pip install atheris` has been run by hand."""

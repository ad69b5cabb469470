"""Coverage-guided fuzzing: `python -m tests.fuzz TARGET --seconds N`, after `pip install atheris`."""

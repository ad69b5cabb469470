"""`python -m nutgraf.cli`: the command `nutgraf` for environments whose scripts are not on the path."""

from nutgraf.cli.main import main

main(prog_name="nutgraf")

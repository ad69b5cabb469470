"""`python -m nutgraf.cli`: the command `nutgraf` where its script is not on the path."""

from nutgraf.cli.main import main

main(prog_name="nutgraf")

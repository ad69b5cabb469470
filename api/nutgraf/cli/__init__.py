"""The command `nutgraf`, a module for each of its subcommands."""

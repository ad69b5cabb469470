"""The command `nutgraf`: one module per subcommand."""

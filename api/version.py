"""What the package and its contract are called, and which version this is."""

NAME = "nutgraf"
VERSION = "0.1.0"

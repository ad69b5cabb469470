"""Training of the dependency parsers: see docs/models.md."""

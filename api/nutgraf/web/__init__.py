"""The editor's desk and the documentation pages: templates, static files and the guide's steps."""

"""The addresses of the API, one module for each group; each offers `blueprint(settings)`."""

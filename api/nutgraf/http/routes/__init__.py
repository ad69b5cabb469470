"""The routes of the API, one module for each group; each module offers `blueprint(settings)`."""

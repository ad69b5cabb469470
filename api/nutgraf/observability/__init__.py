"""What the person who runs the service sees of it: probes, metrics, a log, and an id for every request."""

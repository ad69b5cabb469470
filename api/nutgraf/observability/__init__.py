"""What an operator sees of the service: structured log lines and Prometheus metrics."""

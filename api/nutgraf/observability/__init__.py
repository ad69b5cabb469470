"""Structured log lines and Prometheus metrics, for operators of the service."""

"""The wire format: one contract, from which `openapi.yaml` is written."""

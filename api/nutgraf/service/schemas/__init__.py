"""The wire format as marshmallow schemas, from which `openapi.yaml` is generated."""
